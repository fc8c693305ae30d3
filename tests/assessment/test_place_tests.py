"""In, out, or not to be said: places against zones with a shape."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tregua.assessment.evidence import Evidence
from tregua.assessment.place_test import in_zone
from tregua.terms.place import Place

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

SQUARE = {
    "type": "Polygon",
    "coordinates": [[[37.0, 36.0], [37.1, 36.0], [37.1, 36.1], [37.0, 36.1], [37.0, 36.0]]],
}
INNER = {
    "type": "Polygon",
    "coordinates": [
        [[37.02, 36.02], [37.04, 36.02], [37.04, 36.04], [37.02, 36.04], [37.02, 36.02]]
    ],
}


@pytest.fixture
def evidence(scene: Scene) -> Evidence:
    """Return the deal with a square as the valley and a small square as the village."""
    shapes = {"valley": json.dumps(SQUARE), "village": json.dumps(INNER)}
    grounds = tuple(
        replace(g, shape=shapes[g.id], inside=()) for g in scene.agreement.grounds if g.id in shapes
    )
    agreement = replace(scene.agreement, grounds=grounds)
    moments = scene.moments("2030-09-13")
    at = moments.phases[0].start
    assert at is not None
    return Evidence(agreement, (), (), (), moments, at=at)


@pytest.mark.parametrize(
    ("lon", "radius", "expected"),
    [(37.05, 500, True), (37.2, 500, False), (37.099, 50, True), (37.099, 500, None)],
)
def test_disc(evidence: Evidence, *, lon: float, radius: float, expected: bool | None) -> None:
    """A point is in or out only if its whole disc is."""
    assert expected is in_zone(Place(lon=lon, lat=36.05, radius_m=radius), "valley", evidence)


def test_radius_is_metres(evidence: Evidence) -> None:
    """A hundredth of a degree east at 36 degrees north is some 902 m: 890 m fit, 910 m do not."""
    point = Place(lon=37.09, lat=36.05, radius_m=890)
    assert in_zone(point, "valley", evidence) is True
    assert in_zone(replace(point, radius_m=910), "valley", evidence) is None


def test_named_area(evidence: Evidence) -> None:
    """An area that is named is compared as its own shape."""
    assert in_zone(Place(area="The village"), "valley", evidence) is True
    assert in_zone(Place(area="The valley"), "village", evidence) is None


def test_stand_in_point(evidence: Evidence) -> None:
    """A point without a radius stands for an area, and nothing is said from it."""
    assert in_zone(Place("somewhere", 37.05, 36.05), "valley", evidence) is None


def test_name_is_compared_whole(evidence: Evidence) -> None:
    """A name that only begins like the zone's is another place."""
    assert in_zone(Place("The valley road"), "valley", evidence) is None
