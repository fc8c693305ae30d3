"""In, out or undecidable: a place that is known to a radius, against the border of a zone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from tests.zones.generated import blobs, truth
from tregua.assessment.metres import metres_per_degree
from tregua.assessment.zone_classes import (
    RADII_M,
    ZoneClasses,
    area_in_zone,
    build_classes,
    place_sets,
)
from tregua.assessment.zone_codes import VANISHED
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tests.zones.generated import Flags, Floats

ZONES = blobs(12, seed=20)
SMALL = 256


def said(
    classes: ZoneClasses, lon: Floats, lat: Floats, radius: float | Floats
) -> tuple[Flags, Flags]:
    """Return certain and possible: a line per point, a column per zone."""
    placed = place_sets(classes, lon, lat, np.broadcast_to(np.float64(radius), lon.shape))
    table = np.zeros((len(placed.sets), len(classes.zones)), np.bool_)
    for number, members in enumerate(placed.sets):
        table[number, list(members)] = True
    return table[placed.certain], table[placed.possible]


@pytest.fixture(scope="module")
def classes() -> ZoneClasses:
    return build_classes(ZONES, size=SMALL)


def points(count: int, *, seed: int) -> tuple[Floats, Floats]:
    chance = np.random.default_rng(seed)
    return chance.uniform(35.5, 40.5, count), chance.uniform(32.5, 36.5, count)


def away_m(zones: dict[str, BaseGeometry], lon: Floats, lat: Floats) -> NDArray[np.float64]:
    """Return how far each point is from each border, in metres on a plane at the point itself."""
    found = np.empty((len(lon), len(zones)))
    for row, (x, y) in enumerate(zip(lon.tolist(), lat.tolist(), strict=True)):
        scale = metres_per_degree(y)
        here = shapely.Point(0, 0)
        for column, zone in enumerate(zones.values()):
            border = shapely.transform(zone.boundary, lambda xy, s=scale, p=(x, y): (xy - p) * s)
            found[row, column] = here.distance(border)
    return found


def test_no_point_within_the_radius_of_a_border_is_in_or_out(classes: ZoneClasses) -> None:
    """At each class, a point nearer to a border than its radius is undecidable for that zone."""
    lon, lat = points(400, seed=21)
    away = away_m(ZONES, lon, lat)
    for radius in RADII_M[1:]:
        certain, possible = said(classes, lon, lat, radius)
        # The plane at the point is 0.3 % off at 25 km; nearer than that is surely within.
        within = away < radius * 0.996
        assert within.any()
        assert not certain[within].any()
        assert possible[within].all()


def test_beyond_the_radius_the_answer_is_shapely_s(classes: ZoneClasses) -> None:
    """A point farther from every border than its class, and a little more, is in or out."""
    lon, lat = points(400, seed=22)
    away, true = away_m(ZONES, lon, lat), truth(ZONES, lon, lat)
    for radius in RADII_M:
        certain, possible = said(classes, lon, lat, radius)
        beyond = away > radius * 1.012 + 1
        assert beyond.any()
        assert np.array_equal(true[beyond], certain[beyond])
        assert np.array_equal(true[beyond], possible[beyond])


def test_a_growing_radius_never_decides(classes: ZoneClasses) -> None:
    """From radius to radius what was undecidable stays so, and nothing changes from in to out."""
    lon, lat = points(20_000, seed=23)
    before = said(classes, lon, lat, 0.0)
    for radius in (1.0, 499.0, 500.0, 501.0, 1_500.0, 4_000.0, 6_000.0, 25_000.0, 25_001.0, 1e6):
        now = said(classes, lon, lat, radius)
        assert not (now[0] & ~before[0]).any()
        assert not (before[1] & ~now[1]).any()
        before = now
    assert not before[0].any()
    assert before[1].all()


def test_the_error_of_the_map_is_added() -> None:
    """With 400 m of error in the map, no exact point within 400 m of a border is decided."""
    lon, lat = points(400, seed=24)
    away = away_m(ZONES, lon, lat)
    rough = build_classes(ZONES, radii_m=(0.0,), map_error_m=400.0, size=SMALL)
    certain, possible = said(rough, lon, lat, 0.0)
    assert not certain[away < 400].any()
    assert possible[away < 400].all()
    assert np.array_equal(truth(ZONES, lon, lat)[away > 410], certain[away > 410])


def test_a_class_that_was_not_built_is_rounded_up_further(classes: ZoneClasses) -> None:
    """With the classes 0 and 5 km, a radius of 600 m is looked up in that of 5 km."""
    few = build_classes(ZONES, radii_m=(0.0, 5_000.0), size=SMALL)
    lon, lat = points(2_000, seed=25)
    for mine, whole in zip(said(few, lon, lat, 600.0), said(classes, lon, lat, 5e3), strict=True):
        assert np.array_equal(whole, mine)


def test_without_a_place_or_a_radius_nothing_is_decided(classes: ZoneClasses) -> None:
    """A missing coordinate and a radius that is not a number leave every zone possible."""
    lon, lat = np.array([np.nan, 37.0, 37.0]), np.array([35.0, np.nan, 35.0])
    certain, possible = said(classes, lon, lat, np.array([0.0, 500.0, np.nan]))
    assert not certain.any()
    assert possible.all()


def test_a_strip_that_vanishes_gets_a_note() -> None:
    """In a strip of 500 m nothing that is known to 1 km is certain, and a note says so."""
    strip = {"strip": shapely.box(36, 35, 36.2, 35 + 500 / metres_per_degree(35)[1])}
    made = build_classes(strip, radii_m=(0.0, 1_000.0), size=SMALL)
    assert [(VANISHED.code, "strip")] == [(n.code, n.on) for n in made.notes]
    assert [] == list(build_classes(strip, radii_m=(0.0,), size=SMALL).notes)


def test_across_180_degrees_a_zone_grows_over_the_line() -> None:
    """A place 10 km beyond 180 degrees is possibly in a zone that ends there, if known to 25 km."""
    made = build_classes({"z": shapely.box(179, -17, 180, -16)}, size=SMALL)
    for lon in (-179.91, 179.91):
        certain, possible = said(made, np.array([lon]), np.array([-16.5]), 25_000.0)
        assert ([False], [True]) == (certain[0].tolist(), possible[0].tolist())
    assert not said(made, np.array([-179.0]), np.array([-16.5]), 25_000.0)[1].any()


def test_the_same_map_has_one_digest() -> None:
    """The digest hangs on zones, radii and the error of the map."""
    few = {name: ZONES[name] for name in ("z0", "z1")}
    digests = [
        build_classes(few, radii_m=radii, map_error_m=error, size=16).digest
        for radii, error in (((0.0, 500.0), 0.0), ((0.0, 500.0), 0.0), ((0.0,), 0.0), ((0.0,), 9.0))
    ]
    assert digests[0] == digests[1]
    assert 3 == len(set(digests))


@pytest.mark.parametrize("radii", [(500.0, 0.0), (0.0, 0.0), (-1.0,)])
def test_radii_that_do_not_rise_are_refused(radii: tuple[float, ...]) -> None:
    """Classes stand by rising radius, none below zero."""
    with pytest.raises(WrongUse, match="rise"):
        build_classes({}, radii_m=radii)


def test_a_named_area_is_compared_as_an_area() -> None:
    """Covered is in, disjoint is out, anything else is undecidable; an area without shape too."""
    zone = shapely.box(0, 0, 4, 4)
    assert area_in_zone(shapely.box(1, 1, 2, 2), zone) is True
    assert area_in_zone(zone, zone) is True
    assert area_in_zone(shapely.box(5, 5, 6, 6), zone) is False
    assert area_in_zone(shapely.box(3, 3, 6, 6), zone) is None
    assert area_in_zone(shapely.Polygon(), zone) is None


@pytest.mark.outside
@pytest.mark.slow
def test_real_districts_grow_and_shrink(shared_data: Path) -> None:
    """In the real districts, a growing radius never decides, and shrunk lies in true in grown."""
    text = (shared_data / "ocha_cod_ab_syr" / "syr_admin2_simpl.geojson").read_text("utf-8")
    zones = {f"d{k}": shape(f["geometry"]) for k, f in enumerate(json.loads(text)["features"])}
    made = build_classes(zones, radii_m=(0.0, 1_000.0, 5_000.0))
    lon, lat = points(20_000, seed=26)
    true = truth(zones, lon, lat)
    exact, near, far = (said(made, lon, lat, r) for r in (0.0, 1_000.0, 5_000.0))
    assert not (exact[0] & ~true).any()
    assert not (true & ~exact[1]).any()
    assert (exact[0] != exact[1]).sum() < 10
    assert not (far[0] & ~near[0]).any()
    assert not (near[0] & ~true).any()
    assert not (true & ~near[1]).any()
    assert not (near[1] & ~far[1]).any()
