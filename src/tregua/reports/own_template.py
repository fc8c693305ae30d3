"""An empty report table to begin from: the header and one example row of each kind of record.

The places and sides are invented.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import UTC, datetime
from typing import TypeAlias

from tregua.errors import WrongUse
from tregua.reports.own_columns import NAMES

FORMATS = ("csv", "xlsx", "jsonl")
_Row: TypeAlias = tuple[tuple[str, str], ...]
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # same template, same bytes; the first day that ZIP knows

EXAMPLES: tuple[_Row, ...] = (
    (
        ("id", "o1"),
        ("record", "observation"),
        ("from", "2030-09-13T05:00"),
        ("until", "2030-09-13T05:20"),
        ("zone", "Asia/Damascus"),
        ("known_at", "2030-09-13T09:00"),
        ("reporter", "Valley Monitors"),
        ("what", "mortar-fire"),
        ("by", "a"),
        ("against", "b"),
        ("place", "North bridge"),
        ("lat", "35.5"),
        ("lon", "38.25"),
        ("radius_m", "300"),
        ("killed_low", "1"),
        ("killed_high", "3"),
        ("harm_who", "civilians"),
        ("number_best", "6"),
        ("unit", "explosions"),
        ("means", "heard"),
        ("matter", "north-bridge"),
        ("summary", "Six explosions near the bridge"),
    ),
    (
        ("id", "c1"),
        ("record", "count"),
        ("from", "2030-09-13"),
        ("until", "2030-09-14"),
        ("zone", "Asia/Damascus"),
        ("known_at", "2030-09-15"),
        ("reporter", "Side B"),
        ("by", "a"),
        ("number_best", "34"),
        ("unit", "violations"),
        ("unit_defined", "no"),
        ("parts", "North bank=27; South bank=7"),
        ("cumulative", "no"),
        ("about", "violations"),
    ),
    (
        ("id", "w1"),
        ("record", "watch"),
        ("from", "2030-09-13T06:00"),
        ("until", "2030-09-13T18:00"),
        ("zone", "Asia/Damascus"),
        ("known_at", "2030-09-13T19:00"),
        ("reporter", "Valley Monitors"),
        ("what", "attack; advance"),
        ("area", "valley"),
        ("means", "patrol"),
        ("share", "0.5"),
    ),
    (
        ("id", "s1"),
        ("record", "statement"),
        ("from", "2030-09-14T18:00"),
        ("zone", "Asia/Damascus"),
        ("known_at", "2030-09-14T18:00"),
        ("reporter", "Joint Commission"),
        ("by", "a; b"),
        ("says", "extends"),
        ("about", "truce"),
        ("at", "2030-09-16T19:00"),
        ("quantity", "48"),
        ("unit", "hours"),
    ),
    (
        ("id", "n1"),
        ("record", "naming"),
        ("known_at", "2030-09-12"),
        ("zone", "Asia/Damascus"),
        ("reporter", "Clerk"),
        ("by", "armed men of the north bank"),
        ("stands_for", "a; unknown"),
    ),
    (
        ("id", "l1"),
        ("record", "link"),
        ("known_at", "2030-09-15T10:00"),
        ("zone", "Asia/Damascus"),
        ("reporter", "Clerk"),
        ("first", "own:o1"),
        ("second", "own:c1"),
        ("same", "no"),
        ("reason", "a count is not one of the acts it counts"),
    ),
)


def template(form: str) -> bytes:
    """Return the template as a file in one of `FORMATS`.

    Raises:
        WrongUse: for any other form.
    """
    if form == "csv":
        return _csv().encode("utf-8")
    if form == "jsonl":
        lines = (json.dumps(dict(row), ensure_ascii=False) for row in EXAMPLES)
        return "".join(f"{line}\n" for line in lines).encode("utf-8")
    if form == "xlsx":
        return _xlsx()
    raise WrongUse(f"there is no template in {form!r}", help=f"take one of: {', '.join(FORMATS)}")


def _cells(row: _Row) -> list[str]:
    cells = dict(row)
    return [cells.get(name, "") for name in NAMES]


def _csv() -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows(_cells(row) for row in EXAMPLES)
    return text.getvalue()


def _xlsx() -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.properties.created = book.properties.modified = datetime(*_FIXED_DATE[:3], tzinfo=UTC)
    sheet = book.active
    sheet.title = "reports"
    sheet.freeze_panes = "A2"
    sheet.append(list(NAMES))
    for row in EXAMPLES:
        sheet.append([cell or None for cell in _cells(row)])
    made = io.BytesIO()
    book.save(made)
    return _with_fixed_dates(made)


def _with_fixed_dates(made: io.BytesIO) -> bytes:
    fixed = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(fixed, "w") as new:
        for member in old.infolist():
            info = zipfile.ZipInfo(member.filename, _FIXED_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(member))
    return fixed.getvalue()
