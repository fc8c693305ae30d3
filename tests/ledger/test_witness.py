"""The witness: every status in its order, one history only, stored before it answers."""

from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.conftest import Count, json_of
from tests.ledger.notes_made import LEAVES, LOG, NOW, ORIGIN, A, B, checkpoint
from tregua.errors import NoteRefused
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.conflict import read_conflict, what_conflicts
from tregua.ledger.notes.key import KeyType, read_vkey
from tregua.ledger.notes.note import SignedNote, read_lines, read_note
from tregua.ledger.notes.signer import SigningKey
from tregua.ledger.notes.verify import verified
from tregua.ledger.tree import EMPTY_ROOT, consistency_proof, root_of
from tregua.ledger.witness.request import AddCheckpoint, read_request
from tregua.ledger.witness.state import KEPT
from tregua.ledger.witness.witness import SIZE_TYPE, Answer, Witness


@pytest.fixture
def witness(tmp_path: Path) -> Witness:
    return Witness((A,), (LOG.public,), tmp_path)


def body(old: int, note: SignedNote, proof: tuple[bytes, ...] | None = None) -> bytes:
    """Write a request; the proof is the right one unless another is given."""
    size = int(note.text.split("\n")[1])
    if proof is None:
        proof = consistency_proof(LEAVES[:size], old) if 0 < old <= size else ()
    return AddCheckpoint(old, proof, note).to_bytes()


def forked(size: int) -> SignedNote:
    """A checkpoint of another history, signed by the log all the same."""
    text = LogHead(ORIGIN, size, root_of((LEAVES[39], *LEAVES[1:size]))).text()
    return SignedNote(text, (LOG.sign(text),))


def add(witness: Witness, data: bytes) -> Answer:
    return witness.add_checkpoint(data, now=NOW)


def test_a_log_that_grows_is_cosigned(witness: Witness) -> None:
    """From nothing to 5 to 12 entries, and 12 again with a newer time."""
    for old, size in ((0, 5), (5, 12), (12, 12)):
        note = checkpoint(size)
        answer = add(witness, body(old, note))
        assert 200 == answer.status
        lines = read_lines(answer.body.decode())
        assert [NOW] == [s.time for s in verified(note.with_lines(*lines), [A.public])]


def test_every_refusal_in_its_order(witness: Witness) -> None:
    """Each row of the table, and that an earlier row wins over a later one."""
    assert 200 == add(witness, body(0, checkpoint(5))).status
    stranger = SigningKey(ORIGIN, KeyType.NOTE, b"\x0c" * 32)
    text = checkpoint(6).text
    elsewhere = SigningKey("elsewhere.example", KeyType.NOTE, b"\x0d" * 32)
    foreign = LogHead("elsewhere.example", 1, LEAVES[0]).text()
    refusals = (
        (b"old 5\n", 400),
        (b"old 05\n\n" + checkpoint(6).to_bytes(), 400),
        (body(9, SignedNote(foreign, (elsewhere.sign(foreign),))), 404),
        (body(9, SignedNote(text, (stranger.sign(text),))), 403),
        (body(9, SignedNote(text, checkpoint(7).lines)), 403),
        (body(9, checkpoint(6)), 400),
        (body(4, checkpoint(6)), 409),
        (body(0, checkpoint(6), (EMPTY_ROOT,)), 409),
        (body(5, checkpoint(6), ()), 422),
        (body(5, checkpoint(6), (EMPTY_ROOT,)), 422),
        (body(5, checkpoint(5), (EMPTY_ROOT,)), 422),
        (body(5, forked(5)), 422),
        (body(5, forked(12)), 422),
    )
    for data, status in refusals:
        assert status == add(witness, data).status
    assert 5 == witness.newest_size(ORIGIN)
    assert 200 == add(witness, body(5, checkpoint(6))).status


def test_a_first_checkpoint_brings_no_proof_and_an_empty_log_the_empty_root(
    witness: Witness,
) -> None:
    """A proof from 0 and a root over nothing are refused with 422."""
    assert 422 == add(witness, body(0, checkpoint(5), (EMPTY_ROOT,))).status
    text = LogHead(ORIGIN, 0, LEAVES[0]).text()
    assert 422 == add(witness, body(0, SignedNote(text, (LOG.sign(text),)))).status
    assert 200 == add(witness, body(0, checkpoint(0))).status
    assert 200 == add(witness, body(0, checkpoint(3))).status


def test_the_size_cosigned_last_is_told(witness: Witness) -> None:
    """An asker that does not know it is told in the one form that the specification has."""
    assert Answer(409, b"0\n", SIZE_TYPE) == add(witness, body(3, checkpoint(5)))
    add(witness, body(0, checkpoint(5)))
    assert Answer(409, b"5\n", SIZE_TYPE) == add(witness, body(0, checkpoint(7)))


def test_what_it_cosigned_is_there_after_a_restart(witness: Witness, tmp_path: Path) -> None:
    """Another process with the same folder goes on where this one stopped, without its leave."""
    add(witness, body(0, checkpoint(5)))
    after = Witness((A,), (LOG.public,), tmp_path)
    assert 409 == add(after, body(0, checkpoint(3))).status
    newest = after.newest_note(sha256(ORIGIN.encode()).hexdigest())
    assert newest is not None
    assert 2 == len(verified(read_note(newest), [A.public, LOG.public]))
    assert after.newest_note("0" * 64) is None


def test_a_late_smaller_request_never_rolls_it_back(witness: Witness) -> None:
    """Many requests at once: the sizes cosigned only grow, each old size is answered once."""
    add(witness, body(0, checkpoint(5)))
    answers: list[tuple[int, int]] = []

    def ask(size: int) -> None:
        answers.append((size, add(witness, body(5, checkpoint(size))).status))

    callers = [Thread(target=ask, args=(size,)) for size in range(6, 26)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()
    (first,) = [size for size, status in answers if status == 200]
    assert {200, 409} == {status for _, status in answers}
    assert first == witness.newest_size(ORIGIN)


def test_a_refused_request_that_the_log_signed_is_kept(witness: Witness) -> None:
    """It may prove two histories; what nobody signed is not kept; the number is bounded."""
    add(witness, body(0, checkpoint(5)))
    add(witness, body(5, SignedNote(checkpoint(6).text, checkpoint(7).lines)))
    assert () == witness.state.refused()
    data = body(5, forked(12))
    for _ in range(3):
        add(witness, data)
    (kept,) = witness.state.refused()
    assert (ORIGIN, NOW, 422, data) == (kept.origin, kept.at, kept.status, kept.body)
    for n in range(20):
        add(witness, body(0, checkpoint(13 + n)))
    for n in range(KEPT + 5):
        text = LogHead(ORIGIN, 6 + n, LEAVES[0]).text()
        add(witness, body(5, SignedNote(text, (LOG.sign(text),)), ()))
    kept_then = witness.state.refused()
    assert (KEPT, {422}) == (len(kept_then), {one.status for one in kept_then})


def test_two_roots_of_one_size_become_a_conflict_file(witness: Witness, tmp_path: Path) -> None:
    """The witness writes the proof by itself, and anybody can read it."""
    add(witness, body(0, checkpoint(5)))
    add(witness, body(5, forked(5)))
    (file,) = (tmp_path / "conflicts").iterdir()
    assert "signed two histories of 5 entries" in what_conflicts(read_conflict(file.read_bytes()))


def test_a_cosigner_may_have_several_keys(tmp_path: Path) -> None:
    """An Ed25519 and an ML-DSA-44 key: one answer with a line of each."""
    keys = (A, SigningKey(A.name, KeyType.ML_DSA, b"\x0e" * 32))
    witness = Witness(keys, (LOG.public,), tmp_path)
    note = checkpoint(5)
    lines = read_lines(add(witness, body(0, note)).body.decode())
    assert 2 == len(verified(note.with_lines(*lines), [key.public for key in keys]))


def test_what_the_mirror_cannot_hold_is_not_cosigned(witness: Witness) -> None:
    """When the step before cosigning fails, nothing is stored and nothing signed."""

    def never(_: SignedNote) -> str:
        raise NoteRefused("copy", "it is not whole")

    with pytest.raises(NoteRefused):
        witness.add_checkpoint(body(0, checkpoint(5)), now=NOW, before=never)
    assert 0 == witness.newest_size(ORIGIN)
    assert 400 == witness.add_checkpoint(b"", now=NOW, before=never).status


def test_what_the_mirror_objects_to_is_refused_and_the_request_kept(witness: Witness) -> None:
    """The log signed it, so the request may be the proof against it."""
    asked = body(0, checkpoint(5))
    answer = witness.add_checkpoint(asked, now=NOW, before=lambda _: "entry 3: forged")
    assert (422, b"entry 3: forged\n") == (answer.status, answer.body)
    assert 0 == witness.newest_size(ORIGIN)
    (kept,) = witness.state.refused()
    assert (asked, NOW, 422) == (kept.body, kept.at, kept.status)


@given(data=st.data())
def test_any_body_is_read_back_or_refused(data: st.DataObject) -> None:
    """Whatever stands in a body, it is refused or written back byte for byte."""
    good = body(5, checkpoint(12, B))
    at = data.draw(st.integers(0, len(good)))
    until = data.draw(st.integers(at, min(len(good), at + 60)))
    noise = data.draw(st.binary(max_size=80))
    changed = good[:at] + noise + good[until:]
    try:
        request = read_request(changed)
    except NoteRefused:
        return
    assert changed == request.to_bytes()


@pytest.mark.outside
def test_requests_of_other_software(vectors: Path, tmp_path: Path, count: Count) -> None:
    """A script of requests is answered with the statuses that are right today."""
    cases = 0
    for number, script in enumerate(json_of(vectors / "witness-add-checkpoint.json")["sequences"]):
        logs = tuple(read_vkey(text) for text in script["trusted_log_vkeys"])
        witness = Witness((A,), logs, tmp_path / str(number))
        for request in script["requests"]:
            wanted = request.get("status_today", request["status"])
            given = add(witness, request["body"].encode()).status
            assert (number, request["n"], wanted) == (number, request["n"], given)
            cases += 1
    count(cases, "requests")
