"""Writing a log as files: what comes after the entries that lie there already.

The order of writes (03, section 17): bundle and tiles are durable before anything is signed over
them. Entries come from the journal, in order; nothing here decides what an entry is.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.ledger.tiles.bundle import bundle_of
from tregua.ledger.tiles.names import ENTRIES, HEIGHT, WIDTH, Tile, tiles_of
from tregua.ledger.tiles.read_tiles import FolderSource, entries_in, hashes_in
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tregua.ledger.tiles.durable import DurableFolder


def extend(folder: DurableFolder, entries: Iterable[bytes], *, size: int) -> int:
    """Write entries behind the first ``size`` of a log; return the new size.

    What is written is durable once this returns. Partial tiles of the old size stay, because a
    checkpoint of that size may be out.

    Args:
        folder: where the log lies.
        entries: in order.
        size: how many entries lie there already.

    Raises:
        InputUnreadable, NoteRefused: what lies there already is not whole.
        StoreUnwritable: no room, no right; the first ``size`` entries are untouched.
        EntryRefused: an entry that no bundle can hold.
    """
    edge = _Edge(folder, size)
    for entry in entries:
        edge.take(entry)
    edge.write_partial(beyond=size)
    folder.settle()
    return edge.size


class _Edge:
    """The right edge of a log: the unfinished tile of each level, and the unfinished bundle."""

    def __init__(self, folder: DurableFolder, size: int) -> None:
        self.size = size
        self._folder = folder
        source, index = FolderSource(folder.folder), size // WIDTH
        self._bundle = entries_in(source, index, size % WIDTH) if size % WIDTH else []
        self._levels: list[list[bytes]] = []
        while held := size >> HEIGHT * len(self._levels):
            level, width = len(self._levels), held % WIDTH
            tile = Tile(level, held // WIDTH, width)
            self._levels.append(hashes_in(source, tile) if width else [])

    def take(self, entry: bytes) -> None:
        self._bundle.append(entry)
        self.size += 1
        self._add(0, leaf_hash(entry))
        if len(self._bundle) == WIDTH:
            self._write(ENTRIES, bundle_of(self._bundle))
            self._bundle = []

    def _add(self, level: int, node: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
        tile = self._levels[level]
        tile.append(node)
        if len(tile) == WIDTH:
            self._write(level, b"".join(tile))
            self._levels[level] = []
            self._add(level + 1, tile_root(tile))

    def _write(self, level: int, data: bytes) -> None:
        index = (self.size >> HEIGHT * max(level, 0)) // WIDTH - 1
        self._folder.write(str(Tile(level, index)), data)

    def write_partial(self, *, beyond: int) -> None:
        for tile in tiles_of(self.size, beyond=beyond):
            if tile.width < WIDTH:
                held = bundle_of(self._bundle) if tile.level == ENTRIES else None
                data = b"".join(self._levels[tile.level]) if held is None else held
                self._folder.write(str(tile), data)


def tile_root(hashes: list[bytes]) -> bytes:
    """Return the root over the hashes of a full tile."""
    while len(hashes) > 1:
        pairs = zip(hashes[::2], hashes[1::2], strict=True)
        hashes = [sha256(b"\x01" + left + right).digest() for left, right in pairs]
    return hashes[0]


def missing_files(folder: Path, size: int) -> list[Tile]:
    """Return the files of a log of this size that are not in the folder."""
    return [tile for tile in tiles_of(size) if not (folder / str(tile)).is_file()]
