"""The formatter: the layout of a deal file, and nothing else (02, 2.9).

It works on lines and not on the model, so that nothing it does not understand can be lost:

1. A key is indented by four spaces (in the header by none), what continues it by four more.
2. One space after the colon and in a head line; values as in ``write_value.py``.
3. One blank line between blocks, none at the ends of a fence. A block that begins without a blank
   line before it gets one.
4. ``## clause 3d`` becomes ``## § 3d``.
5. The order of keys stays, lines are neither wrapped nor joined, every line keeps its line end.
6. Prose, commentary and the words of every comment stay byte for byte. So does a block whose kind
   is unknown, whose keys stand in column 1, or that holds a tab or an invisible character; and the
   whole file when its header or a fence is not closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.write_value import value_in_form
from tregua.agreement.reading.characters import UNSEEN, key_at, without_comment
from tregua.agreement.reading.header import HEADER
from tregua.agreement.reading.parse import CONTINUES, INDENT, LEAST_INDENT
from tregua.agreement.reading.text import read_outline

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = re.compile(r'([^\s:"]+)(?: +([^\s":]+))?(?: +("(?:\\.|[^"\\])*"))?')
_CLAUSE = re.compile(r"(#{1,6})[ \t]+(?:§ *|clause +)([0-9A-Za-z][0-9A-Za-z.()-]*)(?: +· *(\S.*))?")
_KEYS = {kind.kind: frozenset(k.name for k in (*kind.keys, *COMMON)) for kind in KINDS}
_HEADER_KEYS = frozenset(k.name for k in HEADER.keys)


def format_deal(text: str) -> str:
    """Return the text of a deal in form. The model and the prose stay what they are."""
    outline = read_outline(text, "")
    if any(note.code == "D008" for note in outline.notes):
        return text
    rows = [_Row(*_cut_end(row)) for row in text.split("\n")]
    new: dict[int, list[_Row]] = {}  # first line of a stretch -> what stands there now
    gone: set[int] = set()
    for lines, shape in ((outline.header, _header), *((f.lines, _fence) for f in outline.fences)):
        if lines:
            stretch = [rows[line.number - 1] for line in lines]
            new[lines[0].number] = shape(stretch)
            gone |= {line.number for line in lines}
    for head in outline.clauses:
        at = head.spot.line
        new[at] = [_heading(rows[at - 1])]
        gone.add(at)
    return "\n".join(row.text + row.end for row in _put_together(rows, new, gone))


@dataclass(frozen=True, slots=True)
class _Row:
    """A line without its line feed; ``end`` is its carriage return, if it has one."""

    text: str
    end: str


def _cut_end(row: str) -> tuple[str, str]:
    text = row.removesuffix("\r")
    return text, row[len(text) :]


def _put_together(rows: list[_Row], new: dict[int, list[_Row]], gone: set[int]) -> Iterator[_Row]:
    for number, row in enumerate(rows, start=1):
        yield from new.get(number, ())
        if number not in gone:
            yield row


def _heading(row: _Row) -> _Row:
    match = _CLAUSE.fullmatch(row.text.rstrip())
    if match is None:
        return row
    title = f" · {match[3]}" if match[3] else ""
    return _Row(f"{match[1]} § {match[2]}{title}", row.end)


# --- stretches of lines


def _header(rows: list[_Row]) -> list[_Row]:
    sheet = _Sheet(base=0, known=_HEADER_KEYS)
    if _is_foul(rows) or not all(sheet.take(row) for row in rows):
        return rows
    return sheet.rows()


def _fence(rows: list[_Row]) -> list[_Row]:
    """Lay out every run of lines between blank ones, with one blank line between two."""
    out: list[_Row] = []
    for run in _runs(rows):
        for block in _blocks(run):
            if out:
                out.append(_Row("", out[-1].end))
            out += block
    return out


def _runs(rows: list[_Row]) -> Iterator[list[_Row]]:
    run: list[_Row] = []
    for row in rows:
        if row.text.strip():
            run.append(row)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _blocks(run: list[_Row]) -> list[list[_Row]]:
    """Return the blocks of a run in form, or the run as it stands when it cannot be laid out."""
    sheets: list[_Sheet] = []
    above: list[_Row] = []  # comments above the first head
    for row in () if _is_foul(run) else run:
        code = without_comment(row.text).rstrip()
        if (head := _head(code)) and (not sheets or head[1]):
            sheets.append(_Sheet(base=INDENT, known=_KEYS[head[0]]))
            sheets[-1].begin(row, head, sheets[-2].comments_below() if len(sheets) > 1 else above)
        elif not sheets and not code:
            above.append(row)
        elif not sheets or not sheets[-1].take(row):
            return [run]
    return [sheet.rows() for sheet in sheets] or [run]


def _is_foul(rows: list[_Row]) -> bool:
    """Say whether a tab or an invisible character stands in a line, so that columns deceive."""
    return any(UNSEEN.search(row.text) or "\t" in row.text.rstrip() for row in rows)


def _head(code: str) -> tuple[str, str, str] | None:
    """Return kind, id and quoted title of a head line of a known kind."""
    match = _HEAD.fullmatch(code)
    if match is None or match[1] not in _KEYS:
        return None
    return match[1], match[2] or "", match[3] or ""


# --- one block, or the header


@dataclass(slots=True)
class _Place:
    """A line as it will stand: ``body`` is what the reader reads, ``tail`` the comment behind it.

    ``key`` is the key that the line begins with, with its colon; empty when it begins with none.
    """

    indent: int
    key: str
    body: str
    tail: str
    end: str

    def row(self) -> _Row:
        text = " ".join(part for part in (self.key, self.body) if part)
        return _Row(f"{' ' * self.indent}{text}{self.tail}", self.end)


@dataclass(slots=True)
class _Sheet:
    """Lays out the lines of one block, or of the header (``base`` 0), as the reader takes them."""

    base: int
    known: frozenset[str]
    places: list[_Place] = field(default_factory=list)
    values: list[list[_Place]] = field(default_factory=list)  # the lines of each known key's value
    level: int = -1  # indentation of the line that the next one may continue; -1 without one
    readable: bool = False  # the open line has a key of the kind

    def begin(self, row: _Row, head: tuple[str, str, str], above: list[_Row]) -> None:
        """Take the head line and the comments above it."""
        for comment in above:
            self._comment(comment)
        _, tail = _code_and_tail(row)
        text = " ".join(part for part in head if part)
        self.places.append(_Place(0, "", text, tail, row.end))

    def take(self, row: _Row) -> bool:
        """Take one line; ``False`` when the block must be left as it stands."""
        code, tail = _code_and_tail(row)
        indent = len(code) - len(code.lstrip(" "))
        if not code:
            self._comment(row)
        elif 0 <= self.level <= indent - CONTINUES:
            place = _Place(self.base + INDENT, "", code.lstrip(" "), tail, row.end)
            self.places.append(place)
            if self.readable:
                self.values[-1].append(place)
        elif self.base and indent < LEAST_INDENT:
            return False
        else:
            return self._entry(code, indent, tail, row.end)
        return True

    def _entry(self, code: str, indent: int, tail: str, end: str) -> bool:
        found = key_at(code, indent)
        if found is None and not self.base:
            return False  # moved to column 1 it could end the header
        key, start = (f"{found[0]}:", found[1]) if found else ("", indent)
        place = _Place(self.base, key, code[start:], tail, end)
        self.places.append(place)
        self.level = indent
        self.readable = found is not None and found[0] in self.known
        if self.readable:
            self.values.append([place])
        return True

    def _comment(self, row: _Row) -> None:
        text = row.text.rstrip(" \t") if row.text.strip() else ""
        indent = len(text) - len(text.lstrip(" "))
        if not text:
            self.level, self.readable = -1, False  # a blank line, which only a header can have
        elif self.base and indent and self.level >= 0:
            text = text.lstrip(" ")
            indent = self.base + INDENT * (indent - CONTINUES >= self.level)
            text = f"{' ' * indent}{text}"
        self.places.append(_Place(0, "", text, "", row.end))

    def comments_below(self) -> list[_Row]:
        """Give up the comments in column 1 at the end: they belong to the block that follows."""
        rows: list[_Row] = []
        while self.places[-1].body.startswith("#"):
            rows.append(self.places.pop().row())
        return rows[::-1]

    def rows(self) -> list[_Row]:
        """Return the lines as they will stand."""
        for value in self.values:
            written = value_in_form(tuple(place.body for place in value))
            for place, body in zip(value, written, strict=True):
                place.body = body
        return [place.row() for place in self.places]


def _code_and_tail(row: _Row) -> tuple[str, str]:
    """Return what the reader reads of a line, and the comment behind it with the space before."""
    code = without_comment(row.text.replace("\t", " ")).rstrip()
    return code, row.text[len(code) :].rstrip(" \t")
