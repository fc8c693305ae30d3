"""How every store grows: hold what is there against the last checkpoint, add the batch, seal it."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.entry import to_bytes
from tregua.ledger.store import Head, Store

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tregua.ledger.store import Seal
    from tregua.ledger.tree import Frontier


class GrowingStore(Store):
    """What all stores have in common; each knows its own turn, tables and words of errors."""

    _frontier: Frontier  # of what this object has seen; a writer catches up first

    def write(self, seal: Seal) -> Head:
        """See `Store.write`."""
        with self._explained(writing=True), self._turn():
            frontier, last = self._caught_up()
            entries = seal(last)
            grown = frontier
            if entries:
                data = [to_bytes(entry) for entry in entries]
                grown = self._insert(frontier, data, entries[-1].received)
        self._frontier = grown  # only now: a batch that failed leaves nothing behind
        return Head(grown.size, grown.root())

    def head(self) -> Head:
        """See `Store.head`."""
        with self._explained():
            held, size, root, _ = self._newest()
        if held != size:
            raise LedgerDamaged(self.name, f"it holds {held} entries, its checkpoint says {size}")
        return Head(size, root)

    def _caught_up(self) -> tuple[Frontier, int]:
        """Return the frontier of what is held, and the time of its last checkpoint."""
        held, size, root, at = self._newest()
        if held < self._frontier.size:
            raise LedgerDamaged(self.name, f"it had {self._frontier.size} entries, now {held}")
        frontier = self._frontier
        if held > frontier.size:
            frontier = frontier.grow(row.leaf for row in self.rows(frontier.size))
        if (frontier.size, frontier.root()) != (size, root):
            raise LedgerDamaged(self.name, f"its entries do not give the checkpoint of {size}")
        return frontier, at

    @abstractmethod
    def _explained(self, *, writing: bool = False) -> AbstractContextManager[None]:
        """Turn every error of the database inside into one of ours."""

    @abstractmethod
    def _turn(self) -> AbstractContextManager[None]:
        """Wait until nobody else writes; what is done inside is kept whole or not at all."""

    @abstractmethod
    def _newest(self) -> tuple[int, int, bytes, int]:
        """Return the number of entries, and size, root and time of the last checkpoint."""

    @abstractmethod
    def _insert(self, frontier: Frontier, data: list[bytes], at: int) -> Frontier:
        """Add entries and their checkpoint; return the frontier after them."""
