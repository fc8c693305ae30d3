"""What may stand in a value: closed words, names of the wanted kinds, acts, conditions, moments.

Nothing is offered inside of quotation marks: what the text says is for its reader to write.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from tregua.agreement.clause import (
    COMMON,
    NORMS,
    PLACES,
    PLACES_BUILT_IN,
    WHO,
    WHO_BUILT_IN,
    ValueType,
)
from tregua.agreement.clauses.procedure import PARTS, VERBS
from tregua.agreement.clauses.scenario import RESULTS, STATES
from tregua.agreement.lint_deal import pages
from tregua.agreement.lsp.choice import Choice, Sort
from tregua.agreement.lsp.nesting import arguments_at, expected_at, levels_of
from tregua.agreement.lsp.walk import takes_of
from tregua.agreement.reading.conditions import CONDITIONS, FAMILIES, MOMENTS, Takes
from tregua.agreement.reading.expressions import METRES, TIME_UNITS
from tregua.agreement.reading.header import MAJOR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.clause import Key
    from tregua.agreement.lsp.cursor import Cursor
    from tregua.agreement.lsp.known import Known
    from tregua.agreement.lsp.nesting import Level

_NUMBER = re.compile(r"(?:\d+(?:\.\d+)?\.\.)?\d+(?:\.\d+)?")
_DATE = re.compile(r"\d{4}-\d\d-\d\d\S*")
_WHO = Takes("name", WHO, WHO_BUILT_IN)
_PLACE = Takes("name", PLACES, PLACES_BUILT_IN)
_ACT, _TIME, _SPAN = Takes("act"), Takes("time"), Takes("span")


def choices_for(cursor: Cursor, known: Known, deal: DealText) -> tuple[Choice, ...]:
    """Return what may stand at the cursor in a value."""
    key, levels = cursor.key, levels_of(cursor.before)
    if key is None or levels is None:
        return ()
    found = list(_gaps(key, levels))
    desk = _Desk(known, deal, cursor)
    if len(levels) == 1 and (own := desk.own_form(key, levels[0])) is not None:
        return (*own, *found)
    outermost = desk.outermost(key, levels[0])
    named = arguments_at(levels, outermost)
    found = [Choice(n, Sort.KEY, "argument", f"{n}: ") for n in named] + found
    takes = expected_at(levels, outermost)
    return (*(desk.by_type(takes, levels[-1].words) if takes else ()), *found)


def _gaps(key: Key, levels: tuple[Level, ...]) -> Iterator[Choice]:
    """Yield how to say that the text leaves it open, or that there is none."""
    first = levels[0]
    if key.open and len(levels) == 1 and not first.words and first.index == 0:
        snippet = 'undefined "$1"'
        yield Choice("undefined", Sort.WORD, "the text leaves it open", "", snippet)
        yield Choice("none", Sort.WORD, "the text says that there is none")


class _Desk:
    """Answers for one deal and one cursor."""

    def __init__(self, known: Known, deal: DealText, cursor: Cursor) -> None:
        self.known, self.deal, self.cursor = known, deal, cursor

    # --- by what is expected

    def by_type(self, takes: Takes, words: tuple[str, ...]) -> tuple[Choice, ...]:
        """Return what may stand where a closed list says what is taken."""
        match takes.type:
            case "name" if not words:
                return self.names(takes)
            case "act" if not words:
                return _called(sorted(self.known.acts), "act", self.known.parents)
            case "when" if not words:
                return (*_called(CONDITIONS, "condition"), *self.names(Takes("name", ("clock",))))
            case "time" | "day":
                return self.moments(words)
            case "word" if not words:
                return _words(takes.also or takes.kinds)
        return _units(words, TIME_UNITS)

    def names(self, takes: Takes) -> tuple[Choice, ...]:
        """Return the declared and built-in names that may stand there."""
        found = [
            Choice(b.id, Sort.NAME, f"{b.kind} {b.title}".rstrip())
            for b in self.known.of_kinds(takes.kinds)
        ]
        if takes.kinds == ("weapons",):
            found += [Choice(c, Sort.NAME, "class of weapons") for c in sorted(self.known.classes)]
        return (*found, *_words(takes.also, "name of the language"))

    def moments(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        """Return moments, and what may follow one: a zone, or the unit of a step."""
        if not words:
            named = (
                Choice(name, Sort.NAME, f"set by {power.id}")
                for name, power in sorted(self.known.moments.items())
            )
            return (*named, *_called(MOMENTS, "moment"))
        return _zones() if _DATE.fullmatch(words[-1]) else _units(words, TIME_UNITS)

    # --- keys with a form of their own

    def outermost(self, key: Key, level: Level) -> Takes:
        """Return what the value as a whole takes."""
        first = {
            ("schedule", "row"): (_TIME, _WHO, _ACT, Takes("free"), _PLACE),
            ("acts", "row"): (Takes("free"), _ACT),
        }.get((self.cursor.kind.kind if self.cursor.kind else "", key.name), ())
        if first:
            return first[level.index] if level.index < len(first) else Takes("free")
        if key.type in (ValueType.GIVEN, ValueType.PHRASE):
            return _TIME
        return takes_of(key) or _SPAN

    def own_form(self, key: Key, level: Level) -> tuple[Choice, ...] | None:
        """Return the choices of a key whose form no closed list of calls describes."""
        words = level.words
        match key.type:
            case ValueType.WORD | ValueType.WORDS:
                return () if words else _words(key.words)
            case ValueType.ZONE:
                return () if words else _zones()
            case ValueType.FORMAT:
                return (Choice(MAJOR, Sort.WORD),)
            case ValueType.LENGTH:
                return self.lengths(words)
            case ValueType.CLAUSES:
                return self.clauses(words)
            case ValueType.KEY_TEXT:
                return self.keys() if not words else ()
            case ValueType.CODE_TEXT:
                codes = (Choice(p.code, Sort.WORD, p.title) for p in pages())
                return () if words else tuple(codes)
            case ValueType.STEP:
                return self.step(words)
            case ValueType.GIVEN:
                return self.given(level)
            case ValueType.EXPECT:
                return self.expect(words)
            case ValueType.ROW if self.cursor.columns:
                return self.cell(level)
            case ValueType.TEXT | ValueType.TEXTS | ValueType.NUMBER:
                return ()
        return None

    def lengths(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        if words == ("by",):
            return self.names(Takes("name", ("weapons",)))
        return _units(words, METRES) if words else _words(("by",), "a table of weapons")

    def clauses(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        """Return the labels of the instrument named before, or of that of the block."""
        home = words[0] if words else self.cursor.instrument
        labels = tuple(
            Choice(f"§{c.label}", Sort.NAME, c.title)
            for c in self.deal.clauses
            if c.instrument == home
        )
        return labels if words else (*labels, *self.names(Takes("name", ("instrument",))))

    def keys(self) -> tuple[Choice, ...]:
        kind = self.cursor.kind
        names = (k.name for k in (*(kind.keys if kind else ()), *COMMON))
        held = [name for name in names if name in self.cursor.held]
        return tuple(Choice(name, Sort.KEY, "key of this block") for name in held)

    def step(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        if not words:
            return _words(VERBS)
        if words[-1] in ("by", "to"):
            return self.names(_WHO)
        if words[-1] == "else":
            return (*_words(VERBS), *self.names(Takes("name", ("consequence", "procedure"))))
        left = [part for part in PARTS if part not in words]
        return (*_units(words, TIME_UNITS), *_words(left)) if words[-1] != "within" else ()

    def given(self, level: Level) -> tuple[Choice, ...] | None:
        words = level.words
        if level.index == 0:
            return _words(("at",)) if not words else self.moments(words[1:])
        if level.index == 1:
            return self.by_type(_ACT, words) if words[:1] != ("declared",) else self.names(_WHO)
        roles = {"by": _WHO, "against": _WHO, "in": _PLACE}
        return self.names(roles[words[0]]) if words[:1] and words[0] in roles else _words(roles)

    def expect(self, words: tuple[str, ...]) -> tuple[Choice, ...]:
        if not words:
            wanted = (*NORMS, "gate", "phase", "clock")
            return self.names(Takes("name", wanted))
        if words[-1] == "by":
            return self.names(_WHO)
        if len(words) == 1:
            block = self.known.blocks.get(words[0])
            return _words(STATES if block and block.kind in ("gate", "phase") else RESULTS)
        left = [word for word in ("by", "because") if word not in words]
        return (*_units(words, TIME_UNITS), *_words(left))

    def cell(self, level: Level) -> tuple[Choice, ...]:
        columns = self.cursor.columns
        column = columns[level.index] if level.index < len(columns) else ""
        if column == "family":
            return () if level.words else _words(FAMILIES)
        return _units(level.words, METRES)


def _words(words: Iterable[str], detail: str = "") -> tuple[Choice, ...]:
    return tuple(Choice(word, Sort.WORD, detail) for word in words)


def _called(
    names: Iterable[str], what: str, parents: dict[str, str] | None = None
) -> tuple[Choice, ...]:
    """Return names that are written with brackets; an act may do without."""
    above = parents or {}
    return tuple(
        Choice(
            name,
            Sort.CALL,
            f"{what} under {above[name]}" if name in above else what,
            name if what == "act" else f"{name}(",
            "" if what == "act" else f"{name}($1)",
        )
        for name in names
    )


def _units(words: tuple[str, ...], units: Iterable[str]) -> tuple[Choice, ...]:
    """Return units of measure behind a number, else nothing."""
    if not words or not _NUMBER.fullmatch(words[-1]):
        return ()
    return tuple(Choice(unit, Sort.UNIT) for unit in units)


@cache
def _zones() -> tuple[Choice, ...]:
    names = sorted(name for name in available_timezones() if "/" in name)
    return tuple(Choice(name, Sort.ZONE) for name in ("UTC", *names))
