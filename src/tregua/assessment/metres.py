"""Metres on the ground: the length of a degree, buffers round zones, roads and borders.

Everything stays in plane longitude and latitude. A buffer is made piece by piece: the shape is cut
into bands of a quarter of a degree of latitude, each is drawn at its own scale, and the pieces are
joined. One scale for a whole country would be 2.9 % off at 2.4 degrees from where it was taken.

Two kinds of buffer: `buffer` is as near to the true one as its circles allow, `reach` is never too
small. What decides "certainly in" and "certainly out" uses `reach`.

Not here: distances between two points (`tregua.terms.place.distance_m`).
"""

from __future__ import annotations

from math import atan2, ceil, cos, degrees, floor, hypot, pi, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np
import shapely

from tregua.errors import WrongUse

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

QUARTER_SEGMENTS = 32  # a drawn circle lies inside the true one: 32 loses 0.03 % of the radius
BAND = 0.25  # degrees of latitude in which one scale serves: 0.3 % at most
LONGEST_M = 10_000.0
LONGEST_DEGREE_M = 111_700.0  # no degree of either kind is longer on the ellipsoid
_INSIDE = cos(pi / (4 * QUARTER_SEGMENTS))  # radius at the middle of a drawn circle's sides
_HIGHEST = 84.0  # degrees; beyond, a degree of longitude is too short for a plane picture


def metres_per_degree(lat: float) -> tuple[float, float]:
    """Return the length of a degree of longitude and of latitude, in metres, at a latitude.

    Args:
        lat: degrees north.

    WGS 84 series, good to some centimetres.
    """
    phi = radians(lat)
    per_lon = 111_412.84 * cos(phi) - 93.5 * cos(3 * phi) + 0.118 * cos(5 * phi)
    per_lat = 111_132.954 - 559.822 * cos(2 * phi) + 1.175 * cos(4 * phi)
    return per_lon, per_lat


def buffer(
    geometry: BaseGeometry, radius_m: float, *, quad_segs: int = QUARTER_SEGMENTS
) -> BaseGeometry:
    """Return the shape grown by a radius, each band of latitude at the scale of its middle.

    Args:
        geometry: in degrees, away from the poles.
        radius_m: metres, above zero.
        quad_segs: sides of a quarter circle.

    Raises:
        WrongUse: when the radius is not above zero or the shape comes too near to a pole.
    """
    return _grown(geometry, radius_m, quad_segs, sure=False)


def reach(geometry: BaseGeometry, radius_m: float) -> BaseGeometry:
    """Return a shape that holds every point within a radius, and little more (under 0.5 %).

    Args and errors are those of ``buffer``.
    """
    return _grown(geometry, radius_m / _INSIDE, QUARTER_SEGMENTS, sure=True)


def _grown(geometry: BaseGeometry, radius_m: float, quad_segs: int, *, sure: bool) -> BaseGeometry:
    if not radius_m > 0:
        raise WrongUse("a buffer needs a radius above zero metres")
    if geometry.is_empty:
        return geometry
    south, north = geometry.bounds[1], geometry.bounds[3]
    if max(-south, north) + radius_m / 100_000 > _HIGHEST:
        raise WrongUse("no buffer in metres is drawn so near to a pole")
    # The inside of an area needs no circle: only its border reaches out.
    border = geometry.boundary if shapely.get_dimensions(geometry) == 2 else geometry  # noqa: PLR2004
    pieces = [
        _drawn(piece, radius_m, quad_segs, sure=sure)
        for piece in _bands(border, south, north)
        if not piece.is_empty
    ]
    return shapely.make_valid(shapely.union_all([geometry, *pieces]))


def _bands(geometry: BaseGeometry, south: float, north: float) -> list[BaseGeometry]:
    if north - south <= BAND:
        return [geometry]
    west, east = geometry.bounds[0] - 1, geometry.bounds[2] + 1
    steps = range(floor(south / BAND), ceil(north / BAND) + 1)
    boxes = [shapely.box(west, k * BAND, east, (k + 1) * BAND) for k in steps]
    return list(shapely.intersection(geometry, boxes))


def _drawn(geometry: BaseGeometry, radius_m: float, quad_segs: int, *, sure: bool) -> BaseGeometry:
    south, north = geometry.bounds[1], geometry.bounds[3]
    per_lon, per_lat = metres_per_degree((south + north) / 2)
    if sure:  # the shortest degrees that the buffer meets make it the largest in degrees
        further = radius_m / 110_000
        ends = [metres_per_degree(lat) for lat in (south - further, north + further)]
        per_lon, per_lat = (min(ends[0][i], ends[1][i]) for i in range(2))
    round_here = shapely.transform(geometry, lambda xy: xy * (per_lon, per_lat))
    grown = round_here.buffer(radius_m, quad_segs=quad_segs)
    return shapely.transform(grown, lambda xy: xy / (per_lon, per_lat))


def with_points(geometry: BaseGeometry, *, longest_m: float = LONGEST_M) -> BaseGeometry:
    """Return the shape with points of the great circle put in, so that no edge is longer.

    For lines that a text draws from town to town. The edges of GeoJSON are straight in degrees
    (RFC 7946, 3.1.1) and are left as they are.

    Args:
        geometry: lines or areas in degrees.
        longest_m: metres.
    """
    if shapely.get_type_id(geometry) in _WHOLE:
        return _drawn_line(geometry, longest_m)
    if shapely.get_type_id(geometry) == shapely.GeometryType.POLYGON:
        rings = [_drawn_line(ring, longest_m) for ring in shapely.get_rings(geometry)]
        return shapely.Polygon(rings[0], rings[1:]) if rings else geometry
    parts = [with_points(part, longest_m=longest_m) for part in shapely.get_parts(geometry)]
    return type(geometry)(parts)


_WHOLE = (
    shapely.GeometryType.POINT,
    shapely.GeometryType.LINESTRING,
    shapely.GeometryType.LINEARRING,
)


def _drawn_line(line: BaseGeometry, longest_m: float) -> BaseGeometry:
    corners = shapely.get_coordinates(line)
    if len(corners) < 2:  # noqa: PLR2004
        return line
    pieces = [_between(corners[i], corners[i + 1], longest_m) for i in range(len(corners) - 1)]
    return type(line)(np.concatenate([*pieces, corners[-1:]]))


def _between(
    start: NDArray[np.float64], end: NDArray[np.float64], longest_m: float
) -> NDArray[np.float64]:
    """Return the start and the points put in, the same ones from either end."""
    if tuple(start) > tuple(end):
        back = _between(end, start, longest_m)
        return np.concatenate([start[None], back[:0:-1]])
    per_lon, per_lat = metres_per_degree((start[1] + end[1]) / 2)
    length = hypot((end[0] - start[0]) * per_lon, (end[1] - start[1]) * per_lat)
    # One step more than the plane length asks for: the great circle is a little longer.
    steps = 1 if length <= longest_m else ceil(length / longest_m) + 1
    return np.array([start, *(_on_circle(start, end, k / steps) for k in range(1, steps))])


def _on_circle(
    start: NDArray[np.float64], end: NDArray[np.float64], share: float
) -> tuple[float, float]:
    """Return the point of a great circle at a share of the way (slerp of two unit vectors)."""
    a, b = _vector(*start), _vector(*end)
    sine = sqrt(sum(x * x for x in np.cross(a, b)))
    angle = atan2(sine, float(a @ b))
    x, y, z = (sin((1 - share) * angle) * a + sin(share * angle) * b) / sine
    return degrees(atan2(y, x)), degrees(atan2(z, hypot(x, y)))


def _vector(lon: float, lat: float) -> NDArray[np.float64]:
    east, north = radians(lon), radians(lat)
    return np.array([cos(north) * cos(east), cos(north) * sin(east), sin(north)])
