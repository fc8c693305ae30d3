"""The step from a point to its zones: the index beside shapely, on the points of workload W.

The peer is the quickest plain way with shapely: a tree over the points, asked with each zone's box,
then each prepared zone about the points in its box. Mismatches are counted on the same points, and
a point within 1e-7 degree of a border, which the index leaves undecided, is counted apart.
"""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from bench import w_events
from bench.measure import Figure, run, work
from bench.w_zones import zones

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

POINTS = 1_000_000
ONE_BY_ONE = 100_000
DENSE = 0.0008  # degrees: cuts the edges of W into 20 times as many


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure maps of 20, 115 and 300 zones, and W's with many more corners."""
    del data, scratch  # the points are generated, so that the counts are the same everywhere
    found = []
    for name in ("20", "115", "300", "dense"):
        done = run(work("zones", "compare", name))
        said = done.said
        what = (
            f"zones, {said['zones']} with {said['corners']:,} corners, "
            f"{said['sets']:,} sets, {said['mebibytes']:.0f} MiB, built in {said['build']:.2f} s: "
            f"{said['mismatches']} mismatches of {said['points']:,}, {said['undecided']} undecided"
        )
        peer = f"shapely {shapely.__version__}, prepared"
        found.append(Figure(what, said["ours"], "ns", peer, said["peer"], done.peak))
        alone = f"zones, {said['zones']} with {said['corners']:,} corners, one point at a time"
        found.append(
            Figure(alone, said["alone"], "ns", "shapely, one at a time", said["alone_peer"])
        )
    for radius, share in run(work("zones", "undecided")).said["shares"].items():
        found.append(
            Figure(f"W's zones, places known to {radius} m: undecided for some zone", share, "%")
        )
    return found


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
    from tregua.assessment.zone_index import zone_sets
    from tregua.assessment.zone_point import PointLookUp

    shapes = _map(name)
    lon, lat = _points()
    began = perf_counter()
    index = build_index(shapes)
    build = perf_counter() - began
    times = []
    for _ in range(5):
        began = perf_counter()
        zone_sets(index, lon, lat)
        times.append(perf_counter() - began)
    found = zone_sets(index, lon, lat)
    began = perf_counter()
    true = _by_shapely(list(shapes.values()), lon, lat)
    peer = perf_counter() - began
    table = np.zeros((len(index.sets) + len(found.more), len(shapes)), np.bool_)
    for number, members in enumerate((*index.sets, *found.more)):
        table[number, list(members)] = True
    undecided = found.certain != found.possible
    wrong = sum(
        int(((table[found.certain, zone] != true[zone]) & ~undecided).sum())
        for zone in range(len(shapes))
    )
    one = PointLookUp(index)
    return {
        "zones": len(shapes),
        "corners": len(index.ends),
        "sets": len(index.sets),
        "mebibytes": index.bytes / 2**20,
        "build": build,
        "points": len(lon),
        "mismatches": wrong,
        "undecided": int(undecided.sum()),
        "ours": min(times) / len(lon) * 1e9,
        "peer": peer / len(lon) * 1e9,
        "alone": _alone(one.zones_at, lon, lat, ONE_BY_ONE),
        "alone_peer": _alone(_one_by_shapely(list(shapes.values())), lon, lat, ONE_BY_ONE // 50),
    }


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
