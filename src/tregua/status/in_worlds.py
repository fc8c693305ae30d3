"""In which possible worlds something holds: certainly, and possibly, by who did what.

A world says of each incident by which class of its possible authors it was done
(``facts_in_worlds.py``), and nothing else. What decides whether something holds in it is a formula
over these: the same for every world, so that it can be laid open and computed again. What else is
uncertain stays so in every world: there something may hold possibly and not certainly.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tregua.attribution.worlds import ALL, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tregua.attribution.worlds import Words


@dataclass(frozen=True, slots=True)
class Did:
    """One of a class of its possible authors did it: incident, place of the class."""

    incident: str
    by: int


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What was found for each world without a formula: the length of a clock against a bound."""

    words: Words


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by ``any``, ``all``, ``not`` (of one part) or ``at least`` so many."""

    how: str
    parts: tuple[Formula, ...]
    number: int = 0


Formula: TypeAlias = "bool | Did | Known | Joined"


def any_of(parts: Iterable[Formula]) -> Formula:
    """Return "some part holds"."""
    return _joined("any", parts, ends=True)


def all_of(parts: Iterable[Formula]) -> Formula:
    """Return "every part holds"."""
    return _joined("all", parts, ends=False)


def not_(part: Formula) -> Formula:
    """Return "the part does not hold"."""
    if isinstance(part, bool):
        return not part
    if isinstance(part, Joined) and part.how == "not":
        return part.parts[0]
    return Joined("not", (part,))


def at_least(number: int, parts: Iterable[Formula]) -> Formula:
    """Return "so many of the parts hold"."""
    kept = tuple(p for p in parts if p is not False)
    return Joined("at least", kept, number) if len(kept) >= number else False


def _joined(how: str, parts: Iterable[Formula], *, ends: bool) -> Formula:
    """Join what is left of the parts, unless one of them ends it."""
    kept: dict[Formula, None] = {}
    for part in parts:
        inner = part.parts if isinstance(part, Joined) and part.how == how else (part,)
        kept.update(dict.fromkeys(inner))
    if any(p is ends for p in kept):
        return ends
    left = tuple(p for p in kept if not isinstance(p, bool))
    return Joined(how, left) if len(left) > 1 else left[0] if left else not ends


def bits(formula: Formula, did: Mapping[Did, Words]) -> Words:
    """Return in which worlds a formula holds, from those in which each class did it."""
    match formula:
        case bool():
            return ALL if formula else NONE
        case Did():
            return did[formula]
        case Known(words):
            return words
        case Joined("not", (part,)):
            return ~bits(part, did)
    parts = [bits(p, did) for p in formula.parts]
    match formula.how:
        case "any":
            return reduce(np.bitwise_or, parts)
        case "all":
            return reduce(np.bitwise_and, parts)
    return _counted(formula.number, parts)


def _counted(number: int, parts: Sequence[Words]) -> Words:
    """Return in which worlds so many of the parts hold, with a row of bits for each number."""
    reached = [ALL, *([NONE] * number)]  # reached[n]: n or more hold
    for part in parts:
        reached = [ALL, *(n | (fewer & part) for fewer, n in pairwise(reached))]
    return reached[number]


@dataclass(frozen=True, slots=True)
class InWorlds:
    """What decides whether something certainly holds in a world, and whether it possibly does."""

    must: Formula
    may: Formula


NOWHERE, EVERYWHERE, UNCERTAIN = InWorlds(False, False), InWorlds(True, True), InWorlds(False, True)


def the_same(holds: bool | None) -> InWorlds:  # noqa: FBT001 - three values, not a switch
    """Return what is the same in every world."""
    return UNCERTAIN if holds is None else EVERYWHERE if holds else NOWHERE


def in_any(parts: Iterable[InWorlds]) -> InWorlds:
    """Return in which worlds any holds."""
    parts = tuple(parts)
    return InWorlds(any_of(p.must for p in parts), any_of(p.may for p in parts))


def in_all(parts: Iterable[InWorlds]) -> InWorlds:
    """Return in which worlds all hold."""
    parts = tuple(parts)
    return InWorlds(all_of(p.must for p in parts), all_of(p.may for p in parts))


def in_not(part: InWorlds) -> InWorlds:
    """Return in which worlds it does not hold."""
    return InWorlds(not_(part.may), not_(part.must))


def never_certain(part: InWorlds) -> InWorlds:
    """Return the same, certain in no world."""
    return InWorlds(False, part.may)
