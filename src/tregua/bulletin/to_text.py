"""Writes a bulletin for the terminal: plain text in a given width, no colour, no hidden sign."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from tregua.bulletin.blocks import (
    Block,
    Figure,
    Heading,
    Ident,
    Line,
    Num,
    Para,
    Points,
    Strip,
    Table,
    has_prose,
)
from tregua.terms.visible import visible

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Bulletin


def to_text(bulletin: Bulletin, *, width: int = 100) -> str:
    """Return the bulletin as text; every line is at most ``width`` characters where words allow."""
    head = [bulletin.title, "=" * min(width, len(bulletin.title))]
    head += [f"{label + ':':<20} {value}" for label, value in bulletin.head]
    body = [line for s in bulletin.sections for b in s.blocks for line in _block(b, width)]
    return visible("\n".join([*head, *body]) + "\n")


def plain(line: Line) -> str:
    """Return a line without marks, spaces at the ends taken away."""
    return "".join(_run(run) for run in line).strip()


def _run(run: object) -> str:
    if isinstance(run, Num):
        return run.value
    if isinstance(run, Ident):
        return run.text
    return getattr(run, "text", "")


def _block(block: Block, width: int) -> list[str]:
    if isinstance(block, Heading):
        return ["", block.text, "-" * len(block.text)]
    if isinstance(block, Para):
        return textwrap.wrap(plain(block.line), width) or [""]
    if isinstance(block, Points):
        return [row for line in block.lines for row in _point(plain(line), width)]
    if isinstance(block, Strip):
        return _strip(block, width)
    if isinstance(block, Figure):
        return []
    return _table(block, width)


def _point(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")


def _strip(strip: Strip, width: int) -> list[str]:
    cell = max(9, *(len(x) + 2 for day in strip.days for x in day))
    per_row = max(1, (width - 10) // cell)
    out: list[str] = []
    for first in range(0, len(strip.days), per_row):
        days = strip.days[first : first + per_row]
        for label, index in (("day", 0), ("counts", 1), ("hands", 2)):
            out.append(f"{label:<9} " + "".join(d[index].ljust(cell) for d in days).rstrip())
        out.append("")
    return out


def _table(table: Table, width: int) -> list[str]:
    rows = [tuple(plain(cell) for cell in row) for row in table.rows]
    prose = has_prose(table)
    shown = [row[:-1] for row in rows] if prose else rows
    head = table.head[:-1] if prose else table.head
    widths = _widths(head, shown, width)
    out = ["", *textwrap.wrap(table.caption, width)]
    out += _row(head, widths)
    out.append("  ".join("-" * w for w in widths))
    for row, cells in zip(rows, shown, strict=True):
        out += _row(cells, widths)
        if prose and row[-1]:
            out += textwrap.wrap(
                f"{table.head[-1]}: {row[-1]}",
                width,
                initial_indent="    ",
                subsequent_indent="      ",
            )
    return [*out, ""]


def _widths(head: tuple[str, ...], rows: list[tuple[str, ...]], width: int) -> list[int]:
    columns = list(zip(head, *rows, strict=True))
    wanted = [max(len(c) for c in column) for column in columns]
    least = [max(6, *(len(w) for w in h.split())) for h in head]
    room = width - 2 * (len(head) - 1)
    widths = [min(w, max(low, 12)) for w, low in zip(wanted, least, strict=True)]
    while sum(widths) < room and any(w < full for w, full in zip(widths, wanted, strict=True)):
        # The column whose text is squeezed most gets the next character.
        worst = max(range(len(widths)), key=lambda i: wanted[i] / widths[i])
        widths[worst] += 1
    return widths


def _row(cells: tuple[str, ...], widths: list[int]) -> list[str]:
    wrapped = [textwrap.wrap(c, w) or [""] for c, w in zip(cells, widths, strict=True)]
    tall = max(len(w) for w in wrapped)
    lines = []
    for n in range(tall):
        parts = [
            (w[n] if n < len(w) else "").ljust(k) for w, k in zip(wrapped, widths, strict=True)
        ]
        lines.append("  ".join(parts).rstrip())
    return lines
