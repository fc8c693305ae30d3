"""Who watched where a norm holds, and for how much of its time. Silence counts only when watched.

For every zone and act of the norm the watches that cover the zone and would have noticed the act
are laid over the time in force; where several watch at once the best share counts, since nothing
says that they watch different parts. The least covered zone and act is the coverage of the norm.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.explain import node
from tregua.assessment.facts import every, interval, test
from tregua.assessment.names import ground_meant
from tregua.assessment.place_test import zones_around
from tregua.assessment.rules import EVERYWHERE

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.in_force import Period
    from tregua.assessment.model import Because
    from tregua.reports.model import Watch

Times: TypeAlias = "tuple[tuple[datetime, datetime], ...]"
_WHOLE = 1 - 1e-9  # shares are floats; a sum over many watches may miss 1 by rounding


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share of time and place that was watched, what was needed, and whether that is enough."""

    share: float
    needed: float
    is_enough: bool
    because: Because


def coverage_of(norm: Norm, times: Times, evidence: Evidence) -> Coverage:
    """Return how far the norm was watched in ``times``, half-open intervals in UTC."""
    zones = norm.where if isinstance(norm.where, tuple) else (EVERYWHERE,)
    pairs = tuple((zone, act.kind) for zone in zones for act in norm.acts)
    share = min((_share(zone, act, times, evidence) for zone, act in pairs), default=0.0)
    stated = norm.coverage
    needed = float(stated) if isinstance(stated, Decimal) else 1.0
    enough = share >= min(needed, _WHOLE)
    says = f"{share:.0%} of the time and place was watched, {needed:.0%} is needed"
    used = sorted({w.origin.id for z in zones for w in _watching(z, evidence)})
    because = node(
        says,
        "coverage",
        enough,
        records=used,
        clause=norm.clause,
        searched=f"{len(evidence.watches)} watches over {', '.join(zones)}",
        facts=(
            *test("coverage", ("share", repr(share)), ("needed", repr(needed))),
            *every("time", (interval(start, end) for start, end in times)),
            *every("watched", (_watched(zone, act, evidence) for zone, act in pairs)),
        ),
    )
    return Coverage(share, needed, enough, because)


def times_of(periods: tuple[Period, ...], at: datetime) -> Times:
    """Return the times in force up to now, each as long as some reading allows."""
    times = []
    for period in periods:
        end = at if period.end is None else min(at, period.end)
        if end > period.start:
            times.append((period.start, end))
    return tuple(times)


def _watched(zone: str, act: str, evidence: Evidence) -> str:
    """Name the watches that cover a zone and would have noticed an act."""
    watches = sorted(w.origin.id for w in _watching(zone, evidence) if _sees(w, act, evidence))
    return json.dumps([zone, act, *watches], ensure_ascii=False)


def _share(zone: str, act: str, times: Times, evidence: Evidence) -> float:
    watches = [w for w in _watching(zone, evidence) if _sees(w, act, evidence)]
    total = sum((end - start).total_seconds() for start, end in times)
    if not total:
        return 0.0
    return sum(_watched_seconds(watches, start, end) for start, end in times) / total


def _watching(zone: str, evidence: Evidence) -> tuple[Watch, ...]:
    return evidence.cached(
        ("watching", zone), lambda: tuple(w for w in evidence.watches if _covers(w, zone, evidence))
    )


def _covers(watch: Watch, zone: str, evidence: Evidence) -> bool:
    """Say whether the watch covers the whole zone: everywhere, the zone, or one around it."""
    names = (watch.place.name, watch.place.area)
    if EVERYWHERE in names:
        return True
    ground = next((g for g in evidence.agreement.grounds if g.id == zone), None)
    if ground is None:
        return False
    around = zones_around(ground, evidence)
    watched = (ground_meant(name, evidence.agreement) for name in names)
    return any(g is not None and g.id in around for g in watched)


def _sees(watch: Watch, act: str, evidence: Evidence) -> bool:
    return not watch.sees or any(evidence.covers(kind, act) for kind in watch.sees)


def _watched_seconds(watches: list[Watch], start: datetime, end: datetime) -> float:
    """Integrate the best share over ``[start, end)``, between the edges of the watches."""
    inside = [w for w in watches if w.when.start < end and start < w.when.end]
    cuts = sorted(
        {start, end}
        | {w.when.start for w in inside if w.when.start > start}
        | {w.when.end for w in inside if w.when.end < end}
    )
    return sum(
        (right - left).total_seconds()
        * max((w.share for w in inside if w.when.start <= left and right <= w.when.end), default=0)
        for left, right in pairwise(cuts)
    )
