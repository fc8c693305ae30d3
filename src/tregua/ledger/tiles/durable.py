"""Files that are there whole or not at all, and stay: temporary name, fsync, rename, fsync folder.

A temporary name begins with a dot and is no name of a log, so what a kill leaves behind is seen
and removed at the next start.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PART = ".part-"
_LOCK = ".lock"


class DurableFolder:
    """A folder that is written to; what was written is durable once `settle` has returned."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._waiting: set[Path] = set()

    def write(self, name: str, data: bytes) -> None:
        """Write one file under its name; an older file of that name is replaced.

        Raises:
            StoreUnwritable: no room, no right; the older file, if any, is still there.
        """
        path = self.folder / name
        part = path.with_name(f"{_PART}{path.name}")
        try:
            self._make(path.parent)
            with part.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            why = error.strerror or "it cannot be written"
            raise StoreUnwritable(name, why, left="what was signed before is untouched") from None
        self._waiting.add(path.parent)

    def settle(self) -> None:
        """Make the names of all files written so far durable."""
        for folder in sorted(self._waiting):
            _sync(folder)
        self._waiting.clear()

    def clear_parts(self) -> int:
        """Remove what a kill left half written; return how many files."""
        parts = [path for path in self.folder.rglob(f"{_PART}*") if path.is_file()]
        for path in parts:
            path.unlink()
        return len(parts)

    def _make(self, folder: Path) -> None:
        if folder.is_dir():
            return
        self._make(folder.parent)
        folder.mkdir(exist_ok=True)
        self._waiting.add(folder.parent)


def _sync(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems do not open folders; their rename is as durable as they make it
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Hold a folder against other writers; the system lets go of it when a process is killed.

    Raises:
        StoreUnwritable: another writer holds it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("ab") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # a system without it: one writer at a time is up to whoever runs them
        except OSError:
            why = "another program is writing there"
            raise StoreUnwritable(folder, why, left="nothing was done") from None
        yield
