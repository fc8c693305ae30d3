"""The two hands of a clock as arithmetic: effects of stretches in, two lengths out.

1. A stretch (a day, an hour) does one of three things to a hand: it counts, it lets the hand stand,
   or it puts it back to zero.
2. The lower hand takes the worst that is possible, the upper hand the best.
3. A certain reset whose time is only known across several stretches happened in one of them: the
   upper hand can then at most have begun again after the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import Spans, Ticks, certain_rows, ints
from tregua.assessment.operator import Form
from tregua.assessment.operators.run_length import RUN_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.status.in_worlds import Formula


class Effect(IntEnum):
    """What a stretch does to a hand; ordered from worst to best."""

    RESET = 0
    STAND = 1
    COUNT = 2


@dataclass(frozen=True, slots=True)
class Moves:
    """In which possible worlds a stretch puts a hand back, and in which it counts."""

    back: Formula
    counts: Formula


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch ``[start, end)`` in UTC with its effect on each hand.

    ``worlds`` tells it for each possible world; ``None`` where it is the same in all.
    """

    start: datetime
    end: datetime
    low: Effect
    high: Effect
    worlds: tuple[Moves, Moves] | None = None

    @property
    def moves(self) -> tuple[Moves, Moves]:
        """Return what the lower and the upper hand do in each world."""
        return self.worlds or (_moves(self.low), _moves(self.high))

    @property
    def standing(self) -> Mark:
        """Return the same, which counts for no hand: it is not a whole stretch."""
        return replace(
            self,
            low=min(self.low, Effect.STAND),
            high=min(self.high, Effect.STAND),
            worlds=self.worlds and (_standing(self.worlds[0]), _standing(self.worlds[1])),
        )


def _standing(moves: Moves) -> Moves:
    return replace(moves, counts=False)


def _moves(effect: Effect) -> Moves:
    return Moves(effect is Effect.RESET, effect is Effect.COUNT)


@dataclass(frozen=True, slots=True)
class Blurred:
    """A reset somewhere in ``[start, end)``, UTC, certain in these possible worlds."""

    start: datetime
    end: datetime
    worlds: Formula = True


def length(effects: Iterable[Effect], form: Form = Form.COLUMNAR) -> int:
    """Return how far a hand has gone after these effects.

    It is the run (operator ``run_length``) of those stretches that count or put it back, numbered
    from zero; a stretch in which the hand stands is no part of the run.
    """
    moving = [effect for effect in effects if effect is not Effect.STAND]
    resets = ints([n for n, effect in enumerate(moving) if effect is Effect.RESET])
    zero, none = ints([0]), ints([])
    found = RUN_LENGTH.in_form(form)(
        certain_rows(resets, np.zeros_like(resets), resets),
        Ticks(zero, ints([len(moving)])),
        Spans(none, none, none),
        days=np.arange(len(moving) + 1),
    )
    return int(found.low_days[0])


def highest(
    marks: tuple[Mark, ...], resets: tuple[Blurred, ...], form: Form = Form.COLUMNAR
) -> int:
    """Return the upper hand after all marks, with the resets whose time is not exact."""
    hand = length((m.high for m in marks), form)
    counted = [m.start for m in marks if m.high is Effect.COUNT]
    for reset in resets:
        first_end = next((m.end for m in marks if reset.start < m.end), None)
        if first_end is not None:
            hand = min(hand, sum(1 for start in counted if start >= first_end))
    return hand
