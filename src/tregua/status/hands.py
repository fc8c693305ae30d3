"""The two hands of a clock as arithmetic: effects of stretches in, two lengths out.

1. A stretch (a day, an hour) does one of three things to a hand: it counts, it lets the hand stand,
   or it puts it back to zero.
2. The lower hand takes the worst that is possible, the upper hand the best.
3. A certain reset whose time is only known across several stretches happened in one of them: the
   upper hand can then at most have begun again after the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime


class Effect(IntEnum):
    """What a stretch does to a hand; ordered from worst to best."""

    RESET = 0
    STAND = 1
    COUNT = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` in UTC with its effect on each hand."""

    start: datetime
    end: datetime
    low: Effect
    high: Effect


@dataclass(frozen=True, slots=True)
class Blurred:
    """A certain reset somewhere in ``[start, end)``, UTC."""

    start: datetime
    end: datetime


def length(effects: Iterable[Effect]) -> int:
    """Return how far a hand has gone after these effects."""
    hand = 0
    for effect in effects:
        hand = 0 if effect is Effect.RESET else hand + (effect is Effect.COUNT)
    return hand


def lengths(effects: Iterable[Effect]) -> tuple[int, ...]:
    """Return the hand after each effect."""
    hand, after = 0, []
    for effect in effects:
        hand = 0 if effect is Effect.RESET else hand + (effect is Effect.COUNT)
        after.append(hand)
    return tuple(after)


def highest(marks: tuple[Mark, ...], resets: tuple[Blurred, ...]) -> int:
    """Return the upper hand after all marks, with the resets whose time is not exact."""
    hand = length(m.high for m in marks)
    counted = [m.start for m in marks if m.high is Effect.COUNT]
    for reset in resets:
        first_end = next((m.end for m in marks if reset.start < m.end), None)
        if first_end is not None:
            hand = min(hand, sum(1 for start in counted if start >= first_end))
    return hand
