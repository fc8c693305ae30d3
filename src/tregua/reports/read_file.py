"""A report file from its path to its rows: choose the reader, read, look for ids that stand twice.

``read_rows`` streams; ``read_file`` reads to the end and adds what only shows across rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, WrongUse
from tregua.reports.arithmetic import check_claims
from tregua.reports.model import CountClaim, Naming
from tregua.reports.readers import READERS
from tregua.reports.table import open_table
from tregua.reports.to_entry import body_of_row
from tregua.terms.notes import Note, Severity, Spot, by_place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tregua.reports.model import Record
    from tregua.reports.reader import Options, Reader, Row

MAX_BODY = 15_000  # bytes of one body; an entry may have 16,384 with what the ledger adds
_SUSPECT_ROW = 3_000  # characters; only a row beyond this is measured


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a file: every row, and the notes that only show across rows.

    Attributes:
        reader: name of the reader that took the file.
        notes: of the file as a whole (sums across claims), sorted.
        dropped: (column, rows) of texts that are not kept: names of people, third-party texts.
    """

    file: str
    reader: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    dropped: tuple[tuple[str, int], ...]

    @property
    def records(self) -> tuple[Record, ...]:
        """Return the records in the order of the file."""
        return tuple(record for row in self.rows for record in row.records)

    @property
    def accepted(self) -> int:
        """Return how many rows were accepted, with or without notes."""
        return sum(bool(row.records) for row in self.rows)

    @property
    def refused(self) -> tuple[Row, ...]:
        """Return the rows that were refused."""
        return tuple(row for row in self.rows if row.is_refused)

    @property
    def set_aside(self) -> int:
        """Return how many rows were set aside: read, nothing wrong, nothing made of them."""
        return sum(row.is_set_aside for row in self.rows)

    @property
    def all_notes(self) -> tuple[Note, ...]:
        """Return every note, of the rows and of the file, by place."""
        return by_place([*self.notes, *(note for row in self.rows for note in row.notes)])


def reader_named(name: str) -> Reader:
    """Return the reader of that name.

    Raises:
        WrongUse: when there is none.
    """
    for reader in READERS:
        if reader.name == name:
            return reader
    names = ", ".join(reader.name for reader in READERS)
    raise WrongUse(f"there is no reader called {name!r}", help=f"the readers are: {names}")


def choose_reader(path: Path) -> Reader:
    """Return the first reader that recognises the file by its name and columns.

    Raises:
        InputUnreadable: when the file cannot be opened or no reader knows its columns.
    """
    columns = open_table(path).columns
    for reader in READERS:
        if reader.recognises(path, columns):
            return reader
    formats = "; ".join(f"{r.name} needs {', '.join(r.columns)}" for r in READERS)
    raise InputUnreadable(path.name, "its columns are those of no known format", help=formats)


def read_rows(path: Path, options: Options, reader: Reader | None = None) -> Iterator[Row]:
    """Yield every row of a file, ids that stand twice already dealt with.

    Raises:
        InputUnreadable: when the file as a whole cannot be read.
    """
    chosen = reader or choose_reader(path)
    seen: dict[str, tuple[int, str]] = {}
    for row in chosen.rows(path, options):
        yield _sized(_once(row, path.name, seen), path.name)


def read_file(
    path: Path,
    options: Options,
    reader: Reader | None = None,
    *,
    each: Callable[[Iterator[Row]], Iterator[Row]] = iter,
) -> Reading:
    """Read a file to its end.

    Args:
        path: of the file.
        options: what the caller knows and the file does not say.
        reader: the format; chosen by the columns when not given.
        each: sees every row as it is read, e.g. to show how far it is; must hand all of them on.

    Raises:
        InputUnreadable: when the file as a whole cannot be read.
    """
    chosen = reader or choose_reader(path)
    rows = tuple(each(read_rows(path, options, chosen)))
    records = [record for row in rows for record in row.records]
    claims = tuple(r for r in records if isinstance(r, CountClaim))
    namings = tuple(r for r in records if isinstance(r, Naming))
    places = {
        record.origin.id: Spot(path.name, row.number, 1) for row in rows for record in row.records
    }
    notes = tuple(replace(note, spot=places[note.on]) for note in check_claims(claims, namings))
    dropped = Counter(column for row in rows for column in row.dropped)
    return Reading(path.name, chosen.name, rows, by_place(notes), tuple(sorted(dropped.items())))


def _once(row: Row, file: str, seen: dict[str, tuple[int, str]]) -> Row:
    """Refuse a second row of the same id with other content; set the same row aside."""
    for record in row.records:
        first = seen.setdefault(record.origin.id, (row.number, row.digest))
        if first[0] == row.number:
            continue
        same = first[1] == row.digest
        note = Note(
            "R108" if same else "R010",
            Severity.INFO if same else Severity.ERROR,
            f"row {first[0]} already has the id {record.origin.key!r}"
            + (", word for word the same; recorded once" if same else " with other content"),
            Spot(file, row.number, 1),
            on=record.origin.key,
        )
        return replace(row, records=(), notes=(*row.notes, note))
    return row


def _sized(row: Row, file: str) -> Row:
    """Refuse a row whose body would not fit into one entry of the ledger."""
    if not row.records or len("".join([cell for _, cell in row.raw])) <= _SUSPECT_ROW:
        return row
    size = max(len(body_of_row(record, row).encode()) for record in row.records)
    if size <= MAX_BODY:
        return row
    said = f"the row needs {size:,} bytes and an entry holds {MAX_BODY:,}"
    note = Note("R013", Severity.ERROR, said, Spot(file, row.number, 1))
    return replace(row, records=(), notes=(*row.notes, note))
