"""Notes, checkpoints, cosignatures, policies and proofs of other people's software.

Where they are read from: ``conftest.py``. Whatever cases a file holds are run and counted.
"""

from base64 import b64decode
from pathlib import Path

import pytest

from tests.ledger.conftest import Count, cases_of, json_of
from tregua.errors import NoteRefused, SignatureRefused
from tregua.ledger.notes.key import KeyType, read_vkey
from tregua.ledger.notes.note import SignedNote, read_note
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.notes.proof_file import check_proof, read_proof
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.notes.signer import SigningKey
from tregua.ledger.notes.verify import verified
from tregua.ledger.tree import check_inclusion

pytestmark = pytest.mark.outside


def test_the_worked_example_of_the_specification(vectors: Path, count: Count) -> None:
    """The example of signed-note verifies with its key, and is written back byte for byte."""
    case = json_of(vectors / "signed-note-example.json")
    key, data = read_vkey(case["vkey"]), case["note"].encode()
    assert case["vkey"] == str(key)
    assert [key] == [signed.key for signed in verified(read_note(data), [key])]
    assert data == read_note(data).to_bytes()
    count(1, "note")


def rekor_accepts(case: dict[str, object]) -> bool:
    try:
        note = read_note(str(case["checkpoint"]).encode())
        keys = [read_vkey(text) for text in case["vkeys"] if is_key(text)]  # type: ignore[attr-defined]
        head = log_signed(note, keys)
    except (NoteRefused, SignatureRefused):
        return False
    return check_inclusion(
        tuple(b64decode(part) for part in case["proof"] or ()),  # type: ignore[attr-defined]
        leaf=b64decode(str(case["leafHash"])),
        index=case["index"],  # type: ignore[arg-type]
        size=head.size,
        root=head.root,
    )


def is_key(text: str) -> bool:
    try:
        return bool(read_vkey(text))
    except NoteRefused:
        return False  # of a type that is not read here: its lines are a stranger's


def test_rekor_checkpoints(vectors: Path, count: Count) -> None:
    """A checkpoint with its entry is accepted exactly where the conformance suite accepts it."""
    cases = cases_of(vectors / "rekor2-checkpoints.jsonl")
    for case in cases:
        assert (case["case"], case["expect"] == "ok") == (case["case"], rekor_accepts(case))
    count(len(cases), "checkpoints")


def test_checkpoints_of_tessera(vectors: Path, count: Count) -> None:
    """Every checkpoint of a real log is signed by its key, and none with a flipped bit is."""
    folder = vectors / "tessera-log"
    if not folder.is_dir():
        pytest.skip("the folder tessera-log is absent from the vectors")
    key = read_vkey((folder / "vkey").read_text(encoding="utf-8").strip())
    files = sorted(folder.glob("checkpoint.*"))
    for file in files:
        note = read_note(file.read_bytes())
        assert key.name == log_signed(note, [key]).origin
        assert file.read_bytes() == note.to_bytes()
        longer = SignedNote(note.text.replace("\n", "\n1", 1), note.lines)
        with pytest.raises(SignatureRefused):
            log_signed(longer, [key])
    count(len(files), "checkpoints")


def test_proofs_under_policies(vectors: Path, count: Count) -> None:
    """Each proof under each policy ends as the outside programs agreed that it must."""
    folder = vectors / "cross-verified"
    rows = cases_of(folder / "expected.jsonl")
    for row in rows:
        got = outcome(
            (folder / row["policy"]).read_bytes(),
            (folder / row["proof"]).read_bytes(),
            row["entry"].encode(),
        )
        assert (row["proof"], row["policy"], row["expect"]) == (row["proof"], row["policy"], got)
    count(len(rows), "proofs under a policy")


def outcome(policy: bytes, proof: bytes, entry: bytes) -> str:
    try:
        rule = read_policy(policy)
    except NoteRefused:
        return "policy refused"
    try:
        file = read_proof(proof)
    except NoteRefused:
        return "checkpoint refused"
    return check_proof(file, entry, rule).outcome.value


def test_proofs_and_policies_are_written_back_byte_for_byte(vectors: Path, count: Count) -> None:
    """Reading and writing a proof of other software, or a policy, changes no byte."""
    files = sorted((vectors / "cross-verified").glob("*.tlog-proof"))
    for file in files:
        assert file.read_bytes() == read_proof(file.read_bytes()).to_bytes()
    policies = sorted((vectors / "cross-verified").glob("*.policy"))
    kept = [file for file in policies if is_policy(file.read_bytes())]
    for file in kept:
        assert file.read_bytes() == read_policy(file.read_bytes()).text
    count(len(files) + len(kept), "files")


def is_policy(data: bytes) -> bool:
    try:
        read_policy(data)
    except NoteRefused:
        return False
    return True


def test_our_signatures_are_those_of_the_outside_keys(vectors: Path, count: Count) -> None:
    """Signing the crossed checkpoints anew gives the same Ed25519 lines; the ML-DSA ones hold."""
    folder = vectors / "cross-verified"
    keys = json_of(folder / "test-keys.json")
    notes = [read_proof(file.read_bytes()).note for file in sorted(folder.glob("*.tlog-proof"))]
    signed = 0
    for who, seed in keys["seed_hex"].items():
        public = read_vkey(keys["vkeys"][who])
        key = SigningKey(public.name, public.type, bytes.fromhex(seed))
        assert public == key.public
        for note in notes:
            for old in [line for line in note.lines if line.name == key.name]:
                time = int.from_bytes(old.signature[:8], "big")
                note_line = public.type is KeyType.NOTE
                line = key.sign(note.text) if note_line else key.cosign(note.text, time=time)
                assert public.type is KeyType.ML_DSA or old == line
                assert 1 == len(verified(SignedNote(note.text, (line,)), [public]))
                signed += 1
    count(signed, "signatures made anew")
