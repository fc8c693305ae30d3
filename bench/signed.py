"""Signed entries: made and read strictly, and a whole ledger of them audited.

Beside signing and reading stands Ed25519 alone over the same bytes. The audit is told in two parts:
numbers and hashes beside plain SHA-256 over the same bytes read from the same store; and the whole,
signatures checked in other processes, beside Ed25519 alone in one process.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.measure import Figure, run, work

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.measure import Run
    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.device_key import DeviceKey

EACH = 2_000
AUDITED = 1_000_000
BATCH = 1_000
HASHING = 3  # times plain hashing, at most
CHECKING = 0.7  # of bare signature checks, at least
AGR, REL, AT = "11" * 32, ("a", "b", "un"), 1_473_696_000
FIELDS = ("at", "count", "source", "what", "where.cell5", "where.point")


def figures(data: Path | None, scratch: Path) -> list[Figure]:  # noqa: ARG001 - one form for all
    """Measure each part, and its peer, in processes of their own."""
    found = []
    each = run(work("signed", "each", str(EACH)))
    for what in ("signing", "strict reading with signature"):
        mine, bare = each.said[what], each.said[f"{what}, bare"]
        found.append(Figure(f"{what}, an entry", mine, "us", "Ed25519 alone", bare, each.peak))
    place = str(scratch / "audited.sqlite")
    run(work("signed", "write", place, str(AUDITED)))
    hashed, plain = run(work("signed", "hashed", place)), run(work("signed", "plain", place))
    audited, bare = run(work("signed", "audited", place)), run(work("signed", "bare", place))
    return [*found, _hashing(hashed, plain), _auditing(audited, bare)]


def _hashing(ours: Run, plain: Run) -> Figure:
    least = plain.said["seconds"]
    return Figure(
        f"tregua audit, numbers, hashes and root, {AUDITED:,} entries",
        ours.said["seconds"],
        "s",
        "SHA-256 over the same bytes of the same store",
        least,
        ours.peak,
        aim=HASHING * least,
        busy=ours.busy,
    )


def _auditing(ours: Run, bare: Run) -> Figure:
    return Figure(
        f"tregua audit, whole, signatures in other processes, {AUDITED:,} entries",
        AUDITED / ours.said["seconds"],
        "entries/s",
        "Ed25519 check of each alone, in one process",
        1 / bare.said["seconds"],
        ours.peak,
        busy=ours.busy,
        least=CHECKING,
    )


def write(place: str, number: str) -> dict[str, float]:
    """Write a ledger of signed entries, and the annex beside it."""
    from tregua.ledger.annex import annex_of, annex_text
    from tregua.ledger.intake import append
    from tregua.ledger.open import open_for_writing

    signed = entries_of(int(number))
    annex_of(place).write_text(annex_text(annex()), encoding="utf-8")
    with open_for_writing(place) as store:
        for n in range(0, len(signed), BATCH):
            append(store, signed[n : n + BATCH])
    return {}


def hashed(place: str) -> dict[str, float]:
    """Do the audit's first reading, and compute the root."""
    from tregua.ledger.hashed import Hashed
    from tregua.ledger.open import open_for_reading
    from tregua.ledger.tree import root_of

    with open_for_reading(place) as store, store.snapshot():
        began = perf_counter()
        held = Hashed()
        assert not held.read(store.rows())
        assert root_of(held.stored(0, len(held))) == store.head().root
        return {"seconds": perf_counter() - began}


def plain(place: str) -> dict[str, float]:
    """Read the same bytes from the same store and take SHA-256 of each."""
    import sqlite3
    from hashlib import sha256

    db = sqlite3.connect(place)
    began = perf_counter()
    for (data,) in db.execute("SELECT bytes FROM entries ORDER BY idx"):
        sha256(data).digest()
    return {"seconds": perf_counter() - began}


def audited(place: str) -> dict[str, float]:
    """Audit the ledger as `tregua audit` does."""
    from tregua.ledger.annex import annex_beside
    from tregua.ledger.audit import audit

    began = perf_counter()
    result = audit(place, annex=annex_beside(place))
    assert result.is_intact
    return {"seconds": perf_counter() - began}


def bare(place: str) -> dict[str, float]:
    """Return the seconds of one signature check, from some of the same entries."""
    import sqlite3

    rows = sqlite3.connect(place).execute("SELECT bytes FROM entries WHERE idx > 0 LIMIT 20000")
    data = [entry for (entry,) in rows]
    began = perf_counter()
    phone_checks(data)
    return {"seconds": (perf_counter() - began) / len(data)}


def each(number: str) -> dict[str, float]:
    """Sign and read entries; microseconds each, beside Ed25519 over the same bytes."""
    count, phone = int(number), key_of("a/phone")
    made, signing = _timed(lambda: entries_of(count))
    book = annex().book()
    _, reading = _timed(lambda: [book.take(entry) for entry in made])
    parts = [entry.rpartition(b".")[0] for entry in made]
    _, bare_signing = _timed(lambda: [phone.sign(part) for part in parts])
    _, checking = _timed(lambda: phone_checks(made[1:]))
    times = {"signing": signing, "signing, bare": bare_signing}
    read = "strict reading with signature"
    times |= {read: reading, f"{read}, bare": checking}
    return {name: 1e6 * seconds / count for name, seconds in times.items()}


def _timed(call: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    made = call()
    return made, perf_counter() - began


def key_of(kid: str) -> DeviceKey:
    from tregua.ledger.signing.device_key import new_key

    return new_key(kid, random=lambda size: kid.encode().ljust(size, b"."))


def annex() -> Annex:
    """Return the annex under which the entries hold."""
    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.keys import Root

    root = key_of("a/root")
    return Annex((Root("a", root.alg, root.public),), (AGR,))


def entries_of(number: int) -> list[bytes]:
    """Sign the entry that names a phone, and reports of six fields under it."""
    from tregua.ledger.signing.claims import KeyTerms
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.signing.sign import Draft, Place, sign

    root, phone = key_of("a/root"), key_of("a/phone")
    terms = KeyTerms(phone.kid, phone.alg, phone.public, ("report",), AT - 1, AT + 1)
    made = [sign(Draft("key", AGR, REL, AT, key=terms), root, Place()).entry]
    fields = tuple(Field(name, "thirty characters, more or less", REL) for name in FIELDS)
    draft, place = Draft("report", AGR, REL, AT, fields), Place()
    while len(made) < number:
        one = sign(draft, phone, place)
        made.append(one.entry)
        place = Place(place.seq + 1, one.next)
    return made


def phone_checks(reports: list[bytes]) -> None:
    """Check the signatures of reports with Ed25519 and nothing else."""
    from base64 import urlsafe_b64decode

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    key = Ed25519PublicKey.from_public_bytes(key_of("a/phone").public)
    for report in reports:
        signed, _, signature = report.rpartition(b".")
        key.verify(urlsafe_b64decode(signature + b"=="), signed)
