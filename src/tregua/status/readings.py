"""The readings of "day": calendar days in the clock's zone, or 24 hours from the start.

1. Calendar: a day that lies whole in the run counts for both hands. The day on which the clock
   starts is only part of one; it counts for the upper hand (it may be called day one), not for the
   lower. The day that is still running counts for neither: it is not over.
2. 24 hours: stretches of 24 hours follow each other from the start. After a certain reset a new
   count may begin at that moment, so the upper hand may also be counted from there.
3. "day" left open: the lower hand is the lowest, the upper the highest of both readings.
4. A clock of hours has one reading: stretches of one hour, counted like 2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from tregua.agreement.model import is_open
from tregua.status.hands import highest, length
from tregua.status.lengths_in_worlds import HandsInWorlds, highest_in_worlds, length_in_worlds
from tregua.terms.time import days_between, start_of_day

if TYPE_CHECKING:
    from tregua.agreement.model import Clock
    from tregua.status.facts_in_worlds import FactsInWorlds
    from tregua.status.hands import Blurred, Mark
    from tregua.status.lengths_in_worlds import Lengths
    from tregua.status.rules import Rules
    from tregua.status.runs import Run

CALENDAR = "calendar"
FROM_START = "24-hours"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of "day": its whole stretches, in order; ``zone`` is empty when not calendar."""

    name: str
    marks: tuple[Mark, ...]
    unit: timedelta


def readings_of(clock: Clock, rules: Rules, run: Run, unit: str) -> tuple[Reading, ...]:
    """Return every reading that the deal allows."""
    if unit == "hours":
        return (_from_start(rules, run, timedelta(hours=1)),)
    readings = []
    if clock.day == CALENDAR or is_open(clock.day):
        readings.append(_calendar(clock, rules, run))
    if clock.day == FROM_START or is_open(clock.day):
        readings.append(_from_start(rules, run, timedelta(hours=24)))
    return tuple(readings)


def hands_at(
    readings: tuple[Reading, ...], rules: Rules, run: Run, at: datetime
) -> tuple[int, int]:
    """Return the envelope of both hands over all readings at a moment of the run, UTC."""
    hands = [_hands(reading, rules, run, at) for reading in readings]
    low = min((low for low, _ in hands), default=0)
    high = max((high for _, high in hands), default=0)
    return (0 if run.sure is None else low), high


def hands_in_worlds(
    readings: tuple[Reading, ...], rules: Rules, run: Run, at: datetime, told: FactsInWorlds
) -> HandsInWorlds:
    """Return the same for each possible world, from rules over facts that are told for each."""
    none = np.zeros(told.worlds.size, np.int64)
    lows, highs = [none] if run.sure is None else [], [none]
    for reading in readings:
        marks, resets = marks_at(reading, rules, run, at), rules.blurred(run, at)
        lows.append(length_in_worlds((m.moves[0] for m in marks), told))
        highs.append(highest_in_worlds(marks, resets, told))
        if reading.name == FROM_START and rules.only_resets:
            highs.append(_counted_anew_in_worlds(resets, run, reading.unit, at, told))
    return HandsInWorlds(reduce(np.minimum, lows or [none]), reduce(np.maximum, highs))


def _calendar(clock: Clock, rules: Rules, run: Run) -> Reading:
    marks = []
    for day in days_between(run.first, run.stop, clock.zone):
        start = start_of_day(day, clock.zone)
        end = start_of_day(day + timedelta(days=1), clock.zone)
        if end <= run.stop:
            marks.append(rules.weigh(start, end, run, is_over=True).mark)
    return Reading(CALENDAR, tuple(marks), timedelta(days=1))


def _from_start(rules: Rules, run: Run, unit: timedelta) -> Reading:
    whole = (run.stop - run.first) // unit
    starts = [run.first + n * unit for n in range(whole)]
    marks = [rules.weigh(s, s + unit, run, is_over=True).mark for s in starts]
    return Reading(FROM_START, tuple(marks), unit)


def _hands(reading: Reading, rules: Rules, run: Run, at: datetime) -> tuple[int, int]:
    marks = marks_at(reading, rules, run, at)
    form = rules.facts.basis.form
    high = highest(marks, rules.blurred(run, at), form)
    if reading.name == FROM_START:
        high = max(high, _counted_anew(rules, run, reading.unit, at))
    return length((m.low for m in marks), form), high


def marks_at(reading: Reading, rules: Rules, run: Run, at: datetime) -> tuple[Mark, ...]:
    """Return the whole stretches up to a moment, and what is left of one, which does not count."""
    marks = tuple(m for m in reading.marks if m.end <= at)
    begun = marks[-1].end if marks else run.first
    if begun < at:
        is_over = run.is_over and at >= run.stop
        marks += (rules.weigh(begun, at, run, is_over=is_over).mark.standing,)
    return marks


def _counted_anew(rules: Rules, run: Run, unit: timedelta, at: datetime) -> int:
    """Return the whole units since the last certain reset, when resets alone hold the hand back."""
    resets = [r.start for r in rules.blurred(run, at)]
    if not resets or not rules.only_resets:
        return 0
    return (min(at, run.stop) - max(run.first, *resets)) // unit


def _counted_anew_in_worlds(
    resets: tuple[Blurred, ...], run: Run, unit: timedelta, at: datetime, told: FactsInWorlds
) -> Lengths:
    """Return the same for each world, from the resets that are certain in it."""
    never = np.iinfo(np.int64).max
    units = np.full(told.worlds.size, never)
    for reset in resets:
        gone = (min(at, run.stop) - max(run.first, reset.start)) // unit
        here = told.truths(reset.worlds)
        units[here] = np.minimum(units[here], gone)
    return np.where(units == never, 0, units)
