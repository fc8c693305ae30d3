"""JSON Lines files: one object in one line. Values become the same cell texts as in a table.

A list becomes ``a; b``, an object ``a=1; b=2``, true and false become yes and no.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable
from tregua.reports.from_csv import text_lines
from tregua.reports.table import RawRow, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _BadLineError(ValueError):
    """A line that is no object with unique keys; the words are for a person."""


def jsonl_table(path: Path) -> Table:
    """Open a JSON Lines file; its columns are the keys of all lines in the order of their coming.

    Raises:
        InputUnreadable: when the file is empty or no UTF-8, or no line of it is an object.
    """
    columns: dict[str, None] = {}
    for row in _rows(path):
        columns.update(dict.fromkeys(name for name, _ in row.cells if row.fault is None))
    if not columns:
        raise InputUnreadable(path.name, "is empty or holds no line that is a JSON object")
    return Table(tuple(columns), _rows(path))


def _rows(path: Path) -> Iterator[RawRow]:
    for number, line in enumerate(text_lines(path), start=1):
        if line.strip():
            yield _row(number, line)


def _row(number: int, line: str) -> RawRow:
    try:
        value = json.loads(line, object_pairs_hook=_pairs)
        cells = _cells(value)
    except (json.JSONDecodeError, RecursionError):
        return RawRow(number, (("line", line.strip()),), ("R017", "the line is not JSON"))
    except _BadLineError as error:
        return RawRow(number, (("line", line.strip()),), ("R017", str(error)))
    if any(not _is_whole(text) for pair in cells for text in pair):
        return RawRow(number, (("line", line.strip()),), ("R012", "a cell holds half a character"))
    return RawRow(number, cells)


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise _BadLineError("the line names one key twice")
    return dict(pairs)


def _cells(value: object) -> tuple[tuple[str, str], ...]:
    if not isinstance(value, dict):
        raise _BadLineError("the line is JSON but no object")
    return tuple((str(name), _text(cell)) for name, cell in value.items())


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, list):
        return "; ".join(_text(part) for part in cell)
    if isinstance(cell, dict):
        return "; ".join(f"{name}={_text(part)}" for name, part in cell.items())
    return str(cell)


def _is_whole(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= c <= "\udfff" for c in text)
