"""A record read as it grows: each entry is parsed once, and opened once for what is held of it.

What an entry tells may change without a new word of its own: a release, the end of a sealed window,
a body that is brought later or destroyed. So all of it is put together anew at each look, from
parts that are kept; a fresh reader gives the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.prefix import Prefix
from tregua.sharing.opened import Opened
from tregua.sharing.reading import read_entries

if TYPE_CHECKING:
    from collections.abc import Hashable

    from tregua.ledger.bodies import Bodies
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.sharing.reading import Read
    from tregua.sharing.visit import Visit


class Reader:
    """Whoever holds one looks with it at one record, from one thread at a time."""

    def __init__(self) -> None:
        """Begin with nothing read."""
        self._prefix = Prefix()
        self._opened = Opened()
        self._seals: dict[str, Hashable] = {}
        self._bodies: dict[str, tuple[str, ...]] = {}

    def read(
        self, store: Store, size: int, visit: Visit, seen: Seen | None = None
    ) -> tuple[Read, bytes]:
        """Return what the first ``size`` entries tell, and their root.

        Args:
            store: where the record is kept.
            size: how many entries.
            visit: who reads; logged before anything is opened for an audience.
            seen: the cosignatures over the record; ``None`` when none are at hand.

        Raises:
            WrongUse: the record has no such prefix.
            LedgerDamaged: an entry, or what is held of one, is not what the record says.
            StoreUnwritable: the visit cannot be logged.
        """
        entries, root = self._prefix.read(store, size)
        # What an audience may see is opened anew: the store hides the rest of it.
        bodies = self._held(store.bodies) if visit.is_keepers else visit.bodies(store, entries)
        read = read_entries(
            entries,
            bodies,
            audience=visit.audience,
            releasers=visit.releasers,
            seen=seen,
            opened=self._opened,
        )
        return read, root

    def _held(self, bodies: Bodies) -> dict[str, tuple[str, ...]]:
        """Return what is held of all entries; only what is sealed anew is opened."""
        seals = bodies.seals()
        others = bodies.some(i for i, seal in seals.items() if self._seals.get(i) != seal)
        same = {i: texts for i, texts in self._bodies.items() if i in seals}
        self._seals, self._bodies = seals, {**same, **others}
        return self._bodies
