"""The zone index gives the answer of shapely, for points anywhere and for one point as for many."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import shape

from tests.zones.generated import answers, blobs, on_edge, squares, truth
from tregua.assessment.zone_codes import REPAIRED
from tregua.assessment.zone_grid import build_index
from tregua.assessment.zone_index import ZoneIndex, zone_sets
from tregua.assessment.zone_point import PointLookUp
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from tests.zones.generated import Floats

SIZES = (8, 32, 256, 1024)


def mismatches(zones: dict[str, BaseGeometry], points: int, *, seed: int, size: int = 1024) -> int:
    """Return how many random points get another answer than shapely's."""
    index = build_index(zones, size=size)
    chance = np.random.default_rng(seed)
    west, south, east, north = shapely.union_all(list(zones.values())).bounds
    lon = chance.uniform(west - 0.1, east + 0.1, points)
    lat = chance.uniform(south - 0.1, north + 0.1, points)
    certain, possible = answers(index, zone_sets(index, lon, lat))
    true = truth(zones, lon, lat)
    undecided = (certain != possible).any(axis=1)
    assert undecided.sum() < points / 1000
    return int((certain != true)[~undecided].any(axis=1).sum())


@pytest.mark.parametrize("size", SIZES)
def test_random_points_get_the_answer_of_shapely(size: int) -> None:
    """Of 200,000 random points in four grids none gets another answer."""
    assert 0 == mismatches(blobs(40, seed=1), 50_000, seed=2, size=size)


@pytest.mark.slow
@pytest.mark.parametrize("zones", [5, 40, 115, 300])
def test_a_million_points_get_the_answer_of_shapely(zones: int) -> None:
    """Of 1,200,000 random points in four maps none gets another answer."""
    assert 0 == mismatches(blobs(zones, seed=zones), 300_000, seed=3)


@pytest.mark.outside
@pytest.mark.slow
def test_real_districts_get_the_answer_of_shapely(shared_data: Path) -> None:
    """Of 200,000 points in the districts of three levels none gets another answer."""
    folder = shared_data / "ocha_cod_ab_syr"
    zones = {
        f"{level} {number}": shape(feature["geometry"])
        for level in (1, 2, 3)
        for number, feature in enumerate(
            json.loads((folder / f"syr_admin{level}_simpl.geojson").read_text("utf-8"))["features"]
        )
    }
    assert 348 == len(zones)
    assert 0 == mismatches(zones, 200_000, seed=4)


def edge_cases(zones: dict[str, BaseGeometry], index: ZoneIndex) -> tuple[Floats, Floats]:
    """Return corners, points of edges, corners of cells, and all these 1e-9 and 1e-6 beside."""
    corners = np.concatenate([shapely.get_coordinates(z) for z in zones.values()])
    middles = (corners[:-1] + corners[1:]) / 2
    column, row = np.meshgrid(np.arange(index.size + 1), np.arange(index.size + 1))
    cells = np.stack(
        [index.west + column.ravel() * index.width, index.south + row.ravel() * index.height],
        axis=1,
    )
    points = np.concatenate([corners, middles, cells])
    steps = [
        (dx, dy) for step in (1e-9, 1e-6) for dx in (-step, 0, step) for dy in (-step, 0, step)
    ]
    return tuple(np.concatenate([points + step for step in steps]).T)


@pytest.mark.parametrize("size", [2, 7, 64])
@pytest.mark.parametrize(
    "zones", [squares(), blobs(6, seed=5, corners=16)], ids=["squares", "blobs"]
)
def test_edge_cases(zones: dict[str, BaseGeometry], size: int) -> None:
    """On a border, and 1e-9 degree beside it, neither is said; beyond, shapely's answer."""
    index = build_index(zones, size=size)
    lon, lat = edge_cases(zones, index)
    certain, possible = answers(index, zone_sets(index, lon, lat))
    near, true = on_edge(zones, lon, lat), truth(zones, lon, lat)
    sure = ~near
    assert np.array_equal(true[sure], certain[sure])
    assert np.array_equal(true[sure], possible[sure])
    assert not certain[near].any()
    assert possible[near].all()


def test_grid_lines_that_run_through_corners_lose_nothing() -> None:
    """When corners of zones and of cells are the same points, points between them are right."""
    zones = {"d": shapely.Polygon([(0, 1), (1, 0), (2, 1), (1, 2)]), "b": shapely.box(0, 0, 2, 2)}
    index = build_index(zones, size=8)
    moved = {
        name: shapely.transform(
            zone,
            lambda xy: np.round(xy * 2) * (index.width, index.height) * 2 + index_corner(index),
        )
        for name, zone in zones.items()
    }
    again = build_index(moved, size=8)
    lon, lat = (
        c.ravel() for c in np.meshgrid(np.linspace(-0.1, 3, 150), np.linspace(-0.1, 3, 150))
    )
    certain, possible = answers(again, zone_sets(again, lon, lat))
    sure = (certain == possible).all(axis=1)
    assert np.array_equal(truth(moved, lon, lat)[sure], certain[sure])


def index_corner(index: ZoneIndex) -> tuple[float, float]:
    return index.west + index.width, index.south + index.height


@given(st.data())
def test_small_maps_on_a_lattice(data: st.DataObject) -> None:
    """Zones and points on a lattice of whole numbers, where everything touches, are right."""
    whole = st.integers(0, 6)
    rings = data.draw(
        st.lists(st.lists(st.tuples(whole, whole), min_size=3, max_size=6), min_size=1, max_size=4)
    )
    zones = {f"z{k}": shapely.make_valid(shapely.Polygon(ring)) for k, ring in enumerate(rings)}
    zones = {name: zone for name, zone in zones.items() if zone.area > 0}
    index = build_index(zones, size=data.draw(st.sampled_from((1, 2, 6, 12))))
    lon, lat = (c.ravel() for c in np.meshgrid(np.arange(-1, 8, 0.25), np.arange(-1, 8, 0.25)))
    certain, possible = answers(index, zone_sets(index, lon, lat))
    if zones:
        areas = {name: shapely.union_all(parts_of(zone)) for name, zone in zones.items()}
        near, true = on_edge(areas, lon, lat), truth(areas, lon, lat)
        assert np.array_equal(true[~near], certain[~near])
        assert np.array_equal(true[~near], possible[~near])


def parts_of(zone: BaseGeometry) -> list[BaseGeometry]:
    return [p for p in shapely.get_parts(zone) if p.area > 0]


def test_no_place_and_outside() -> None:
    """Without a place nothing is certain and everything possible; outside of the box is out."""
    index = build_index(squares())
    lon = np.array([np.nan, 1.5, np.nan, 200.0, -np.inf, 1e300, 1.5])
    lat = np.array([1.5, np.nan, np.nan, 1.5, 1.5, 1.5, -1e-2])
    certain, possible = answers(index, zone_sets(index, lon, lat))
    assert not certain.any()
    assert [True, True, True, False, False, False, False] == possible.all(axis=1).tolist()
    assert not possible[3:].any()


@pytest.mark.parametrize("zones", [squares(), blobs(30, seed=6)], ids=["squares", "blobs"])
def test_one_point_as_many(zones: dict[str, BaseGeometry]) -> None:
    """The look-up of one point says what the look-up of many says, on edges and without place."""
    index = build_index(zones, size=50)
    lon, lat = edge_cases(zones, index)
    chance = np.random.default_rng(7)
    lon = np.concatenate([lon[::9], chance.uniform(*span(lon), 5000), [np.nan, 1.0, np.inf]])
    lat = np.concatenate([lat[::9], chance.uniform(*span(lat), 5000), [1.0, np.nan, 1.0]])
    found = zone_sets(index, lon, lat)
    sets = (*index.sets, *found.more)
    many = [(sets[c], sets[p]) for c, p in zip(found.certain, found.possible, strict=True)]
    one = PointLookUp(index)
    assert many == [one.zones_at(x, y) for x, y in zip(lon.tolist(), lat.tolist(), strict=True)]


def span(values: Floats) -> tuple[float, float]:
    return float(values.min()), float(values.max())


@pytest.mark.parametrize("rows", [1, 7, 500_000])
def test_any_split_of_the_points_gives_the_same_answers(rows: int) -> None:
    """One point at a time, seven, or all at once: the same zones."""
    zones = blobs(20, seed=8)
    index = build_index(zones)
    chance = np.random.default_rng(9)
    lon, lat = chance.uniform(36, 40, 700), chance.uniform(33, 36, 700)
    whole = answers(index, zone_sets(index, lon, lat))
    parts = [
        answers(index, zone_sets(index, lon[k : k + rows], lat[k : k + rows]))
        for k in range(0, len(lon), rows)
    ]
    for way in range(2):
        assert np.array_equal(whole[way], np.concatenate([part[way] for part in parts]))


def test_sets_that_the_index_has_not_met_are_read_off_the_walk() -> None:
    """An index that knows no set but the empty one gives every point the right zones."""
    zones = blobs(25, seed=10)
    index = build_index(zones, size=1)
    forgetful = replace(index, hashes=index.hashes[:1], sets=index.sets[:1])
    chance = np.random.default_rng(11)
    lon, lat = chance.uniform(36, 40, 300), chance.uniform(33, 36, 300)
    found = zone_sets(forgetful, lon, lat)
    assert len(found.more) > 10
    assert np.array_equal(truth(zones, lon, lat), answers(forgetful, found)[0])
    assert np.array_equal(truth(zones, lon, lat), answers(index, zone_sets(index, lon, lat))[0])


def test_across_180_degrees() -> None:
    """A zone that the map splits at 180 degrees is one zone, and its seam is no border."""
    zones = {
        "split": shapely.MultiPolygon(
            [shapely.box(178, -18, 180, -16), shapely.box(-180, -18, -179, -16)]
        ),
        "west": shapely.box(175, -18, 179, -17),
    }
    index = build_index(zones)
    lon = np.array([179.5, -179.5, 180.0, -180.0, 177.0, -178.0, 178.5, 0.0])
    certain, possible = answers(index, zone_sets(index, lon, np.full(8, -17.5)))
    expected = [True, True, True, True, False, False, True, False]
    assert expected == certain[:, 0].tolist() == possible[:, 0].tolist()
    assert [4, 6] == np.flatnonzero(certain[:, 1]).tolist()
    one = PointLookUp(index)
    assert ((0,), (0,)) == one.zones_at(-179.5, -17.5)


def test_an_outline_that_crosses_itself_is_repaired_with_a_note() -> None:
    """A bow tie is indexed as the two areas that it encloses, and a note names the zone."""
    bow = shapely.Polygon([(0, 0), (2, 2), (2, 0), (0, 2)])
    index = build_index({"bow": bow, "box": shapely.box(0, 0, 1, 1)})
    assert [(REPAIRED.code, "bow")] == [(n.code, n.on) for n in index.notes]
    certain, _ = answers(
        index, zone_sets(index, np.array([0.5, 1.5, 1.0]), np.array([1.0, 1.0, 0.2]))
    )
    assert [True, True, False] == certain[:, 0].tolist()


def test_zones_that_are_no_area_hold_nothing() -> None:
    """A line, a point, an empty shape and no zone at all are indexed, and nothing is in them."""
    lon, lat = np.array([0.0, 0.5]), np.array([0.0, 0.5])
    zones = {"line": shapely.LineString([(0, 0), (1, 1)]), "none": shapely.Polygon()}
    index = build_index(zones)
    assert not answers(index, zone_sets(index, lon, lat))[1].any()
    assert 0 == zone_sets(build_index({}), lon, lat).certain.sum()


def test_the_same_zones_give_the_same_bytes() -> None:
    """Built twice, or sent to another process, an index has one digest; another map another one."""
    zones = blobs(10, seed=12)
    index = build_index(zones)
    assert index.digest == build_index(zones).digest == pickle.loads(pickle.dumps(index)).digest
    assert index.digest != build_index(zones, seed=1).digest
    assert index.digest != build_index({**zones, "z0": zones["z1"]}).digest


def test_what_cannot_be_built_is_refused() -> None:
    """A grid without a cell and an outline that is not a number are refused."""
    with pytest.raises(WrongUse, match="at least one cell"):
        build_index({}, size=0)
