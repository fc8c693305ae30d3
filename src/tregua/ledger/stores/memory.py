"""A ledger in memory: the same promises as a file, for as long as the program runs.

For trying out and for tests. It has no file that could be edited, so it has no guards to miss.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from tregua.ledger.accesses import MemoryAccesses
from tregua.ledger.bodies import MemoryBodies
from tregua.ledger.store import Checkpoint, Head, Row, Setting, Store
from tregua.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from tregua.ledger.store import Seal


class MemoryStore(Store):
    """A record kept in two lists."""

    def __init__(self) -> None:
        self.name = "memory:"
        self.accesses = MemoryAccesses()
        self.bodies = MemoryBodies()
        self._rows: list[Row] = []
        self._checkpoints: list[Checkpoint] = []
        self._frontier = Frontier()

    def write(self, seal: Seal) -> Head:
        """See `Store.write`."""
        last = self._checkpoints[-1].at if self._checkpoints else 0
        batch = seal(last)
        if not batch.entries:
            return self.head()
        first = self._frontier.size
        rows = [Row(n, data, leaf_hash(data)) for n, data in enumerate(batch.entries, first)]
        self._frontier = self._frontier.grow(row.leaf for row in rows)
        self._rows += rows
        root = self._frontier.root()
        self._checkpoints.append(Checkpoint(self._frontier.size, root, batch.at))
        return self.head()

    def head(self) -> Head:
        """See `Store.head`."""
        if not self._checkpoints:
            return Head(0, EMPTY_ROOT)
        return Head(self._checkpoints[-1].size, self._checkpoints[-1].root)

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """See `Store.rows`."""
        return iter(self._rows[start:end])

    def checkpoints(self) -> Iterator[Checkpoint]:
        """See `Store.checkpoints`."""
        return iter(tuple(self._checkpoints))

    def snapshot(self) -> AbstractContextManager[None]:
        """See `Store.snapshot`; nobody else writes to this memory."""
        return nullcontext()

    def faults(self) -> Iterator[str]:
        """See `Store.faults`."""
        return iter(())

    def missing_guards(self) -> Iterator[str]:
        """See `Store.missing_guards`."""
        return iter(())

    def settings(self) -> Iterator[Setting]:
        """See `Store.settings`."""
        yield Setting("kept on a disk", "no", is_safe=False)

    def close(self) -> None:
        """See `Store.close`."""
