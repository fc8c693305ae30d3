"""Signed entries: made, read strictly, and appended durably, one by one and in batches.

Beside appending stands the bare durable insert of the same bytes into SQLite with the same
settings; beside signing and reading stands Ed25519 alone over the same bytes.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.measure import Figure, run, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tregua.ledger.signing.device_key import DeviceKey

SINGLE, BATCHED, BATCH = 200, 10_000, 1_000
AGR, REL, AT = "11" * 32, ("a", "b", "un"), 1_473_696_000
FIELDS = ("at", "count", "source", "what", "where.cell5", "where.point")


def figures(data: Path | None, scratch: Path) -> list[Figure]:  # noqa: ARG001 - one form for all
    """Measure each part, and its peer, in processes of their own."""
    found = []
    for name, number, batch in (("one by one", SINGLE, 1), ("in batches", BATCHED, BATCH)):
        given = (str(number), str(batch))
        ours = run(work("appends", "appended", str(scratch / f"{batch}.ours"), *given))
        bare = run(work("appends", "inserted", str(scratch / f"{batch}.bare"), *given))
        what = f"durable appends of signed entries, {name} ({number:,})"
        speed, plain = (number / one.said["seconds"] for one in (ours, bare))
        found.append(
            Figure(
                what, speed, "entries/s", "bare durable insert", plain, ours.peak, busy=ours.busy
            )
        )
    each = run(work("appends", "each", str(BATCHED // 5)))
    for what in ("signing", "strict reading"):
        mine, bare_time = each.said[what], each.said[f"{what}, bare"]
        found.append(Figure(f"{what} an entry", mine, "us", "Ed25519 alone", bare_time, each.peak))
    return found


def appended(path: str, number: str, batch: str) -> dict[str, float]:
    """Append entries that were signed before, each batch durable when it returns."""
    from tregua.ledger.intake import append
    from tregua.ledger.open import open_for_writing

    entries = entries_of(int(number))
    with open_for_writing(Path(path)) as store:
        began = perf_counter()
        for part in _parts(entries, int(batch)):
            append(store, part)
        return {"seconds": perf_counter() - began}


def inserted(path: str, number: str, batch: str) -> dict[str, float]:
    """Insert the same bytes, each batch a durable transaction, and know nothing of them."""
    entries = entries_of(int(number))
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = FULL")
    db.execute("CREATE TABLE entries (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL)")
    began = perf_counter()
    for part in _parts(entries, int(batch)):
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO entries (bytes) VALUES (?)", ((entry,) for entry in part))
        db.execute("COMMIT")
    seconds = perf_counter() - began
    db.close()
    return {"seconds": seconds}


def each(number: str) -> dict[str, float]:
    """Sign and read entries; microseconds each, beside Ed25519 over the same bytes."""
    from tregua.ledger.signing.algorithms import verifies
    from tregua.ledger.signing.book import Book
    from tregua.ledger.signing.keys import Root

    count, root, phone = int(number), key_of("a/root"), key_of("a/phone")
    entries, signing = _timed(lambda: entries_of(count))
    book = Book((Root("a", root.alg, root.public),), {AGR})
    _, reading = _timed(lambda: [book.take(entry) for entry in entries])
    parts = [entry.rpartition(b".")[0] for entry in entries]
    signatures, bare = _timed(lambda: [phone.sign(part) for part in parts])
    pairs = list(zip(signatures, parts, strict=True))
    _, checked = _timed(lambda: [verifies(phone.alg, phone.public, s, p) for s, p in pairs])
    times = {"signing": signing, "signing, bare": bare}
    times |= {"strict reading": reading, "strict reading, bare": checked}
    return {name: 1e6 * seconds / count for name, seconds in times.items()}


def _timed(call: Callable[[], list[Any]]) -> tuple[list[Any], float]:
    began = perf_counter()
    made = call()
    return made, perf_counter() - began


def key_of(kid: str) -> DeviceKey:
    from tregua.ledger.signing.device_key import new_key

    return new_key(kid, random=lambda size: kid.encode().ljust(size, b"."))


def entries_of(number: int) -> list[bytes]:
    """Sign the entry that names a phone, and reports of six fields under it."""
    from tregua.ledger.signing.claims import KeyTerms
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.signing.sign import Draft, Place, sign

    root, phone = key_of("a/root"), key_of("a/phone")
    terms = KeyTerms(phone.kid, phone.alg, phone.public, ("report",), AT - 1, AT + 1)
    entries = [sign(Draft("key", AGR, REL, AT, key=terms), root, Place()).entry]
    fields = tuple(Field(name, "thirty characters, more or less", REL) for name in FIELDS)
    draft, place = Draft("report", AGR, REL, AT, fields), Place()
    while len(entries) < number:
        made = sign(draft, phone, place)
        entries.append(made.entry)
        place = Place(place.seq + 1, made.next)
    return entries


def _parts(entries: list[bytes], batch: int) -> Iterator[list[bytes]]:
    return (entries[n : n + batch] for n in range(0, len(entries), batch))
