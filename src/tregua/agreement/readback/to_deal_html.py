"""A deal as one self-contained page: the text of each clause beside its read-back.

For a table at which nobody reads code. No script, no network, same file same bytes. In one
language the text stands beside the rows; in all three it stands above three columns. Every piece
with a direction of its own is isolated (`runs.isolate`), and states are told by a mark and a word.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

import jinja2
from markupsafe import Markup

from tregua.agreement.clause import NORMS
from tregua.agreement.readback.read_back import State
from tregua.agreement.readback.runs import data, isolate, own, words
from tregua.agreement.readback.to_deal_text import heading
from tregua.agreement.readback.words_of import words_of
from tregua.terms.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Paragraph
    from tregua.agreement.readback.read_back import BlockRead, Point, ReadBack, Row, Section
    from tregua.agreement.readback.runs import Line, Piece
    from tregua.agreement.readback.words_of import Words

MODALITIES = frozenset({"must", "must keep", "must not", "may"})
# Hollow diamond with a dotted edge: open. Hollow square: claimed by the drafter alone.
_CHIPS = {
    "open": '<path class="dotted" d="M6 1 11 6 6 11 1 6Z"/>',
    "assumed": '<path d="M2 2H10V10H2Z"/>',
}


@dataclass(frozen=True, slots=True)
class Intro:
    """The first lines of the page in one language."""

    lang: str
    dir: str
    kind: str
    what: Markup
    also: tuple[Markup, ...]
    marks: tuple[tuple[str, Markup], ...]


def to_deal_html(reads: tuple[ReadBack, ...]) -> str:
    """Return the page of a deal, read back in one language or in several beside each other."""
    columns = tuple(_Column(read) for read in reads)
    first = columns[0]
    environment = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    folder = files("tregua.agreement.readback") / "templates"
    page = environment.from_string((folder / "deal.html").read_text(encoding="utf-8"))
    return page.render(
        lang=first.words.language,
        dir=first.dir,
        title=visible(first.read.title),
        css=Markup((folder / "deal.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        pages=[column.intro() for column in columns],
        contents_label=first.words.page("clause"),
        contents=[*_contents(first)],
        body=Markup("\n").join(_body(columns)),
        foot=[*first.foot()],
    )


def _contents(column: _Column) -> Iterator[tuple[str, Markup]]:
    for number, section in enumerate(column.read.sections):
        yield f"s{number}", column.line(heading(section, column.words))
    for name in ("open", "assumed"):
        yield name, column.words_only(f"{name} list")


def _body(columns: tuple[_Column, ...]) -> Iterator[Markup]:
    first = columns[0]
    if first.read.head:
        yield Markup('<h2 id="about">{}</h2>').format(first.words_only("about"))
        yield _pair(None, [c.table(c.read.head) for c in columns], columns)
    instrument = ""
    for number, section in enumerate(first.read.sections):
        if section.instrument_title and section.instrument != instrument:
            title = first.line((own(section.instrument_title),))
            yield Markup('<p class="instrument">{}</p>').format(title)
        instrument = section.instrument
        head = first.line(heading(section, first.words))
        yield Markup('<section><h2 id="s{}">{}</h2>').format(number, head)
        yield from _segments(columns, number)
        yield Markup("</section>")
    yield from _lists(columns)


def _segments(columns: tuple[_Column, ...], number: int) -> Iterator[Markup]:
    sections: list[Section] = [c.read.sections[number] for c in columns]
    for at, segment in enumerate(sections[0].segments):
        blocks = [
            Markup("").join(c.block(b) for b in s.segments[at].blocks)
            for c, s in zip(columns, sections, strict=True)
        ]
        yield _pair(columns[0].text(segment.paragraphs), blocks, columns)


def _pair(text: Markup | None, blocks: list[Markup], columns: tuple[_Column, ...]) -> Markup:
    sides = Markup("").join(
        Markup('<div class="read" lang="{}" dir="{}">{}</div>').format(c.words.language, c.dir, b)
        for c, b in zip(columns, blocks, strict=True)
    )
    shape = " all" if len(columns) > 1 else " alone" if text is None else ""
    beside = "" if text is None else Markup('<div class="text">{}</div>').format(text)
    return Markup('<div class="pair{}">{}{}</div>').format(shape, beside, sides)


def _lists(columns: tuple[_Column, ...]) -> Iterator[Markup]:
    first = columns[0]
    for name, wording in (("open", "wording"), ("assumed", "reason")):
        yield Markup('<section class="lists"><h2 id="{}">{}</h2>').format(
            name, first.words_only(f"{name} list")
        )
        for column in columns:
            points = column.read.open if name == "open" else column.read.assumed
            yield column.points(points, wording)
        yield Markup("</section>")


class _Column:
    """One language of the page."""

    def __init__(self, read: ReadBack) -> None:
        self.read = read
        self.words: Words = words_of(read.language)
        self.dir = "rtl" if self.words.rtl else "ltr"

    def intro(self) -> Intro:
        return Intro(
            lang=self.words.language,
            dir=self.dir,
            kind=self.words.page("deal title"),
            what=self.words_only("what"),
            also=() if self.words.language == "en" else (self.words_only("checked"),),
            marks=tuple((m, self.line((words(self.words.of("mark", m)),))) for m in "VPMX"),
        )

    def foot(self) -> Iterator[Markup]:
        yield self.words_only("made by")
        for name, digest in zip(("deal digest", "text digest"), self.read.digests, strict=True):
            yield self.line((words(f"{self.words.page(name)}: "), data(f"SHA-256 {digest}")))

    def text(self, paragraphs: tuple[Paragraph, ...]) -> Markup:
        if not paragraphs:
            return Markup('<p class="none">{}</p>').format(self.words_only("no text"))
        return Markup("").join(
            Markup('<p dir="auto"><span class="mark" dir="ltr">{}</span> {}</p>').format(
                f"{p.mark} {visible(p.pointer)}".strip(), visible(p.text)
            )
            for p in paragraphs
        )

    def block(self, block: BlockRead) -> Markup:
        title = Markup(' <bdi class="id">{}</bdi>')
        named = block.name.text != f"[{block.id}]"
        behind = f"[{block.id}]" if named else visible(block.title)
        name = self.line((own(block.name.text) if named else data(block.name.text),))
        return Markup('<article id="{}-{}"><h3>{}: <b>{}</b>{}</h3>{}</article>').format(
            self.words.language,
            block.id,
            block.kind_label,
            name,
            title.format(behind) if behind else "",
            self.table(block.rows, kind=block.kind),
        )

    def table(self, rows: tuple[Row, ...], *, kind: str = "") -> Markup:
        """Return the rows; those of a block (``kind``) with the column of their text marks."""
        body = Markup("").join(self._row(row, kind) for row in rows)
        return Markup("<table><tbody>{}</tbody></table>").format(body)

    def _row(self, row: Row, kind: str) -> Markup:
        is_norm = kind in NORMS and row.key in MODALITIES
        state = "modality" if is_norm else row.state.value
        mark = Markup('<td class="held"><bdi dir="ltr">{}</bdi></td>').format(" ".join(row.marks))
        values = Markup("").join(self._value(v, row.state) for v in row.values)
        reasons = Markup("").join(self._reason(r) for r in row.assumed)
        return Markup(
            '<tr class="{}"><th scope="row" class="row">{}</th><td class="value">{}{}</td>{}</tr>'
        ).format(state, self.line((words(row.label),)), values, reasons, mark if kind else "")

    def _value(self, value: Line, state: State) -> Markup:
        chip = _chip("open") if state is State.OPEN else ""
        return Markup("<div>{}{}</div>").format(chip, self.line(value))

    def _reason(self, reason: str) -> Markup:
        line = self.line((words(f"{self.words.page('assumed')}: "), own(reason)))
        return Markup('<div class="assumed">{}{}</div>').format(_chip("assumed"), line)

    def points(self, points: tuple[Point, ...], wording: str) -> Markup:
        heads = Markup("").join(
            Markup('<th scope="col">{}</th>').format(self.words_only(name))
            for name in ("clause", "block", "row", wording)
        )
        body = Markup("").join(self._point(p) for p in points)
        return Markup(
            '<div class="wide" tabindex="0" lang="{}" dir="{}"><table><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>"
        ).format(self.words.language, self.dir, heads, body or self._nothing())

    def _point(self, point: Point) -> Markup:
        cells: tuple[Line, ...] = (
            (data(point.clause),),
            (point.block,),
            (words(point.label),),
            (own(point.text),) if point.text else (),
        )
        inner = Markup("").join(Markup("<td>{}</td>").format(self.line(c)) for c in cells)
        return Markup("<tr>{}</tr>").format(inner)

    def _nothing(self) -> Markup:
        return Markup('<tr><td colspan="4">{}</td></tr>').format(self.words_only("nothing"))

    # --- lines

    def words_only(self, name: str) -> Markup:
        return self.line((words(self.words.page(name)),))

    def line(self, line: Line) -> Markup:
        pieces = (p for run in line for p in isolate(run, rtl=self.words.rtl))
        return Markup("").join(self._piece(p) for p in pieces)

    def _piece(self, piece: Piece) -> Markup:
        shown = Markup("{}").format(piece.text)
        if piece.direction:
            way = Markup(' dir="ltr"') if piece.direction == "ltr" else ""
            shown = Markup("<bdi{}>{}</bdi>").format(way, piece.text)
        if not piece.target:
            return shown
        return Markup('<a class="name" href="#{}-{}">{}</a>').format(
            self.words.language, piece.target, shown
        )


def _chip(name: str) -> Markup:
    return Markup('<svg class="chip" viewBox="0 0 12 12" aria-hidden="true">{}</svg>').format(
        Markup(_CHIPS[name])  # noqa: S704 - our own shapes
    )
