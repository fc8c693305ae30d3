"""An example with its expected result: how a legal adviser tests a reading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.clause import (
    NORMS,
    PLACES,
    PLACES_BUILT_IN,
    WHO,
    WHO_BUILT_IN,
    ClauseKind,
    Key,
    ValueType,
)
from tregua.agreement.reading.fault import Fault
from tregua.agreement.value import AmountRange, Call, Item, Items, Number, Op, Word

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.clause import Scope
    from tregua.agreement.value import Atom

KEYS = (
    Key("set", ValueType.PHRASE),
    Key("covered", ValueType.PHRASE, "nothing"),
    Key("given", ValueType.GIVEN, repeats=True),
    Key("known at", ValueType.TIME, "after the last `given`"),
    Key("expect", ValueType.EXPECT, required=True, repeats=True),
)

EXAMPLE = """\
scenario one-shell "One shell, nothing watched afterwards"
    set: D = 2030-09-12T19:00 Asia/Damascus
    given: at D + 10 hours, mortar-fire, by opposition, against government, in dmz
    expect: attacks violated by opposition
    expect: attacks undetermined by government because no-coverage
    expect: calm = 0 days
"""

GIVEN = "given: at D + 1 hours, mortar-fire, by a, against b, in zone, p 0.9"
SET = "set: D = 2030-09-12T19:00 UTC, approved(terms) = 2030-09-10"
EXPECT = "expect: NORM violated by X"
RESULTS = ("violated", "kept", "undetermined")
GATE_STATES = ("shut", "ready", "open", "lapsed", "unknown")
PHASE_STATES = ("not-begun", "in-force", "extended", "suspended", "expired", "ended")
STATES = GATE_STATES + PHASE_STATES
ROLES = {"by": (WHO, WHO_BUILT_IN), "against": (WHO, WHO_BUILT_IN), "in": (PLACES, PLACES_BUILT_IN)}


def _check(block: Block, scope: Scope) -> Iterator[tuple[Entry | None, Fault]]:
    """Hold every ``set``, ``given`` and ``expect`` line against its form and its names."""
    for entry in block.entries:
        items = entry.value.items if isinstance(entry.value, Items) else ()
        if entry.key == "set":
            for fault in _set(items, scope):
                yield entry, fault
        elif entry.key == "given":
            for fault in _given(items, scope):
                yield entry, fault
        elif entry.key == "expect" and items:
            for fault in _expect(items, scope):
                yield entry, fault


# --- set


def _set(items: tuple[Item, ...], scope: Scope) -> Iterator[Fault]:
    """Check called moments; whether a power sets a name is asked when the scenario is played."""
    for item in items:
        match item.atoms:
            case (Call() as name, Op("="), _, *_):
                yield from scope.time_faults(Item((name,)))
            case (Word(), Op("="), _, *_):
                continue
            case _:
                yield Fault("D006", "expected a moment and its time", item.atoms[0].cut, SET)


# --- given


def _given(items: tuple[Item, ...], scope: Scope) -> Iterator[Fault]:
    if not items or items[0].word != "at" or len(items[0].atoms) < 2 or len(items) < 2:  # noqa: PLR2004
        yield Fault("D006", "an incident begins with its time: at TIME, ACT", help=GIVEN)
        return
    yield from scope.time_faults(Item(items[0].atoms[1:]))
    declared = items[1].word == "declared"
    if not declared and not (isinstance(items[1].only, Word) and scope.is_act(items[1].word)):
        said = f"{items[1].word or 'this'} is not a kind of act"
        yield Fault("D012", said, items[1].atoms[0].cut, GIVEN)
    if declared:
        yield from _role(Item(items[1].atoms[1:]) if len(items[1].atoms) > 1 else items[1], scope)
    for item in items[2:]:
        if declared and len(item.atoms) == 1:
            yield from scope.name_faults(item, ("power",), ())
        else:
            yield from _role(item, scope)


def _role(item: Item, scope: Scope) -> Iterator[Fault]:
    match item.atoms:
        case (Word("by" | "against" | "in" as role), Word() as name):
            kinds, also = ROLES[role]
            yield from scope.name_faults(Item((name,)), kinds, also)
        case (Word("p"), Number(value)) if 0 <= value <= 1:
            return
        case _:
            yield Fault("D006", "expected by, against, in or p here", item.atoms[0].cut, GIVEN)


# --- expect


def _expect(items: tuple[Item, ...], scope: Scope) -> Iterator[Fault]:
    atoms = items[0].atoms
    if len(items) > 1:
        yield Fault("D006", "one expectation for each line", items[1].atoms[0].cut, EXPECT)
    match atoms:
        case (Word("NOTE"), Word(), Word("on"), Word()):
            return
        case (Word() as name, Word(result), Word("by"), Word() as who, *because) if (
            result in RESULTS
        ):
            yield from scope.name_faults(Item((name,)), NORMS, ())
            yield from scope.name_faults(Item((who,)), WHO, WHO_BUILT_IN)
            yield from _because(tuple(because))
        case (Word() as name, Word(state), *_) if state in STATES:
            yield from scope.name_faults(Item((name,)), ("gate", "phase"), ())
        case (Word() as name, Op() | AmountRange(), *_):
            yield from scope.name_faults(Item((name,)), ("clock",), ())
        case _:
            yield Fault("D006", "this is not a form of expectation", atoms[0].cut, EXPECT)


def _because(atoms: tuple[Atom, ...]) -> Iterator[Fault]:
    match atoms:
        case () | (Word("because"), Word(), *_):
            return
    yield Fault("D006", "expected because and a reason here", atoms[0].cut, f"{EXPECT} because who")


SCENARIO = ClauseKind(
    kind="scenario",
    what="Given these moments and incidents, what must be assessed.",
    keys=KEYS,
    violated="Cannot be violated; it fails when the reading gives another result.",
    evidence="None; it is made up.",
    example=EXAMPLE,
    check=_check,
)
