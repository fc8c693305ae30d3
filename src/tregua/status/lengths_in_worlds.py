"""How far the two hands of a clock have gone in each possible world; the rules are ``hands.py``'s.

Stretch by stretch, in the order of time, each world counts or is put back on its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.status.facts_in_worlds import FactsInWorlds
    from tregua.status.hands import Blurred, Mark, Moves

Lengths: TypeAlias = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class HandsInWorlds:
    """The lower and the upper hand of a clock: one length for each world, in the clock's unit."""

    low: Lengths
    high: Lengths


def length_in_worlds(steps: Iterable[Moves], told: FactsInWorlds) -> Lengths:
    """Return how far a hand has gone after these steps, in each world."""
    hand = np.zeros(told.worlds.size, np.int64)
    for step in steps:
        hand += told.truths(step.counts)
        hand[told.truths(step.back)] = 0
    return hand


def highest_in_worlds(
    marks: Sequence[Mark], resets: Iterable[Blurred], told: FactsInWorlds
) -> Lengths:
    """Return the upper hand after all marks, in each world, with the resets that are not exact."""
    hand = length_in_worlds((m.moves[1] for m in marks), told)
    caught = [(r, place) for r in resets if (place := _behind(r, marks)) is not None]
    since = _counted_since(marks, {place for _, place in caught}, told)
    for reset, place in caught:
        here = told.truths(reset.worlds) & (since[place] < hand)
        hand[here] = since[place][here]
    return hand


def _behind(reset: Blurred, marks: Sequence[Mark]) -> int | None:
    """Return the place behind the first mark in which the reset may have been."""
    return next((n + 1 for n, mark in enumerate(marks) if reset.start < mark.end), None)


def _counted_since(
    marks: Sequence[Mark], places: set[int], told: FactsInWorlds
) -> dict[int, Lengths]:
    """Return for these places how many marks from there on count for the upper hand."""
    counted, found = np.zeros(told.worlds.size, np.int64), {}
    for place in range(len(marks), -1, -1):
        if place < len(marks):
            counted += told.truths(marks[place].moves[1].counts)
        if place in places:
            found[place] = counted.copy()
    return found
