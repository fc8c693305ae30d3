"""Signed texts: who has acknowledged what; no changed bit and no second spelling passes."""

import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.notes_made import (
    COSIGNERS,
    LEAVES,
    LOG,
    NOBODY,
    NOW,
    ORIGIN,
    SIDES,
    THREE,
    TWO,
    A,
    B,
    checkpoint,
    policy,
    policy_text,
)
from tregua.errors import InputUnreadable, NoteRefused, SignatureRefused, StoreUnwritable, WrongUse
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.conflict import Conflict, conflict_of, read_conflict, what_conflicts
from tregua.ledger.notes.key import COSIGNER_TYPES, KeyType, VerifierKey, read_vkey
from tregua.ledger.notes.key_file import read_key_file, write_key_file
from tregua.ledger.notes.note import SignatureLine, SignedNote, read_note
from tregua.ledger.notes.policy import acknowledged, log_signed
from tregua.ledger.notes.proof_file import Outcome, ProofFile, check_proof, read_proof
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.notes.signer import SigningKey, new_key, read_secret
from tregua.ledger.notes.verify import verified
from tregua.ledger.tree import inclusion_proof, leaf_hash, root_of

# Who cosigned -> the answer under SIDES, THREE, TWO, NOBODY.
TRUTH = {
    ("A", "B", "UN"): (True, True, True, True),
    ("A", "B"): (True, False, True, True),
    ("A", "UN"): (False, False, True, True),
    ("B", "UN"): (False, False, True, True),
    ("A",): (False, False, False, True),
    ("B",): (False, False, False, True),
    (): (False, False, False, True),
}


@pytest.mark.parametrize("by", TRUTH)
def test_the_quorum(by: tuple[str, ...]) -> None:
    """Who has cosigned decides under each rule; two of three is met without the other side."""
    note = checkpoint(7, *(COSIGNERS[name] for name in by))
    given = tuple(acknowledged(note, policy(r)).is_met for r in (SIDES, THREE, TWO, NOBODY))
    assert TRUTH[by] == given


def test_what_is_missing_is_named() -> None:
    """Who cosigned stands with its time, in the order of the policy; the others are missing."""
    held = acknowledged(checkpoint(7, B, A), policy())
    assert [("A", NOW + 1), ("B", NOW)] == [(c.name.decode(), time) for c, time in held.by]
    assert [b"UN"] == [c.name for c in held.missing]
    assert LogHead(ORIGIN, 7, root_of(LEAVES[:7])) == held.head


def test_cosignatures_without_the_log_are_nothing() -> None:
    """What both sides signed and the log did not is refused under every rule."""
    note = checkpoint(7, A, B)
    bare = SignedNote(note.text, note.lines[1:])
    for rule in (SIDES, NOBODY):
        with pytest.raises(SignatureRefused, match="the log did not sign this checkpoint"):
            acknowledged(bare, policy(rule))


def test_another_log_is_refused() -> None:
    """A checkpoint of a log that the policy does not name is refused, and the name is told."""
    other = SigningKey("elsewhere.example/log", KeyType.NOTE, b"\x09" * 32)
    text = LogHead(other.name, 1, LEAVES[0]).text()
    with pytest.raises(SignatureRefused, match=r"elsewhere\.example/log: no log of the policy"):
        acknowledged(SignedNote(text, (other.sign(text),)), policy())


def test_a_bad_line_of_a_known_key_rejects_the_note_and_an_unknown_one_does_not() -> None:
    """One line of A that does not hold rejects everything; a stranger's line is passed over."""
    note, other = checkpoint(7, A, B), checkpoint(8, A)
    stranger = SigningKey("stranger.example", KeyType.COSIGNATURE, b"\x0a" * 32)
    assert acknowledged(note.with_lines(stranger.cosign(other.text, time=NOW)), policy()).is_met
    with pytest.raises(SignatureRefused, match=r"side-a\.example/mirror: its signature does not"):
        acknowledged(note.with_lines(other.lines[1]), policy())


def test_times_of_cosignatures() -> None:
    """No time, a time beyond 2^63, and a clock over five minutes ahead are refused."""
    text = checkpoint(7).text
    for time, now, why in (
        (0, None, "states no time"),
        (2**63, None, "no possible time"),
        (NOW, NOW - 301, "301 seconds ahead"),
    ):
        note = SignedNote(text, (LOG.sign(text), A.cosign(text, time=time)))
        with pytest.raises(SignatureRefused, match=why):
            acknowledged(note, policy(), now=now)
    assert acknowledged(checkpoint(7, A, B), policy(), now=NOW - 299).is_met


def test_a_log_may_sign_with_ml_dsa_and_state_no_time() -> None:
    """An ML-DSA-44 line of a log's own carries time 0, which no cosigner's may."""
    log = SigningKey(ORIGIN, KeyType.ML_DSA, b"\x07" * 32)
    note = checkpoint(7, log=log)
    assert 7 == log_signed(note, [log.public]).size
    with pytest.raises(SignatureRefused, match="states no time"):
        verified(note, [log.public])


def test_ml_dsa_commits_to_the_cosigner_and_ed25519_does_not() -> None:
    """The same seed under another name: the ML-DSA-44 line fails, the Ed25519 line passes.

    That is why one public key must not stand on two lines of a policy.
    """
    text = checkpoint(7).text
    for key, passes in ((A, True), (B, False)):
        renamed = VerifierKey("renamed.example", key.type, key.public.public)
        line = key.cosign(text, time=NOW)
        moved = SignedNote(text, (SignatureLine(renamed.name, renamed.id, line.signature),))
        try:
            assert passes == bool(verified(moved, [renamed]))
        except SignatureRefused:
            assert not passes


GOOD = policy_text("")
BAD_POLICIES = {
    "a second quorum": (policy_text("quorum A\nquorum B\n"), 6, "a second quorum line"),
    "no quorum": (GOOD, 0, "no quorum line"),
    "nobody of that name": (policy_text("quorum sides\n"), 5, "no witness or group above"),
    "two memberships": (policy_text("group x all A B\ngroup y any A\nquorum x\n"), 6, "A is a m"),
    "a member twice": (policy_text("group x 1 A A\nquorum x\n"), 5, "A is a member already"),
    "a group in itself": (policy_text("group x any x\nquorum x\n"), 5, "is named x"),
    "too many needed": (policy_text("group x 3 A B\nquorum x\n"), 5, "cannot need 3"),
    "none needed": (policy_text("group x 0 A B\nquorum x\n"), 5, "a number from 1"),
    "zero in front": (policy_text("group x 01 A B\nquorum x\n"), 5, "a number from 1"),
    "an empty group": (policy_text("group x all\nquorum x\n"), 5, "`group NAME K|all|any"),
    "none as a member": (policy_text("group x any none\nquorum x\n"), 5, "is named none"),
    "none as a name": (policy_text("group none any A\nquorum A\n"), 5, "none is reserved"),
    "a name twice": (policy_text("group A any B\nquorum A\n"), 5, "the name A stands above"),
    "an unknown rule": (policy_text("quorums A\n"), 5, "begins with none of"),
    "a word too many": (policy_text("quorum A B\n"), 5, "`quorum NAME`"),
    "a key twice": (f"log {LOG.public}\nlog {LOG.public}\nquorum none\n".encode(), 2, "public key"),
    "a log key as witness": (f"witness A {LOG.public}\nquorum A\n".encode(), 1, "0x04, 0x06"),
    "a witness key as log": (f"log {A.public}\nquorum none\n".encode(), 1, "0x01, 0x06"),
    "a carriage return": (b"quorum none\r\n", 1, "control character"),
    "no last newline": (b"quorum none", 0, "may be cut"),
}


@pytest.mark.parametrize("name", BAD_POLICIES)
def test_a_policy_that_others_may_let_pass_is_refused(name: str) -> None:
    """Each fault is refused with its line and reason."""
    data, line, why = BAD_POLICIES[name]
    with pytest.raises(NoteRefused) as refused:
        read_policy(data)
    assert why in str(refused.value)
    assert f"line {line}," in str(refused.value) if line else "line" not in refused.value.what


def test_what_a_policy_may_hold() -> None:
    """Tabs, comments, empty lines, no URL, names in any bytes, and 32 of everything."""
    keys = [SigningKey(f"w{n}.example", KeyType.COSIGNATURE, bytes([n]) * 32) for n in range(1, 33)]
    logs = [SigningKey(f"l{n}.example", KeyType.NOTE, bytes([n]) * 32) for n in range(101, 133)]
    lines = [f"log\t{key.public}  \n" for key in logs]
    lines += [f"  witness w{n}\xe9 {key.public}\n" for n, key in enumerate(keys)]
    lines += [" \t\n", "# a comment\n", "group g0 any w0\xe9\n"]
    lines += [f"group g{n} all g{n - 1} w{n}\xe9\n" for n in range(1, 32)]
    data = "".join([*lines, "quorum g31\n"]).encode("latin-1")
    rule = read_policy(data)
    assert data == rule.text
    assert (32, 32, 32) == (len(rule.logs), len(rule.cosigners), len(rule.groups))
    names = [c.name for c in rule.cosigners]
    assert rule.is_met(names)
    assert not any(rule.is_met(n for n in names if n != name) for name in names)


@given(by=st.sets(st.sampled_from(["A", "B", "UN"])), rules=st.sampled_from([SIDES, THREE, TWO]))
def test_swapping_the_two_sides_swaps_nothing_but_names(by: set[str], rules: str) -> None:
    """With A for B and B for A in policy and cosigners, the quorum answers the same."""
    swap = {"A": "B", "B": "A", "UN": "UN"}
    swapped = rules.replace(" A B", " B A")
    ours = read_policy(policy_text(rules)).is_met(n.encode() for n in by)
    theirs = read_policy(policy_text(swapped)).is_met(swap[n].encode() for n in by)
    assert ours == theirs


BAD_NOTES = {
    "empty": b"",
    "no empty line": b"text\n\xe2\x80\x94 name AAAAAAA=\n",
    "no signature": b"text\n\n",
    "no last newline": b"text\n\n\xe2\x80\x94 name AAAAAAA=",
    "a hyphen for the dash": b"text\n\n- name AAAAAAA=\n",
    "a space in the name": "text\n\n\u2014 na\u00a0me AAAAAAA=\n".encode(),
    "a plus in the name": "text\n\n\u2014 na+me AAAAAAA=\n".encode(),
    "no name": "text\n\n\u2014  AAAAAAA=\n".encode(),
    "no padding": "text\n\n\u2014 name AAAAAAA\n".encode(),
    "the other alphabet": "text\n\n\u2014 name AAAAAA__\n".encode(),
    "an id alone": "text\n\n\u2014 name AAAAAA==\n".encode(),
    "a tab": "te\txt\n\n\u2014 name AAAAAAA=\n".encode(),
    "no UTF-8": b"te\xfft\n\n\xe2\x80\x94 name AAAAAAA=\n",
    "too large": b"x" * 131_073,
}


@pytest.mark.parametrize("name", BAD_NOTES)
def test_a_note_out_of_form_is_refused(name: str) -> None:
    """Each fault is one sentence of exit code 3."""
    with pytest.raises(NoteRefused) as refused:
        read_note(BAD_NOTES[name])
    assert 3 == refused.value.exit_code
    assert "\n" not in str(refused.value)


def test_the_last_empty_line_parts_text_and_signatures() -> None:
    """A text with empty lines, as any note may have, is read whole."""
    note = read_note("one\n\ntwo\n\n\u2014 name AAAAAAA=\n".encode())
    assert "one\n\ntwo\n" == note.text


def test_a_signature_with_stray_bits_is_checked_and_keeps_its_spelling() -> None:
    """Bits behind the last byte of the base64 change no signature; the note is written back."""
    data = "text\n\n\u2014 name AAAAAAB=\n".encode()
    assert data == read_note(data).to_bytes()
    assert b"\0" == read_note(data).lines[0].signature


def test_sixteen_lines_of_the_longest_kind_are_accepted() -> None:
    """A note with sixteen ML-DSA-44 lines fits."""
    text = checkpoint(7).text
    keys = [SigningKey(f"c{n}.example", KeyType.ML_DSA, bytes([n]) * 32) for n in range(16)]
    note = SignedNote(text, tuple(key.cosign(text, time=NOW) for key in keys))
    assert 16 == len(verified(read_note(note.to_bytes()), [key.public for key in keys]))


@pytest.mark.parametrize(
    "text",
    [
        "origin\n1\n",
        "\n1\nAAAA\n",
        f"o\n01\n{'A' * 43}=\n",
        f"o\n-1\n{'A' * 43}=\n",
        f"o\n9223372036854775808\n{'A' * 43}=\n",
        f"o\n1\n{'A' * 43}\n",
        "o\n1\nAAAA\n",
        f"o\n1\n{'A' * 43}=\n\n",
        f"o\n1\n{'A' * 43}=",
        f"o\n\u0661\n{'A' * 43}=\n",
    ],
)
def test_a_checkpoint_out_of_form_is_refused(text: str) -> None:
    """Sizes with zeros, signs or foreign digits, roots of another length, empty lines."""
    with pytest.raises(NoteRefused):
        read_head_text(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name", "name+id+key"),
        ("na me+00000000+AQ==", "its name is empty"),
        (f"x+{A.public.id.hex()}+{str(A.public).split('+', 2)[2]}", "not that of its name and key"),
        (str(LOG.public), "its type is not one of 0x04, 0x06"),
        (str(A.public).upper(), "not that of its name and key"),
    ],
)
def test_a_key_out_of_form_is_refused(text: str, why: str) -> None:
    """A name with a space, an id of another key, a type that is not meant here."""
    with pytest.raises(NoteRefused, match=why.replace("+", r"\+")):
        read_vkey(text, types=COSIGNER_TYPES)


def proof_of(index: int, size: int, *cosigners: SigningKey) -> ProofFile:
    return ProofFile(index, inclusion_proof(LEAVES[:size], index), checkpoint(size, *cosigners))


def test_the_steps_of_a_proof() -> None:
    """A proof ends with the first step that fails: checkpoint, entry, quorum."""
    good = proof_of(3, 21, A, B)
    entry = b"entry 3"
    assert Outcome.OK is check_proof(good, entry, policy()).outcome
    assert Outcome.ENTRY is check_proof(good, b"entry 4", policy()).outcome
    assert Outcome.ENTRY is check_proof(proof_of(3, 21, A), b"entry 4", policy()).outcome
    waits = check_proof(proof_of(3, 21, A), entry, policy())
    assert (Outcome.QUORUM, True) == (waits.outcome, "side-b.example/mirror" in waits.said)
    forged = ProofFile(3, good.path, SignedNote(checkpoint(22).text, good.note.lines))
    assert Outcome.CHECKPOINT is check_proof(forged, entry, policy()).outcome


def test_an_extra_line_is_kept_and_believed_by_nothing() -> None:
    """A line `extra` is written back as it was; the answer is the same with it."""
    plain = proof_of(3, 21, A, B)
    extra = ProofFile(plain.index, plain.path, plain.note, "aGVsbG8=")
    assert extra == read_proof(extra.to_bytes())
    assert check_proof(plain, b"entry 3", policy()) == check_proof(extra, b"entry 3", policy())


BAD_PROOFS = (
    b"c2sp.org/tlog-proof@v2\nindex 0\n\n",
    b"c2sp.org/tlog-proof@v1\nindex 00\n\n",
    b"c2sp.org/tlog-proof@v1\n\n",
    b"c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\n",
    b"c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n",
    b"c2sp.org/tlog-proof@v1\nindex 0\n" + b"A" * 43 + b"=\n" * 64 + b"\n",
)


@pytest.mark.parametrize("head", BAD_PROOFS)
def test_a_proof_out_of_form_is_refused(head: bytes) -> None:
    """Another version, zeros in front, fields in another place, a hash of another length."""
    with pytest.raises(NoteRefused):
        read_proof(head + checkpoint(1).to_bytes())


@given(data=st.data(), size=st.integers(1, 40))
def test_every_flipped_bit_of_a_proof_is_seen(data: st.DataObject, size: int) -> None:
    """Whatever bit of a proof file is flipped, it does not read, or it ends in a refusal.

    No bit is free: a line of a name that nobody knows leaves the quorum unmet.
    """
    index = data.draw(st.integers(0, size - 1))
    good = proof_of(index, size, A, B).to_bytes()
    bit = data.draw(st.integers(0, 8 * len(good) - 1))
    changed = bytearray(good)
    changed[bit // 8] ^= 1 << bit % 8
    try:
        proof = read_proof(bytes(changed))
    except NoteRefused:
        return
    assert Outcome.OK is not check_proof(proof, b"entry %d" % index, policy()).outcome


WRITERS: dict[str, tuple[Callable[[bytes], Any], bytes]] = {
    "note": (read_note, checkpoint(9, A, B).to_bytes()),
    "proof": (read_proof, proof_of(3, 21, A, B).to_bytes()),
    "conflict": (
        read_conflict,
        Conflict(LOG.public, checkpoint(3), checkpoint(4), LEAVES[:4]).to_bytes(),
    ),
}


@pytest.mark.parametrize("name", WRITERS)
@given(data=st.data())
def test_what_a_parser_takes_it_writes_back(name: str, data: st.DataObject) -> None:
    """Any bytes are refused, or written back byte for byte; nothing else."""
    read, good = WRITERS[name]
    assert good == read(good).to_bytes()
    at = data.draw(st.integers(0, len(good)))
    until = data.draw(st.integers(at, min(len(good), at + 40)))
    noise = data.draw(st.one_of(st.binary(max_size=60), st.text(max_size=30).map(str.encode)))
    for changed in (good[:at] + noise + good[until:], noise):
        with suppress(NoteRefused):
            assert changed == read(changed).to_bytes()


@given(data=st.data())
def test_any_bytes_are_a_policy_or_refused(data: st.DataObject) -> None:
    """Whatever lines stand together, the parser answers, and what it takes can be asked."""
    words = [
        b"log",
        b"witness",
        b"group",
        b"quorum",
        b"A",
        b"B",
        b"none",
        b"any",
        b"all",
        b"1",
        b"#",
    ]
    words += [str(k.public).encode() for k in (LOG, A, B)]
    word = st.one_of(st.sampled_from(words), st.binary(max_size=5))
    lines = data.draw(st.lists(st.lists(word, max_size=6).map(b" ".join), max_size=12))
    try:
        rule = read_policy(b"\n".join(lines))
    except NoteRefused:
        return
    assert rule.is_met(c.name for c in rule.cosigners)


@given(
    text=st.one_of(st.text(max_size=60), st.binary(max_size=80).map(lambda b: b.decode("latin-1")))
)
def test_any_text_is_a_key_or_refused(text: str) -> None:
    """Public and private keys: refused, or read and written back."""
    for read in (read_vkey, read_secret):
        try:
            key = read(text)
        except NoteRefused:
            continue
        assert text == (key.secret() if isinstance(key, SigningKey) else str(key))


def test_two_histories_of_one_size_conflict() -> None:
    """Two roots of one size prove it alone; the file is the same whichever is named first."""
    one = checkpoint(2)
    text = LogHead(ORIGIN, 2, root_of((LEAVES[1], LEAVES[0]))).text()
    two = SignedNote(text, (LOG.sign(text),))
    conflict = conflict_of(one, two, LOG.public)
    assert conflict == conflict_of(two, one, LOG.public) == read_conflict(conflict.to_bytes())
    assert f"{ORIGIN} signed two histories of 2 entries" in what_conflicts(conflict)


def test_a_longer_history_with_another_beginning_conflicts() -> None:
    """The leaf hashes of the longer one show that it does not begin with the shorter one."""
    leaves = (leaf_hash(b"changed"), *LEAVES[1:5])
    text = LogHead(ORIGIN, 5, root_of(leaves)).text()
    longer = SignedNote(text, (LOG.sign(text),))
    conflict = conflict_of(longer, checkpoint(3), LOG.public, leaves)
    assert "signed 3 entries with root" in what_conflicts(read_conflict(conflict.to_bytes()))
    with pytest.raises(WrongUse, match="prove nothing alone"):
        what_conflicts(conflict_of(longer, checkpoint(3), LOG.public))


def test_what_is_no_conflict_is_said_to_be_none() -> None:
    """One history, told twice or longer, is no conflict; nor is what the log never signed."""
    for one, two in ((3, 3), (3, 5)):
        conflict = conflict_of(checkpoint(one), checkpoint(two), LOG.public, LEAVES)
        assert "" == what_conflicts(conflict)
    other = SigningKey(ORIGIN, KeyType.NOTE, b"\x0b" * 32)
    with pytest.raises(SignatureRefused):
        what_conflicts(conflict_of(checkpoint(3), checkpoint(3, log=other), LOG.public))


def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    """Written with mode 0600 and never over another; one that others may read is refused."""
    path = tmp_path / "log.key"
    key = new_key(ORIGIN, KeyType.NOTE)
    write_key_file(key, path)
    assert 0o600 == stat.S_IMODE(path.stat().st_mode)
    assert key == read_key_file(path)
    with pytest.raises(StoreUnwritable, match="no key was written"):
        write_key_file(key, path)
    path.chmod(0o640)
    with pytest.raises(InputUnreadable, match="others than its owner may read this key file"):
        read_key_file(path)


def test_a_secret_is_never_shown() -> None:
    """Neither the value's own text nor a refusal holds the secret."""
    key = new_key(ORIGIN, KeyType.ML_DSA)
    assert key.seed.hex() not in repr(key)
    assert repr(key.seed) not in repr(key)
    with pytest.raises(NoteRefused) as refused:
        read_secret(key.secret() + "secret-4711")
    assert "4711" not in str(refused.value)
