"""The step from a point to its zones: the index beside shapely, on the points of workload W.

The peer is the quickest plain way with shapely: a tree over the points, asked with each zone's box,
then each prepared zone about the points in its box. Mismatches are counted on the same points; and
on corners, middles of edges, corners of the grid, and points 1e-9 and 1e-6 degree beside all these.
A point within 1e-7 degree of a border, which the index leaves undecided, is counted apart. With
numba the compiled look-up is asked the same.
"""

from __future__ import annotations

from importlib.util import find_spec
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from bench import w_events
from bench.measure import Figure, run, work
from bench.w_zones import zones

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tregua.assessment.zone_index import Found, ZoneIndex

POINTS = 1_000_000
ONE_BY_ONE = 100_000
EDGES = 10_000  # of each sort, and nine times as many beside them
DENSE = 0.0008  # degrees: cuts the edges of W into 20 times as many


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure maps of 20, 115 and 300 zones, and W's with many more corners."""
    del data, scratch  # the points are generated, so that the counts are the same everywhere
    found = []
    for name in ("20", "115", "300", "dense"):
        done = run(work("zones", "compare", name))
        said = done.said
        size = f"zones, {said['zones']} with {said['corners']:,} corners"
        built = f"{said['sets']:,} sets, {said['mebibytes']:.0f} MiB"
        found.append(Figure(f"{size}: index built, {built}", said["build"], "s", peak=done.peak))
        peer = f"shapely {shapely.__version__}, prepared"
        for way, told in said["ways"].items():
            checked = f"{_checked(told['random'])}; on and beside edges {_checked(told['edges'])}"
            found.append(Figure(f"  {way}: {checked}", told["ns"], "ns", peer, said["peer"]))
        alone = "  one point at a time"
        found.append(
            Figure(alone, said["alone"], "ns", "shapely, one at a time", said["alone_peer"])
        )
    for radius, share in run(work("zones", "undecided")).said["shares"].items():
        found.append(
            Figure(f"W's zones, places known to {radius} m: undecided for some zone", share, "%")
        )
    return found


def _checked(told: list[int]) -> str:
    wrong, undecided, points = told
    return f"{wrong} mismatches of {points:,}, {undecided:,} undecided"


def undecided() -> dict[str, Any]:
    """Say what share of W's points is undecided for some zone, by how well they are known."""
    from tregua.assessment.zone_classes import build_classes, place_sets

    lon, lat = (column[:ONE_BY_ONE] for column in _points())
    classes = build_classes(zones())
    shares = {}
    for one in classes.classes:
        placed = place_sets(classes, lon, lat, np.full(len(lon), one.radius_m))
        shares[f"{one.radius_m:.0f}"] = float(np.mean(placed.certain != placed.possible)) * 100
    return {"shares": shares}


def compare(name: str) -> dict[str, Any]:
    """Build one map's index and ask both about the same points."""
    from tregua.assessment.zone_grid import build_index
    from tregua.assessment.zone_point import PointLookUp

    shapes = _map(name)
    began = perf_counter()
    index = build_index(shapes)
    build = perf_counter() - began
    points, beside = _points(), _beside(index)
    began = perf_counter()
    true = _by_shapely(list(shapes.values()), *points)
    peer = perf_counter() - began
    edges = _by_shapely(list(shapes.values()), *beside)
    one = PointLookUp(index)
    return {
        "zones": len(shapes),
        "corners": len(index.ends),
        "sets": len(index.sets),
        "mebibytes": index.bytes / 2**20,
        "build": build,
        "ways": {
            way: {
                "ns": _quickest(look_up, index, *points),
                "random": _differs(index, look_up(index, *points), true),
                "edges": _differs(index, look_up(index, *beside), edges),
            }
            for way, look_up in _ways().items()
        },
        "peer": peer / POINTS * 1e9,
        "alone": _alone(one.zones_at, *points, ONE_BY_ONE),
        "alone_peer": _alone(_one_by_shapely(list(shapes.values())), *points, ONE_BY_ONE // 50),
    }


def _ways() -> dict[str, Callable[..., Found]]:
    from tregua.assessment.zone_index import zone_sets

    if find_spec("numba") is None:
        print("skipped: the compiled look-up: numba must be installed")
        return {"NumPy": zone_sets}
    from tregua.assessment.zone_compiled import zone_sets as compiled_sets

    return {"NumPy": zone_sets, "compiled (extra fast)": compiled_sets}


def _quickest(
    look_up: Callable[..., Found],
    index: ZoneIndex,
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> float:
    """Return nanoseconds per point, best of five after one; the first makes machine code."""
    times = []
    for _ in range(6):
        began = perf_counter()
        look_up(index, lon, lat)
        times.append(perf_counter() - began)
    return min(times[1:]) / len(lon) * 1e9


def _differs(index: ZoneIndex, found: Found, true: list[NDArray[np.bool_]]) -> list[int]:
    """Return how many answers differ from shapely's, and how many of how many are left open."""
    table = np.zeros((len(index.sets) + len(found.more), len(true)), np.bool_)
    for number, members in enumerate((*index.sets, *found.more)):
        table[number, list(members)] = True
    sure = found.certain == found.possible
    wrong = sum(
        int(((table[found.certain, zone] != inside) & sure).sum())
        for zone, inside in enumerate(true)
    )
    return [wrong, int((~sure).sum()), len(sure)]


def _beside(index: ZoneIndex) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return points on corners, edges and corners of cells, and a little beside them."""
    chance = np.random.default_rng(11)
    edges = index.ends[chance.integers(0, len(index.ends), EDGES)]
    cells = chance.integers(0, index.size + 1, (EDGES, 2))
    grid = cells * (index.width, index.height) + (index.west, index.south)
    exact = np.concatenate([edges[:, :2], (edges[:, :2] + edges[:, 2:]) / 2, grid])
    off = [(dx, dy) for step in (1e-9, 1e-6) for dx in (-step, step) for dy in (-step, step)]
    lon, lat = np.concatenate([exact, *(exact + step for step in off)]).T
    return np.ascontiguousarray(lon), np.ascontiguousarray(lat)


def _map(name: str) -> dict[str, BaseGeometry]:
    given = zones()
    if name == "dense":
        return {zone: shapely.segmentize(shape, DENSE) for zone, shape in given.items()}
    if name == "300":
        chance = np.random.default_rng(300)
        circles = {
            f"circle {k}": shapely.Point(x, y).buffer(r, quad_segs=8)
            for k, (x, y, r) in enumerate(chance.uniform((36, 33, 0.02), (42, 37, 0.3), (185, 3)))
        }
        return given | circles
    return dict(list(given.items())[: int(name)])


def _points() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    (chunk,) = w_events.columns(POINTS)
    return chunk["lon"].astype(np.float64), chunk["lat"].astype(np.float64)


def _by_shapely(
    shapes: list[BaseGeometry], lon: NDArray[np.float64], lat: NDArray[np.float64]
) -> list[NDArray[np.bool_]]:
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapely.points(lon, lat))
    found = []
    for shape in shapes:
        near = tree.query(shape)
        inside = np.zeros(len(lon), np.bool_)
        inside[near] = shapely.intersects_xy(shape, lon[near], lat[near])
        found.append(inside)
    return found


def _one_by_shapely(shapes: list[BaseGeometry]) -> Any:
    shapely.prepare(shapes)
    tree = shapely.STRtree(shapes)

    def zones_at(lon: float, lat: float) -> list[int]:
        near = tree.query(shapely.Point(lon, lat)).tolist()
        return [k for k in near if shapely.intersects_xy(shapes[k], lon, lat)]

    return zones_at


def _alone(ask: Any, lon: NDArray[np.float64], lat: NDArray[np.float64], points: int) -> float:
    """Return nanoseconds per point, asked one by one; best of three."""
    pairs = list(zip(lon[:points].tolist(), lat[:points].tolist(), strict=True))
    times = []
    for _ in range(3):
        began = perf_counter()
        for x, y in pairs:
            ask(x, y)
        times.append(perf_counter() - began)
    return min(times) / points * 1e9
