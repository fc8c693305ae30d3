"""The values with a form of their own: rows of tables, steps, and the lines of an example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import ValueType
from tregua.agreement.clauses.procedure import PARTS
from tregua.agreement.clauses.scenario import RESULTS, STATES
from tregua.agreement.clauses.schedule import CELLS
from tregua.agreement.readback.runs import data, joined, own, words
from tregua.agreement.value import Amount, AmountRange, Item, Op, Text, Word

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.clause import Key
    from tregua.agreement.readback.read_back_values import Speaker
    from tregua.agreement.readback.runs import Line
    from tregua.agreement.value import Atom, Items

_ROLES = ("by", "against", "in", "p")


def shape_of(speak: Speaker, value: Items, key: Key, block: Block) -> Line:
    """Return a row, a step, a ``given`` or an ``expect`` as one line."""
    match key.type:
        case ValueType.STEP:
            return _step(speak, value.items[0].atoms) if value.items else ()
        case ValueType.GIVEN:
            return joined([_given(speak, i, n) for n, i in enumerate(value.items)], _between(speak))
        case ValueType.EXPECT:
            return _expect(speak, value.items[0].atoms) if value.items else ()
    return _row(speak, value, block)


def _row(speak: Speaker, value: Items, block: Block) -> Line:
    if block.kind == "weapons":
        labels = [speak.words.word(c) for c in block.words("columns")]
    elif block.kind == "schedule":
        labels = [speak.words.of("arg", cell) for cell in CELLS]
    else:
        return _act_row(speak, value)
    cells = [_cell(speak, item, block.kind, at) for at, item in enumerate(value.items)]
    named = [(words(f"{label}: "), *cell) for label, cell in zip(labels, cells, strict=False)]
    return joined(named, _between(speak))


def _cell(speak: Speaker, item: Item, kind: str, at: int) -> Line:
    if item.word == "undefined":
        return (words(speak.words.page("open")),)
    if kind == "schedule" and CELLS[at] == "act":
        return (speak.act_name(item.word),)
    if kind == "schedule" and CELLS[at] == "when":
        return speak.time(item)
    return speak.atoms(item)


def _act_row(speak: Speaker, value: Items) -> Line:
    """``tunnel, fortify, "tunnelling", ...``: the kind, its names, and what it belongs to."""
    names: list[Line] = [
        (own(a.text),) for i in value.items for a in i.atoms if isinstance(a, Text)
    ]
    ids = value.words()
    parent = (speak.act_name(ids[1]),) if len(ids) > 1 else ()
    of = words(f" ({speak.words.key('group', 'part of')}: ")
    return (data(f"[{ids[0]}] " if ids else ""), *joined(names, " / "), of, *parent, words(")"))


def _step(speak: Speaker, atoms: tuple[Atom, ...]) -> Line:
    """``report by A to B within 24 hours else refer``: verb, then its parts with their labels."""
    parts: list[tuple[str, list[Atom]]] = [("", [])]
    for atom in atoms:
        if isinstance(atom, Word) and atom.name in PARTS:
            parts.append((atom.name, []))
        else:
            parts[-1][1].append(atom)
    return joined(
        [_part(speak, name, tuple(held)) for name, held in parts if held], _between(speak)
    )


def _part(speak: Speaker, name: str, atoms: tuple[Atom, ...]) -> Line:
    first = atoms[0].name if isinstance(atoms[0], Word) else ""
    if not name:
        return (words(speak.words.of("step", first)),)
    if first == "undefined":
        line: Line = (words(speak.words.page("open")),)
    elif name == "else" and speak.words.has("step", first):
        line = (words(speak.words.of("step", first)),)
    else:
        line = speak.atoms(Item(atoms))
    return (words(f"{speak.words.of('arg', name)}: "), *line)


def _given(speak: Speaker, item: Item, at: int) -> Line:
    """``at D + 10 hours``, then an act or a declaration, then who, against whom, where."""
    first = item.word
    if at == 0 and first == "at":
        return speak.time(Item(item.atoms[1:]))
    if first == "declared":
        behind = speak.atoms(Item(item.atoms[2:] if len(item.atoms) > 2 else item.atoms[1:]))  # noqa: PLR2004
        return (words(f"{speak.words.of('condition', 'declared')}: "), *behind)
    if first in _ROLES and len(item.atoms) > 1:
        label = speak.words.of("arg", "where" if first == "in" else first)
        return (words(f"{label}: "), *speak.atoms(Item(item.atoms[1:])))
    return speak.act(item) if speak.words.has("act", first) else speak.atoms(item)


def _expect(speak: Speaker, atoms: tuple[Atom, ...]) -> Line:
    """Each form of expectation: a norm's result, a state, a clock's length, a note."""
    match atoms:
        case (Word("NOTE"), Word(code), Word("on"), Word(name)):
            return (
                speak.name(name),
                words(f": {speak.words.of('result', 'NOTE')} "),
                data(code),
            )
        case (Word(name), Op() | AmountRange() | Amount(), *_):
            return (
                speak.condition(Item(atoms))
                if isinstance(atoms[1], Op)
                else (speak.name(name), words(": "), *speak.atoms(Item(atoms[1:])))
            )
        case (Word(name), Word(result), *rest) if result in (*RESULTS, *STATES):
            return (
                speak.name(name),
                words(f": {speak.words.of('result', result)}"),
                *_tail(speak, tuple(rest)),
            )
    return speak.atoms(Item(atoms))


def _tail(speak: Speaker, atoms: tuple[Atom, ...]) -> Line:
    """``by X because REASON``, ``at TIME``."""
    match atoms:
        case ():
            return ()
        case (Word("at"), *time):
            return (words(" ("), *speak.time(Item(tuple(time))), words(")"))
        case (Word("by"), Word(who), Word("because"), *why):
            reasons = [
                (words(speak.words.of("result", w.name)),) for w in why if isinstance(w, Word)
            ]
            of, because = speak.words.of("arg", "by"), speak.words.of("arg", "because")
            return (
                words(f" ({of}: "),
                speak.word(who),
                words(f"{_between(speak)}{because}: "),
                *joined(list(reasons), speak.comma),
                words(")"),
            )
        case (Word("by"), Word(who), *_):
            return (words(f" ({speak.words.of('arg', 'by')}: "), speak.word(who), words(")"))
    return (words(" "), *speak.atoms(Item(atoms)))


def _between(speak: Speaker) -> str:
    return speak.words.page("semicolon")
