"""Cells of a fixed grid, so that a place can be told roughly first and exactly later, or never.

Rows and columns are counted in degrees from the south pole and the date line, 0.05 and 0.5 of a
degree: at most 5.6 and 56 km a side. A place known by its cell is the middle of it, with the way to
its corner as the radius.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, floor, hypot, radians

from tregua.terms.place import EARTH_RADIUS_M, Place

SIZES = {"cell5": 0.05, "cell50": 0.5}  # degrees a side
_PER_DEGREE = radians(1) * EARTH_RADIUS_M  # metres


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the grid of that size; ``radius_m`` is the error of the place itself, in metres."""

    size: str
    row: int
    column: int
    radius_m: float


def cell_of(place: Place, size: str) -> Cell | None:
    """Return the cell of a place; ``None`` when it has no point."""
    if place.lat is None or place.lon is None or place.radius_m is None:
        return None
    side = SIZES[size]
    row, column = floor((place.lat + 90) / side), floor((place.lon + 180) / side)
    return Cell(size, row, column, place.radius_m)


def place_in(cell: Cell) -> Place:
    """Return the place that is known when only the cell is."""
    side = SIZES[cell.size]
    lat, lon = (cell.row + 0.5) * side - 90, (cell.column + 0.5) * side - 180
    # The longer of the two edges, so that the disc holds the whole cell.
    widest = min(abs(cell.row * side - 90), abs((cell.row + 1) * side - 90))
    corner = hypot(side, side * cos(radians(widest))) / 2 * _PER_DEGREE
    return Place("", lon, lat, corner + cell.radius_m)
