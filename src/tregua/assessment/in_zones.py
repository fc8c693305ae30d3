"""In which zones the places of reports certainly and possibly lie, for all places at once.

1. A point is looked up in the index of its class of radius (`zone_classes`), in every zone that
   has an outline with an area.
2. What a place names, an area instead of a point, and a zone without such an outline are compared
   one by one (`place_test`); there are few of them.
3. A zone of which nothing is known may hold every place.

An answer here only says which incidents are worth a test of their own; so a point that touches the
border in any reading is possibly inside.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely
from shapely.geometry import shape

from tregua.assessment.place_test import in_zone, named_grounds
from tregua.assessment.rules import SOMEWHERE
from tregua.assessment.zone_areas import leaves
from tregua.assessment.zone_classes import RADII_M, build_classes, place_sets
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.evidence import Evidence
    from tregua.assessment.zone_classes import ZoneClasses
    from tregua.assessment.zone_index import Members
    from tregua.terms.place import Place

Outlines: TypeAlias = "tuple[tuple[str, str], ...]"  # zone and its shape as GeoJSON
_CELLS = 256  # in a row of the grid; the answer does not depend on it
_KEPT = 16  # maps kept ready: one per version of a deal and class of radius


def zones_of(
    places: Sequence[Place], zones: tuple[str, ...], evidence: Evidence
) -> list[tuple[Members, Members]]:
    """Return for each place the zones that it is certainly and possibly in, by their numbers.

    Args:
        places: as the reports give them.
        zones: ids of grounds, and names that no ground has.
        evidence: the deal whose map it is.
    """
    outlines = _outlines(zones, evidence)
    points = [k for k, place in enumerate(places) if place.has_point]
    looked_up = _looked_up([places[k] for k in points], outlines)
    if looked_up is None:
        outlines, looked_up = (), [((), ())] * len(points)
    number = [zones.index(zone) for zone, _ in outlines]
    found = dict(zip(points, looked_up, strict=True))
    by_index = frozenset(number)
    answers = []
    for k, place in enumerate(places):
        certain, possible = found.get(k, ((), ()))
        sure, maybe = {number[m] for m in certain}, {number[m] for m in possible}
        apart = by_index if k in found and not named_grounds(place, evidence) else frozenset()
        for z in set(range(len(zones))) - apart:
            inside = None if zones[z] == SOMEWHERE else in_zone(place, zones[z], evidence)
            sure |= {z} if inside else set()
            maybe |= {z} if inside is not False else set()
        answers.append((tuple(sorted(sure)), tuple(sorted(maybe | sure))))
    return answers


def _outlines(zones: tuple[str, ...], evidence: Evidence) -> Outlines:
    """Return the zones that an index can answer for: those whose shape is an area and no more."""
    shapes = {g.id: g.shape for g in evidence.agreement.grounds if g.shape}
    return tuple((z, shapes[z]) for z in zones if z in shapes and _is_area(shapes[z]))


@lru_cache(maxsize=256)
def _is_area(text: str) -> bool:
    valid = shapely.make_valid(shape(json.loads(text)))
    return all(shapely.get_dimensions(part) == 2 for part in leaves(valid))  # noqa: PLR2004


def _looked_up(places: Sequence[Place], outlines: Outlines) -> list[tuple[Members, Members]] | None:
    """Return the zones per point; ``None`` where no map in metres can be drawn (near a pole)."""
    if not places or not outlines:
        return [((), ())] * len(places)
    lon, lat, radius = (
        np.array([getattr(p, field) for p in places], np.float64)
        for field in ("lon", "lat", "radius_m")
    )
    radius = np.maximum(radius, 0.0)
    needed = sorted({int(k) for k in np.searchsorted(RADII_M, radius) if k < len(RADII_M)})
    try:
        classes = _classes(outlines, tuple(RADII_M[k] for k in needed))
    except WrongUse:
        return None
    placed = place_sets(classes, lon, lat, radius)
    return [
        (placed.sets[c], placed.sets[p])
        for c, p in zip(placed.certain.tolist(), placed.possible.tolist(), strict=True)
    ]


@lru_cache(maxsize=_KEPT)
def _classes(outlines: Outlines, radii_m: tuple[float, ...]) -> ZoneClasses:
    """Build the indexes of a map. Keeping them saves time and changes no answer."""
    zones = {zone: shape(json.loads(text)) for zone, text in outlines}
    return build_classes(zones, radii_m=radii_m, size=_CELLS)
