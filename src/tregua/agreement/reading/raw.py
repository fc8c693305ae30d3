"""A header or block as its lines say it, before any value is parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.block import Piece
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from tregua.agreement.reading.text import Line


@dataclass(slots=True)
class RawEntry:
    """One key and the text right of its colon, continuation lines joined by one space."""

    key: str
    key_spot: Spot
    indent: int
    parts: list[str] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    length: int = 0

    @property
    def raw(self) -> str:
        """Return the value's text, its lines joined by one space."""
        return " ".join(self.parts)

    def append(self, text: str, line: Line, column: int) -> None:
        """Join a stretch of value; remember where in the file it stands."""
        offset = self.length + 1 if self.parts else 0
        self.pieces.append(Piece(offset, line.number, column, line.text))
        self.parts.append(text)
        self.length = offset + len(text)

    @property
    def spot(self) -> Spot:
        """Return the place of the value's first line; of the key when there is no value."""
        if not self.pieces:
            return self.key_spot
        first = self.pieces[0]
        stop = len(self.parts[0])
        return Spot(self.key_spot.file, first.line, first.column, max(1, stop), first.text)


@dataclass(slots=True)
class RawBlock:
    """A head line and its entries; ``spot`` is the place of the id.

    ``spoilt`` holds lines that could not be read; ``unread`` marks a block of an unknown kind.
    """

    kind: str
    id: str
    title: str
    clause: str
    instrument: str
    spot: Spot
    entries: list[RawEntry] = field(default_factory=list)
    spoilt: list[str] = field(default_factory=list)
    unread: bool = False
