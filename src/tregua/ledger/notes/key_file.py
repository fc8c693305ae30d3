"""The private key of the log or of a cosigner, in a file that its owner alone may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.notes.signer import HEAD, SigningKey, read_secret
from tregua.ledger.private_file import read_private, write_private

if TYPE_CHECKING:
    from pathlib import Path


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
    return read_secret(read_private(path).removesuffix("\n"))


def write_key_file(key: SigningKey, path: Path) -> None:
    """Write a private key into a new file of mode 0600; an old file is never written over.

    Raises:
        StoreUnwritable: the file is there already, or cannot be made.
    """
    write_private(f"{key.secret()}\n", path)
