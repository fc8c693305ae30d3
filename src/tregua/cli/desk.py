"""The keys with which this centre signs what it takes in: beside the ledger, for its owner only."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.signing.desk import Desk

PARTY = "centre"
OPEN_TO = ("PUBLIC",)  # what is taken in from a file of reports, unless it is marked otherwise


def keys_of(ledger: Path) -> Path:
    """Return the folder of the keys of a ledger."""
    return ledger.with_suffix(".keys")


def desk_beside(ledger: Path, *, begun: bool, rel: tuple[str, ...] = OPEN_TO) -> Desk:
    """Read the keys beside a ledger; make them when the ledger was not ``begun`` yet.

    Raises:
        InputUnreadable: a key file cannot be read, or others may read it.
        StoreUnwritable: the keys cannot be made.
    """
    from tregua.errors import StoreUnwritable
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.signing.device_key import new_key, read_key, write_key

    folder = keys_of(ledger)
    root, device = folder / "root.key", folder / "desk.key"
    if not begun and not root.exists() and not device.exists():
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            why = error.strerror or "it cannot be made"
            raise StoreUnwritable(folder, why, left="no key was written") from error
        write_key(new_key(f"{PARTY}/root"), root)
        write_key(new_key(f"{PARTY}/desk"), device)
    return Desk(read_key(root), read_key(device), rel)
