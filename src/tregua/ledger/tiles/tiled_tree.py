"""Roots and proofs of a log from its tiles: a proof reads a few files, whatever the log's size.

The same proofs as ``tree.py`` makes from all leaves (RFC 9162, 2.1.3.1 and 2.1.4.1). A node of the
tree whose level is no multiple of eight is hashed from the part of the tile below that it covers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.tiles.names import HEIGHT, WIDTH, Tile, width_at
from tregua.ledger.tiles.read_tiles import hashes_in
from tregua.ledger.tree import EMPTY_ROOT, Frontier, node_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.tiles.read_tiles import FileSource
    from tregua.ledger.tree import Proof

_KEPT = 64  # tiles in memory, half a megabyte


class TiledTree:
    """The tree of a log of one size. Files are read when they are needed, and some are kept."""

    def __init__(self, source: FileSource, size: int) -> None:
        self.size = size
        self._source = source
        self._kept: dict[tuple[int, int], list[bytes]] = {}

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first ``size`` entries (default: all).

        Raises:
            IndexError: the log has not so many.
        """
        end = self.size if size is None else size
        if not 0 <= end <= self.size:
            raise IndexError(end)
        return self._over(0, end) if end else EMPTY_ROOT

    def leaves(self) -> Iterator[bytes]:
        """Return the leaf hashes, from the first entry on."""
        for index in range(-(-self.size // WIDTH)):
            yield from self._tile(0, index)

    def frontier(self) -> Frontier:
        """Return what growing the tree needs."""
        bits = [n for n in reversed(range(self.size.bit_length())) if self.size >> n & 1]
        nodes = tuple(self._node(n, (self.size >> n + 1) * 2) for n in bits)
        return Frontier(self.size, nodes)

    def inclusion_proof(self, index: int) -> Proof:
        """Return the proof that entry ``index`` is in the log.

        Raises:
            IndexError: there is no such entry.
        """
        if not 0 <= index < self.size:
            raise IndexError(index)
        start, end, path = 0, self.size, []
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return tuple(reversed(path))

    def consistency_proof(self, old: int) -> Proof:
        """Return the proof that the log began as the one of ``old`` entries.

        Raises:
            IndexError: ``old`` is not 1 to the log's size.
        """
        if not 0 < old <= self.size:
            raise IndexError(old)
        start, end, path, known = 0, self.size, [], True
        while old != end:
            middle = start + _split(end - start)
            if old <= middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start, known = middle, False
        if not known:  # else the checker has this hash: it is the old root
            path.append(self._over(start, end))
        return tuple(reversed(path))

    def _over(self, start: int, end: int) -> bytes:
        """Return the root over entries ``start`` to ``end``; ``start`` begins a subtree."""
        parts = []
        while start < end:
            level = (end - start).bit_length() - 1
            parts.append(self._node(level, start >> level))
            start += 1 << level
        node = parts.pop()
        while parts:
            node = node_hash(parts.pop(), node)
        return node

    def _node(self, level: int, index: int) -> bytes:
        tile_level, above = divmod(level, HEIGHT)
        first = index << above
        hashes = self._tile(tile_level, first // WIDTH)
        nodes = hashes[first % WIDTH : first % WIDTH + (1 << above)]
        while len(nodes) > 1:
            nodes = [node_hash(*nodes[n : n + 2]) for n in range(0, len(nodes), 2)]
        return nodes[0]

    def _tile(self, level: int, index: int) -> list[bytes]:
        if (level, index) not in self._kept:
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]
            tile = Tile(level, index, width_at(level, index, self.size))
            self._kept[level, index] = hashes_in(self._source, tile)
        return self._kept[level, index]


def _split(size: int) -> int:
    return 1 << ((size - 1).bit_length() - 1)  # the largest power of two smaller than size
