"""Which observations are worth comparing: those of one matter, and those near in place and day.

The grid lies in the straight-line space around the earth, so that there is no edge at a pole or at
180 degrees; its cells are as wide as the furthest distance at which places can join (07, 2.3).
No pair that the rules of ``compare.py`` would join is lost here.
"""

from __future__ import annotations

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
    from collections.abc import Iterator

    from tregua.reports.model import Observation
    from tregua.terms.place import Place
    from tregua.terms.time import When

_ById: TypeAlias = "dict[str, Observation]"
_Cell: TypeAlias = tuple[int, int, int, int]  # day and three coordinates

_AROUND = tuple(product((-1, 0, 1), repeat=3))


class Blocks:
    """Observations by matter; and by day and cell, there by the list that each stands in."""

    def __init__(self) -> None:
        """Begin with none."""
        self._by_matter: dict[str, _ById] = {}
        self._by_cell: dict[_Cell, dict[str, _ById]] = {}

    def put(self, one: Observation) -> None:
        """Lay an observation where it belongs."""
        if one.matter:
            self._by_matter.setdefault(one.matter, {})[one.origin.id] = one
        own = list_of(one)
        for cell in _cells(one):
            self._by_cell.setdefault(cell, {}).setdefault(own, {})[one.origin.id] = one

    def take(self, one: Observation) -> None:
        """Take an observation away again."""
        if one.matter:
            _drop(self._by_matter, one.matter, one)
        own = list_of(one)
        for cell in _cells(one):
            _drop(self._by_cell[cell], own, one)
            if not self._by_cell[cell]:
                del self._by_cell[cell]

    def of_matter(self, matter: str) -> tuple[Observation, ...]:
        """Return the observations that carry a key."""
        return tuple(self._by_matter.get(matter, {}).values())

    def beside(self, one: Observation) -> tuple[Observation, ...]:
        """Return the others that it is to be compared with, in no order.

        They are of its matter and close in time, or of another list and near in place and day.
        """
        found = {
            key: other
            for key, other in self._by_matter.get(one.matter, {}).items()
            if one.when.gap(other.when) <= COARSE_LIMIT
        }
        own = list_of(one)
        for cell in _around(one):
            for name, others in self._by_cell.get(cell, {}).items():
                if name != own:
                    found.update(others)
        found.pop(one.origin.id, None)
        return tuple(found.values())


def _drop(blocks: dict[str, _ById], name: str, one: Observation) -> None:
    del blocks[name][one.origin.id]
    if not blocks[name]:
        del blocks[name]


def _cells(one: Observation) -> Iterator[_Cell]:
    """Yield the cells in which it lies; none when neither place nor time can join anything."""
    if _can_join(one):
        x, y, z = _cell(one.place)
        yield from ((day, x, y, z) for day in _days(one.when))


def _around(one: Observation) -> Iterator[_Cell]:
    for day, x, y, z in _cells(one):
        yield from ((day, x + dx, y + dy, z + dz) for dx, dy, dz in _AROUND)


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
