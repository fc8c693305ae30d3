"""Whether a place lies in a zone of the deal: in, out, or not to be said.

A place is in a zone that it names (id, title or alias, whole) and in every zone around that one.
A point with its radius of uncertainty is in if the whole disc is, out if none of it is. A named
area with a shape is compared as that shape. Without geometry nothing can be said of other places.

Distances are metres on a local plane at the point's latitude (WGS 84 series for the length of a
degree), fine for radii up to some tens of kilometres.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import shapely
from shapely.geometry import shape

from tregua.assessment.element import any_of, said
from tregua.assessment.facts import every, test
from tregua.assessment.facts import place as place_facts
from tregua.assessment.metres import QUARTER_SEGMENTS, metres_per_degree
from tregua.assessment.model import Why
from tregua.assessment.names import zones_over
from tregua.assessment.rules import EVERYWHERE

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

    from tregua.agreement.model import Ground, Ids, Slot
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.terms.place import Place

_BY_CONTROL = frozenset({"own-control", "controller"})


def place_element(place: Place, where: Slot[Ids], evidence: Evidence) -> Element:
    """Return the element "it happened where the norm holds"; an open `where` gives a reason."""
    return evidence.cached(("place", place, where), lambda: _place(place, where, evidence))


def in_zone(place: Place, zone_id: str, evidence: Evidence) -> bool | None:
    """Say whether a place lies in a zone, ``None`` when it cannot be said."""
    return evidence.cached(("zone", place, zone_id), lambda: _in_zone(place, zone_id, evidence))


def zones_around(ground: Ground, evidence: Evidence) -> frozenset[str]:
    """Return the ids of a ground and of every zone that it lies inside, at any depth.

    Only a zone lies inside another one: a road passes through, and a ring is measured from.
    """
    return zones_over(ground, evidence.agreement)


def named_grounds(place: Place, evidence: Evidence) -> tuple[Ground, ...]:
    """Return the grounds of the deal that the place names."""
    found = (evidence.ground_meant(name) for name in (place.name, place.area))
    return tuple(g for g in found if g is not None)


def _place(place: Place, where: Slot[Ids], evidence: Evidence) -> Element:
    if not isinstance(where, tuple):
        says = "the text does not say where the norm holds"
        return said(says, "undefined", Why.WHERE, must=False, may=True, facts=test("where-open"))
    return any_of(
        [_one(place, zone, evidence) for zone in where],
        f"it happened where the norm holds ({', '.join(where)})",
        "place",
        facts=(*test("place"), *every("zone", where)),
    )


def _one(place: Place, zone: str, evidence: Evidence) -> Element:
    if zone == EVERYWHERE:
        facts = test("zone", ("zone", zone))
        return said("the norm holds everywhere", "place", must=True, may=True, facts=facts)
    if zone in _BY_CONTROL:
        says = f"who controlled {place} is in no record, so {zone} cannot be said"
        facts = (*test("zone", ("zone", zone)), *place_facts(place))
        return said(says, "place", Why.WHERE, must=False, may=True, facts=facts)
    inside = in_zone(place, zone, evidence)
    says = {
        True: f"{place} is in {zone}",
        False: f"{place} is not in {zone}",
        None: f"whether {place} is in {zone} cannot be said",
    }[inside]
    must, may = inside is True, inside is not False
    facts = _zone_facts(place, zone, evidence)
    return said(says, "place", Why.WHERE, must=must, may=may, facts=facts)


def _zone_facts(place: Place, zone: str, evidence: Evidence) -> Facts:
    """Say by what the zone was compared: the grounds that the place names, or its outline."""
    named = named_grounds(place, evidence)
    around = sorted({z for g in named for z in zones_around(g, evidence)})
    basis = "name" if zone in around else "outline"
    return (
        *test("zone", ("zone", zone), ("by", basis)),
        *place_facts(place),
        *every("named", (g.id for g in named)),
        *every("around", around),
    )


def _in_zone(place: Place, zone_id: str, evidence: Evidence) -> bool | None:
    named = named_grounds(place, evidence)
    if any(zone_id in zones_around(g, evidence) for g in named):
        return True
    zone = next((g for g in evidence.agreement.grounds if g.id == zone_id), None)
    if zone is None or not zone.shape:
        return None
    outline = _shape(zone, evidence)
    if place.has_point:
        return _covered(_disc(place), outline)
    areas = [_shape(g, evidence) for g in named if g.shape]
    return _covered(areas[0], outline) if areas else None


def _shape(ground: Ground, evidence: Evidence) -> BaseGeometry:
    def load() -> BaseGeometry:
        geometry = shapely.make_valid(shape(json.loads(ground.shape)))
        shapely.prepare(geometry)
        return geometry

    return evidence.cached(("shape", ground.id), load)


def _covered(inner: BaseGeometry, outer: BaseGeometry) -> bool | None:
    if outer.covers(inner):
        return True
    return None if outer.intersects(inner) else False


def _disc(place: Place) -> BaseGeometry:
    """Return the disc of uncertainty in degrees, an ellipse that is round in metres."""
    assert place.lon is not None
    assert place.lat is not None
    assert place.radius_m is not None
    centre = shapely.Point(place.lon, place.lat)
    if place.radius_m <= 0:
        return centre
    per_lon, per_lat = metres_per_degree(place.lat)
    circle = centre.buffer(1.0, quad_segs=QUARTER_SEGMENTS)
    return shapely.transform(
        circle,
        lambda xy: (
            (xy - (place.lon, place.lat)) * (place.radius_m / per_lon, place.radius_m / per_lat)
            + (place.lon, place.lat)
        ),
    )
