"""A secret in a file of mode 0600; a file that others than its owner may read is refused.

A secret never comes from an option or an environment variable: others on the machine see those.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, StoreUnwritable

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 4_096  # bytes


def write_private(text: str, path: Path) -> None:
    """Write a secret into a new file; it stays when the power fails after this.

    Raises:
        StoreUnwritable: the file is there already, or cannot be made.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        _keep_name(path.parent)
    except OSError as error:
        there = isinstance(error, FileExistsError)
        why = "a file of this name is there already" if there else "it cannot be made"
        raise StoreUnwritable(path, why, left="no key was written") from error


def read_private(path: Path) -> str:
    """Read a secret.

    Raises:
        InputUnreadable: the file is missing, is no text, or others than its owner may read it.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            text = file.read(_MOST).decode("ascii")
    except (OSError, ValueError) as error:
        raise InputUnreadable(path, "the key file cannot be read") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise InputUnreadable(
            path,
            "others than its owner may read this key file",
            help=f"ask who could read it, then `chmod 600 {path}`; put a new key in place of one "
            "that signs, but keep the one that opens bodies",
        )
    return text


def _keep_name(folder: Path) -> None:
    if os.name != "posix":
        return  # other systems do not open folders
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
