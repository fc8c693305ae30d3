"""The verifier and the product are two programs: asked the same thing, they answer the same.

Each test makes good inputs and breaks about half of them, with a fixed seed; how many were good and
how many were not is printed.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tests.ledger.notes_made import (
    COSIGNERS,
    LEAVES,
    LOG,
    NOBODY,
    ORIGIN,
    SIDES,
    THREE,
    TWO,
    checkpoint,
    policy_text,
)
from tests.ledger.signing.conftest import AGR, D, Parties
from tests.ledger.verifier.asked import FAILS, GOOD, UNREADABLE, ask, broken, put
from tests.ledger.verifier.test_verify_scenes import annex_of, laid_out
from tregua.errors import (
    EntryRefused,
    LedgerDamaged,
    NoteRefused,
    SignatureRefused,
    WrongUse,
)
from tregua.ledger.notes.checkpoint import LogHead
from tregua.ledger.notes.conflict import conflict_of, read_conflict, what_conflicts
from tregua.ledger.notes.note import SignedNote, read_note
from tregua.ledger.notes.policy import acknowledged
from tregua.ledger.notes.proof_file import Outcome, ProofFile, check_proof, read_proof
from tregua.ledger.notes.read_policy import read_policy
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.book import Book
from tregua.ledger.signing.claims import KeyTerms
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.keys import Root
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Draft
from tregua.ledger.tiles.bundle import bundle_of
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tree import inclusion_proof, root_of

pytestmark = pytest.mark.slow
Tally = Callable[[int, int], None]


@pytest.fixture
def tally(capsys: pytest.CaptureFixture[str], request: pytest.FixtureRequest) -> Tally:
    def show(good: int, bad: int) -> None:
        with capsys.disabled():
            print(f"\n{request.node.name}: {good + bad} inputs, {good} good", end=" ")
        assert good > (good + bad) / 5 < bad

    return show


@cache
def signed_by(size: int, by: tuple[str, ...]) -> SignedNote:
    return checkpoint(size, *(COSIGNERS[name] for name in by))


def proof_verdict(policy: bytes, proof: bytes, entry: bytes) -> set[int]:
    try:
        outcome = check_proof(read_proof(proof), entry, read_policy(policy)).outcome
    except NoteRefused:
        return {UNREADABLE}
    # A checkpoint out of form and one that nobody signed are one outcome of the product.
    refused = {Outcome.OK: {GOOD}, Outcome.CHECKPOINT: {UNREADABLE, FAILS}}
    return refused.get(outcome, {FAILS})


def test_proofs(tmp_path: Path, tally: Tally) -> None:
    """Proof, policy and entry: good, unreadable and refused are the same for both."""
    chance, counts = Random(1), [0, 0]
    for _ in range(1_500):
        size = chance.randint(1, len(LEAVES))
        index = chance.randrange(size)
        by = sorted(chance.sample(list(COSIGNERS), chance.randint(2, 3)))
        note = signed_by(size, tuple(by))
        proof = ProofFile(index, inclusion_proof(LEAVES[:size], index), note).to_bytes()
        given = [
            policy_text(chance.choice([SIDES, THREE, TWO, NOBODY])),
            proof,
            b"entry %d" % index,
        ]
        if chance.random() < 0.5:
            which = chance.randrange(3)
            given[which] = broken(given[which], chance)
        files = put(tmp_path, policy=given[0], proof=given[1], entry=given[2])
        code, said = ask("proof", *files)
        assert code in proof_verdict(*given), (given, said)
        counts[code != GOOD] += 1
    tally(*counts)


def conflict_verdict(data: bytes) -> int:
    try:
        return FAILS if what_conflicts(read_conflict(data)) else GOOD
    except (NoteRefused, SignatureRefused, WrongUse):
        return UNREADABLE


def test_conflict_files(tmp_path: Path, tally: Tally) -> None:
    """What proves two histories, what proves nothing, and what cannot be read."""
    chance, counts = Random(2), [0, 0]
    for _ in range(2_100):
        sizes = chance.choices(range(1, 20), k=2)
        forked = list(LEAVES)
        if chance.random() < 0.5:
            forked[chance.randrange(20)] = LEAVES[-1]
        text = LogHead(ORIGIN, sizes[1], root_of(forked[: sizes[1]])).text()
        two = SignedNote(text, (LOG.sign(text),))
        leaves = LEAVES if sizes[0] > sizes[1] else forked
        data = conflict_of(checkpoint(sizes[0]), two, LOG.public, leaves).to_bytes()
        if chance.random() < 0.3:
            data = broken(data, chance)
        (file,) = put(tmp_path, conflict=data)
        code, said = ask("conflict", file)
        assert conflict_verdict(data) == code, (data, said)
        counts[code == UNREADABLE] += 1
    tally(*counts)


# -- entries ---------------------------------------------------------------------------------------


def resigned(parties: Parties, entry: bytes, chance: Random) -> bytes:
    """Sign an entry again that its own key could have signed, with one field out of order."""
    header, payload = (json.loads(decode(part)) for part in entry.decode().split(".")[:2])
    name = chance.choice([*payload, "extra", "kind", "rel", "_sd", "ref", "prev", "seq", "key"])
    odd: list[object] = [
        None,
        "",
        " ",
        0,
        -1,
        1,
        1.0,
        True,
        [],
        {},
        "report",
        "vote",
        ["A"],
        ["B", "A"],
        [""],
    ]
    odd += ["0" * 64, ["0" * 64], ["A", "A"], [1], {"kid": "a/phone", "since": 1}, "x" * 43]
    if chance.random() < 0.2:
        header[chance.choice([*header, "crit"])] = chance.choice(odd)
    elif chance.random() < 0.2:
        payload.pop(chance.choice(list(payload)))
    elif isinstance(payload.get("key"), dict) and chance.random() < 0.6:
        payload["key"][chance.choice([*payload["key"], "more"])] = chance.choice(odd)
    else:
        payload[name] = chance.choice(odd)
    texts = [json.dumps(part, separators=(",", ":")).encode() for part in (header, payload)]
    signed = ".".join(map(encode, texts)).encode()
    key = parties.keys[json.loads(decode(entry.decode().split(".")[0]))["kid"]]
    return signed + b"." + encode(key.sign(signed)).encode()


def history(chance: Random) -> tuple[Parties, list[bytes]]:
    parties = Parties()
    for kid in ("a/phone", "b/phone"):
        parties.name(parties.keys[kid])
    for n in range(chance.randint(1, 4)):
        parties.put(chance.choice(["a/phone", "b/phone"]), parties.report(D + n))
    if chance.random() < 0.3:
        ended = KeyTerms("b/phone", since=D + 5)
        parties.put("b/root", Draft("revocation", AGR, ("A", "B"), D + 6, key=ended))
    return parties, parties.log


def spoilt(parties: Parties, entries: list[bytes], chance: Random) -> list[bytes]:
    at, made = chance.randrange(len(entries)), list(entries)
    kind = chance.randrange(6)
    if kind == 0:
        made[at] = broken(made[at], chance)
    elif kind == 1:
        made.pop(at)
    elif kind == 2:
        made.insert(chance.randrange(len(made) + 1), made[at])
    elif kind == 3:
        other = chance.randrange(len(made))
        made[at], made[other] = made[other], made[at]
    else:
        made[at] = resigned(parties, made[at], chance)
    return [entry for entry in made if entry]


def book_takes(parties: Parties, entries: list[bytes]) -> str:
    sides = ("a", "b", "mon")
    book = Book(tuple(Root(s, "EdDSA", parties.keys[f"{s}/root"].public) for s in sides), {AGR})
    try:
        for entry in entries:
            book.take(entry)
    except EntryRefused as refused:
        return refused.why
    return ""


def test_entries(tmp_path: Path, tally: Tally) -> None:
    """Which entries may stand, in which order, signed by whom: the book and the verifier agree."""
    chance, counts = Random(3), [0, 0]
    bundles = tmp_path / "log" / "tile" / "entries" / "000.p"
    bundles.mkdir(parents=True)
    for _ in range(2_000):
        parties, entries = history(chance)
        if chance.random() < 0.6:
            entries = spoilt(parties, entries, chance)
        bundle = bundles / str(len(entries))
        bundle.write_bytes(bundle_of(entries))
        (annex,) = put(tmp_path, annex=annex_of(parties))
        code, said = ask("ledger", "-", tmp_path / "log", annex)
        bundle.unlink()
        why = book_takes(parties, entries)
        assert (FAILS if why else GOOD) == code, (entries, why, said)
        counts[code != GOOD] += 1
    tally(*counts)


def test_disclosures(tmp_path: Path, tally: Tally) -> None:
    """What is disclosed belongs to the entry, or the whole is refused, by both alike."""
    chance, counts = Random(4), [0, 0]
    parties, _ = history(chance)
    signed = [parties.signed("a/phone", parties.report(D + n)) for n in range(20)]
    for n in range(4_000):
        made = signed[n % len(signed)]
        shown = chance.sample(made.disclosures, chance.randint(0, len(made.disclosures)))
        if shown and chance.random() < 0.5:
            at = chance.randrange(len(shown))
            bad = broken(shown[at].encode(), chance).decode("ascii", "replace")
            shown[at] = chance.choice([bad, shown[0], encode(b'["c2FsdA","what",{}]')])
        body = "~".join([made.entry.decode(), *shown, ""]).encode()
        files = put(tmp_path, entry=made.entry, body=body)
        code, said = ask("body", *files)
        shown_again = body.decode("ascii", "replace").split("~")[1:-1]
        refused = True
        with suppress(EntryRefused):
            fields_in(read_entry(made.entry), shown_again)
            refused = False
        assert refused == (code != GOOD), (shown, said)
        counts[code != GOOD] += 1
    tally(*counts)


# -- whole logs ------------------------------------------------------------------------------------


def log_holds(log: Path, policy: bytes) -> bool:
    try:
        held = acknowledged(read_note((log / "checkpoint").read_bytes()), read_policy(policy))
        check_log(FolderSource(log), held.head)
    except (NoteRefused, SignatureRefused, LedgerDamaged, OSError):
        return False
    return held.is_met


def test_logs(tmp_path: Path, tally: Tally) -> None:
    """A log of several tiles and levels with any one file broken, missing or whole."""
    chance, counts = Random(5), [0, 0]
    entries = [b"entry %d" % n for n in range(700)]
    words = laid_out(tmp_path, entries, b"", COSIGNERS["A"], COSIGNERS["B"])
    log = Path(str(words[2]))
    files = [p for p in sorted(log.rglob("*")) if p.is_file() and p.name != "annex"]
    for _ in range(400):
        file = chance.choice(files)
        data = file.read_bytes()
        kind = chance.random()
        if kind < 0.1:
            file.unlink()
        elif kind < 0.6:
            file.write_bytes(broken(data, chance))
        code, said = ask(*words, "-")
        assert log_holds(log, policy_text()) == (code == GOOD), (file, said)
        counts[code != GOOD] += 1
        file.write_bytes(data)
    tally(*counts)
