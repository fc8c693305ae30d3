"""The strip of days: how many incidents each calendar day had, and whether anybody watched.

A day without incidents stands in the strip like any other; whether its zero means anything depends
on the watch, so both are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

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
    spans = [
        (max(start, w.when.start), min(end, w.when.end))
        for w in watches
        if w.share > 0 and w.when.start < end and start < w.when.end
    ]
    edges = sorted({start, end, *(t for span in spans for t in span)})
    seen = sum(
        ((b - a) for a, b in pairwise(edges) if any(s <= a and b <= e for s, e in spans)),
        timedelta(),
    )
    return seen / (end - start)
