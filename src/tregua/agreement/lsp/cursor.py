"""Where in the language the cursor stands: at a head, at a key, in a value, or nowhere of ours.

The line under the cursor is mostly unfinished and often not readable yet, so its surroundings are
told from the lines of the fence, by the same rules as in ``parse.py``: a line in column 1 is a
head, a blank line ends a block, what is indented two more than the entry continues it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
from tregua.agreement.clauses import KINDS
from tregua.agreement.reading.characters import key_at, without_comment
from tregua.agreement.reading.header import HEADER
from tregua.agreement.reading.parse import CONTINUES

if TYPE_CHECKING:
    from tregua.agreement.clause import ClauseKind, Key
    from tregua.agreement.lsp.document import Document
    from tregua.agreement.lsp.position import Place
    from tregua.agreement.reading.text import Line

_KINDS = {kind.kind: kind for kind in KINDS}
_HEAD = re.compile(r"([^\s:\"]+)")
_WORD = re.compile(r"§ *[0-9A-Za-z.()-]*$|[A-Za-z][A-Za-z0-9_/-]*$")


class Part(StrEnum):
    """What is written at the cursor."""

    HEAD = "head"
    KEY = "key"
    VALUE = "value"
    NOWHERE = "nowhere"


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where the cursor stands.

    Attributes:
        part: what is written there.
        kind: of the block, or the header.
        key: of the value.
        before: the value up to the word being typed, continued lines joined by a space.
        start: column of that word, in characters from 0.
        held: keys that the block has already.
        instrument: in which the block stands.
        columns: those of a table of weapons.
    """

    part: Part
    kind: ClauseKind | None = None
    key: Key | None = None
    before: str = ""
    start: int = 0
    held: frozenset[str] = frozenset()
    instrument: str = ""
    columns: tuple[str, ...] = ()


NOWHERE = Cursor(Part.NOWHERE)


def cursor_at(document: Document, place: Place) -> Cursor:
    """Say where in the language a place is."""
    row = document.row(place.line)
    if len(without_comment(row)) < min(place.column, len(row)):
        return NOWHERE
    number = place.line + 1
    header = document.outline.header
    if header and header[0].number <= number <= header[-1].number:
        return _in_block(header, number - header[0].number, place.column, HEADER, "")
    fences = [f for f in document.outline.fences if f.lines]
    at = bisect_right(fences, number, key=lambda f: f.lines[0].number) - 1
    if at < 0 or number > fences[at].lines[-1].number:
        return NOWHERE
    fence = fences[at]
    return _in_fence(fence.lines, number - fence.lines[0].number, place.column, fence.instrument)


def _in_fence(lines: tuple[Line, ...], at: int, column: int, instrument: str) -> Cursor:
    row = lines[at].text
    if not row[:1].isspace() and (row or column == 0):
        before = row[:column]
        is_first_word = not before or _HEAD.fullmatch(before)
        return Cursor(Part.HEAD, instrument=instrument) if is_first_word else NOWHERE
    first = at
    while first > 0 and row[:1].isspace() and lines[first - 1].text.strip():
        first -= 1
        row = lines[first].text
    head = _HEAD.match(row)
    kind = _KINDS.get(head[1]) if head and first < at else None
    if kind is None:
        return NOWHERE
    last = at + 1
    while last < len(lines) and lines[last].text[:1].isspace() and lines[last].text.strip():
        last += 1
    return _in_block(lines[first + 1 : last], at - first - 1, column, kind, instrument)


def _in_block(
    lines: tuple[Line, ...], at: int, column: int, kind: ClauseKind, instrument: str
) -> Cursor:
    """Tell key from value in the lines of one block without its head."""
    key, parts = _entry_above(lines[:at])
    text = lines[at].text[:column]
    indent = len(lines[at].text) - len(lines[at].text.lstrip(" "))
    held, columns = _held(lines, but=at), _columns(lines, kind)
    if key and indent >= parts[0] + CONTINUES:
        before = " ".join([*parts[1], text.strip()]) if text.strip() else " ".join(parts[1])
        before = f"{before} " if text.endswith(" ") or not text else before
    elif found := key_at(text, indent):
        key, before = found[0], text[found[1] :]
        if text.endswith(":"):
            return NOWHERE  # a value begins behind a space
    elif column < indent or ":" in text:
        return NOWHERE
    else:
        return Cursor(Part.KEY, kind, start=indent, held=held, instrument=instrument)
    typed = _typed(before, kind.key(key))
    return Cursor(
        Part.VALUE,
        kind,
        kind.key(key),
        before[: len(before) - len(typed)],
        column - len(typed),
        held,
        instrument,
        columns,
    )


def _typed(before: str, key: Key | None) -> str:
    """Return the beginning of a word that the cursor stands behind."""
    if key is not None and key.type is ValueType.FORMAT:
        return before
    match = _WORD.search(before)
    return match[0] if match else ""


def _entry_above(lines: tuple[Line, ...]) -> tuple[str, tuple[int, list[str]]]:
    """Return key, indentation and value so far of the entry that the lines end with."""
    key, indent, parts = "", 0, list[str]()
    for line in lines:
        code = without_comment(line.text).rstrip()
        start = len(code) - len(code.lstrip(" "))
        if not code:
            continue
        if key and start >= indent + CONTINUES:
            parts.append(code.strip())
        elif found := key_at(code, start):
            key, indent, parts = found[0], start, [code[found[1] :]]
        else:
            key = ""
    return key, (indent, parts)


def _held(lines: tuple[Line, ...], *, but: int) -> frozenset[str]:
    """Return the keys of a block, that of one line left out."""
    rows = [line.text for at, line in enumerate(lines) if at != but]
    found = [key_at(row, len(row) - len(row.lstrip(" "))) for row in rows]
    return frozenset(f[0] for f in found if f)


def _columns(lines: tuple[Line, ...], kind: ClauseKind) -> tuple[str, ...]:
    if kind.kind != "weapons":
        return ()
    rows = (line.text.partition(":") for line in lines)
    found = next((value for key, _, value in rows if key.strip() == "columns"), "")
    return tuple(name.strip() for name in found.split(","))
