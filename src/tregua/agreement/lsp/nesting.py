"""How deep in its calls an unfinished value is: ``prior(attack, on: `` waits for who is hit.

The grammar of values reads whole values only; here stands what is needed of a half one: which calls
are open, at which argument, and which words the argument has so far.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.reading.conditions import ACT_ARGUMENTS, CONDITIONS, MOMENTS, Takes

if TYPE_CHECKING:
    from tregua.agreement.reading.conditions import Form

_PIECE = re.compile(r'"(?:\\.|[^"\\])*(?:"|$)|[(),]|[^\s(),"]+')
_CLOSED = re.compile(r'"(?:\\.|[^"\\])*"')
_NAMED = re.compile(r"([A-Za-z][A-Za-z0-9-]*):(.*)")


@dataclass(frozen=True, slots=True)
class Level:
    """One open call, the value itself being the outermost.

    Attributes:
        name: of the call; empty for the value itself.
        index: which element of the list, or which argument, from 0.
        argument: name of the argument, empty for a plain one.
        words: what stands in the element so far.
    """

    name: str = ""
    index: int = 0
    argument: str = ""
    words: tuple[str, ...] = ()

    def with_word(self, word: str) -> Level:
        """Return the level one word further."""
        return replace(self, words=(*self.words, word))


def levels_of(before: str) -> tuple[Level, ...] | None:
    """Return the open levels, outermost first; ``None`` inside of a quotation."""
    levels = [Level()]
    for match in _PIECE.finditer(before):
        piece, level = match[0], levels[-1]
        if piece.startswith('"') and not _CLOSED.fullmatch(piece):
            return None
        if piece == "(":
            levels.append(Level(level.words[-1] if level.words else ""))
        elif piece == ")":
            del levels[max(1, len(levels) - 1) :]
        elif piece == ",":
            levels[-1] = Level(level.name, level.index + 1)
        elif level.name and not level.words and (named := _NAMED.fullmatch(piece)):
            words = (named[2],) if named[2] else ()
            levels[-1] = replace(level, argument=named[1], words=words)
        else:
            levels[-1] = level.with_word(piece)
    return tuple(levels)


def expected_at(levels: tuple[Level, ...], outermost: Takes) -> Takes | None:
    """Return what the innermost level takes; ``None`` when no closed list says it."""
    takes: Takes | None = outermost
    for level in levels[1:]:
        takes = _inside(level, takes) if takes else None
    return takes


def arguments_at(levels: tuple[Level, ...], outermost: Takes) -> tuple[str, ...]:
    """Return the names of arguments that may be written at the innermost level."""
    inner = levels[-1]
    outer = expected_at(levels[:-1], outermost) if len(levels) > 1 else None
    if outer is None or inner.argument or inner.words:
        return ()
    if outer.type == "act":
        return tuple(ACT_ARGUMENTS)
    form = _forms(outer).get(inner.name)
    return tuple(name for name, _ in form.named) if form else ()


def _inside(level: Level, outer: Takes) -> Takes | None:
    if outer.type == "act":
        return ACT_ARGUMENTS.get(level.argument)
    form = _forms(outer).get(level.name)
    if form is None:
        return None
    if level.argument:
        return dict(form.named).get(level.argument)
    if level.index < len(form.plain):
        return form.plain[level.index]
    return form.plain[-1] if form.plain and form.many else None


def _forms(takes: Takes) -> dict[str, Form]:
    return {"when": CONDITIONS, "time": MOMENTS, "day": MOMENTS}.get(takes.type, {})
