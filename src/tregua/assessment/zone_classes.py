"""Zones for places that are known to a radius: certainly in, certainly out, or undecidable.

1. A radius is rounded up to its class: 0, 500 m, 1, 2, 5, 25 km. Class 0 is the plain index.
2. Every other class has an index in which each zone stands twice: shrunk and grown by the class
   radius. Inside the shrunk one a place is certainly in, outside the grown one certainly out.
3. The map's own error is added to every radius, class 0 included.
4. Beyond the last class, and without a place, everything is possible and nothing certain. A class
   that was not built is rounded up further, so a caller builds those that the data need.

Between shrunk and grown lies the border with a reach that is never too small, so a larger radius
never turns undecidable into in or out. An area that is named instead of a point is compared as that
area (`area_in_zone`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tregua.assessment.metres import LONGEST_DEGREE_M, reach
from tregua.assessment.zone_areas import Areas, area_of, areas_of
from tregua.assessment.zone_codes import vanished
from tregua.assessment.zone_grid import SEED, SIZE, index_areas
from tregua.assessment.zone_index import EMPTY, Codes, Members, ZoneIndex, zone_sets
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from tregua.assessment.zone_edges import Floats
    from tregua.terms.notes import Note

_SMOOTH = 0.004  # of the radius
RADII_M = (0.0, 500.0, 1_000.0, 2_000.0, 5_000.0, 25_000.0)


@dataclass(frozen=True, slots=True, eq=False)
class RadiusClass:
    """One class of radius.

    Attributes:
        radius_m: places known to this radius or better are looked up here.
        index: each zone once when no border has a width, else all shrunk, then all grown.
    """

    radius_m: float
    index: ZoneIndex


@dataclass(frozen=True, slots=True, eq=False)
class ZoneClasses:
    """All classes that were built of one version of the map.

    Attributes:
        zones: ids, in the order in which sets number them.
        map_error_m: how far the borders of the map itself may be off, metres.
        classes: by rising radius.
        notes: zones repaired, and zones in which nothing is ever certain.
        digest: SHA-256 (hex) over the digests of the indexes.
    """

    zones: tuple[str, ...]
    map_error_m: float
    classes: tuple[RadiusClass, ...]
    notes: tuple[Note, ...]
    digest: str


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """Sets of zones per point.

    Attributes:
        certain, possible: numbers in ``sets``.
        sets: zones of each set; the order depends on the points, the members do not.
    """

    certain: Codes
    possible: Codes
    sets: tuple[Members, ...]


def build_classes(
    zones: Mapping[str, BaseGeometry],
    *,
    radii_m: Sequence[float] = RADII_M,
    map_error_m: float = 0.0,
    size: int = SIZE,
    seed: int = SEED,
) -> ZoneClasses:
    """Build the indexes of some classes of radius.

    Args:
        zones: id and area, in degrees.
        radii_m: classes to build, rising, metres.
        map_error_m: how far the map's borders may be off, metres.
        size: as for ``build_index``.
        seed: of the keys.

    Raises:
        WrongUse: when the radii do not rise from zero or more, or the error is negative.
    """
    if map_error_m < 0 or min(radii_m, default=0.0) < 0 or list(radii_m) != sorted(set(radii_m)):
        raise WrongUse("radii of classes rise from zero, and the error of a map is zero or more")
    areas = areas_of(zones)
    notes = list(areas.notes)
    classes = []
    for radius in radii_m:
        wide = _twice(areas, radius + map_error_m) if radius + map_error_m else areas
        notes += wide.notes if wide is not areas else ()
        classes.append(RadiusClass(radius, index_areas(wide, size=size, seed=seed)))
    told = repr((map_error_m, [(c.radius_m, c.index.digest) for c in classes]))
    digest = hashlib.sha256(told.encode()).hexdigest()
    return ZoneClasses(areas.zones, map_error_m, tuple(classes), tuple(notes), digest)


def _twice(areas: Areas, radius_m: float) -> Areas:
    """Return every zone shrunk, then every zone grown; with a note where nothing is left."""
    borders = [_border(shape, radius_m) for shape in areas.shapes]
    pairs = list(zip(areas.shapes, borders, strict=True))
    shrunk = [area_of(shape.difference(border)) for shape, border in pairs]
    grown = [area_of(shape.union(border)) for shape, border in pairs]
    notes = tuple(
        vanished(zone, radius_m=radius_m)
        for zone, left in zip(areas.zones, shrunk, strict=True)
        if left.is_empty
    )
    names = tuple(f"{way} {zone}" for way in ("shrunk", "grown") for zone in areas.zones)
    return Areas(names, (*shrunk, *grown), areas.cut, notes)


def _border(shape: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Return the border and all within a radius; its bends, if small beside that, smoothed first.

    A smoothed border leaves out nothing: what it cuts off is added to the radius.
    """
    if shape.is_empty:
        return shape
    off_m = radius_m * _SMOOTH
    border = shapely.simplify(shape.boundary, off_m / LONGEST_DEGREE_M)
    return reach(border, radius_m + off_m)


def place_sets(classes: ZoneClasses, lon: Floats, lat: Floats, radius_m: Floats) -> Placed:
    """Return the sets of zones that places are certainly and possibly in.

    Args:
        classes: of the version of the map in force.
        lon: degrees east; not a number where there is no place.
        lat: degrees north, likewise.
        radius_m: metres; not a number where no distance may be taken from the place.
    """
    numbers: dict[Members, int] = {(): EMPTY}
    everything = tuple(range(len(classes.zones)))
    certain = np.zeros(len(lon), np.int32)
    possible = np.full(len(lon), numbers.setdefault(everything, len(numbers)), np.int32)
    bounds = np.array([c.radius_m for c in classes.classes])
    which = np.searchsorted(bounds, radius_m)  # "not a number" comes last
    for k, one in enumerate(classes.classes):
        rows = np.flatnonzero(which == k)
        if len(rows):
            found = zone_sets(one.index, lon[rows], lat[rows])
            sets = (*one.index.sets, *found.more)
            sure, maybe = _renumbered(sets, len(classes.zones), one, numbers)
            certain[rows], possible[rows] = sure[found.certain], maybe[found.possible]
    return Placed(certain, possible, tuple(numbers))


def _renumbered(
    sets: tuple[Members, ...], zones: int, one: RadiusClass, numbers: dict[Members, int]
) -> tuple[Codes, Codes]:
    """Return the certain and the possible set of each set of an index, by common numbers."""
    pairs = [halves(members, zones, one.index) for members in sets]
    sure = [numbers.setdefault(pair[0], len(numbers)) for pair in pairs]
    maybe = [numbers.setdefault(pair[1], len(numbers)) for pair in pairs]
    return np.array(sure, np.int32), np.array(maybe, np.int32)


def halves(members: Members, zones: int, index: ZoneIndex) -> tuple[Members, Members]:
    """Return what a set of a class's index means: zones certainly and possibly around.

    Args:
        members: of the index's set.
        zones: how many zones there are.
        index: of the class.
    """
    if len(index.zones) == zones:
        return members, members
    return (
        tuple(m for m in members if m < zones),
        tuple(m - zones for m in members if m >= zones),
    )


def area_in_zone(area: BaseGeometry, zone: BaseGeometry) -> bool | None:
    """Say whether a named area lies in a zone: in, out, or ``None`` when neither is sure."""
    inner, outer = area_of(area), area_of(zone)
    if not inner.is_empty and outer.covers(inner):
        return True
    return None if shapely.intersects(outer, inner) or inner.is_empty else False
