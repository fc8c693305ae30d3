"""How every store grows: hold what is there against the last checkpoint, add the batch, seal it."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.store import Checkpoint, Head, Store
from tregua.ledger.tree import EMPTY_ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence
    from contextlib import AbstractContextManager

    from tregua.ledger.store import Seal
    from tregua.ledger.tree import Frontier


@dataclass(frozen=True, slots=True)
class Newest:
    """What a store holds: the number of entries; size, root and time of the last checkpoint."""

    held: int
    size: int
    root: bytes
    at: int


def newest(held: int, size: int | None, root: bytes, at: int) -> Newest:
    """Return what is held, by one row of a database; without a checkpoint ``size`` is ``None``."""
    return Newest(held, 0, EMPTY_ROOT, 0) if size is None else Newest(held, size, root, at)


class GrowingStore(Store):
    """What all stores have in common; each knows its own turn, tables and words of errors."""

    _frontier: Frontier  # of what this object has seen; a writer catches up first
    _root = EMPTY_ROOT  # its root

    def write(self, seal: Seal) -> Head:
        """See `Store.write`."""
        with self._explained(writing=True), self._turn() as met:
            before, root = self._caught_up(met)
            batch, grown = seal(met.at), before
            if batch.entries:
                leaves = [sha256(b"\x00" + data).digest() for data in batch.entries]
                grown = before.grow(leaves)
                root = grown.root()
                checkpoint = Checkpoint(grown.size, root, batch.at)
                self._add(before.size, batch.entries, leaves, checkpoint)
        # Only now: a batch that failed leaves nothing behind.
        self._frontier, self._root = grown, root
        return Head(grown.size, root)

    def head(self) -> Head:
        """See `Store.head`."""
        with self._explained():
            met = self._newest()
        held, size = met.held, met.size
        if held != size:
            raise LedgerDamaged(self.name, f"it holds {held} entries, its checkpoint says {size}")
        return Head(size, met.root)

    def _caught_up(self, met: Newest) -> tuple[Frontier, bytes]:
        """Return frontier and root of what is held."""
        frontier, root, held = self._frontier, self._root, met.held
        if held < frontier.size:
            raise LedgerDamaged(self.name, f"it had {frontier.size} entries, now {held}")
        if held > frontier.size:
            frontier = frontier.grow(row.leaf for row in self.rows(frontier.size))
            root = frontier.root()
        if (frontier.size, root) != (met.size, met.root):
            why = f"its entries do not give the checkpoint of {met.size}"
            raise LedgerDamaged(self.name, why)
        return frontier, root

    @abstractmethod
    def _explained(self, *, writing: bool = False) -> AbstractContextManager[None]:
        """Turn every error of the database inside into one of ours."""

    @abstractmethod
    def _turn(self) -> AbstractContextManager[Newest]:
        """Wait until nobody else writes, and say what is held then.

        What is done inside is kept whole or not at all.
        """

    @abstractmethod
    def _newest(self) -> Newest:
        """Say what is held."""

    @abstractmethod
    def _add(
        self, first: int, data: Sequence[bytes], leaves: Sequence[bytes], checkpoint: Checkpoint
    ) -> None:
        """Add entries with their leaf hashes, numbered from ``first`` on, and their checkpoint."""
