"""Zones and points for the tests: made from seeds, with corners, slivers and crossings in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

from tregua.assessment.zone_index import ON_EDGE

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tregua.assessment.zone_index import Found, ZoneIndex

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]


def blobs(count: int, *, seed: int, corners: int = 40) -> dict[str, BaseGeometry]:
    """Return star-shaped areas that overlap, some with a hole, in a box of 4 by 3 degrees."""
    chance = np.random.default_rng(seed)
    made = {}
    for k in range(count):
        centre = chance.uniform((36, 33), (40, 36))
        turn = np.sort(chance.uniform(0, 2 * np.pi, corners))
        far = chance.uniform(0.1, 0.7, corners)
        ring = centre + np.stack([far * np.cos(turn), far * np.sin(turn)], axis=1)
        hole = centre + 0.05 * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        made[f"z{k}"] = shapely.make_valid(shapely.Polygon(ring, [hole] if k % 3 == 0 else []))
    return made


def squares() -> dict[str, BaseGeometry]:
    """Return squares that share sides and corners, and a triangle on top of them."""
    made = {f"s{i}{j}": shapely.box(i, j, i + 1, j + 1) for i in range(3) for j in range(3)}
    return made | {"t": shapely.Polygon([(0.5, 0.5), (2.5, 0.5), (1.5, 2.5)])}


def truth(zones: dict[str, BaseGeometry], lon: Floats, lat: Floats) -> Flags:
    """Return what shapely says: a line per point, a column per zone."""
    shapes = [shapely.make_valid(zone) for zone in zones.values()]
    shapely.prepare(shapes)
    return np.stack([shapely.intersects_xy(shape, lon, lat) for shape in shapes], axis=1)


def answers(index: ZoneIndex, found: Found) -> tuple[Flags, Flags]:
    """Return the index's answer in the form of ``truth``: certain, possible."""
    sets = (*index.sets, *found.more)
    table = np.zeros((len(sets), len(index.zones)), np.bool_)
    for number, members in enumerate(sets):
        table[number, list(members)] = True
    return table[found.certain], table[found.possible]


def on_edge(zones: dict[str, BaseGeometry], lon: Floats, lat: Floats) -> Flags:
    """Say which points lie so near to the border of which zone that neither answer is given."""
    points = shapely.points(lon, lat)
    return np.stack(
        [shapely.distance(points, zone.boundary) <= ON_EDGE for zone in zones.values()], axis=1
    )
