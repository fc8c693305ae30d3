"""The first entries of a record that grows, each of them read once, and the root over them.

What was read stays only as long as the tree that it gives is the record's own: the root is compared
with that of the store at every call. So the answer is that of a fresh reading, and costs the
entries that are new. They are not looked at again: damage done to them since is found by the audit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.tree import Frontier

if TYPE_CHECKING:
    from tregua.ledger.store import AnyEntry, Store

    Entries = list[tuple[int, AnyEntry]]


class Prefix:
    """Entries of one record, from the first on.

    Whoever holds one calls it from one thread at a time.
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._forget()

    def read(self, store: Store, size: int) -> tuple[Entries, bytes]:
        """Return the first ``size`` entries with their index, and their root.

        Raises:
            WrongUse: the record has no such prefix.
            LedgerDamaged: nothing is built on entries that changed.
        """
        root = _root_of(store, size)
        if self._read_on(store, size) != root:  # what was read before is of another record
            self._forget()
            if self._read_on(store, size) != root:
                raise _changed(store, size)
        return self._entries[:size], root

    def _forget(self) -> None:
        self._entries: Entries = []
        self._leaves: list[bytes] = []
        self._tree = Frontier()

    def _read_on(self, store: Store, size: int) -> bytes:
        """Read what is new up to ``size``; return the root of the first ``size`` entries held."""
        held = len(self._entries)
        if size < held:
            return Frontier().grow(self._leaves[:size]).root()
        new = list(store.entries(held, size))  # refused where one does not hash to its leaf
        leaves = [row.leaf for row in store.rows(held, size)]
        self._entries += new
        self._leaves += leaves
        self._tree = self._tree.grow(leaves)
        return self._tree.root()


def _root_of(store: Store, size: int) -> bytes:
    """Return the root that the store itself gives for its first ``size`` entries."""
    head = store.head()
    if size == head.size:
        return head.root
    root = store.root_at(size)
    if any(c.size == size and c.root != root for c in store.checkpoints()):
        raise _changed(store, size)
    return root


def _changed(store: Store, size: int) -> LedgerDamaged:
    return LedgerDamaged(store.name, f"its entries do not give the checkpoint of {size}")
