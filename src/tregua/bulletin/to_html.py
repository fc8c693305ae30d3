"""Writes a bulletin as one self-contained HTML page: no script, no network, same input same bytes.

Every number is a link to annex N, where its rule and the records behind it stand; every record is
a link to annex R, where it is told as it was given, with its place in the ledger and its citation.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup, escape

from tregua.bulletin.blocks import (
    Block,
    Figure,
    Heading,
    Ident,
    Line,
    Num,
    Para,
    Points,
    State,
    Strip,
    Table,
    has_prose,
    length,
    lines_of,
    numbers_in,
)
from tregua.bulletin.map_svg import symbol
from tregua.bulletin.record_row import RecordRow, record_row
from tregua.terms.visible import visible

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Bulletin
    from tregua.centre import Picture

SHORT = 24  # characters: a cell not longer than this is not broken
MOST_LISTED = 200  # records listed under one number on the page; the digest covers all of them


@dataclass(frozen=True, slots=True)
class NumberRow:
    """One row of annex N."""

    anchor: str
    value: str
    rule: str
    count: int
    digest: str
    records: tuple[tuple[str, str], ...]  # anchor, id
    left: int
    searched: str


def to_html(bulletin: Bulletin, picture: Picture) -> str:
    """Return the page. ``picture`` gives the records that the numbers rest on."""
    writer = _Writer(bulletin, picture)
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    folder = files("tregua.bulletin") / "templates"
    page = environment.from_string((folder / "bulletin.html").read_text(encoding="utf-8"))
    written = page.render(
        title=bulletin.title,
        head=bulletin.head,
        css=Markup((folder / "bulletin.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        contents=[
            (b.anchor, b.text)
            for s in bulletin.sections
            for b in s.blocks
            if isinstance(b, Heading)
        ],
        body=Markup("\n").join(writer.block(b) for s in bulletin.sections for b in s.blocks),
        numbers=writer.numbers(),
        records=writer.records(),
    )
    # After escaping: the numbers of hidden signs are plain letters, no mark-up.
    return visible(written)


class _Writer:
    """One page: gives every number and every record its anchor."""

    def __init__(self, bulletin: Bulletin, picture: Picture) -> None:
        self._numbers = numbers_in(bulletin)
        self._next = 0
        self._picture = picture
        cited = {r for n in self._numbers for r in n.records[:MOST_LISTED]}
        cited |= _idents(bulletin)
        known = {r.origin.id: r for r in picture.known.records}
        places = dict(picture.known.positions)
        self._records = {
            key: record_row(known[key], places.get(key), picture.agreement.zone)
            for key in sorted(cited & known.keys(), key=lambda k: (places.get(k, -1), k))
        }

    def numbers(self) -> list[NumberRow]:
        return [self._number_row(n, i) for i, n in enumerate(self._numbers)]

    def records(self) -> list[RecordRow]:
        return list(self._records.values())

    def block(self, block: Block) -> Markup:
        if isinstance(block, Heading):
            return Markup('<h2 id="{}">{}</h2>').format(block.anchor, block.text)
        if isinstance(block, Para):
            return Markup('<p class="{}">{}</p>').format(
                "strong" if block.strong else "", self._line(block.line)
            )
        if isinstance(block, Points):
            items = Markup("").join(
                Markup("<li>{}</li>").format(self._line(p)) for p in block.lines
            )
            return Markup("<ul>{}</ul>").format(items)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Figure):
            return _figure(block)
        assert isinstance(block, Strip)
        return Markup("")  # the figure beside it shows the same

    def _table(self, table: Table) -> Markup:
        prose = has_prose(table)
        columns = table.head[:-1] if prose else table.head
        head = Markup("").join(Markup('<th scope="col">{}</th>').format(h) for h in columns)
        rows = Markup("\n").join(
            self._row(
                row, table.anchors[n] if table.anchors else "", table.head[-1] if prose else ""
            )
            for n, row in enumerate(table.rows)
        )
        caption = Markup("<caption>{}</caption>").format(table.caption) if table.caption else ""
        return Markup(
            '<div class="wide" tabindex="0"><table class="{}">{}<thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>"
        ).format("total" if table.total else "", caption, head, rows)

    def _row(self, row: tuple[Line, ...], anchor: str, prose: str) -> Markup:
        """Write a row; prose of the last column goes under it, over the whole width."""
        shown = row[:-1] if prose else row
        cells = Markup("").join(self._cell(c) for c in shown)
        where = Markup(' id="{}"').format(anchor) if anchor else ""
        first = Markup('<tr{} class="{}">{}</tr>').format(
            where, "told" if prose and row[-1] else "", cells
        )
        if not prose or not row[-1]:
            return first
        under = Markup(
            '<tr class="prose"><td colspan="{}"><span class="label">{}:</span> {}</td></tr>'
        )
        return first + under.format(len(shown), prose, self._line(row[-1]))

    def _cell(self, line: Line) -> Markup:
        # A date or a short word breaks badly in a narrow column.
        name = (
            "short" if length(line) <= SHORT and not any(isinstance(r, State) for r in line) else ""
        )
        return Markup('<td class="{}">{}</td>').format(name, self._line(line))

    def _line(self, line: Line) -> Markup:
        return Markup("").join(self._run(run) for run in line)

    def _run(self, run: object) -> Markup:
        if isinstance(run, Num):
            self._next += 1
            return Markup('<a class="num" href="#n{}" title="{}">{}</a>').format(
                self._next, run.rule, run.value
            )
        if isinstance(run, State):
            return _chip(run)
        if isinstance(run, Ident):
            return self._ident(run)
        return escape(getattr(run, "text", ""))

    def _ident(self, ident: Ident) -> Markup:
        row = self._records.get(ident.target)
        target = row.anchor if row is not None else ident.target
        if not target:
            return Markup('<span class="id">{}</span>').format(ident.text)
        return Markup('<a class="id" href="#{}">{}</a>').format(target, ident.text)

    def _number_row(self, number: Num, index: int) -> NumberRow:
        listed = number.records[:MOST_LISTED]
        return NumberRow(
            anchor=f"n{index + 1}",
            value=number.value,
            rule=number.rule,
            count=len(number.records),
            digest=hashlib.sha256("\n".join(number.records).encode()).hexdigest()[:16],
            records=tuple((self._records[r].anchor, r) for r in listed if r in self._records),
            left=len(number.records) - len(listed),
            searched=number.searched,
        )


def _idents(bulletin: Bulletin) -> set[str]:
    blocks = [b for s in bulletin.sections for b in s.blocks]
    lines = [line for b in blocks for line in lines_of(b)]
    return {run.target for line in lines for run in line if isinstance(run, Ident) and run.target}


_MARKS = {
    "kept": "kept",
    "violated": "violated",
    "undetermined": "undetermined",
    "unknown": "undetermined",
    "overdue": "due",
    "due": "due",
}


def _chip(state: State) -> Markup:
    name = _MARKS.get(state.state, "plain")
    shape = symbol(name if name != "plain" else "outside", 6, 6, 5)
    mark = Markup('<svg class="chip" viewBox="0 0 12 12" aria-hidden="true">{}</svg>').format(
        Markup(shape)  # noqa: S704 - numbers and our own words only
    )
    return Markup('<span class="state {}">{}{}</span>').format(name, mark, state.text)


def _figure(figure: Figure) -> Markup:
    if not figure.svg:
        return Markup("")
    drawing = Markup(figure.svg)  # noqa: S704 - made by map_svg and strip_svg, which escape their words
    return Markup("<figure>{}<figcaption>{}</figcaption></figure>").format(drawing, figure.caption)
