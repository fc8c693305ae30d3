"""The read-back as plain text for a terminal: label, mark, value; one value on a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.readback.runs import Run, data, own, plain, words
from tregua.agreement.readback.words_of import words_of
from tregua.terms.visible import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Paragraph
    from tregua.agreement.readback.read_back import BlockRead, Point, ReadBack, Row, Section
    from tregua.agreement.readback.runs import Line
    from tregua.agreement.readback.words_of import Words

WIDTH = 96  # characters of a line
_LABEL = 34
_MARK = 6


def to_deal_text(read: ReadBack) -> str:
    """Return the read-back as text; every line ends with a line feed."""
    return "".join(f"{line}\n" for line in _Page(words_of(read.language)).lines(read))


class _Page:
    def __init__(self, table: Words) -> None:
        self.words = table

    def lines(self, read: ReadBack) -> Iterator[str]:
        page = self.words.page
        yield self._plain((words(f"{page('deal title')}: "), own(read.title)))
        yield ""
        yield from self._wrapped((words(page("what")),), 0)
        if self.words.language != "en":
            yield from self._wrapped((words(page("checked")),), 0)
        yield self._plain((words(f"{page('marks')}:"),))
        for mark in "VPMX":
            yield self._plain((words("  "), data(mark), words(f": {self.words.of('mark', mark)}")))
        if read.head:
            yield from ("", page("about"), *(x for row in read.head for x in self._row(row)))
        instrument = ""
        for section in read.sections:
            yield from ("", "")
            if section.instrument_title and section.instrument != instrument:
                yield self._plain((own(section.instrument_title),))
            instrument = section.instrument
            yield from self._section(section)
        yield from self._points(page("open list"), read.open, page("wording"))
        yield from self._points(page("assumed list"), read.assumed, page("reason"))

    def _section(self, section: Section) -> Iterator[str]:
        head = heading(section, self.words)
        yield self._plain(head)
        yield "=" * min(WIDTH, len("".join(r.text for r in head)))
        for segment in section.segments:
            for paragraph in segment.paragraphs:
                yield ""
                yield from self._paragraph(paragraph)
            for block in segment.blocks:
                yield ""
                yield from self._block(block)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[str]:
        mark = data(f"[{paragraph.mark} {paragraph.pointer}]".replace(" ]", "]"))
        yield from self._wrapped((mark, words(" "), own(paragraph.text)), 2)

    def _block(self, block: BlockRead) -> Iterator[str]:
        yield self._plain((words(f"  {block.kind_label}: "), *name_line(block)))
        for row in block.rows:
            yield from self._row(row)

    def _row(self, row: Row) -> Iterator[str]:
        lines = [
            line
            for value in shown_values(row, self.words)
            for line in self._wrapped(value, _LABEL + _MARK)
        ]
        mark = f"[{','.join(row.marks)}]" if row.marks else ""
        label = f"    {row.label}"
        front = self._plain((words(label),))
        if len(label) >= _LABEL:
            yield front
            label = front = ""
        pad, tail = " " * (_LABEL - len(label)), " " * (_MARK - len(mark))
        marked = self._plain((data(mark),)) if mark else ""
        yield f"{front}{pad}{marked}{tail}{lines[0].lstrip(' ')}" if lines else front
        yield from lines[1:]

    def _points(self, title: str, points: tuple[Point, ...], column: str) -> Iterator[str]:
        yield from ("", "", title, "=" * len(title))
        if not points:
            yield f"  {self.words.page('nothing')}"
        for point in points:
            clause = (data(point.clause), words(" · ")) if point.clause else ()
            text = (words(f" ({column}: "), own(point.text), words(")")) if point.text else ()
            line = (*clause, point.block, words(f" · {point.label}"), *text)
            yield from self._wrapped(line, 2)

    # --- lines

    def _plain(self, line: Line) -> str:
        return plain(line, rtl=self.words.rtl)

    def _wrapped(self, line: Line, indent: int) -> Iterator[str]:
        """Break a line at spaces; each part is isolated for itself, so that none is left open."""
        for part in _broken(line, WIDTH - indent):
            yield (" " * indent + self._plain(part)).rstrip(" ")


def _broken(line: Line, width: int) -> Iterator[Line]:
    """Yield the parts of a line; it breaks at spaces alone, also where runs meet without one."""
    held: list[Run] = []
    length = 0
    for word in _glued(line):
        size = sum(len(run.text) for run in word)
        if length and length + 1 + size > width:
            yield tuple(held)
            held, length = [], 0
        elif length:
            # A space between two kinds of run stays outside both, or it would change its side.
            same = (held[-1].form, held[-1].target) == (word[0].form, word[0].target)
            _add(held, Run(" ", word[0].form, word[0].target) if same else words(" "))
            length += 1
        for run in word:
            _add(held, run)
        length += size
    if held:
        yield tuple(held)


def _glued(line: Line) -> Iterator[list[Run]]:
    """Yield what stands between two spaces, as pieces of the runs that it belongs to."""
    word: list[Run] = []
    for run in line:
        for number, text in enumerate(run.text.split(" ")):
            if number and word:
                yield word
                word = []
            if text:
                word.append(Run(text, run.form, run.target))
    if word:
        yield word


def _add(held: list[Run], run: Run) -> None:
    """Append a piece, joined with the one before where both are of one kind."""
    if held and (held[-1].form, held[-1].target) == (run.form, run.target):
        held[-1] = Run(held[-1].text + run.text, run.form, run.target)
    else:
        held.append(run)


def shown_values(row: Row, table: Words) -> tuple[Line, ...]:
    """Return a row's values and below them what the drafter assumed, with the reason."""
    label = table.page("assumed")
    reasons = tuple((words(f"{label}: "), own(reason)) for reason in row.assumed)
    return (*row.values, *reasons)


def name_line(block: BlockRead) -> Line:
    """Return a block's name with its id, and its title as written where the name is missing."""
    if block.name.text == f"[{block.id}]":
        return (block.name, words(" "), own(block.title)) if block.title else (block.name,)
    return (block.name, words(" "), data(f"[{block.id}]"))


def heading(section: Section, table: Words) -> Line:
    """Return the heading of a section: its clause, or that it stands outside the clauses."""
    if section.label:
        title = (words(" · "), own(visible(one_line(section.title)))) if section.title else ()
        return (data(f"§ {section.label}"), *title)
    if not section.instrument:
        return (words(table.page("commentary")),)
    return (words(table.page("outside")),)
