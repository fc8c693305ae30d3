"""XLSX workbooks: the first sheet, read row by row, formulas as last computed.

Dates become 2016-09-12, or 2016-09-12T19:00 when the cell shows an hour; whole numbers lose
the ``.0`` that a spreadsheet gives them.
"""

from __future__ import annotations

import warnings
import zipfile
import zlib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tregua.errors import InputUnreadable
from tregua.reports.table import RawRow, Table, checked_header, raw_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_UNPACKED = 500_000_000  # bytes; a workbook is an archive and may be made to burst
_BROKEN = (
    *(KeyError, IndexError, ValueError, TypeError, AttributeError),  # a part is missing or odd
    *(OSError, EOFError, zipfile.BadZipFile, zlib.error, SyntaxError),  # a part breaks off
)
MAX_RATIO = 200  # unpacked to packed; ordinary sheets stay below 30


def xlsx_table(path: Path) -> Table:
    """Open a workbook.

    Raises:
        InputUnreadable: when it is no workbook, bursts when unpacked, or has no header.
    """
    _check_size(path)
    rows = _values(path)
    header = next(rows, None)
    if header is None:
        raise InputUnreadable(path.name, "its first sheet is empty")
    while header and not header[-1].strip():
        header.pop()
    columns = checked_header(path, header)
    return Table(columns, _rows(columns, rows))


def _check_size(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, OSError):
        raise InputUnreadable(path.name, "is not a whole XLSX workbook") from None
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(path.stat().st_size, 10_000):
        raise InputUnreadable(path.name, f"unpacks to {unpacked:,} bytes; that is no report file")


def _rows(columns: tuple[str, ...], rows: Iterator[list[str]]) -> Iterator[RawRow]:
    for number, cells in enumerate(rows, start=2):
        if any(cells):
            yield raw_row(number, columns, _as_wide(cells, len(columns)))


def _as_wide(cells: list[str], width: int) -> list[str]:
    # A sheet has no torn lines: cells that are not there are empty, not missing.
    while len(cells) > width and not cells[-1]:
        cells.pop()
    return cells + [""] * (width - len(cells))


def _values(path: Path) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of ornaments that it leaves out
            book = load_workbook(path, read_only=True, data_only=True)
        try:
            for row in book.worksheets[0].iter_rows():
                yield [_text(cell) for cell in row]
        finally:
            book.close()
    except _BROKEN:
        raise InputUnreadable(path.name, "is not a whole XLSX workbook") from None


def _text(cell: Any) -> str:  # noqa: ANN401  (openpyxl is not typed)
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return _moment(value, str(cell.number_format))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _moment(value: datetime, shown_as: str) -> str:
    if "h" not in shown_as.lower() and value.hour == value.minute == value.second == 0:
        return value.date().isoformat()
    return value.isoformat(timespec="seconds" if value.second else "minutes")
