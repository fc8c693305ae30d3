"""Places in a document, and how an editor counts columns.

Within this folder a place is a line and a column, both from 0, counted in characters as Python
counts them. An editor counts in code units of UTF-16, unless it agreed with the server on UTF-8 or
UTF-32 (Language Server Protocol 3.17, "Position Encoding"); only ``to_units`` and ``from_units``
know that. A character outside the basic plane is one character and two units of UTF-16.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.terms.notes import Spot

UTF16 = "utf-16"
_CODECS = {"utf-8": ("utf-8", 1), UTF16: ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A line and a column, both from 0; the column counts characters."""

    line: int
    column: int


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """What stands from one place up to another; the character at the end is no part of it."""

    start: Place
    end: Place

    def holds(self, place: Place) -> bool:
        """Say whether a cursor at that place touches the stretch; just behind it counts."""
        return self.start <= place <= self.end


def stretch_of(spot: Spot) -> Stretch:
    """Return the stretch of a note's place; one for the whole file stands at its beginning."""
    line, column = max(0, spot.line - 1), max(0, spot.column - 1)
    return Stretch(Place(line, column), Place(line, column + max(1, spot.length)))


def lines_of(text: str) -> tuple[str, ...]:
    """Split a document as the reader does: only LF and CRLF end a line."""
    return tuple(row.removesuffix("\r") for row in text.split("\n"))


def to_units(row: str, column: int, encoding: str = UTF16) -> int:
    """Return the column in the editor's units; behind the line's end it is the line's end."""
    codec, width = _CODECS[encoding]
    return len(row[:column].encode(codec, "surrogatepass")) // width


def from_units(row: str, units: int, encoding: str = UTF16) -> int:
    """Return the column in characters; inside of a character it is the one before it."""
    codec, width = _CODECS[encoding]
    before = row.encode(codec, "surrogatepass")[: max(0, units) * width]
    return len(before.decode(codec, "ignore"))
