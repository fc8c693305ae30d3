"""The zones of workload W: districts, provinces, roads, strips, sieges, no-fly circles, rings.

Districts are Voronoi cells of 60 points whose shared borders are bent once; provinces are unions of
them. They stand in for a district file that nobody may ship. Buffers are the prototype's simple
ones (one cosine for the whole country): the load is what matters here, not the country.
"""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING

import numpy as np
import shapely

from bench.w_names import BOX, EXCLUDED, NO_FLY, ROADS, SIEGES, STRIPS, TOWNS

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

DISTRICTS, PROVINCES = 60, 14
KM_PER_DEGREE = 111.32
_NARROW = cos(radians(35))


def zones(*, seed: int = 1) -> dict[str, BaseGeometry]:
    """Return the 115 zones by name, ``kind number``."""
    chance = np.random.default_rng(seed)
    land = _land(np.random.default_rng(seed + 10))
    roads = [_road(road, chance) for road in ROADS]
    strips = [_wide(_bent(np.array(line), 3, 0.12, chance), km) for km, line in STRIPS]
    circles = {
        kind: [_wide(np.array([TOWNS[town]]), km) for town in towns]
        for kind, km, towns in (("siege", 4.0, SIEGES), ("nofly", 25.0, NO_FLY))
    }
    rings = [_ring(*centre, chance) for centre in EXCLUDED]
    made = {**land, "road": roads, "dmz": strips, **circles, "excluded": rings}
    return {f"{kind} {k}": zone for kind, shapes in made.items() for k, zone in enumerate(shapes)}


def _bent(
    line: NDArray[np.float64], levels: int, amplitude: float, chance: Generator
) -> NDArray[np.float64]:
    """Return the line with each piece's middle moved sideways, level after level."""
    for _ in range(levels):
        along = np.diff(line, axis=0)
        aside = np.stack([-along[:, 1], along[:, 0]], axis=1)
        middle = line[:-1] + along / 2 + aside * chance.normal(0, amplitude, len(along))[:, None]
        bent = np.empty((2 * len(line) - 1, 2))
        bent[::2], bent[1::2] = line, middle
        line = bent
    return line


def _wide(line: NDArray[np.float64], km: float) -> BaseGeometry:
    scale = (KM_PER_DEGREE * _NARROW, KM_PER_DEGREE)
    shape = shapely.LineString(line * scale) if len(line) > 1 else shapely.Point(line[0] * scale)
    return shapely.transform(shape.buffer(km, quad_segs=8), lambda xy: xy / scale)


def _road(road: str, chance: Generator) -> BaseGeometry:
    ends = np.array([TOWNS[town] for town in road.split("-")])
    return _wide(_bent(ends, 5, 0.12, chance), 5.0)


def _ring(lon: float, lat: float, r: float, chance: Generator) -> BaseGeometry:
    turn = np.linspace(0, 2 * np.pi, 13)
    points = np.stack([lon + r * np.cos(turn), lat + 0.6 * r * np.sin(turn)], axis=1)
    points[-1] = points[0]
    return _areas(shapely.Polygon(_bent(points, 6, 0.1, chance)))


def _areas(shape: BaseGeometry) -> BaseGeometry:
    parts = shapely.get_parts(shapely.make_valid(shape))
    return shapely.union_all([part for part in parts if part.area > 0])


def _land(chance: Generator) -> dict[str, list[BaseGeometry]]:
    """Return districts and provinces; neighbours share every point of their border."""
    west, south, east, north = BOX
    seeds = np.stack(
        [chance.uniform(west, east, DISTRICTS), chance.uniform(south, north, DISTRICTS)], axis=1
    )
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(seeds)))
    clipped = sorted(shapely.intersection(cells, shapely.box(*BOX)), key=lambda c: c.bounds)
    bends: dict[tuple[tuple[float, ...], ...], NDArray[np.float64]] = {}
    districts = [_areas(shapely.Polygon(_bent_border(c, bends, chance))) for c in clipped]
    group = [k * PROVINCES // DISTRICTS for k in range(DISTRICTS)]
    provinces = [
        shapely.union_all([d for d, g in zip(districts, group, strict=True) if g == p])
        for p in range(PROVINCES)
    ]
    return {"adm2": districts, "adm1": provinces}


def _bent_border(
    cell: BaseGeometry,
    bends: dict[tuple[tuple[float, ...], ...], NDArray[np.float64]],
    chance: Generator,
) -> NDArray[np.float64]:
    corners = [tuple(np.round(c, 9).tolist()) for c in shapely.get_coordinates(cell)]
    pieces = []
    for a, b in pairwise(corners):
        key = (a, b) if a < b else (b, a)
        if key not in bends:
            bends[key] = _bent(np.array(key), 6, 0.08, chance)
        pieces.append((bends[key] if a < b else bends[key][::-1])[:-1])
    return np.concatenate(pieces)
