"""Writes a file whole or not at all: a full disk or a stop leaves the old file, or none."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def write_whole(content: bytes, path: Path) -> Path:
    """Write the bytes beside the file and give them its name once all are there.

    Raises:
        StoreUnwritable: when the folder is read-only or not there, or the disk is full.
    """
    from tregua.errors import StoreUnwritable

    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        _drop(part)
        why = error.strerror or "it cannot be written"
        raise StoreUnwritable(path, why, left="nothing of it was written") from error
    except BaseException:
        _drop(part)
        raise
    return path


def _drop(part: Path) -> None:
    with suppress(OSError):
        part.unlink(missing_ok=True)
