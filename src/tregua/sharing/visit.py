"""Somebody reads the record: what is opened for whom is logged first, and then handed over.

Bodies lie sealed, and whatever is shown to an audience gets them here. So nothing can be shown and
not be logged; where the log cannot be written, nothing is opened for anybody.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable
from tregua.ledger.accesses import ID, Access
from tregua.ledger.intake import machine_clock
from tregua.ledger.signed import SignedEntry
from tregua.sharing.reading import RECORDS, held_in
from tregua.sharing.view import visible
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tregua.ledger.entry import Entry
    from tregua.ledger.store import Store
    from tregua.sharing.release import Release
    from tregua.sharing.view import Held

    Bodies = Mapping[str, tuple[str, ...]]
    Signed = list[tuple[int, SignedEntry]]
    Entries = Iterable[tuple[int, Entry | SignedEntry]]

VIEW = "view"
KEEPER = "keeper"  # whoever keeps the record, in the log
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Visit:
    """One reading by one reader; an entry that it was shown once is logged once.

    Attributes:
        audience: who reads; empty for whoever keeps the record and sees what is held.
        how: ``view``, ``export``, ``release`` or ``seal``, as it stands in the log.
        releasers: who may release what others signed, from the annex.
    """

    def __init__(
        self,
        audience: str = "",
        *,
        how: str = VIEW,
        releasers: frozenset[str] = frozenset(),
        reader: str = "",
        now: Callable[[], datetime] = machine_clock,
    ) -> None:
        self.audience, self.how, self.releasers = audience, how, releasers
        self._reader = reader or audience or KEEPER
        self._now = now
        self._told: set[str] = set()

    @property
    def is_keepers(self) -> bool:
        """Say whether it is that of whoever keeps the record and only matches reports."""
        return not self.audience and self.how == VIEW

    def bodies(
        self, store: Store, entries: Entries, *, only: Collection[str] | None = None
    ) -> Bodies:
        """Open what this reader may see something of, and the releases that say so; log it first.

        Whoever keeps the record has to look at all of it to match reports. That is no reading by
        anybody and is not logged; what the keeper takes out of it (``how``) is.

        Args:
            store: where it is held.
            entries: those that are read, in order.
            only: ids of the entries that are asked for; default: all.

        Raises:
            StoreUnwritable: it cannot be logged, so nothing is opened.
            LedgerDamaged: a body does not open, or is not its entry's.
        """
        kept = [(i, e) for i, e in entries if isinstance(e, SignedEntry)]
        held = self._opened(store, kept, only)
        if not self.is_keepers:
            seen = self._seen(kept, held)
            self._log(store, (e for e in seen if only is None or e.id in only))
        return held

    def _opened(self, store: Store, kept: Signed, only: Collection[str] | None) -> Bodies:
        if only is None and not self.audience:
            return store.bodies.all()
        held = store.bodies.all(self.audience) if only is None else {}
        releases = {e.id for _, e in kept if e.kind == "release"}
        held |= store.bodies.some({*releases, *(only or ())} - held.keys())
        if only is not None:
            return held
        _, counted = held_in(kept, held, releasers=self.releasers)
        freed = {i for r in counted if r.to in (self.audience, PUBLIC) for i in r.of}
        return held | store.bodies.some(freed - held.keys())

    def _seen(self, kept: Signed, held: Bodies) -> Iterator[Held]:
        """Yield the entries of which the reader sees something that not everybody sees."""
        # What is marked for everybody as a whole needs no look inside.
        marked = [(i, e) for i, e in kept if e.claims.rel != (PUBLIC,) or e.kind == "release"]
        found, releases = held_in(marked, held, releasers=self.releasers)
        for _, entry in marked:
            of_interest = self.how != VIEW or entry.kind in RECORDS
            if of_interest and self._sees(found[entry.id], releases):
                yield found[entry.id]

    def _sees(self, entry: Held, releases: tuple[Release, ...]) -> bool:
        return any(
            (not self.audience or visible(entry, field, self.audience, releases))
            and not visible(entry, field, PUBLIC, releases)
            for field in entry.fields
        )

    def _log(self, store: Store, seen: Iterable[Held]) -> None:
        by_owner: dict[str, list[str]] = {}
        for entry in seen:
            if entry.id not in self._told:
                by_owner.setdefault(entry.iss, []).append(entry.id)
        if not by_owner:
            return
        at = (self._now() - _EPOCH) // timedelta(microseconds=1)
        lines = [
            Access(os.urandom(ID).hex(), at, self._reader, self.how, owner, tuple(ids))
            for owner, ids in sorted(by_owner.items())
        ]
        try:
            store.accesses.add(lines)
        except StoreUnwritable as error:
            left = "who reads has to be logged first, so nothing is shown"
            raise StoreUnwritable(error.path, error.why, left=left) from error
        self._told |= {entry for ids in by_owner.values() for entry in ids}
