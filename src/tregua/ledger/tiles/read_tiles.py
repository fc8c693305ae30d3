"""Reading tiles and bundles, from a folder or from anywhere else that hands out their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from tregua.errors import InputUnreadable, NoteRefused
from tregua.ledger.tiles.bundle import MAX_IN_BUNDLE, entries_of
from tregua.ledger.tiles.names import ENTRIES, WIDTH, Tile, width_at
from tregua.ledger.tree import HASH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BUNDLE = WIDTH * (MAX_IN_BUNDLE + 2)  # bytes


class FileSource(Protocol):
    """Where a log's files come from. ``name`` is how a person would call it."""

    name: str

    def read(self, name: str, *, most: int) -> bytes | None:
        """Return a file's bytes, ``None`` when it is not there.

        Raises:
            InputUnreadable: it is larger than ``most`` bytes, or cannot be read.
            SourceUnreachable: the place as a whole is away.
        """


class FolderSource(FileSource):
    """The files of a folder: a disk, a USB stick."""

    def __init__(self, folder: Path) -> None:
        self.name = str(folder)
        self._folder = folder

    def read(self, name: str, *, most: int) -> bytes | None:
        """See `FileSource.read`."""
        path = self._folder / name
        try:
            with path.open("rb") as file:
                data = file.read(most + 1)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise InputUnreadable(path, error.strerror or "it cannot be read") from None
        if len(data) > most:
            raise InputUnreadable(path, f"it has more than {most:,} bytes")
        return data


def hashes_in(source: FileSource, tile: Tile) -> list[bytes]:
    """Return the hashes of a tile; of the full one where the partial one is there no more.

    Raises:
        InputUnreadable: it is not there.
        NoteRefused: it has another length.
    """
    data, width = _read(source, tile, most=WIDTH * HASH_SIZE)
    if len(data) != width * HASH_SIZE:
        raise NoteRefused(f"file {tile}", f"it has {len(data)} bytes, not {width * HASH_SIZE}")
    return [data[n : n + HASH_SIZE] for n in range(0, tile.width * HASH_SIZE, HASH_SIZE)]


def entries_in(source: FileSource, index: int, width: int) -> list[bytes]:
    """Return the first entries of a bundle.

    Raises:
        InputUnreadable: it is not there.
        NoteRefused: it does not hold whole entries, as many as its name says.
    """
    data, held = _read(source, Tile(ENTRIES, index, width), most=MAX_BUNDLE)
    return entries_of(data, held)[:width]


def entries_from(source: FileSource, first: int, size: int) -> Iterator[bytes]:
    """Yield the entries of a log of ``size``, from the one at index ``first`` on.

    Raises:
        InputUnreadable, NoteRefused: a bundle is not there, or out of form.
    """
    for index in range(first // WIDTH, -(-size // WIDTH)):
        entries = entries_in(source, index, width_at(ENTRIES, index, size))
        yield from entries[max(0, first - index * WIDTH) :]


def _read(source: FileSource, tile: Tile, *, most: int) -> tuple[bytes, int]:
    data = source.read(str(tile), most=most)
    if data is not None:
        return data, tile.width
    full = Tile(tile.level, tile.index)
    data = source.read(str(full), most=most) if tile != full else None
    if data is None:
        raise InputUnreadable(f"{source.name}: {tile}", "it is not there")
    return data, WIDTH
