"""Build a zone index: corners by levels, boundary cells by raster, slivers learnt at their edges.

1. The box of all zones and a margin is cut into ``size`` by ``size`` cells.
2. Each zone gets a key of 63 bits from a fixed seed; a set is the exclusive or of its keys. Two
   known sets with one hash are refused.
3. On each level of corners an edge that crosses it turns its zone at the first corner to the right
   of it; the running exclusive or along the level is the set of each corner.
4. A cell that an edge touches, with a padding, is a boundary cell and lists its edges.
5. Sets that hold no corner (slivers) are learnt by looking up points on both sides of every edge.

The same zones, size and seed give the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.zone_areas import Areas, areas_of
from tregua.assessment.zone_edges import Edges, edges_of, is_right
from tregua.assessment.zone_index import (
    CORNER_IS_RIGHT,
    ON_EDGE,
    STRADDLES,
    Members,
    ZoneIndex,
    zone_sets,
)
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from tregua.assessment.zone_edges import Floats
    from tregua.assessment.zone_index import Bytes, Codes, Longs

SIZE = 1024
SEED = 2016
PADDING = 2 * ON_EDGE  # degrees: who is on an edge must find it in the cell
_MARGIN = 1e-3  # degrees round the box of all zones
_SHARES = (0.02, 0.5, 0.98)
_BESIDE = 2e-6  # degrees


def build_index(
    zones: Mapping[str, BaseGeometry], *, size: int = SIZE, seed: int = SEED
) -> ZoneIndex:
    """Build the index of some zones.

    Args:
        zones: id and area, in degrees; sets number them in this order.
        size: cells in a row, and rows.
        seed: of the keys.

    Raises:
        WrongUse: size below one, a coordinate that is not a number, or two sets with one hash.
    """
    return index_areas(areas_of(zones), size=size, seed=seed)


def index_areas(areas: Areas, *, size: int = SIZE, seed: int = SEED) -> ZoneIndex:
    """Build the index of areas that are ready.

    Args and errors are those of ``build_index``.
    """
    if size < 1:
        raise WrongUse("a grid has at least one cell")
    edges = edges_of(areas)
    keys = np.random.default_rng(seed).integers(1, 2**63 - 1, len(areas.zones), dtype=np.int64)
    box = _box(edges, size)
    turns = _turns(edges, box, size)
    corners, sets = _corners(turns, keys, size)
    cells, edge = _touched_cells(edges, box, size)
    plain = _laid_out(edges, box, size, cells, edge)
    sets.setdefault(0, ())
    everything = tuple(range(len(areas.zones)))
    sets.setdefault(_hash_of(everything, keys), everything)
    index = _index(areas, edges, keys, box, size, corners, sets, *plain)
    return _with_sets(index, _slivers(index), corners)


def _box(edges: Edges, size: int) -> tuple[float, float, float, float]:
    """Return west, south, and width and height of a cell."""
    if not len(edges.ax):
        return 0.0, 0.0, 1.0 / size, 1.0 / size
    west = float(min(edges.ax.min(), edges.bx.min())) - _MARGIN
    east = float(max(edges.ax.max(), edges.bx.max())) + _MARGIN
    south, north = float(edges.ay.min()) - _MARGIN, float(edges.by.max()) + _MARGIN
    return west, south, (east - west) / size, (north - south) / size


def _each(counts: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Return, for every unit of every count, whose it is and which of its own it is."""
    owner = np.repeat(np.arange(len(counts)), counts)
    return owner, np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)


def _turns(
    edges: Edges, box: tuple[float, float, float, float], size: int
) -> tuple[Codes, Codes, Codes]:
    """Return level, column and zone of each turn, sorted by level and column."""
    west, south, width, height = box
    low = np.clip(((edges.ay - south) / height).astype(np.int64) - 1, 0, size)
    high = np.clip(((edges.by - south) / height).astype(np.int64) + 2, 0, size)
    of, k = _each(high - low)
    level = low[of] + k
    y = (south + level * height).astype(np.float64)
    crosses = (edges.ay[of] <= y) & (y < edges.by[of])
    of, level, y = of[crosses], level[crosses], y[crosses]
    ends = [c[of] for c in (edges.ax, edges.ay, edges.bx, edges.by)]
    ax, ay, bx, by = ends
    x = ax + (bx - ax) * ((y - ay) / (by - ay))
    column = np.clip(((x - west) / width).astype(np.int64) - 1, 0, size)
    while True:  # two or three steps to the first corner that the predicate calls "right"
        left = ~is_right(ax, ay, bx, by, x=(west + column * width).astype(np.float64), y=y)
        if not left.any():
            break
        column += left
    order = np.lexsort((edges.zone[of], column, level))
    return (
        level[order].astype(np.int32),
        column[order].astype(np.int32),
        edges.zone[of][order],
    )


def _corners(
    turns: tuple[Codes, Codes, Codes], keys: Longs, size: int
) -> tuple[Longs, dict[int, Members]]:
    """Return the hash of every corner, and the members of every set met on the way."""
    level, column, zone = turns
    grid = np.zeros((size + 1, size + 2), np.int64)
    np.bitwise_xor.at(grid, (level, column), keys[zone])
    np.bitwise_xor.accumulate(grid, axis=1, out=grid)
    sets: dict[int, Members] = {0: ()}
    rows = list(zip(level.tolist(), column.tolist(), zone.tolist(), strict=True))
    at, inside = -1, frozenset[int]()
    for n, (row, where, number) in enumerate(rows):
        if row != at:
            at, inside = row, frozenset()
        inside ^= {number}
        if n + 1 == len(rows) or rows[n + 1][:2] != (row, where):
            _learn(sets, int(grid[row, where]), inside)
    return grid[:size, :size].ravel(), sets


def _learn(sets: dict[int, Members], hashed: int, zones: frozenset[int]) -> None:
    members = sets.get(hashed)
    if members is None:
        sets[hashed] = tuple(sorted(zones))
    elif len(members) != len(zones) or zones.difference(members):
        raise WrongUse("two sets of zones have one hash: choose another seed")


def _hash_of(members: Members, keys: Longs) -> int:
    return int(np.bitwise_xor.reduce(keys[list(members)], initial=0)) if members else 0


def _touched_cells(
    edges: Edges, box: tuple[float, float, float, float], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return cell and edge of every touch, sorted by cell and edge."""
    west, south, width, height = box
    low = _bin(edges.ay - PADDING, south, height, size)
    high = _bin(edges.by + PADDING, south, height, size)
    of, k = _each(high - low + 1)
    row = low[of] + k
    left, right = _reach_in_row(edges, of, (south + row * height).astype(np.float64), height)
    begin = _bin(left - PADDING, west, width, size)
    end = _bin(right + PADDING, west, width, size)
    touch, k = _each(end - begin + 1)
    cell, edge = row[touch] * size + begin[touch] + k, of[touch]
    order = np.lexsort((edge, cell))
    return cell[order], edge[order]


def _bin(values: Floats, start: float, step: float, size: int) -> NDArray[np.int64]:
    return np.clip(np.floor((values - start) / step).astype(np.int64), 0, size - 1)


def _reach_in_row(
    edges: Edges, of: NDArray[np.intp], y: Floats, height: float
) -> tuple[Floats, Floats]:
    """Return how far west and east an edge comes within a row and the padding round it."""
    ax, ay, bx, by = (c[of] for c in (edges.ax, edges.ay, edges.bx, edges.by))
    rise = np.where(by > ay, by - ay, 1.0)
    enters = np.where(by > ay, np.clip((y - PADDING - ay) / rise, 0.0, 1.0), 0.0)
    leaves = np.where(by > ay, np.clip((y + height + PADDING - ay) / rise, 0.0, 1.0), 1.0)
    one, other = ax + (bx - ax) * enters, ax + (bx - ax) * leaves
    return np.minimum(one, other), np.maximum(one, other)


def _laid_out(
    edges: Edges,
    box: tuple[float, float, float, float],
    size: int,
    cells: NDArray[np.int64],
    edge: NDArray[np.int64],
) -> tuple[NDArray[np.int64], Codes, Codes, Bytes]:
    """Return boundary cells, where their edges begin, the edges, and how each lies."""
    west, south, width, height = box
    boundary, begin = np.unique(cells, return_index=True)
    first = np.append(begin, len(cells)).astype(np.int32)
    x = (west + (cells % size) * width).astype(np.float64)
    y = (south + (cells // size) * height).astype(np.float64)
    ax, ay, bx, by = (c[edge] for c in (edges.ax, edges.ay, edges.bx, edges.by))
    straddles = (ay <= y) & (y < by)
    right = is_right(ax, ay, bx, by, x=x, y=y)
    lies = np.where(straddles, STRADDLES, 0) | np.where(right, CORNER_IS_RIGHT, 0)
    return boundary, first, edge.astype(np.int32), lies.astype(np.int8)


def _index(
    areas: Areas,
    edges: Edges,
    keys: Longs,
    box: tuple[float, float, float, float],
    size: int,
    corners: Longs,
    sets: dict[int, Members],
    boundary: NDArray[np.int64],
    first: Codes,
    edge: Codes,
    lies: Bytes,
) -> ZoneIndex:
    hashes = np.array(sorted(sets), np.int64)
    cell = np.searchsorted(hashes, corners).astype(np.int32)
    cell[boundary] = -1 - np.arange(len(boundary), dtype=np.int32)
    ends = np.stack([edges.ax, edges.ay, edges.bx, edges.by], axis=1)
    return ZoneIndex(
        areas.zones,
        *box,
        size,
        areas.cut,
        cell,
        first,
        corners[boundary],
        edge,
        lies,
        ends,
        edges.zone,
        keys,
        hashes,
        tuple(sets[h] for h in hashes.tolist()),
        "",
        areas.notes,
    )


def _slivers(index: ZoneIndex) -> set[Members]:
    """Return the sets on both sides of every edge that no corner lies in."""
    ax, ay, bx, by = index.ends.T
    length = np.hypot(bx - ax, by - ay)
    found: set[Members] = set()
    for share in _SHARES:
        x, y = ax + (bx - ax) * share, ay + (by - ay) * share
        for side in (_BESIDE, -_BESIDE):
            off_x, off_y = (by - ay) / length * side, (ax - bx) / length * side
            found.update(zone_sets(index, x + off_x, y + off_y).more)
    return found


def _with_sets(index: ZoneIndex, more: set[Members], corners: Longs) -> ZoneIndex:
    """Return the index with further sets: the numbers of all are given out anew."""
    sets = dict(zip(index.hashes.tolist(), index.sets, strict=True))
    for members in sorted(more):
        _learn(sets, _hash_of(members, index.keys), frozenset(members))
    hashes = np.array(sorted(sets), np.int64)
    cell = np.where(index.cell < 0, index.cell, np.searchsorted(hashes, corners)).astype(np.int32)
    done = replace(
        index, cell=cell, hashes=hashes, sets=tuple(sets[h] for h in hashes.tolist()), digest=""
    )
    return replace(done, digest=_digest(done))


def _digest(index: ZoneIndex) -> str:
    numbers = (index.west, index.south, index.width, index.height, float(index.size), index.cut)
    arrays = (index.cell, index.first, index.corner, index.edge, index.lies, index.ends)
    taken = hashlib.sha256(repr((index.zones, index.sets)).encode())
    for array in (np.array(numbers), *arrays, index.zone_of, index.keys, index.hashes):
        taken.update(np.ascontiguousarray(array, array.dtype.newbyteorder("<")).tobytes())
    return taken.hexdigest()
