"""The single-file verifier against the files of other people's software; each count is printed.

Where they are read from: ``tests/ledger/conftest.py``. Consistency proofs have no vectors here: the
verifier reads none, it hashes the entries of both sizes again.
"""

from base64 import b64encode
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from tests.ledger.conftest import Count, cases_of, json_of
from tests.ledger.notes_made import LOG
from tests.ledger.verifier.asked import FAILS, GOOD, UNREADABLE, ask, put
from tregua.ledger import tregua_verify
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.note import SignedNote

pytestmark = pytest.mark.outside
CODES = {"ok": GOOD, "no quorum": FAILS, "entry not included": FAILS, "policy refused": UNREADABLE}


def test_proofs_under_policies(vectors: Path, count: Count, tmp_path: Path) -> None:
    """Each proof under each policy ends as the outside programs agreed that it must."""
    folder = vectors / "cross-verified"
    rows = cases_of(folder / "expected.jsonl")
    for row in rows:
        (entry,) = put(tmp_path, entry=row["entry"].encode())
        code, _ = ask("proof", folder / row["policy"], folder / row["proof"], entry)
        expected = {CODES[row["expect"]]} if row["expect"] in CODES else {UNREADABLE, FAILS}
        assert code in expected, row
    count(len(rows), "proofs under a policy")


def proof_file(case: dict[str, Any], checkpoint: bytes, index: int) -> bytes:
    path = "".join(f"{line}\n" for line in case["proof"] or ())
    return f"c2sp.org/tlog-proof@v1\nindex {index}\n{path}\n".encode() + checkpoint


def included(case: dict[str, Any], files: list[Path], patch: pytest.MonkeyPatch) -> bool:
    """Ask about a case that gives the leaf hash in place of the entry."""
    from base64 import b64decode

    leaf, original = b64decode(case["leafHash"]), tregua_verify.hash_of
    with patch.context() as only_here:
        only_here.setattr(
            tregua_verify, "hash_of", lambda *of: leaf if of == (b"entry",) else original(*of)
        )
        return ask("proof", *files)[0] == GOOD


def test_inclusion(
    vectors: Path, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Inclusion fails exactly where the reference says, through a proof file of ours."""
    cases = cases_of(vectors / "merkle" / "inclusion.jsonl")
    from base64 import b64decode

    asked = 0
    for case in cases:
        root = b64decode(case["root"] or "")
        if len(root) != 32 or not 0 <= case["leafIdx"] or case["treeSize"] < 0:
            text = f"{LOG.name}\n{case['treeSize']}\n{b64encode(root).decode()}\n"
        else:
            text = LogHead(LOG.name, case["treeSize"], root).text()
        note = SignedNote(text, (LOG.sign(text),)).to_bytes()
        policy = f"log {LOG.public}\nquorum none\n".encode()
        proof = proof_file(case, note, case["leafIdx"])
        files = put(tmp_path, policy=policy, proof=proof, entry=b"entry")
        good = included(case, files, monkeypatch)
        assert (case["case"], not case["wantErr"]) == (case["case"], good)
        asked += 1
    count(asked, "inclusion proofs")


def test_rekor(
    vectors: Path, count: Count, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A checkpoint with its entry is accepted exactly where the conformance suite accepts it."""
    cases = cases_of(vectors / "rekor2-checkpoints.jsonl")
    for case in cases:
        policy = "".join([*(f"log {key}\n" for key in case["vkeys"]), "quorum none\n"])
        proof = proof_file(case, case["checkpoint"].encode(), case["index"])
        files = put(tmp_path, policy=policy.encode(), proof=proof, entry=b"entry")
        good = included(case, files, monkeypatch)
        assert (case["case"], case["expect"] == "ok") == (case["case"], good)
    count(len(cases), "checkpoints")


def test_a_real_log(vectors: Path, count: Count, tmp_path: Path) -> None:
    """Entries, tiles and checkpoints of a log of other software hold; one flipped bit does not."""
    folder = vectors / "tessera-log"
    if not folder.is_dir():
        pytest.skip("the folder tessera-log is absent from the vectors")
    vkey = (folder / "vkey").read_text("utf-8").strip()
    (policy,) = put(tmp_path, policy=f"log {vkey}\nquorum none\n".encode())
    assert GOOD == ask("ledger", policy, folder, "-")[0]
    copy = copytree(folder, tmp_path / "copy")
    files = [p for p in sorted(copy.rglob("*")) if p.is_file() and p.name != "vkey"]
    for file in files:
        data = file.read_bytes()
        middle = len(data) // 2
        file.write_bytes(data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :] or b"x")
        assert ask("ledger", policy, copy, "-")[0] in {UNREADABLE, FAILS}, file
        file.write_bytes(data)
    count(len(files), "files, each good and broken")


def test_every_pair_of_checkpoints(vectors: Path, count: Count) -> None:
    """Of two checkpoints of a real log the longer one only adds to the shorter."""
    folder = vectors / "tessera-log"
    files = sorted(folder.glob("checkpoint.*"), key=lambda path: int(path.suffix[1:]))
    if not files:
        pytest.skip("the folder tessera-log is absent from the vectors")
    pairs = [(old, new) for n, new in enumerate(files) for old in files[: n + 1]]
    for old, new in pairs:
        assert GOOD == ask("since", old, new, folder)[0]
        assert (GOOD if old == new else FAILS) == ask("since", new, old, folder)[0]
    count(len(pairs), "pairs")


def test_the_worked_note_and_the_digest(vectors: Path, count: Count) -> None:
    """The key of the worked note is read, its line holds; the digest of RFC 9901 is ours."""
    case = json_of(vectors / "signed-note-example.json")
    name, kind, public, key_id = tregua_verify.read_key(case["vkey"].encode(), 1)
    text, _, line = case["note"].rpartition("\n\n")
    signature = tregua_verify.decode(line.strip().rsplit(" ", 1)[1])
    assert key_id == signature[:4]
    tregua_verify.check_signature(name, kind, public, signature[4:], f"{text}\n".encode())
    told = json_of(vectors / "rfc9901-disclosure.json")
    from hashlib import sha256

    digest = sha256(told["disclosure"].encode()).digest()
    assert tregua_verify.decode(told["digest"], "url") == digest
    count(2, "examples")
