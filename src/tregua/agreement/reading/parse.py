"""Lines into heads and entries: the outer shape of header and blocks (02, 2.3).

The shape is split line by line, so that a mistake costs its own line and no other. Rules:

1. A line in column 1 is a head (``kind id "Title"``); a blank line ends the block.
2. An indented line is an entry (``key: value``); two spaces are enough, four are written.
3. A line indented at least two more than the entry above continues that entry's value.
4. ``#`` begins a comment at the line's start or after a space, outside quotation marks.
5. A block of an unknown kind costs one note and is kept unread, up to the next blank line.

Values are not parsed here (``parse_value.py``), keys not judged (``check.py``).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.codes import error
from tregua.agreement.reading.characters import UNSEEN, key_at, unquote, without_comment
from tregua.agreement.reading.raw import RawBlock, RawEntry
from tregua.agreement.reading.suggest import did_you_mean
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tregua.agreement.reading.text import Fence, Line
    from tregua.terms.notes import Note

_HEAD = re.compile(r'([^\s:"]+)(?: +([^\s":]+))?(?: +("(?:\\.|[^"\\])*"))? *')
_ID = re.compile(r"[a-z][a-z0-9-]*")
LEAST_INDENT = 2
CONTINUES = 2
INDENT = 4


@dataclass(frozen=True, slots=True)
class _Code:
    """A line without its comment. ``indent`` counts a tab as four, ``start`` as one character."""

    line: Line
    text: str
    start: int
    indent: int
    noted: bool  # its indentation has already cost a note


def header_block(
    lines: Iterable[Line], file: str, notes: list[Note], *, keys: Collection[str]
) -> RawBlock:
    """Read the header's lines as one block without a head line; ``keys`` are those it may have."""
    block = RawBlock("header", "", "", "", "", Spot(file, 1, 1, 3, "---"))
    reader = _Lines(file, notes, kinds={"header": keys}, header=block)
    for line in lines:
        reader.take(line)
    return block


def blocks_in(
    fences: Iterable[Fence],
    file: str,
    notes: list[Note],
    *,
    kinds: Mapping[str, Collection[str]],
) -> list[RawBlock]:
    """Read the blocks of all deal fences, in order; ``kinds`` has the keys of each kind."""
    found: list[RawBlock] = []
    for fence in fences:
        reader = _Lines(file, notes, kinds=kinds, clause=fence.clause, instrument=fence.instrument)
        for line in fence.lines:
            reader.take(line)
        reader.finish()
        found += reader.found
    return found


class _Lines:
    """Reads one fence, or the header, line by line.

    ``block`` is the open block; ``ended`` says that a blank line closed it; ``quiet`` that the
    lines below a bad head have cost their note already.
    """

    def __init__(
        self,
        file: str,
        notes: list[Note],
        *,
        kinds: Mapping[str, Collection[str]],
        clause: str = "",
        instrument: str = "",
        header: RawBlock | None = None,
    ) -> None:
        self.file, self.notes, self.kinds = file, notes, kinds
        self.clause, self.instrument = clause, instrument
        self.in_header = header is not None
        self.block = header
        self.entry: RawEntry | None = None
        self.skip_beyond = 0  # what is indented more continues a line that could not be read
        self.ended = False
        self.quiet = False
        self.orphans: list[_Code] = []  # lines behind a blank line, without a head
        self.found: list[RawBlock] = []

    def take(self, line: Line) -> None:
        """Read one line."""
        text, noted = line.text, False
        if unseen := UNSEEN.search(text):
            self._unseen(line, unseen.start())
            text = UNSEEN.sub("", text)
        if "\t" in text.rstrip():
            self._tab(line, text)
            noted = True
        code = without_comment(text.replace("\t", " ")).rstrip()
        if not text.strip():
            self._blank()
        elif code:
            start = len(code) - len(code.lstrip(" "))
            indent = start + (INDENT - 1) * text[:start].count("\t")
            self._place(_Code(line, code, start, indent, noted))

    def _blank(self) -> None:
        self.finish()
        self.ended = not self.in_header
        self.entry, self.skip_beyond = None, 0

    def _place(self, code: _Code) -> None:
        """Decide by the indentation whether the line is a head, an entry or a continuation."""
        if code.indent == 0:
            self.finish()
        if self.skip_beyond and code.indent >= self.skip_beyond + CONTINUES - 1:
            return
        if self.entry is not None and code.indent >= self.entry.indent + CONTINUES:
            self._append(code, code.start)
        elif self.in_header:
            self._entry(code)
        elif self.block is not None and self.block.unread and not self.ended:
            return
        elif code.indent == 0 and (self.block is None or self.ended):
            self._head(code)
        elif code.indent == 0 and self._begins_block(code):
            help_ = "leave a blank line above it"
            self._note("D003", "a block begins without a blank line before it", code, help_)
            self._head(code)
        else:
            self._inside(code)

    # --- heads

    def _begins_block(self, code: _Code) -> bool:
        match = _HEAD.fullmatch(code.text)
        return match is not None and match[1] in self.kinds and match[2] is not None

    def _head(self, code: _Code) -> None:
        self.entry, self.ended, self.skip_beyond, self.quiet = None, False, 0, True
        match = _HEAD.fullmatch(code.text)
        if match is None or (match[1] not in self.kinds and match[2] is None):
            self.block = None
            self._no_head(code)
            return
        name, title = match[2] or "", unquote(match[3]) if match[3] else ""
        column = max(match.start(2), match.start(3) if not name else 0, 0) + 1
        spot = self._spot(code, column, len(name))
        self.block = RawBlock(match[1], name, title, self.clause, self.instrument, spot)
        self.found.append(self.block)
        if match[1] not in self.kinds:
            self._no_kind(code, match[1])
        elif not _ID.fullmatch(name):
            said = f"{name} cannot be an id" if name else "this block has no id"
            near = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789") or "some-name"
            help_ = f"write {near}: a letter of a-z first, then a-z, 0-9 and hyphens"
            self._note("D003", said, code, help_, column, len(name) or 1)

    def _no_kind(self, code: _Code, kind: str) -> None:
        assert self.block is not None
        self.block.unread = True
        help_ = did_you_mean(
            kind, tuple(self.kinds), otherwise=f"kinds: {', '.join(sorted(self.kinds))}"
        )
        said = f"{kind} is not a kind of block; the block is kept unread"
        self._note("D001", said, code, help_, 1, len(kind))

    def _no_head(self, code: _Code) -> None:
        """Note a line in column 1 that opens no block; what hangs on it is passed over."""
        if found := key_at(code.text):
            said = f"the key {found[0]} belongs to no block"
        else:
            said = "this line opens no block"
        self._note("D003", said, code, 'a block begins with  kind id "Title"')

    # --- entries

    def _inside(self, code: _Code) -> None:
        """Take a line of a block: indented, or a key that wrongly stands in column 1."""
        if self.block is None or self.block.unread:
            if not self.quiet:
                help_ = 'a block begins with  kind id "Title"  in column 1'
                self._note("D010", "this line belongs to no block", code, help_)
            self.quiet = True
            return
        if self.ended:
            self.orphans.append(code)
            return
        if code.indent < LEAST_INDENT and key_at(code.text, code.start) and not code.noted:
            help_ = f"{' ' * INDENT}{code.text.strip()}"
            self._note("D010", "a key is indented by four spaces", code, help_)
        self._entry(code)

    def finish(self) -> None:
        """Settle the lines behind a blank line: a block that goes on, or one without its head.

        They go on with the block above when it may have all of their keys and has none of them
        yet; otherwise their head is missing, and one note stands for all of them.
        """
        lines, self.orphans = self.orphans, []
        if not lines or self.block is None:
            return
        keys = {found[0] for code in lines if (found := key_at(code.text, code.start))}
        held = {entry.key for entry in self.block.entries}
        if keys and keys <= set(self.kinds[self.block.kind]) - held:
            said = f"a blank line ended the block {self.block.id}, yet it goes on here"
            self._note("D010", said, lines[0], "take out the blank line above")
            self.ended = False
            for code in lines:
                self._place(code)
        else:
            help_ = 'put  kind id "Title"  in column 1 above it'
            self._note("D010", "this line belongs to no block", lines[0], help_)

    def _entry(self, code: _Code) -> None:
        assert self.block is not None
        found = key_at(code.text, code.start)
        if found is None:
            self.block.spoilt.append(code.text.strip())
            self.entry, self.skip_beyond = None, code.indent + 1
            self._note("D003", "expected key: value", code, self._paste(code.text.strip()))
            return
        self.skip_beyond = 0
        key, value_start = found
        spot = self._spot(code, code.start + 1, len(key))
        self.entry = RawEntry(key, spot, code.indent)
        self.block.entries.append(self.entry)
        self._append(code, value_start)

    def _paste(self, text: str) -> str:
        """Return the line with a colon where one is most likely missing."""
        known = self.kinds.get(self.block.kind, ()) if self.block else ()
        begins = (k for k in known if text.startswith((f"{k} ", f"{k}:", f"{k}=")))
        if key := max(begins, key=len, default=""):
            return f"{key}: {text[len(key) :].strip(' =:')}"
        return "write the key, a colon, then its value"

    def _append(self, code: _Code, start: int) -> None:
        assert self.entry is not None
        if text := code.text[start:]:
            self.entry.append(text, code.line, start + 1)

    # --- notes

    def _unseen(self, line: Line, at: int) -> None:
        name = unicodedata.name(line.text[at], f"code {ord(line.text[at]):#06x}").lower()
        said = f"an invisible character stands here: {name}"
        help_ = "take it out"
        self._note("D016", said, _Code(line, line.text, at, 0, noted=True), help_, at + 1, 1)

    def _tab(self, line: Line, text: str) -> None:
        at = text.index("\t")
        help_ = text.expandtabs(INDENT).rstrip()
        self._note(
            "D010", "a tab stands here", _Code(line, text, at, 0, noted=True), help_, at + 1, 1
        )

    def _spot(self, code: _Code, column: int, length: int) -> Spot:
        return Spot(self.file, code.line.number, column, max(1, length), code.line.text)

    def _note(
        self,
        code: str,
        said: str,
        line: _Code,
        help: str,  # noqa: A002
        column: int = 0,
        length: int = 0,
    ) -> None:
        """Add a note on a part of a line; without a column on all of its text."""
        column = column or line.start + 1
        spot = self._spot(line, column, length or len(line.text.strip()))
        on = self.block.id if self.block else ""
        self.notes.append(error(code, said, spot, help=help, clause=self.clause, on=on))
