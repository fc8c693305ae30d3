"""The files of a log, made in memory from its entries (C2SP tlog-tiles)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.tiles.bundle import bundle_of
from tregua.ledger.tiles.names import ENTRIES, WIDTH, tiles_of
from tregua.ledger.tiles.write_tiles import tile_root
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Sequence


def tiles_of_entries(entries: Sequence[bytes]) -> dict[str, bytes]:
    """Return every bundle and tile of a log with these entries, by name."""
    levels = [[leaf_hash(entry) for entry in entries]]
    while len(levels[-1]) >= WIDTH:
        row = levels[-1]
        full = range(0, len(row) - WIDTH + 1, WIDTH)
        levels.append([tile_root(row[n : n + WIDTH]) for n in full])
    files = {}
    for tile in tiles_of(len(entries)):
        part = slice(tile.index * WIDTH, tile.index * WIDTH + tile.width)
        whole = tile.level == ENTRIES
        files[str(tile)] = bundle_of(entries[part]) if whole else b"".join(levels[tile.level][part])
    return files
