"""Tables written by hand: few rows, each of which says something."""

from __future__ import annotations

from typing import NamedTuple

from tregua.assessment.columns import NOBODY, Rows, Spans, Ticks, Truth, certain_rows, flags, ints

SECOND = 1_000_000
HOUR = 3_600 * SECOND
WEEK = 168 * HOUR
START = 1_000 * WEEK  # an instant far from zero


class Act(NamedTuple):
    """One row; alternatives of one incident share its code."""

    start: int
    end: int
    zone: int = 0
    sure: bool = True
    incident: int = NOBODY
    possible: bool = True


def at(time: int, *, zone: int = 0, sure: bool = True, incident: int = NOBODY) -> Act:
    """Return an act at a known instant."""
    return Act(time, time, zone, sure, incident)


def rows(*acts: Act) -> Rows:
    """Return rows numbered 10, 20, 30 ..., so that no place is taken for a number."""
    number = ints([10 * (i + 1) for i in range(len(acts))])
    own = [n if a.incident == NOBODY else a.incident for n, a in zip(number, acts, strict=True)]
    return Rows(
        number,
        ints([a.zone for a in acts]),
        ints([a.start for a in acts]),
        ints([a.end for a in acts]),
        flags([a.sure and a.possible for a in acts]),
        flags([a.possible for a in acts]),
        ints(own),
    )


def acts(*times: int) -> Rows:
    """Return certain rows of one partition, numbered from zero."""
    return certain_rows(ints(range(len(times))), ints([0] * len(times)), ints(times))


def act(start: int, end: int) -> Rows:
    """Return one certain row of an uncertain instant."""
    yes = flags([True])
    return Rows(ints([0]), ints([0]), ints([start]), ints([end]), yes, yes, ints([0]))


def tick(*times: int, zone: int = 0) -> Ticks:
    return Ticks(ints([zone] * len(times)), ints(times))


def spans(*lines: tuple[int, int, int]) -> Spans:
    """Return stretches of (partition, start, end)."""
    columns = zip(*lines, strict=True) if lines else ((), (), ())
    return Spans(*(ints(column) for column in columns))


def said(*words: str) -> Truth:
    """Return a statement about each row: yes, perhaps or no."""
    return Truth(flags([w == "yes" for w in words]), flags([w != "no" for w in words]))


NO_GAPS = spans()
