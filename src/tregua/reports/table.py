"""A source file as a table: its columns, then its rows one by one.

CSV (plain or gzip), XLSX and JSON Lines look alike from here on. Nothing is interpreted: cells are
text as they stood. Blank rows are no rows. Row numbers count the header as row 1.

Not here: what the columns mean.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


_ENCODER = json.JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stood.

    Attributes:
        number: 1-based, header counted.
        cells: (column, text) pairs in the file's order.
        fault: (code, words) when the row cannot be read as a row; its cells are then as found.
    """

    number: int
    cells: tuple[tuple[str, str], ...]
    fault: tuple[str, str] | None = None
    digest: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", digest_of(self.cells))


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a file and its rows; the rows can be walked once."""

    columns: tuple[str, ...]
    rows: Iterator[RawRow]


def digest_of(cells: tuple[tuple[str, str], ...]) -> str:
    """Return the SHA-256 (hex) of a row: the UTF-8 of its cells as one JSON list of pairs."""
    return hashlib.sha256(_ENCODER.encode(cells).encode()).hexdigest()


def open_table(path: Path) -> Table:
    """Open a report file by the ending of its name: .csv, .csv.gz, .xlsx, .jsonl.

    Raises:
        InputUnreadable: when it is missing, empty, not of its kind, or has no usable header.
    """
    from tregua.reports.from_csv import csv_table
    from tregua.reports.from_jsonl import jsonl_table
    from tregua.reports.from_xlsx import xlsx_table

    if not path.exists():
        raise InputUnreadable(path.name, "there is no such file")
    if path.is_dir():
        raise InputUnreadable(path.name, "is a folder, not a file")
    name = path.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz", ".ndjson")):
        return jsonl_table(path)
    if name.endswith(".xlsx"):
        return xlsx_table(path)
    if name.endswith((".csv", ".csv.gz", ".tsv", ".tsv.gz", ".txt")):
        return csv_table(path)
    raise InputUnreadable(
        path.name, "is not a report file", help="report files end in .csv, .csv.gz, .xlsx or .jsonl"
    )


def checked_header(path: Path, header: Sequence[str]) -> tuple[str, ...]:
    """Return the column names without outer spaces; a nameless column is called ``column 7``.

    Raises:
        InputUnreadable: when there is no name at all or one stands twice.
    """
    names = tuple(name.strip() or f"column {place}" for place, name in enumerate(header, start=1))
    if not any(name.strip() for name in header):
        raise InputUnreadable(path.name, "has no column names in its first row")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputUnreadable(path.name, f"names the column {twice[0]!r} twice in its first row")
    return names


def raw_row(number: int, columns: tuple[str, ...], cells: Sequence[str]) -> RawRow:
    """Pair the cells with their columns; too many, too few, and NUL bytes are faults of the row."""
    pairs = tuple(zip(columns, cells, strict=False))
    if len(cells) != len(columns):
        spare = tuple((f"cell {n}", c) for n, c in enumerate(cells, 1) if n > len(columns))
        return RawRow(number, pairs + spare, ("R011", _count_fault(len(cells), len(columns))))
    if "\0" in "".join(cells):
        return RawRow(number, pairs, ("R012", "a cell holds a NUL byte"))
    return RawRow(number, pairs)


def _count_fault(cells: int, columns: int) -> str:
    return f"the row has {cells} cells and the first row names {columns} columns"
