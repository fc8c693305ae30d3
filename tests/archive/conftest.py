"""A small centre with a published log and its archive, from the fixtures of the command line."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Call, Ran, call, centre, folder, made, process
from tests.ledger.notes_made import COSIGNERS, LOG, policy_text
from tregua.ledger.archive.unpack import files_in
from tregua.ledger.mirror.log_folder import put_note
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.open import open_for_reading
from tregua.ledger.tiles.durable import DurableFolder

__all__ = ["Call", "Ran", "call", "centre", "folder", "made", "process"]
COSIGNED_AT = 1_600_000_000
NEEDS = ("cryptography", "cffi", "_cffi_backend", "pycparser")


def publish(centre: Path, *by: str) -> Path:
    """Sign what the ledger holds, as a log would; return the folder."""
    public = centre / "public"
    with open_for_reading(centre / "ledger.sqlite") as store:
        head = store.head()
    text = LogHead(LOG.name, head.size, head.root).text()
    lines = [COSIGNERS[name].cosign(text, time=COSIGNED_AT) for name in by]
    public.mkdir()
    (public / "policy").write_bytes(policy_text())
    note = SignedNote(text, (LOG.sign(text), *lines))
    put_note(DurableFolder(public), note, read_policy(policy_text()))
    return public


@pytest.fixture
def archive(centre: Path, call: Call) -> Path:
    """Return an archive of a record that both sides acknowledged."""
    publish(centre, "A", "B")
    ran = call("export", "record.zip", "--log", "public", "--at", "2030-09-16")
    assert 0 == ran.code, ran
    return centre / "record.zip"


@pytest.fixture
def files(archive: Path) -> dict[str, bytes]:
    return files_in(archive)


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., list[str]]:
    """Return the words that start a Python which has cryptography and nothing else installed."""
    import cryptography

    home = tmp_path_factory.mktemp("bare")
    site = Path(cryptography.__file__).parent.parent
    for found in sorted(site.iterdir()):
        if found.name.partition(".")[0] in NEEDS:
            copy = shutil.copytree if found.is_dir() else shutil.copy2
            copy(found, home / found.name)
    start = "import sys; sys.path.append(sys.argv.pop(1)); import runpy; sys.argv.pop(0); "
    start += "runpy.run_path(sys.argv[0], run_name='__main__')"

    def words(*given: object) -> list[str]:
        return [sys.executable, "-I", "-S", "-c", start, str(home), *map(str, given)]

    return words
