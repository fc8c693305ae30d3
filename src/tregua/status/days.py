"""The strip of days: how many incidents each calendar day had, and whether anybody watched.

A day without incidents stands in the strip like any other; whether its zero means anything depends
on the watch, so both are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from tregua.assessment.columns import Spans, Truth, flags, ints
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.table import microseconds
from tregua.terms.time import days_between, start_of_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from tregua.attribution.model import Attributed
    from tregua.reports.model import Watch


@dataclass(frozen=True, slots=True)
class DailyCount:
    """One calendar day.

    Attributes:
        day: in the zone asked for.
        incidents: how many incidents may have begun on that day.
        certain: how many of them certainly happened, and certainly on that day.
        reports: observations behind them.
        ids: of the incidents, sorted.
        watched: share of the day (0..1) in which somebody, somewhere, is recorded as watching.
    """

    day: date
    incidents: int
    certain: int
    reports: int
    ids: tuple[str, ...]
    watched: float


def daily_counts(
    attributed: tuple[Attributed, ...],
    watches: tuple[Watch, ...] = (),
    *,
    start: datetime,
    end: datetime,
    zone: str,
) -> tuple[DailyCount, ...]:
    """Count the incidents of every calendar day in ``[start, end)``, zero days included.

    An incident stands on the day in which its time begins, in ``zone`` (IANA); one
    outside the stretch is left out.
    """
    inside = [x for x in attributed if start <= x.incident.when.start < end]
    return tuple(_count(d, zone, inside, watches) for d in days_between(start, end, zone))


def _count(
    day: date, zone: str, attributed: list[Attributed], watches: tuple[Watch, ...]
) -> DailyCount:
    start, end = start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone)
    here = [x for x in attributed if start <= x.incident.when.start < end]
    sure = [x for x in here if x.happened_must and x.incident.when.within(start, end)]
    return DailyCount(
        day=day,
        incidents=len(here),
        certain=len(sure),
        reports=sum(len(x.incident.observations) for x in here),
        ids=tuple(sorted(x.incident.id for x in here)),
        watched=_watched(watches, start, end),
    )


def _watched(watches: tuple[Watch, ...], start: datetime, end: datetime) -> float:
    told = [w.when for w in watches if w.share > 0]
    sure, zero = flags([True] * len(told)), ints([0])
    first, last = microseconds(start), microseconds(end)
    found = COVERED.columnar(
        Spans(
            ints([0] * len(told)),
            ints([microseconds(when.start) for when in told]),
            ints([microseconds(when.end) for when in told]),
        ),
        Spans(zero, ints([first]), ints([last])),
        counts=Truth(sure, sure),
        share=Fraction(1),
    )
    return int(found.low[0]) / (last - first)
