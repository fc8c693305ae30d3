"""Where the chain of a key stands, in a file beside the key: a device signs without a ledger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable
from tregua.ledger.signing.device_key import NAME
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
    name, place = read_place_file(path)
    if name != kid:
        raise _not_a_place(path, f"where {kid} stands")
    return place


def read_place_file(path: Path) -> tuple[str, Place]:
    """Read whose place a file tells, and where the next entry of that key stands.

    Raises:
        InputUnreadable: it cannot be read, or tells no place.
    """
    try:
        lines = path.read_text(encoding="ascii").split("\n")
    except (OSError, ValueError) as error:
        raise InputUnreadable(path, "it cannot be read") from error
    found = _LINE.fullmatch(lines[2]) if len(lines) == 4 else None  # noqa: PLR2004
    if found is None or lines[0] != FIRST_LINE or not NAME.fullmatch(lines[1]) or lines[3]:
        raise _not_a_place(path, "where a key stands")
    return lines[1], Place(int(found[1]), found[2] or "")


def _not_a_place(path: Path, of: str) -> InputUnreadable:
    help_ = "take the place from a copy of the ledger: --after ledger.sqlite"
    return InputUnreadable(path, f"it does not tell {of}", help=help_)


def place_text(kid: str, place: Place) -> str:
    """Write the file."""
    return f"{FIRST_LINE}\n{kid}\n{place.seq} {place.prev}\n"
