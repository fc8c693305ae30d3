"""The areas of zones, ready to be indexed: valid, areas alone, and on one side of 180 degrees.

1. An outline that is not valid is repaired first, with a note; parts that are lines or points fall
   away.
2. Zones near 180 degrees are moved: longitudes below a cut, in the middle of the widest gap between
   zones, rise by 360. A zone that a map splits at 180 degrees is whole again, and may grow.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tregua.assessment.zone_codes import repaired

if TYPE_CHECKING:
    from collections.abc import Mapping

    from shapely.geometry.base import BaseGeometry

    from tregua.terms.notes import Note

WHOLE_TURN = 360.0
_FAR_ENOUGH = 177.0  # degrees: nothing that is grown by 25 km comes from here to 180


@dataclass(frozen=True, slots=True, eq=False)
class Areas:
    """The areas of the zones of one version of the map.

    Attributes:
        zones: ids, in the order given.
        shapes: their areas, valid; empty when a zone has none.
        cut: longitudes below it were moved by 360 degrees; minus infinity when none was.
        notes: what had to be repaired.
    """

    zones: tuple[str, ...]
    shapes: tuple[BaseGeometry, ...]
    cut: float
    notes: tuple[Note, ...]


def areas_of(zones: Mapping[str, BaseGeometry]) -> Areas:
    """Return the areas of zones.

    Args:
        zones: id and shape, in degrees.
    """
    shapes = [area_of(zone) for zone in zones.values()]
    notes = tuple(repaired(name) for name, zone in zones.items() if not zone.is_valid)
    cut = _cut(shapes)
    return Areas(tuple(zones), tuple(_moved(shape, cut) for shape in shapes), cut, notes)


def area_of(zone: BaseGeometry) -> BaseGeometry:
    """Return the area of one shape, valid; lines and points fall away."""
    valid = zone if zone.is_valid else shapely.make_valid(zone)
    parts = [part for part in leaves(valid) if shapely.get_dimensions(part) == 2]  # noqa: PLR2004
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def leaves(geometry: BaseGeometry) -> list[BaseGeometry]:
    """Return the parts of a collection, at any depth; none of them is empty."""
    if hasattr(geometry, "geoms"):
        return [leaf for part in geometry.geoms for leaf in leaves(part)]
    return [] if geometry.is_empty else [geometry]


def _cut(shapes: list[BaseGeometry]) -> float:
    spans = sorted((p.bounds[0], p.bounds[2]) for s in shapes for p in leaves(s))
    if not spans or (spans[0][0] > -_FAR_ENOUGH and max(e for _, e in spans) < _FAR_ENOUGH):
        return -inf
    east, gap, cut = spans[0][1], 0.0, -inf
    for west, end in [*spans[1:], (spans[0][0] + WHOLE_TURN, inf)]:
        if west - east > gap:
            gap, cut = west - east, (west + east) / 2
        east = max(east, end)
    return cut if cut < WHOLE_TURN / 2 else cut - WHOLE_TURN


def _moved(shape: BaseGeometry, cut: float) -> BaseGeometry:
    parts = leaves(shape)
    if not any(part.bounds[0] < cut for part in parts):
        return shape
    return shapely.union_all(
        [
            shapely.transform(p, lambda xy: xy + np.array([WHOLE_TURN, 0.0]))
            if p.bounds[0] < cut
            else p
            for p in parts
        ]
    )
