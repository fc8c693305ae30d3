"""Entries that others signed, taken in: each may stand where it would stand, or none is taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, LedgerDamaged
from tregua.ledger.entry import to_bytes
from tregua.ledger.intake import append, machine_clock
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.book import Book
    from tregua.ledger.signing.sign import Signed
    from tregua.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a signed entry stands: its index, its id (leaf hash, hex); and if it stood before."""

    index: int
    id: str
    already: bool = False


def book_of(store: Store, annex: Annex) -> Book:
    """Read every entry of a ledger into its book.

    Raises:
        LedgerDamaged: an entry that may not stand there.
    """
    book = annex.book()
    for index, entry in store.entries():
        try:
            book.take(to_bytes(entry))
        except EntryRefused as refused:
            raise LedgerDamaged(f"entry {index}", refused.why) from refused
    return book


def take_signed(
    store: Store,
    items: Iterable[Signed],
    annex: Annex,
    *,
    now: Callable[[], datetime] = machine_clock,
) -> tuple[Taken, ...]:
    """Append signed entries in one batch, with what they disclose: all of them or none.

    An entry that stands there already is not taken again; what it discloses is kept.

    Raises:
        EntryRefused: with the number in the batch, and what was expected there.
        StoreUnwritable, LedgerDamaged: nothing of the batch was recorded.
    """
    given = tuple(items)
    taken: list[Taken] = []

    def batch() -> Iterator[bytes]:
        book = book_of(store, annex)
        new = [one for number, one in enumerate(given, 1) if _take(book, one, number, taken)]
        # Bodies first: a body without an entry is nothing, and it belongs to no other.
        store.bodies.put(_to_keep(store, given))
        yield from (one.entry for one in new)

    append(store, batch(), now=now)
    return tuple(taken)


def place_in(store: Store, kid: str) -> Place:
    """Return where the next entry of a key must stand, by what a ledger holds of it."""
    place = Place()
    for _, entry in store.entries():
        if isinstance(entry, SignedEntry) and entry.claims.kid == kid:
            place = Place(entry.claims.seq + 1, entry.id)
    return place


def _to_keep(store: Store, given: tuple[Signed, ...]) -> Iterator[Signed]:
    """Yield what tells more than is held already, and is of no entry whose body was destroyed."""
    erased = erased_in(entry for _, entry in store.entries())
    for one in given:
        if one.next not in erased and set(store.bodies.get(one.next)) < set(one.disclosures):
            yield one


def erased_in(entries: Iterable[object]) -> frozenset[str]:
    """Return the ids (hex) of the entries whose bodies were destroyed."""
    return frozenset(
        ref
        for entry in entries
        if isinstance(entry, SignedEntry) and entry.kind == "erasure"
        for ref in entry.claims.ref
    )


def _take(book: Book, one: Signed, number: int, taken: list[Taken]) -> bool:
    stands = book.index_of(one.next)
    try:
        fields_in(read_entry(one.entry), one.disclosures)
        if stands is not None:
            taken.append(Taken(stands, one.next, already=True))
            return False
        book.take(one.entry)
    except EntryRefused as refused:
        raise EntryRefused(f"number {number} of the bundle: {refused.why}") from refused
    taken.append(Taken(book.size - 1, one.next))
    return True
