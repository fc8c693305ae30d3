"""`tregua doctor` names what would lose an entry or a key, and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.ledger.postgres_server import small_disk
from tregua.ledger.machine import kind_of_disk

if TYPE_CHECKING:
    from tests.cli.conftest import Call, Ran
    from tests.ledger.postgres_server import Server


def shown(ran: Ran, code: int) -> str:
    """Return what was shown, with the code that was expected and nothing on stderr."""
    assert (code, "") == (ran.code, ran.err)
    return ran.out


@pytest.fixture
def key_file(centre: Path) -> Path:
    return centre / "ledger.keys" / "desk.key"


def test_a_machine_on_which_all_is_well(call: Call, key_file: Path) -> None:
    """Settings, disk and key files are shown; nothing is to be done."""
    assert key_file.is_file()
    said = shown(call("doctor"), 0)
    for word in ("wal", "FULL", "ledger.keys/desk.key, mode 0600", "keeps the ledger as it must"):
        assert word in said


def test_a_key_that_others_may_read(call: Call, key_file: Path) -> None:
    """It may be known by now: what to do is told, and the mode is left as it is."""
    key_file.chmod(0o644)
    ran = call("doctor", "--json")
    wrong = [o for o in json.loads(ran.out)["looked_at"] if o["help"]]
    assert [("key file", "ledger.keys/desk.key, mode 0644")] == [
        (o["what"], o["found"]) for o in wrong
    ]
    assert 1 == ran.code
    assert 0o644 == key_file.stat().st_mode & 0o777


def test_a_record_without_its_annex(call: Call, centre: Path) -> None:
    (centre / "ledger.annex").unlink()
    assert "ask the other side for its copy" in shown(call("doctor"), 1)


def test_a_disk_that_is_gone_when_the_machine_stops(
    call: Call, centre: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "passing"
    folder.mkdir()
    with small_disk(folder, "2m"):
        (folder / "ledger.sqlite").write_bytes((centre / "ledger.sqlite").read_bytes())
        said = shown(call("doctor", "--ledger", str(folder / "ledger.sqlite")), 1)
    assert "tmpfs" in said
    assert "gone when the machine stops" in said


def test_no_ledger(call: Call, centre: Path) -> None:
    call("doctor", "--ledger", "nowhere.sqlite").tells(5, "there is no ledger here")
    assert not (centre / "nowhere.sqlite").exists()


def test_a_server(call: Call, postgres: Server) -> None:
    said = call("doctor", "--ledger", postgres.emptied()).out
    assert "synchronous_commit" in said
    assert "file system" not in said


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/disk/truce/ledger.sqlite", "nfs4"),
        ("/disk/truced/ledger.sqlite", "ext4"),
        ("/media/two words/ledger.sqlite", "cifs"),
        ("/disk/truce/local/ledger.sqlite", "xfs"),
    ],
)
def test_which_disk_holds_a_file(path: str, kind: str) -> None:
    """The nearest place where a disk is mounted counts, and the later of two at one place."""
    mounts = (
        "/dev/a / ext2 rw 0 0",
        "/dev/b / ext4 rw 0 0",
        "host:/share /disk/truce nfs4 rw 0 0",
        "/dev/c /disk/truce/local xfs rw 0 0",
        "//host/share /media/two\\040words cifs rw 0 0",
        "half a line",
    )
    assert kind == kind_of_disk(Path(path), mounts)


def test_where_nothing_is_told_of_disks() -> None:
    assert "" == kind_of_disk(Path("ledger.sqlite"), ())
