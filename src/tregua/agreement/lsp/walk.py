"""What every word of a value names, by its key and its place in a call.

A word means what stands around it makes of it: ``terms`` is an instrument behind ``annexed to`` and
a word of a closed list behind ``is``. So this walk follows the same closed lists
(``conditions.py``, the keys of the kinds) by which the reader holds names against declarations.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.agreement.clause import BUILT_IN, PLACES, WHO, ValueType
from tregua.agreement.clauses.procedure import VERBS
from tregua.agreement.reading.conditions import (
    ACT_ARGUMENTS,
    CONDITIONS,
    MOMENTS,
    WEAPON_WORDS,
    Takes,
)
from tregua.agreement.value import Call, ClauseRef, Item, Items, Op, Word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tregua.agreement.block import Entry
    from tregua.agreement.clause import ClauseKind, Key
    from tregua.agreement.lsp.known import Known
    from tregua.agreement.value import Atom, Cut


class Role(StrEnum):
    """What a name names."""

    BLOCK = "block"
    MOMENT = "moment"
    ACT = "act"
    WEAPON_CLASS = "class of weapons"
    CLAUSE = "clause"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that has a name; ``home`` is the instrument of a clause, else empty."""

    role: Role
    name: str
    home: str = ""


if TYPE_CHECKING:
    Found = Iterator[tuple[Thing, Cut, bool]]


# What `list: annex-a` or `about: dmz` may name. Norms are often called after what they are about
# (`disclose(about: positions)` in a duty `positions`), so that a norm is not meant by such a word.
_SUBJECTS = (*WHO, *PLACES, "instrument", "phase", "quota", "weapons")
_ACT, _WHEN, _TIME, _ANYONE = Takes("act"), Takes("when"), Takes("time"), Takes("name")
_FREE = Takes("free")


class Walk:
    """Goes through the values of one deal."""

    def __init__(self, known: Known) -> None:
        self.known = known

    def entry(self, kind: ClauseKind, entry: Entry, here: str) -> Found:
        """Yield the names in one entry of a block that stands in the instrument ``here``."""
        key = kind.key(entry.key)
        if key is None or not isinstance(entry.value, Items):
            return
        special = _SPECIAL.get((kind.kind, key.name)) or _SPECIAL.get(("", key.name))
        if special:
            yield from special(self, entry.value.items, here)
        elif takes := takes_of(key):
            for item in entry.value.items:
                yield from self.item(item, takes)
        elif key.type is ValueType.LENGTH:
            yield from self.table(entry.value.items[0].atoms)

    # --- by the type of value

    def item(self, item: Item, takes: Takes) -> Found:
        """Yield the names in an item, by what is expected there."""
        first = item.atoms[0]
        if takes.type == "name":
            yield from self.name(first, takes)
        elif takes.type == "clause" and isinstance(first, ClauseRef):
            yield from _clause(first, takes.also[0] if takes.also else "")
        elif takes.type == "act" and isinstance(first, Word | Call):
            yield Thing(Role.ACT, first.name), first.cut, False
            yield from self.arguments(first)
        elif takes.type == "free" and isinstance(first, Word):
            block = self.known.blocks.get(first.name)
            if block is not None and block.kind in _SUBJECTS:
                yield Thing(Role.BLOCK, first.name), first.cut, False
        elif takes.type in ("when", "time", "day"):
            yield from self.moment_or_condition(first, takes)

    def name(self, atom: Atom, takes: Takes = _ANYONE) -> Found:
        """Yield a declared name; names of the language itself are declared nowhere."""
        if not isinstance(atom, Word) or atom.name in BUILT_IN or atom.name in takes.also:
            return
        a_class = takes.kinds == ("weapons",) and atom.name in self.known.classes
        if a_class or atom.name not in WEAPON_WORDS or atom.name in self.known.blocks:
            yield Thing(Role.WEAPON_CLASS if a_class else Role.BLOCK, atom.name), atom.cut, False

    def moment_or_condition(self, first: Atom, takes: Takes) -> Found:
        """Yield the names in a moment or a condition."""
        if isinstance(first, Word):
            role = Role.BLOCK if takes.type == "when" else Role.MOMENT
            yield Thing(role, first.name), first.cut, False
        elif isinstance(first, Call):
            form = (CONDITIONS if takes.type == "when" else MOMENTS).get(first.name)
            named = dict(form.named) if form else {}
            plain = form.plain if form else ()
            for at, item in enumerate(first.plain()):
                if plain:
                    yield from self.item(item, plain[min(at, len(plain) - 1)])
            for arg in first.args:
                if arg.name in named:
                    yield from self.item(arg.item, named[arg.name])

    def arguments(self, act: Word | Call) -> Found:
        """Yield the names in the arguments of an act."""
        for arg in act.args if isinstance(act, Call) else ():
            if takes := ACT_ARGUMENTS.get(arg.name):
                yield from self.item(arg.item, takes)

    def table(self, atoms: tuple[Atom, ...]) -> Found:
        """Yield the table of a length that is written ``by memo-4``."""
        match atoms:
            case (Word("by"), Word() as table):
                yield from self.name(table)

    # --- values with a form of their own

    def clauses(self, items: tuple[Item, ...], here: str) -> Found:
        """Yield clause labels, and the instruments written before them."""
        for item in items:
            yield from self.item(item, Takes("clause", (), (here,)))

    def sets(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the moments that a power fixes."""
        for word in (i.atoms[0] for i in items):
            if isinstance(word, Word):
                yield Thing(Role.MOMENT, word.name), word.cut, True

    def act_row(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield an added act and its parent."""
        for at, item in enumerate(items[:2]):
            if isinstance(item.only, Word):
                yield Thing(Role.ACT, item.only.name), item.only.cut, at == 0

    def weapons_row(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the class of weapons that a row is about."""
        first = items[0].atoms[0]
        if isinstance(first, Word) and first.name != "undefined":
            yield Thing(Role.WEAPON_CLASS, first.name), first.cut, True

    def schedule_row(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the names in the cells: when, who, act, amount, where."""
        cells = (_TIME, _ANYONE, _ACT, _FREE, _ANYONE)
        for takes, item in zip(cells, items, strict=False):
            if item.word != "undefined":
                yield from self.item(item, takes)

    def step(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield who takes a step, to whom, and the block that an outcome names."""
        for before, atom in _pairs(items):
            if before == "else" and not (atom.name in self.known.blocks and atom.name not in VERBS):
                continue
            if before in ("by", "to", "else") and atom.name != "undefined":
                yield from self.name(atom)

    def given(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the names in an incident of a scenario."""
        first, *rest = items
        if len(first.atoms) > 1:
            yield from self.item(Item(first.atoms[1:]), _TIME)
        for at, item in enumerate(rest):
            word = item.atoms[0]
            if len(item.atoms) > 1:
                yield from self.name(item.atoms[1])
            elif at == 0 and isinstance(word, Word) and word.name != "declared":
                yield Thing(Role.ACT, word.name), word.cut, False
            elif at:
                yield from self.name(word)

    def expect(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the names in an expectation: the norm, gate, phase or clock, and by whom."""
        first = items[0].atoms[0]
        if isinstance(first, Word) and first.name != "NOTE":
            yield from self.name(first)
        for before, atom in _pairs(items):
            if before == "by" or (before == "on" and atom.name in self.known.blocks):
                yield from self.name(atom)

    def set_moments(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the moments that a scenario fixes: ``D = 2030-09-12T19:00``."""
        for item in items:
            yield from self.item(item, _TIME)
            right = _behind(item, "=")
            if right:
                yield from self.item(Item(right), _TIME)

    def covered(self, items: tuple[Item, ...], _: str) -> Found:
        """Yield the places and moments of ``covered: dmz, D .. D + 2 days``."""
        for item in items:
            if not any(isinstance(a, Op) for a in item.atoms):
                yield from self.name(item.atoms[0])
                continue
            yield from self.item(item, _TIME)
            end = _behind(item, "..")
            if end:
                yield from self.item(Item(end), _TIME)


_SPECIAL: dict[tuple[str, str], Callable[[Walk, tuple[Item, ...], str], Found]] = {
    ("", "clause"): Walk.clauses,
    ("power", "sets"): Walk.sets,
    ("acts", "row"): Walk.act_row,
    ("weapons", "row"): Walk.weapons_row,
    ("schedule", "row"): Walk.schedule_row,
    ("procedure", "step"): Walk.step,
    ("scenario", "given"): Walk.given,
    ("scenario", "expect"): Walk.expect,
    ("scenario", "set"): Walk.set_moments,
    ("scenario", "covered"): Walk.covered,
}


def takes_of(key: Key) -> Takes | None:
    """Return what a key takes in the words of the closed lists; ``None`` for a type of its own."""
    match key.type:
        case ValueType.NAME | ValueType.NAMES:
            return Takes("name", key.kinds, key.also)
        case ValueType.ACTS:
            return _ACT
        case ValueType.WHEN:
            return _WHEN
        case ValueType.TIME:
            return _TIME
    return None


def _clause(ref: ClauseRef, here: str) -> Found:
    start, end = ref.cut
    if ref.instrument:
        yield Thing(Role.BLOCK, ref.instrument), (start, start + len(ref.instrument)), False
    home = ref.instrument or here
    yield Thing(Role.CLAUSE, ref.label, home), (end - len(ref.label), end), False


def _pairs(items: tuple[Item, ...]) -> Iterator[tuple[str, Word]]:
    """Yield each word with the word before it."""
    for item in items:
        for before, atom in zip(item.atoms, item.atoms[1:], strict=False):
            if isinstance(before, Word) and isinstance(atom, Word):
                yield before.name, atom


def _behind(item: Item, sign: str) -> tuple[Atom, ...]:
    at = next((i for i, a in enumerate(item.atoms) if isinstance(a, Op) and a.sign == sign), None)
    return item.atoms[at + 1 :] if at is not None else ()
