"""In which possible worlds something holds: certainly, and possibly; a bit for each world.

A world says who did what (``attribution/worlds.py``). What else is uncertain stays so in every
world: there something may hold possibly and not certainly. What is the same in every world is
written with one word, which stands for as many as are wanted.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tregua.attribution.worlds import ALL, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.attribution.worlds import Words


@dataclass(frozen=True, slots=True, eq=False)
class InWorlds:
    """In which worlds something certainly holds, and in which it possibly does."""

    must: Words
    may: Words


NOWHERE, EVERYWHERE, UNCERTAIN = InWorlds(NONE, NONE), InWorlds(ALL, ALL), InWorlds(NONE, ALL)


def the_same(holds: bool | None) -> InWorlds:  # noqa: FBT001 - three values, not a switch
    """Return what is the same in every world."""
    return UNCERTAIN if holds is None else EVERYWHERE if holds else NOWHERE


def in_any(parts: Iterable[InWorlds]) -> InWorlds:
    """Return in which worlds any holds."""
    return reduce(lambda a, b: InWorlds(a.must | b.must, a.may | b.may), parts, NOWHERE)


def in_all(parts: Iterable[InWorlds]) -> InWorlds:
    """Return in which worlds all hold."""
    return reduce(lambda a, b: InWorlds(a.must & b.must, a.may & b.may), parts, EVERYWHERE)


def in_not(part: InWorlds) -> InWorlds:
    """Return in which worlds it does not hold."""
    return InWorlds(~part.may, ~part.must)


def never_certain(part: InWorlds) -> InWorlds:
    """Return the same, certain in no world."""
    return InWorlds(np.zeros_like(part.must), part.may)


def in_classes(classes: Iterable[tuple[tuple[bool, bool], Words]]) -> InWorlds:
    """Return in which worlds it holds, if it surely, and possibly, does so in those of each class.

    Args:
        classes: whether it surely, and possibly, holds in a class; the worlds of the class.
    """
    parts = [InWorlds(w if sure else NONE, w if may else NONE) for (sure, may), w in classes]
    return in_any(parts)


def at_least(count: int, parts: Sequence[Words]) -> Words:
    """Return in which worlds so many of the parts hold: a counter that holds one row per number."""
    reached = [ALL, *([NONE] * count)]  # reached[n]: n or more hold
    for part in parts:
        reached = [ALL, *(n | (fewer & part) for fewer, n in pairwise(reached))]
    return reached[count]
