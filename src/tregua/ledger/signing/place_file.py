"""Where the chain of a key stands, in a file beside the key: a device signs without a ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable
from tregua.ledger.signing.sign import Place

if TYPE_CHECKING:
    from pathlib import Path

FIRST_LINE = "tregua-place@v1"
_LINE = re.compile(r"([1-9][0-9]{0,15}) ([0-9a-f]{64})?")


def place_of(key_file: Path) -> Path:
    """Return the file that tells where the chain of a key stands."""
    return key_file.with_name(f"{key_file.name}.place")


def read_place(key_file: Path, kid: str) -> Place:
    """Read where the next entry of a key stands; the first, when nothing was signed yet.

    Raises:
        InputUnreadable: the file is there, and is none of this key.
    """
    path = place_of(key_file)
    if not path.exists():
        return Place()
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except (OSError, ValueError) as error:
        raise InputUnreadable(path, "it cannot be read") from error
    found = _LINE.fullmatch(lines[2]) if len(lines) == 4 else None  # noqa: PLR2004
    if found is None or lines[:2] != [FIRST_LINE, kid] or lines[3]:
        help_ = "take the place from a copy of the ledger: --after ledger.sqlite"
        raise InputUnreadable(path, f"it does not tell where {kid} stands", help=help_)
    return Place(int(found[1]), found[2] or "")


def place_text(kid: str, place: Place) -> str:
    """Write the file."""
    return f"{FIRST_LINE}\n{kid}\n{place.seq} {place.prev}\n"
