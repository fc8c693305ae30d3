"""Metres per degree, buffers and inserted points against formulas of their own."""

from __future__ import annotations

from itertools import pairwise
from math import asin, atan2, cos, degrees, hypot, pi, radians, sin, sqrt

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from tregua.assessment.metres import buffer, metres_per_degree, reach, with_points
from tregua.errors import WrongUse
from tregua.terms.place import EARTH_RADIUS_M, Place, distance_m

A, F = 6_378_137.0, 1 / 298.257223563  # WGS 84
E2 = F * (2 - F)


def radii_of_curvature(lat: float) -> tuple[float, float]:
    """Return those of the prime vertical and of the meridian, metres."""
    below = 1 - E2 * sin(radians(lat)) ** 2
    return A / sqrt(below), A * (1 - E2) / below**1.5


@given(st.floats(-84, 84))
def test_a_degree_is_as_long_as_the_ellipsoid_says(lat: float) -> None:
    """The series agrees with the radii of curvature to one part in 100,000."""
    across, along = radii_of_curvature(lat)
    per_lon, per_lat = metres_per_degree(lat)
    assert pytest.approx(across * cos(radians(lat)) * pi / 180, rel=1e-5) == per_lon
    assert pytest.approx(along * pi / 180, rel=1e-5) == per_lat


def test_the_degrees_of_the_design() -> None:
    """At 35 degrees north a degree is 91,288 m wide and 110,941 m high."""
    per_lon, per_lat = metres_per_degree(35)
    assert (91_288, 110_941) == (round(per_lon), round(per_lat))


def ground(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance over a short stretch on the ellipsoid, metres."""
    across, along = radii_of_curvature((a[1] + b[1]) / 2)
    narrow = across * cos(radians((a[1] + b[1]) / 2))
    return hypot(radians(b[0] - a[0]) * narrow, radians(b[1] - a[1]) * along)


@pytest.mark.parametrize("lat", [-40.0, 0.0, 35.0, 60.0])
@pytest.mark.parametrize("radius", [500.0, 5_000.0, 25_000.0])
def test_a_buffer_of_a_point_is_round_on_the_ground(lat: float, radius: float) -> None:
    """Every corner of the circle is a radius away, to 0.4 %."""
    ring = shapely.get_coordinates(buffer(shapely.Point(36, lat), radius))
    away = [ground((36, lat), tuple(p)) for p in ring.tolist()]
    assert all(abs(distance / radius - 1) < 0.004 for distance in away)


def test_a_long_road_is_as_wide_in_the_north_as_in_the_south() -> None:
    """The buffer of a road over five degrees of latitude is 5 km to each side everywhere."""
    road = buffer(shapely.LineString([(36, 32), (36, 37)]), 5_000)
    for lat in (32.3, 33.6, 34.9, 36.6):
        west, _, east, _ = road.intersection(shapely.LineString([(35, lat), (37, lat)])).bounds
        assert pytest.approx(10_000, rel=0.004) == ground((west, lat), (east, lat))


@given(
    st.floats(34, 36), st.floats(31, 36), st.floats(0, 360), st.sampled_from((500, 5_000, 25_000))
)
def test_reach_holds_every_point_within_the_radius(
    lon: float, lat: float, turn: float, radius: float
) -> None:
    """A point a hundredth of a metre less than the radius away is in it, one 1 % beyond is not."""
    grown = reach(shapely.Point(lon, lat), radius)
    for share, expected in ((1 - 1e-2 / radius, True), (1.01, False)):
        assert expected is bool(grown.intersects(at_distance(lon, lat, turn, radius * share)))


def at_distance(lon: float, lat: float, turn: float, metres: float) -> shapely.Point:
    """Return the point at a ground distance in a direction, found by halving."""
    step = (cos(radians(turn)), sin(radians(turn)))
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        there = (lon + step[0] * middle, lat + step[1] * middle)
        low, high = (middle, high) if ground((lon, lat), there) < metres else (low, middle)
    return shapely.Point(lon + step[0] * low, lat + step[1] * low)


def test_points_that_are_put_in_follow_the_great_circle() -> None:
    """On an edge of 100 km at 35 degrees north the middle bends 137 m to the north."""
    wide = 100_000 / metres_per_degree(35)[0]
    line = with_points(shapely.LineString([(36, 35), (36 + wide, 35)]))
    north = shapely.get_coordinates(line)[:, 1].max()
    assert pytest.approx(137, abs=2) == (north - 35) * metres_per_degree(35)[1]
    half = radians(wide / 2)
    middle = degrees(atan2(sin(radians(35)), cos(radians(35)) * cos(half)))
    assert abs(north - middle) < 1e-5


@given(st.floats(-60, 60), st.floats(-170, 170), st.floats(-2, 2), st.floats(-2, 2))
def test_no_edge_is_longer_than_asked(lat: float, lon: float, east: float, north: float) -> None:
    """Every piece is 10 km at most; ends stay; the same points come from either direction."""
    line = shapely.LineString([(lon, lat), (lon + east, lat + north)])
    points = shapely.get_coordinates(with_points(line)).tolist()
    assert all(ground(tuple(a), tuple(b)) <= 10_000 for a, b in pairwise(points))
    assert [[lon, lat], [lon + east, lat + north]] == [points[0], points[-1]]
    back = shapely.get_coordinates(with_points(line.reverse())).tolist()
    assert points == back[::-1]


def test_areas_keep_their_holes_when_points_are_put_in() -> None:
    """An area with a hole, and a collection of two, keep their parts."""
    area = shapely.box(36, 33, 38, 35).difference(shapely.box(36.5, 33.5, 37, 34))
    both = shapely.MultiPolygon([area, shapely.box(40, 33, 41, 34)])
    drawn = with_points(both)
    assert [1, 0] == [len(p.interiors) for p in drawn.geoms]
    assert pytest.approx(both.area, rel=1e-3) == drawn.area
    assert len(shapely.get_coordinates(drawn)) > 100


def test_what_cannot_be_buffered_is_refused() -> None:
    """A radius of zero, one that is not a number, and a shape at a pole are refused."""
    for radius in (0.0, -5.0, float("nan")):
        with pytest.raises(WrongUse, match="above zero"):
            buffer(shapely.Point(36, 35), radius)
    with pytest.raises(WrongUse, match="pole"):
        buffer(shapely.Point(36, 88), 1_000)
    assert buffer(shapely.Polygon(), 5.0).is_empty


def test_haversine_agrees_over_short_distances() -> None:
    """The distance between incidents and the local metres differ by 0.6 % at most."""
    a, b = Place(lon=36.0, lat=35.0, radius_m=0), Place(lon=36.02, lat=35.01, radius_m=0)
    far = distance_m(a, b)
    assert far is not None
    assert pytest.approx(ground((36.0, 35.0), (36.02, 35.01)), rel=0.006) == far
    assert EARTH_RADIUS_M * asin(1) > far
    assert np.isfinite(far)
