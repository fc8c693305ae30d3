"""CSV files, plain or gzip: lines are decoded one by one, so that an error can name its byte.

UTF-8 only (a byte order mark is tolerated). The separator is comma, semicolon or tab, whichever
the first line holds most. A file that breaks off is an error as a whole, never a shorter file.
"""

from __future__ import annotations

import csv
import gzip
import zlib
from typing import IO, TYPE_CHECKING, cast

from tregua.errors import InputUnreadable
from tregua.reports.table import RawRow, Table, checked_header, raw_row

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_LINE = 4_000_000  # bytes; a line without an end must not fill the memory
_SEPARATORS = ",;\t"
_BOM = b"\xef\xbb\xbf"


def csv_table(path: Path) -> Table:
    """Open a CSV file.

    Raises:
        InputUnreadable: now for a bad header; while walking for bytes that are no UTF-8 (with their
            position), a truncated archive, a cell without an end.
    """
    lines = text_lines(path)
    first = next(lines, "")
    if not first.strip():
        raise InputUnreadable(path.name, "is empty" if not first else "has no column names")
    separator = max(_SEPARATORS, key=first.count)
    parsed = _parsed(path, _chain(first, lines), separator)
    columns = checked_header(path, next(parsed))
    return Table(columns, _rows(columns, parsed))


def _rows(columns: tuple[str, ...], parsed: Iterator[list[str]]) -> Iterator[RawRow]:
    for number, cells in enumerate(parsed, start=2):
        if any(cells):
            yield raw_row(number, columns, cells)


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _parsed(path: Path, lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    reader = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        began = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise InputUnreadable(
                path.name,
                f"line {began}: {_in_words(str(error))}",
                help="look for a quotation mark that is opened and not closed",
            ) from None
        yield cells


def _in_words(error: str) -> str:
    if "field limit" in error:
        return f"a cell is longer than {csv.field_size_limit():,} characters"
    if "unexpected end" in error:
        return "a quoted cell begins here and the file ends before it does"
    return "the quotation marks of the row cannot be read"


def text_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 file, plain or gzip, with their line ends.

    Raises:
        InputUnreadable: with the byte position of what is no UTF-8, or why the archive is broken.
    """
    try:
        with _opened(path) as file:
            yield from _decoded(path, file)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        raise InputUnreadable(
            path.name, "the archive is damaged or breaks off", help="fetch or copy the file again"
        ) from None
    except OSError as error:
        raise InputUnreadable(path.name, error.strerror or "cannot be read") from None


def _opened(path: Path) -> IO[bytes]:
    if path.name.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return path.open("rb")


def _decoded(path: Path, file: IO[bytes]) -> Iterator[str]:
    offset = 0
    while line := file.readline(MAX_LINE):
        if len(line) == MAX_LINE:
            raise InputUnreadable(path.name, f"a line is longer than {MAX_LINE:,} bytes")
        text = line[len(_BOM) :] if offset == 0 and line.startswith(_BOM) else line
        try:
            yield text.decode("utf-8")
        except UnicodeDecodeError as error:
            at = offset + len(line) - len(text) + error.start
            raise InputUnreadable(
                path.name,
                f"byte {at:,} is not UTF-8 text",
                help="save the file as UTF-8 (in a spreadsheet: 'CSV UTF-8')",
            ) from None
        offset += len(line)
