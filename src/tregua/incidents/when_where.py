"""What the reports of one incident say about when, where and how many, side by side.

Nothing is averaged. Where one stated value fits all reports it is shown, else the span of them all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.terms.estimate import span_of
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from tregua.reports.model import Observation
    from tregua.terms.estimate import Estimate
    from tregua.terms.place import Place

_COARSER = tuple(Precision)  # declared from the finest to the coarsest


def narrowest_time(observations: tuple[Observation, ...]) -> When:
    """Return the narrowest stated time that lies within all others, else the hull of all.

    The hull is as precise as the coarsest report and keeps the zone of the first one by record id.
    """
    times = sorted({o.when for o in observations}, key=lambda w: (w.end - w.start, w))
    narrowest = times[0]
    if all(narrowest.within(t.start, t.end) for t in times):
        return narrowest
    return When(
        min(t.start for t in times),
        max(t.end for t in times),
        max((t.precision for t in times), key=_COARSER.index),
        observations[0].when.zone,
    )


def best_place(observations: tuple[Observation, ...]) -> Place:
    """Return the stated place with the smallest radius, else a named one, else one not stated."""
    return min(observations, key=_place_order).place


def killed_span(observations: tuple[Observation, ...]) -> Estimate:
    """Return the widest range of dead that is claimed; a single claim stays as it was made."""
    stated = {o.harm.killed for o in observations if o.harm.killed.is_stated}
    return stated.pop() if len(stated) == 1 else span_of(tuple(stated))


def _place_order(one: Observation) -> tuple[bool, float, bool, str]:
    radius = one.place.radius_m
    without = not one.place.has_point or radius is None
    return (without, radius or 0.0, not one.place.is_known, one.origin.id)
