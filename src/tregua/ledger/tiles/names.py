"""Which tiles a log of some size has, and what each is called (C2SP tlog-tiles, Merkle Tree).

Level 0 holds leaf hashes, 256 to a tile. A tile of the level above holds the roots of full tiles
below; a partial tile is never hashed into it. Entries lie in bundles with the names of level 0.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 256  # hashes of a full tile
HEIGHT = 8  # levels of the tree in one tile
MAX_LEVEL = 63
ENTRIES = -1  # the "level" of bundles
_NAME = re.compile(
    r"tile/(?P<level>entries|[0-9]{1,2})/(?P<index>(?:x[0-9]{3}/){0,6}[0-9]{3})"
    r"(?:\.p/(?P<width>[0-9]{1,3}))?"
)


@dataclass(frozen=True, slots=True)
class Tile:
    """One file of a log.

    Attributes:
        level: 0 to 63 for hashes, `ENTRIES` for a bundle of entries.
        index: its place on the level, from 0.
        width: how many hashes or entries it holds, 1 to 256; below 256 it is partial.
    """

    level: int
    index: int
    width: int = WIDTH

    def __str__(self) -> str:
        level = "entries" if self.level == ENTRIES else self.level
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{_index_name(self.index)}{partial}"


def _index_name(index: int) -> str:
    name = f"{index % 1000:03d}"
    while index := index // 1000:
        name = f"x{index % 1000:03d}/{name}"
    return name


def tile_named(name: str) -> Tile | None:
    """Return the tile of a name; ``None`` for a name that no tile has, or another spelling."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    level = ENTRIES if match["level"] == "entries" else int(match["level"])
    index = int(re.sub(r"[x/]", "", match["index"]))
    tile = Tile(level, index, int(match["width"] or WIDTH))
    fits = level <= MAX_LEVEL and 0 < tile.width <= WIDTH
    return tile if fits and str(tile) == name else None


def width_at(level: int, index: int, size: int) -> int:
    """Return how many hashes a tile holds in a log of this size; 0 when there is no such tile."""
    held = size >> HEIGHT * max(level, 0)
    return max(0, min(WIDTH, held - WIDTH * index))


def tiles_of(size: int, *, beyond: int = 0) -> Iterator[Tile]:
    """Return the files that a log of this size consists of, bundles first, then by level.

    Args:
        size: number of entries.
        beyond: leave out what a log of that smaller size has already.
    """
    level = ENTRIES
    while level <= 0 or size >> HEIGHT * level:
        shift = HEIGHT * max(level, 0)
        first, held, had = (beyond >> shift) // WIDTH, size >> shift, beyond >> shift
        if held > had:
            last = -(-held // WIDTH)
            yield from (Tile(level, n, width_at(level, n, size)) for n in range(first, last))
        level += 1
