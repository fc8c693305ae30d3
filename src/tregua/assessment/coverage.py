"""Who watched where a norm holds, and for how much of its time. Silence counts only when watched.

For every zone and act of the norm the watches that cover the zone and would have noticed the act
are laid over the time in force; where several watch at once the best share counts, since nothing
says that they watch different parts. The least covered zone and act is the coverage of the norm.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.columns import Spans, Truth, flags, ints
from tregua.assessment.explain import node
from tregua.assessment.facts import EVER, every, interval, test
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.place_test import zones_around
from tregua.assessment.rules import EVERYWHERE
from tregua.assessment.table import microseconds

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.in_force import Period
    from tregua.assessment.model import Because
    from tregua.reports.model import Watch

Times: TypeAlias = "tuple[tuple[datetime, datetime], ...]"


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
    enough = share >= needed
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
    """Return the times in force up to now, each as long as some reading allows.

    A time without any beginning has no length of which a share could be watched.
    """
    times = []
    for period in periods:
        end = at if period.end is None else min(at, period.end)
        if end > period.start and period.start != EVER:
            times.append((period.start, end))
    return tuple(times)


def _watched(zone: str, act: str, evidence: Evidence) -> str:
    """Name the watches that cover a zone and would have noticed an act."""
    watches = sorted(w.origin.id for w in _watching(zone, evidence) if _sees(w, act, evidence))
    return json.dumps([zone, act, *watches], ensure_ascii=False)


def _share(zone: str, act: str, times: Times, evidence: Evidence) -> float:
    watches = [w for w in _watching(zone, evidence) if _sees(w, act, evidence)]
    total = sum(microseconds(end) - microseconds(start) for start, end in times)
    return float(_integrated(watches, times, evidence) / total) if total else 0.0


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
    watched = (evidence.ground_meant(name) for name in names)
    return any(g is not None and g.id in around for g in watched)


def _sees(watch: Watch, act: str, evidence: Evidence) -> bool:
    return not watch.sees or any(evidence.covers(kind, act) for kind in watch.sees)


def _integrated(watches: list[Watch], times: Times, evidence: Evidence) -> Fraction:
    """Return the microseconds of ``times``, each weighed by the best share that watched it.

    What is watched at a share or better is a union of watches. A union counts once for each step
    by which its share lies above the next lower one. Shares count as they are written.
    """
    steps = sorted({Fraction(), *(_written(w) for w in watches)})
    levels = range(1, len(steps))
    held = [
        (k, w.when.start, w.when.end) for k in levels for w in watches if steps[k] <= _written(w)
    ]
    asked = [(k, start, end) for k in levels for start, end in times]
    counts = flags([True] * len(held))
    cover = COVERED.in_form(evidence.form)
    found = cover(_spans(held), _spans(asked), counts=Truth(counts, counts), share=Fraction(1))
    heights = [steps[k] - steps[k - 1] for k, *_ in asked]
    seen = zip(heights, found.low.tolist(), strict=True)
    return sum((height * length for height, length in seen), Fraction())


def _written(watch: Watch) -> Fraction:
    return Fraction(repr(watch.share))


def _spans(lines: list[tuple[int, datetime, datetime]]) -> Spans:
    return Spans(
        ints([level for level, _, _ in lines]),
        ints([microseconds(start) for _, start, _ in lines]),
        ints([microseconds(end) for _, _, end in lines]),
    )
