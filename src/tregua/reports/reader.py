"""What a reader of a source format is, and what comes of reading.

A reader takes one file and yields rows one by one; every row is accepted, accepted with notes, or
refused with a reason. Nothing is lost: accepted + refused + set aside = rows read.
A new format is one file in ``readers/`` and one line in that folder's list.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
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
        digest: SHA-256 (hex) of the whole row as it stood, dropped columns included.
        dropped: columns that held text and are not kept: names of people, third-party texts.
        unread: (column, text) pairs that no record uses; they go into the ledger beside it.
    """

    number: int
    raw: tuple[tuple[str, str], ...]
    records: tuple[Record, ...] = ()
    notes: tuple[Note, ...] = ()
    digest: str = ""
    dropped: tuple[str, ...] = ()
    unread: tuple[tuple[str, str], ...] = ()

    @property
    def is_refused(self) -> bool:
        """Say whether the row was refused: nothing was made of it, and a note says why."""
        return not self.records and any(n.severity is Severity.ERROR for n in self.notes)

    @property
    def is_set_aside(self) -> bool:
        """Say whether the row was set aside: nothing was made of it, and nothing is wrong."""
        return not self.records and not self.is_refused


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller knows about a file and the file does not say.

    Attributes:
        zone: IANA zone for local days and times without one; ``None`` = such rows are refused.
        source: name of the data set, the first half of record ids; default is the reader's name.
        received: moment of intake, UTC: since then a record without a date of its own is known;
            ``None`` = such records are refused.
        extra: (name, value) pairs for one reader alone; the reader's page says which it takes.
    """

    zone: str | None = None
    source: str = ""
    received: datetime | None = None
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
