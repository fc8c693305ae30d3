"""Every entry hashed again, every tile computed again: do the files hold what was signed.

The first place that is wrong is named: the entry whose bytes do not hash to its leaf, the tile that
is not what lies below it, or, when all files agree among themselves, the root.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, LedgerDamaged, NoteRefused
from tregua.ledger.tiles.names import ENTRIES, HEIGHT, WIDTH, Tile, width_at
from tregua.ledger.tiles.read_tiles import entries_in, hashes_in
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tiles.write_tiles import tile_root

if TYPE_CHECKING:
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.tiles.read_tiles import FileSource


def check_log(source: FileSource, head: LogHead) -> None:
    """Check all files of a log against a checkpoint that is trusted.

    Raises:
        LedgerDamaged: with the first place that is wrong.
    """
    try:
        roots = _check_leaves(source, head.size)
        level = 1
        while roots:
            roots = _check_level(source, level, roots)
            level += 1
        root = TiledTree(source, head.size).root()
    except (InputUnreadable, NoteRefused) as error:
        raise LedgerDamaged(source.name, str(error)) from error
    if root != head.root:
        raise LedgerDamaged(
            source.name,
            f"its {head.size} entries give the root {root.hex()[:12]}, "
            f"the checkpoint has {head.root.hex()[:12]}",
        )


def _check_leaves(source: FileSource, size: int) -> list[bytes]:
    """Hash every entry; return the roots of the full tiles."""
    roots = []
    for index in range(-(-size // WIDTH)):
        width = width_at(ENTRIES, index, size)
        entries = entries_in(source, index, width)
        leaves = [sha256(b"\x00" + entry).digest() for entry in entries]
        held = hashes_in(source, Tile(0, index, width))
        if leaves != held:
            wrong = next(n for n in range(width) if leaves[n] != held[n])
            place = f"entry {index * WIDTH + wrong}"
            raise LedgerDamaged(place, f"its bytes in {source.name} do not hash to its leaf")
        if width == WIDTH:
            roots.append(tile_root(leaves))
    return roots


def _check_level(source: FileSource, level: int, below: list[bytes]) -> list[bytes]:
    """Compare a level with the roots of the full tiles below it; return those of its own."""
    roots = []
    size = len(below) << HEIGHT * level
    for index in range(-(-len(below) // WIDTH)):
        tile = Tile(level, index, width_at(level, index, size))
        hashes = below[index * WIDTH : index * WIDTH + tile.width]
        if hashes_in(source, tile) != hashes:
            raise LedgerDamaged(str(tile), "it is not what the tiles below it give")
        if tile.width == WIDTH:
            roots.append(tile_root(hashes))
    return roots
