"""The look-up of `zone_index` compiled to machine code: the extra ``fast``, for batches only.

The steps and the arithmetic are those of `zone_index`, digit by digit; a test compares the two.
What is rare stays there: a point without a place, on a boundary, or in a set that the index has not
met, is only marked (`ODD`) and answered by the plain look-up.

Nothing imports this file unless it is asked for. Machine code is made anew in every process, which
takes some seconds: code kept on disk could be older than the constants that went into it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar, cast

import numba
import numpy as np

from tregua.assessment.zone_index import (
    CORNER_IS_RIGHT,
    EMPTY,
    ON_EDGE,
    STRADDLES,
    Found,
    ZoneIndex,
)
from tregua.assessment.zone_index import zone_sets as plain_sets

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.assessment.zone_edges import Floats
    from tregua.assessment.zone_index import Bytes, Codes, Longs

ODD = -1  # no place, on a boundary, in a set unknown to the index: ask the plain look-up
BLOCK = 2_048  # rows taken together: what they need stays in the processor's own memory
_OUTSIDE, _NOWHERE = -1, -2
_LEFT, _CROSSED, _ON = 0, 1, 2
_Asked = TypeVar("_Asked", bound="Callable[..., Any]")


def machine_code(function: _Asked) -> _Asked:
    """Return a function that is turned into machine code when it is first called.

    Sums and products are kept apart and in order (no ``fastmath``), so that digits stay the same.
    """
    return cast("_Asked", numba.njit(error_model="numpy", nogil=True)(function))


Box: TypeAlias = tuple[float, float, float, float, int, float]  # west, south ... size, cut
Walk: TypeAlias = "tuple[Codes, Longs, Codes, Bytes, Floats, Codes, Longs, Longs]"


class Grid(NamedTuple):
    """An index as compiled code takes it; what only the walk needs stands together."""

    box: Box
    cell: Codes
    walk: Walk  # first, corner, edge, lies, ends, zone_of, keys, hashes


def grid_of(index: ZoneIndex) -> Grid:
    """Return an index as compiled code takes it."""
    i = index
    box = (i.west, i.south, i.width, i.height, i.size, i.cut)
    walk = (i.first, i.corner, i.edge, i.lies, i.ends, i.zone_of, i.keys, i.hashes)
    return Grid(box, i.cell, walk)


def zone_sets(index: ZoneIndex, lon: Floats, lat: Floats) -> Found:
    """Return what `zone_index.zone_sets` returns, byte for byte.

    Args:
        index: of the version of the map in force.
        lon: degrees east; not a number where there is no place.
        lat: degrees north, likewise.
    """
    points = np.ascontiguousarray(lon), np.ascontiguousarray(lat)
    found = _all_numbers(grid_of(index), *points)
    odd = np.flatnonzero(found < 0)
    if not len(odd):
        return Found(found, found, ())
    rest = plain_sets(index, lon[odd], lat[odd])
    certain, possible = found, found.copy()
    certain[odd], possible[odd] = rest.certain, rest.possible
    return Found(certain, possible, rest.more)


@machine_code
def _all_numbers(grid: Grid, lon: Floats, lat: Floats) -> Codes:
    found = np.empty(len(lon), np.int32)
    for begin in range(0, len(lon), BLOCK):
        end = begin + BLOCK
        found[begin:end] = numbers_of(grid, lon[begin:end], lat[begin:end])
    return found


@machine_code
def numbers_of(grid: Grid, lon: Floats, lat: Floats) -> Codes:
    """Return the number of the set that each point of a block is in, or `ODD`.

    Three passes without a branch in them, but for the few points of boundary cells: a processor
    that guesses wrong loses more time than a look-up takes.
    """
    box, cell, walk = grid
    at = np.empty(len(lon), np.int64)
    for k in range(len(lon)):
        at[k] = _cell_at(box, lon[k], lat[k])
    found = np.empty(len(lon), np.int32)
    walkers, count = np.empty(len(lon), np.int64), 0
    for k in range(len(lon)):
        found[k] = cell[at[k]] if at[k] >= 0 else EMPTY if at[k] == _OUTSIDE else ODD
        walkers[count] = k
        count += int(found[k] < 0 <= at[k])
    _walk(walkers[:count], lon, lat, at, box, walk, found)
    return found


@machine_code
def _cell_at(box: Box, lon: float, lat: float) -> int:
    west, south, width, height, size, cut = box
    x, y = (_east(cut, lon) - west) / width, (lat - south) / height
    if 0 <= x < size and 0 <= y < size:
        return int(y) * size + int(x)
    return _NOWHERE if np.isnan(lon) or np.isnan(lat) else _OUTSIDE


@machine_code
def _east(cut: float, lon: float) -> float:
    return lon + 360.0 if lon < cut else lon


@machine_code
def _walk(
    walkers: Longs, lon: Floats, lat: Floats, at: Longs, box: Box, walk: Walk, found: Codes
) -> None:
    """Put the numbers of the sets of points in boundary cells, or `ODD`."""
    first, corner, edge, lies, ends, zone_of, keys, hashes = walk
    _, south, _, height, size, cut = box
    for k in walkers:
        b = -1 - found[k]
        x, y, level = _east(cut, lon[k]), lat[k], south + (at[k] // size) * height
        turned = corner[b]
        for slot in range(first[b], first[b + 1]):
            e = edge[slot]
            a = ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3]
            way = _crossed(x, y, level, a, lies[slot])
            if way == _ON:
                found[k] = ODD
                break
            if way == _CROSSED:
                turned ^= keys[zone_of[e]]
        else:
            number = np.searchsorted(hashes, turned)
            known = number < len(hashes) and hashes[number] == turned
            found[k] = number if known else ODD


@machine_code
def _crossed(
    lon: float, lat: float, level: float, ends: tuple[float, float, float, float], lies: int
) -> int:
    """Say whether the walk to a point crosses an edge, or whether the point is on it."""
    ax, ay, bx, by = ends
    x, y, run, rise = lon - ax, lat - ay, bx - ax, by - ay
    beside, lean = rise * x, run * y
    near = abs(beside - lean) <= ON_EDGE * (abs(run) + rise)
    if near and _close(x, y, run, rise):
        return _ON
    foot = _right(beside, run * (level - ay), rise)
    least, most = min(ax, bx), max(ax, bx)
    below = (lon >= most or foot) and lon >= least
    along = (lies & STRADDLES) != 0 and ((lies & CORNER_IS_RIGHT) != 0) != below
    up = least <= lon < most and foot != _right(beside, lean, rise)
    return _CROSSED if along != up else _LEFT


@machine_code
def _right(beside: float, lean: float, rise: float) -> bool:
    return beside > lean or (beside == lean and rise > 0)


@machine_code
def _close(x: float, y: float, run: float, rise: float) -> bool:
    share = min(max((x * run + y * rise) / (run * run + rise * rise), 0.0), 1.0)
    off_x, off_y = x - share * run, y - share * rise
    return off_x * off_x + off_y * off_y <= ON_EDGE * ON_EDGE
