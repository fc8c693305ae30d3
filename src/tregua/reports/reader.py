"""What a reader of a source format is, and what comes of reading.

A reader takes one file and yields rows one by one; every row is accepted, accepted with notes, or
refused with a reason. Nothing is lost: accepted + refused + set aside = rows read.
A new format is one file in ``readers/`` and one line in that folder's list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.reports.model import Record
    from tregua.terms.notes import Note


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a source file and what became of it.

    Attributes:
        number: 1-based line or row number in the file, header counted.
        raw: the row as it stood: (column, text) pairs, unknown columns included.
        records: what was made of it; empty when it was refused.
        notes: doubts (accepted with notes) or the reasons of the refusal (severity error).
    """

    number: int
    raw: tuple[tuple[str, str], ...]
    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_refused(self) -> bool:
        """Say whether the row was refused."""
        return not self.records


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows about a file and the file does not say.

    Attributes:
        zone: IANA zone for local days and times without one; ``None`` = such rows are refused.
        source: name of the data set, the first half of record ids; default is the reader's name.
    """

    zone: str | None = None
    source: str = ""
    extra: tuple[tuple[str, str], ...] = field(default=())


class Reader(Protocol):
    """One source format."""

    name: str  # "own", "ged", "airwars"
    title: str  # for people
    columns: tuple[str, ...]  # columns by which the format is recognised

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:
        """Say whether the file is of this format, from its name and its column names."""

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every row of the file.

        Raises:
            InputUnreadable: when the file as a whole cannot be read (encoding, truncated archive).
        """
