"""Which pairs are worth comparing: those of one matter, and those near in place and day.

The grid lies in the straight-line space around the earth, so that there is no edge at a pole or at
180 degrees; its cells are as wide as the furthest distance at which places can join (07, 2.3).
No pair that the rules of ``compare.py`` would join is lost here.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from itertools import product
from math import cos, floor, radians, sin
from typing import TYPE_CHECKING, TypeAlias

from tregua.incidents.alike import list_of
from tregua.incidents.compare import is_single
from tregua.incidents.near import (
    COARSE_LIMIT,
    FINE_GAP,
    WIDEST_JOINING,
    WIDEST_JOINING_M,
)
from tregua.terms.place import EARTH_RADIUS_M

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tregua.reports.model import Observation
    from tregua.terms.place import Place
    from tregua.terms.time import When

Pair: TypeAlias = tuple[int, int]  # indices, the smaller first
_Cell: TypeAlias = tuple[int, int, int, int]  # day and three coordinates

# One cell itself and half of its 26 neighbours: the other half meets it from its own side.
_HALF = tuple(step for step in product((-1, 0, 1), repeat=3) if step > (0, 0, 0))


def pairs_of_one_matter(observations: Sequence[Observation]) -> Iterator[Pair]:
    """Yield the pairs that carry one matter key and lie close enough in time to be compared."""
    by_matter: dict[str, list[int]] = defaultdict(list)
    for index, one in enumerate(observations):
        if one.matter and is_single(one):
            by_matter[one.matter].append(index)
    for members in by_matter.values():
        yield from _close_in_time(observations, members)


def pairs_nearby(observations: Sequence[Observation]) -> set[Pair]:
    """Return the pairs of two lists whose places and days can join."""
    lists = [list_of(o) for o in observations]
    grid: dict[_Cell, list[int]] = defaultdict(list)
    for index, one in enumerate(observations):
        if _can_join(one):
            for day in _days(one.when):
                grid[(day, *_cell(one.place))].append(index)
    found: set[Pair] = set()
    for cell, members in grid.items():
        others = [*members, *_neighbours(grid, cell)]
        for at, first in enumerate(members):
            for second in others[at + 1 :]:
                if lists[first] != lists[second]:
                    found.add((min(first, second), max(first, second)))
    return found


def _close_in_time(observations: Sequence[Observation], members: list[int]) -> Iterator[Pair]:
    members = sorted(members, key=lambda i: (observations[i].when.start, i))
    for at, first in enumerate(members):
        limit = observations[first].when.end + COARSE_LIMIT
        for second in members[at + 1 :]:
            if observations[second].when.start > limit:
                break
            yield min(first, second), max(first, second)


def _can_join(one: Observation) -> bool:
    radius = one.place.radius_m
    return (
        one.place.has_point
        and radius is not None
        and radius <= WIDEST_JOINING_M
        and one.when.end - one.when.start <= WIDEST_JOINING
        and is_single(one)
    )


def _days(when: When) -> range:
    # Half of the gap that may lie between two fine times, on either side: both meet on one day.
    first = (when.start - FINE_GAP / 2).toordinal()
    last = (when.end + FINE_GAP / 2 - timedelta(microseconds=1)).toordinal()
    return range(first, last + 1)


def _cell(place: Place) -> tuple[int, int, int]:
    assert place.lon is not None
    assert place.lat is not None
    lon, lat, scale = radians(place.lon), radians(place.lat), EARTH_RADIUS_M / WIDEST_JOINING_M
    x, y, z = cos(lat) * cos(lon), cos(lat) * sin(lon), sin(lat)
    return floor(x * scale), floor(y * scale), floor(z * scale)


def _neighbours(grid: dict[_Cell, list[int]], cell: _Cell) -> list[int]:
    day, x, y, z = cell
    keys = ((day, x + dx, y + dy, z + dz) for dx, dy, dz in _HALF)
    return [index for key in keys for index in grid.get(key, ())]
