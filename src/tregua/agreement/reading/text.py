"""Markdown into what a deal is made of: header lines, headings, quoted paragraphs, deal fences.

Only these five things are looked for; everything else in the file is commentary. Nothing is parsed
here: the lines of the header and of the fences are handed on as they stand.

1. ``---`` lines enclose the header, at the very start of the file.
2. ``# id · Title`` opens an instrument, any other level-1 heading ends it and opens commentary.
3. ``## § label · Title`` opens a clause; a heading of the same or a higher level ends it.
4. ``> [mark pointer] text`` is a paragraph of the agreement; a further mark begins the next one.
5. A fence with the word ``deal`` holds blocks; any other fence is skipped whole.

An unclosed header or fence ends where prose visibly goes on, so that it hides nothing behind it.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.block import ClauseHead, InstrumentHead, Paragraph
from tregua.agreement.codes import error
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from tregua.terms.notes import Note

IMPLICIT = "text"  # id of the only instrument of a file without a `# id · Title` (02, 2.1)

_HEADING = re.compile(r"(#{1,6})[ \t]+(.*)")
_INSTRUMENT = re.compile(r"(\S+) · (.*)")
_CLAUSE = re.compile(r"(?:§ *|clause +)(\S*)(?: +· *(.*)| *)")
_CLAUSE_START = re.compile(r"§|clause +\S+(?: +·|$)")
_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z.()-]*")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_FENCE = re.compile(r"( {0,3})(`{3,}(?!`)|~{3,}(?!~))([^`]*)")
_TICKS = re.compile(r"[`~]+ *")
_MARK = re.compile(r"\[([VPMX])(?: ([^\]]*))?\](?: +|$)")
_HEADER_LINE = re.compile(r"[a-z][a-z ]*:| |#|$")
_PROSE_GOES_ON = re.compile(r"#{1,6} +(?:§|clause +\S+ +·|\S+ · )|>")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the file without its line end, and its 1-based number."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Fence:
    """The lines inside one ``deal`` fence, and the clause and instrument that it stands in."""

    lines: tuple[Line, ...]
    clause: str
    instrument: str


@dataclass(slots=True)
class Outline:
    """What the Markdown holds, in order."""

    file: str
    header: tuple[Line, ...] = ()
    instruments: list[InstrumentHead] = field(default_factory=list)
    clauses: list[ClauseHead] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    fences: list[Fence] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    prose: list[str] = field(default_factory=list)

    @property
    def text_digest(self) -> str:
        """Return SHA-256 (hex) of the quoted lines, in order, each ended by a line feed."""
        return hashlib.sha256("".join(f"{p}\n" for p in self.prose).encode()).hexdigest()


def read_outline(text: str, file: str) -> Outline:
    """Find header, headings, paragraphs and deal fences in a file's content."""
    # Only LF and CRLF end a line: str.splitlines would also split inside a quoted text.
    rows = [row.removesuffix("\r") for row in text.removeprefix("\ufeff").split("\n")]
    lines = [Line(number, row) for number, row in enumerate(rows, start=1)]
    walk = _Walk(Outline(file), lines)
    walk.run()
    return walk.out


class _Walk:
    """One pass over the lines; knows in which instrument and clauses it stands."""

    def __init__(self, out: Outline, lines: list[Line]) -> None:
        self.out = out
        self.lines = lines
        self.instrument = IMPLICIT
        self.open: list[tuple[int, str]] = []  # (heading level, clause label), outermost first
        self.labels: dict[tuple[str, str], int] = {}
        self.names: dict[str, int] = {}

    @property
    def clause(self) -> str:
        return self.open[-1][1] if self.open else ""

    def run(self) -> None:
        at = self._header()
        while at < len(self.lines):
            row = self.lines[at].text
            if _FENCE.fullmatch(row):
                at = self._fence(at)
            elif row.startswith(">"):
                at = self._quote(at)
            else:
                if heading := _HEADING.fullmatch(row):
                    self._heading(self.lines[at], len(heading[1]), heading.start(2))
                at += 1

    # --- header

    def _header(self) -> int:
        """Take the header's lines and return the index of the first line after it."""
        if not self.lines or self.lines[0].text.rstrip() != "---":
            self._note("D009", "the file has no header", self._spot(1, 1, 1), _NO_HEADER)
            return 0
        for at in range(1, len(self.lines)):
            row = self.lines[at].text
            if row.rstrip() == "---":
                self.out.header = tuple(self.lines[1:at])
                return at + 1
            if _PROSE_GOES_ON.match(row) or _FENCE.fullmatch(row):
                return self._unclosed_header(at)
        return self._unclosed_header(len(self.lines))

    def _unclosed_header(self, at: int) -> int:
        """End the header before the first line that cannot belong to one."""
        for index in range(1, at):
            if not _HEADER_LINE.match(self.lines[index].text):
                at = index
                break
        self.out.header = tuple(self.lines[1:at])
        spot = self._spot(1, 1, 3)
        self._note("D008", "the header is not closed", spot, "put a line --- after its last key")
        return at

    # --- headings

    def _heading(self, line: Line, level: int, start: int) -> None:
        title = line.text[start:].rstrip()
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        if _CLAUSE_START.match(title):
            self._clause(line, level, start, title)
        elif level == 1:
            self._instrument(line, start, title)

    def _clause(self, line: Line, level: int, start: int, title: str) -> None:
        match = _CLAUSE.fullmatch(title)
        label = match[1] if match else ""
        column = start + (match.start(1) if match and label else 0) + 1
        spot = self._spot(line.number, column, max(1, len(label)))
        if not _LABEL.fullmatch(label):
            self._note("D011", "this heading has no clause label", spot, "write  ## § 3d · Title")
        elif first := self.labels.get((self.instrument, label)):
            said = f"clause {label} is declared twice; it stands in line {first} already"
            self._note("D011", said, spot, f"give one of them another label, such as {label}-2")
        else:
            self.labels[self.instrument, label] = line.number
        parent = self.clause
        self.out.clauses.append(
            ClauseHead(
                label, (match[2] or "").strip() if match else "", self.instrument, parent, spot
            )
        )
        self.open.append((level, label))

    def _instrument(self, line: Line, start: int, title: str) -> None:
        self.open.clear()
        match = _INSTRUMENT.fullmatch(title)
        self.instrument = match[1] if match else ""
        if match is None:
            return
        spot = self._spot(line.number, start + 1, len(match[1]))
        if not _ID.fullmatch(match[1]):
            said = f"{match[1]} cannot be the id of an instrument"
            self._note("D003", said, spot, "write it with a-z, 0-9 and hyphens, a letter first")
        elif first := self.names.get(match[1]):
            said = f"instrument {match[1]} is opened twice; it stands in line {first} already"
            self._note("D004", said, spot, "put all of its clauses under one heading")
        self.names.setdefault(match[1], line.number)
        self.out.instruments.append(InstrumentHead(match[1], match[2].strip(), spot))

    # --- quoted paragraphs

    def _quote(self, at: int) -> int:
        """Read a run of quoted lines, split it at marks, and return the index after it."""
        run: list[tuple[Line, str, int]] = []  # line, text, column of the text
        while at < len(self.lines) and self.lines[at].text.startswith(">"):
            line = self.lines[at]
            body = line.text[1:].lstrip(" ")
            column = len(line.text) - len(body) + 1
            if run and (_MARK.match(body) or not body.strip()):
                self._paragraph(run)
                run = []
            if body.strip():
                run.append((line, body.rstrip(), column))
            at += 1
        if run:
            self._paragraph(run)
        return at

    def _paragraph(self, run: list[tuple[Line, str, int]]) -> None:
        line, first, column = run[0]
        match = _MARK.match(first)
        if match is None and not self.clause:
            return  # a quotation outside every clause is commentary
        self.out.prose += [line.text for line, _, _ in run]
        spot = self._spot(line.number, column, match.end(0) if match else len(first))
        if match is None:
            help_ = "begin it with [V 1], [P 1], [M 1] or [X 1]: how much is held, and its number"
            self._note("D011", "this paragraph has no text mark", spot, help_)
            return
        text = " ".join([first[match.end() :], *(body for _, body, _ in run[1:])]).strip()
        pointer = (match[2] or "").strip()
        self.out.paragraphs.append(
            Paragraph(match[1], pointer, text, self.clause, self.instrument, spot)
        )

    # --- fences

    def _fence(self, at: int) -> int:
        """Read one fence, up to where prose goes on if it is unclosed; return the next index."""
        opening = _FENCE.fullmatch(self.lines[at].text)
        assert opening is not None
        end, after, closed = self._end_of_fence(at, opening[2])
        words = opening[3].split()
        is_deal = bool(words) and words[0].lower() == "deal"
        line = self.lines[at]
        if not closed:
            spot = self._spot(line.number, len(opening[1]) + 1, len(line.text.strip()))
            self._note("D008", "the fence is not closed", spot, f"end it with a line {opening[2]}")
        if is_deal and opening[1]:
            spot = self._spot(line.number, 1, len(opening[1]))
            said = "a deal fence begins in column 1; this one is indented and was not read"
            self._note("D010", said, spot, line.text.strip())
        elif is_deal:
            inside = self.lines[at + 1 : end]
            # A line of ticks alone is a closing that came out wrong; its note is given already.
            body = inside if closed else [x for x in inside if not _TICKS.fullmatch(x.text)]
            self.out.fences.append(Fence(tuple(body), self.clause, self.instrument))
        return after

    def _end_of_fence(self, at: int, ticks: str) -> tuple[int, int, bool]:
        """Return (index of the first line not inside, index to go on from, closed or not)."""
        goes_on = 0
        for index in range(at + 1, len(self.lines)):
            row = self.lines[index].text
            match = _FENCE.fullmatch(row)
            if match and match[2].startswith(ticks):
                if not match[3].strip():
                    return index, index + 1, True
                goes_on = goes_on or index
                break
            if not goes_on and _PROSE_GOES_ON.match(row):
                goes_on = index
        stop = goes_on or len(self.lines)
        return stop, stop, False

    # --- notes

    def _spot(self, line: int, column: int, length: int) -> Spot:
        text = self.lines[line - 1].text if line <= len(self.lines) else ""
        return Spot(self.out.file, line, column, length, text)

    def _note(self, code: str, said: str, spot: Spot, help: str) -> None:  # noqa: A002
        self.out.notes.append(error(code, said, spot, help=help, clause=self.clause))


_NO_HEADER = "begin the file with ---, then deal:, title:, format: tregua-deal/1, prose:, then ---"
