"""How near two reports are in place and in time, as whole-number weights with words.

A weight above zero speaks for one occurrence, below zero for two, zero says nothing. Distances are
judged against the radii that the sources state, gaps against the precision in which they told the
time (07, 2.2). What a source does not say is no disagreement.
"""

from __future__ import annotations

from datetime import timedelta
from math import sqrt
from typing import TYPE_CHECKING

from tregua.terms.place import distance_m
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.terms.place import Place
    from tregua.terms.time import When

# 07, 2.2: the spread of two points is their radii and one kilometre for two gazetteers.
GAZETTEER_M = 1_000.0
# Two radii that together span more than this fit a whole city: they can part, never join.
WIDEST_JOINING_M = 12_000.0
# With one matter key a place must be further off than this, beyond the radii, to part two reports.
SAME_MATTER_M = 25_000.0

WIDEST_JOINING = timedelta(hours=72)  # a longer period fits too much to join anything
FINE = timedelta(hours=1)  # told to the hour or better
FINE_GAP = timedelta(minutes=30)  # two clocks and two tellers
FINE_LIMIT = timedelta(hours=6)
COARSE_LIMIT = timedelta(hours=12)  # a night told under the date on which it began or ended


def spread_m(a: Place, b: Place) -> float | None:
    """Return the combined uncertainty in metres, ``None`` without two usable points."""
    if a.radius_m is None or b.radius_m is None or not (a.has_point and b.has_point):
        return None
    return sqrt(a.radius_m**2 + b.radius_m**2 + GAZETTEER_M**2)


def weigh_place(a: Place, b: Place, *, same_matter: bool) -> int:
    """Return 2 within half of the combined radius, 1 within it, -1 beyond twice of it, else 0."""
    spread, apart = spread_m(a, b), distance_m(a, b)
    if spread is None or apart is None:
        return 0
    limit = SAME_MATTER_M + 2 * spread if same_matter else 2 * spread
    if apart > limit:
        return -1
    if spread > WIDEST_JOINING_M or apart > spread:
        return 0
    return 2 if apart <= spread / 2 else 1


def say_place(a: Place, b: Place) -> str:
    """Write the distance and the stated radii, or what is missing."""
    apart = distance_m(a, b)
    if apart is None or a.radius_m is None or b.radius_m is None:
        return f"no distance can be taken: {_point(a)} and {_point(b)}"
    radii = f"stated to {_km(a.radius_m)} and {_km(b.radius_m)}"
    return f"{_km(apart)} apart, {radii}"


def weigh_time(a: When, b: When, *, same_matter: bool) -> int:
    """Return 2 for two close fine times, 1 for an overlap, -1 beyond the precision, else 0."""
    wide_a, wide_b = a.end - a.start, b.end - b.start
    gap = a.gap(b)
    fine = max(wide_a, wide_b) <= FINE
    if gap > (FINE_LIMIT if fine and not same_matter else COARSE_LIMIT):
        return -1
    if fine:
        return 2 if gap <= FINE_GAP else 0
    if max(wide_a, wide_b) > WIDEST_JOINING or not a.overlaps(b):
        return 0
    return 1


def say_time(a: When, b: When) -> str:
    """Write both times as they were told, and whether they overlap."""
    if a.overlaps(b):
        how = "they overlap"
    else:
        gap = a.gap(b)
        how = "they touch" if not gap else f"{_hours(gap)} between them"
    return f"{show_when(a)} and {show_when(b)}: {how}"


def _point(place: Place) -> str:
    if place.has_point:
        return f"{place} has a point"
    return f"{place} has no usable point" if place.is_known else "a place that is not stated"


def _km(metres: float) -> str:
    return f"{metres / 1000:.1f} km"


def _hours(gap: timedelta) -> str:
    minutes = round(gap / timedelta(minutes=1))
    return f"{minutes} minutes" if gap < timedelta(hours=2) else f"{minutes / 60:.0f} hours"
