"""Entries that others signed, taken in: each may stand where it would stand, or none is taken."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, LedgerDamaged
from tregua.ledger.ahead import read_ahead, signed_of
from tregua.ledger.entry import Entry
from tregua.ledger.intake import append, machine_clock
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.sign import Place
from tregua.ledger.store import sound

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
        LedgerDamaged: an entry that may not stand there, such as an unsigned one behind a signed.
    """
    book = annex.book()
    _read_on(book, store)
    return book


def _read_on(book: Book, store: Store) -> None:
    start, size = book.size, store.size()
    rows = sound(store.rows(start, size), start, size)
    for index, read in enumerate(read_ahead((row.data for row in rows), book.keys), start):
        if isinstance(read, Entry) and not book.is_begun:
            book.pass_over(None, "unsigned")  # the ledger was begun before entries were signed
            continue
        try:
            book.take_read(signed_of(read))
        except EntryRefused as refused:
            raise LedgerDamaged(f"entry {index}", refused.why) from refused


class SignedIntake:
    """Whoever takes in entries again and again, and reads each entry of the ledger once.

    Args:
        store: where the record is kept, opened for writing.
        annex: whose keys count.
        now: the clock; default: the machine's.
    """

    def __init__(
        self, store: Store, annex: Annex, *, now: Callable[[], datetime] = machine_clock
    ) -> None:
        self._store, self._annex, self._now = store, annex, now
        self._book = annex.book()

    def take(self, items: Iterable[Signed]) -> tuple[Taken, ...]:
        """Append signed entries in one batch, with what they disclose; see `take_signed`."""
        given = tuple(items)
        taken: list[Taken] = []
        try:
            append(self._store, self._batch(given, taken), now=self._now)
        except BaseException:
            self._book = self._annex.book()  # it may know entries that were not recorded
            raise
        return tuple(taken)

    def _batch(self, given: tuple[Signed, ...], taken: list[Taken]) -> Iterator[SignedEntry]:
        # Asked for when our turn to write has come: others may have written since.
        _read_on(self._book, self._store)
        new = []
        reading = read_ahead((one.entry for one in given), self._book.keys)
        for one, read in zip(given, reading, strict=True):
            with _numbered(len(taken) + 1):
                entry = signed_of(read)
                taken.append(_taken(self._book, entry, one.disclosures))
            new += [] if taken[-1].already else [entry]
        # Bodies first: a body without an entry is nothing, and it belongs to no other.
        self._store.bodies.put(_to_keep(self._store, given, taken))
        yield from new


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
    return SignedIntake(store, annex, now=now).take(items)


@contextmanager
def _numbered(number: int) -> Iterator[None]:
    try:
        yield
    except EntryRefused as refused:
        raise EntryRefused(f"number {number} of the bundle: {refused.why}") from refused


def _taken(book: Book, entry: SignedEntry, disclosures: tuple[str, ...]) -> Taken:
    fields_in(entry.claims, disclosures)
    stands = book.index_of(entry.id)
    if stands is not None:
        return Taken(stands, entry.id, already=True)
    book.take_read(entry)
    return Taken(book.size - 1, entry.id)


def place_in(store: Store, kid: str) -> Place:
    """Return where the next entry of a key must stand, by what a ledger holds of it."""
    place = Place()
    for _, entry in store.entries():
        if isinstance(entry, SignedEntry) and entry.claims.kid == kid:
            place = Place(entry.claims.seq + 1, entry.id)
    return place


def _to_keep(store: Store, given: tuple[Signed, ...], taken: list[Taken]) -> Iterator[Signed]:
    """Yield what tells more than is held already, and is of no entry whose body was destroyed."""
    stood = {one.id for one in taken if one.already}
    erased = erased_in(entry for _, entry in store.entries()) if stood else frozenset()
    for one, at in zip(given, taken, strict=True):
        held = store.bodies.get(at.id) if at.id in stood - erased else ()
        if at.id not in erased and set(held) < set(one.disclosures):
            yield one


def erased_in(entries: Iterable[object]) -> frozenset[str]:
    """Return the ids (hex) of the entries whose bodies were destroyed."""
    return frozenset(
        ref
        for entry in entries
        if isinstance(entry, SignedEntry) and entry.kind == "erasure"
        for ref in entry.claims.ref
    )
