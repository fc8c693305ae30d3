"""A beat, and a pull, stopped before any single write: nothing is lost, nothing forked."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.ledger.notes_made import A
from tests.ledger.postgres_server import small_disk
from tests.ledger.scene import Scene, scene
from tregua.errors import StoreUnwritable
from tregua.ledger.mirror.log_folder import CHECKPOINT, PENDING, newest_note
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.store import read_head
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.read_tiles import FolderSource


class Stopped(BaseException):
    """As a kill is: nothing of ours catches it."""


class Stopper:
    """Counts the writes of everybody, and stops before the one that is named."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.writes, self.at = 0, -1
        real = DurableFolder.write

        def write(folder: DurableFolder, name: str, data: bytes) -> None:
            if self.writes == self.at:
                half = (folder.folder / name).with_name(".part-left")
                half.parent.mkdir(parents=True, exist_ok=True)
                half.write_bytes(data[: len(data) // 2])
                raise Stopped
            self.writes += 1
            real(folder, name, data)

        monkeypatch.setattr(DurableFolder, "write", write)

    def reset(self, at: int = -1) -> None:
        self.writes, self.at = 0, at


@pytest.fixture
def stopper(monkeypatch: pytest.MonkeyPatch) -> Stopper:
    return Stopper(monkeypatch)


def with_history(folder: Path) -> Scene:
    here = scene(folder)
    here.away = {"A", "B"}  # mirrors have their own test below
    here.report(300)
    here.beat()
    here.report(300)
    return here


def test_a_beat_stopped_before_any_of_its_writes(tmp_path: Path, stopper: Stopper) -> None:
    """What was signed has its files, what counted still counts, and the next beat is whole."""
    here = with_history(tmp_path / "counted")
    stopper.reset()
    here.beat()
    writes = stopper.writes
    assert writes > 10
    here = with_history(tmp_path / "stopped")
    saved = tmp_path / "saved"
    shutil.copytree(here.public, saved)
    for at in range(writes):
        shutil.rmtree(here.public)
        shutil.copytree(saved, here.public)
        stopper.reset(at)
        with pytest.raises(Stopped):
            here.beat()
        stopper.reset()
        signed = read_head((here.public / "signed").read_text(encoding="utf-8"))
        pending = newest_note(here.source, names=(PENDING,))
        assert pending is not None
        head = read_head_text(pending.text)
        assert head.size <= signed.size
        check_log(here.source, head)
        done = here.beat()
        check_log(here.source, done.held.head)
        assert 600 == done.held.head.size
        assert [] == list(here.public.rglob(".part-*"))


def test_a_pull_stopped_before_any_of_its_writes(tmp_path: Path, stopper: Stopper) -> None:
    """The copy is the old one or the new one, whole; the next pull brings it up to date."""
    here = with_history(tmp_path / "centre")
    early = tmp_path / "early"
    shutil.copytree(here.public, early)
    here.beat()
    first = Mirror(tmp_path / "first", here.policy, A)
    first.pull(FolderSource(early), now=here.now)
    stopper.reset()
    first.pull(here.source, now=here.now)
    writes = stopper.writes
    assert writes > 5
    for at in range(writes):
        folder = tmp_path / f"stopped-{at}"
        mirror = Mirror(folder, here.policy, A)
        mirror.pull(FolderSource(early), now=here.now)
        stopper.reset(at)
        with pytest.raises(Stopped):
            mirror.pull(here.source, now=here.now)
        stopper.reset()
        after = Mirror(folder, here.policy, A)
        assert after.check().size in (300, 600)
        assert 600 == after.pull(here.source, now=here.now).held.head.size
        assert 600 == after.check().size
        assert newest_note(FolderSource(folder), names=(CHECKPOINT,)) is None


def test_a_beat_that_runs_out_of_room(tmp_path: Path) -> None:
    """On a full disk nothing is half published, what counted counts; given room, all is published.

    The disk is a real one of 400 kB under the folder of the log; the journal lies outside.
    """
    here = scene(tmp_path)
    here.away = {"A", "B"}
    here.public.mkdir()
    with small_disk(here.public, "400k"):
        here.report(300)
        here.beat()
        here.report(5000)
        with pytest.raises(StoreUnwritable, match=r"No space left.*signed before is untouched"):
            here.beat()
        assert [] == list(here.public.rglob(".part-*"))
        pending = newest_note(here.source, names=(PENDING,))
        assert pending is not None
        assert 300 == read_head_text(pending.text).size
        check_log(here.source, read_head_text(pending.text))
        subprocess.run(["mount", "-o", "remount,size=20m", str(here.public)], check=True)
        done = here.beat()
        check_log(here.source, done.held.head)
        assert 5300 == done.held.head.size
