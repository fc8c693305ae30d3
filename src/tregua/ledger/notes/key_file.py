"""A private key in a file that its owner alone may read.

A secret never comes from an option or an environment variable. A file that others may read is
refused, not repaired: whoever could read it may have done so.
"""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, StoreUnwritable
from tregua.ledger.notes.signer import HEAD, SigningKey, read_secret

if TYPE_CHECKING:
    from pathlib import Path

_MOST = 4_096  # bytes


def is_key_file(path: Path) -> bool:
    """Say whether a file begins as a private key of the log or a cosigner does."""
    try:
        with path.open("rb") as file:
            return file.read(len(HEAD)) == HEAD.encode("ascii")
    except OSError:
        return False


def read_key_file(path: Path) -> SigningKey:
    """Read a private key.

    Raises:
        InputUnreadable: the file is not there, or others than its owner may read it.
        NoteRefused: it holds no private key.
    """
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(_MOST)
    except OSError as error:
        raise InputUnreadable(path, error.strerror or "it cannot be read") from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise InputUnreadable(
            path, "others than its owner may read it", help="make a new key; this one may be known"
        )
    return read_secret(data.decode("utf-8", "replace").removesuffix("\n"))


def write_key_file(key: SigningKey, path: Path) -> None:
    """Write a private key into a new file of mode 0600; an old file is never written over.

    Raises:
        StoreUnwritable: the file is there already, or cannot be made.
    """
    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(made, "w", encoding="utf-8") as file:
            file.write(f"{key.secret()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        why = error.strerror or "it cannot be written"
        raise StoreUnwritable(path, why, left="no key was kept") from None
