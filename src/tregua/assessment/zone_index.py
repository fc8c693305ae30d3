"""Which zones a point lies in: an exact grid over all zones, for one point or a million.

A set of zones is the exclusive or of the keys of its zones. Each lower left corner of a cell knows
the set that it lies in. Looking a point up:

1. No place (not a number) comes first: certainly in nothing, possibly everywhere. A point outside
   the box is in nothing.
2. A cell that no edge touches has one set; that is the answer.
3. Else walk from the corner of the cell along its lower side to below the point, then up to it.
   Each edge that is crossed turns its zone in or out (`zone_edges` says what crossing means).
4. A point within 1e-7 degree (some centimetre) of an edge is on the boundary of its zone:
   possibly inside, not certainly.
5. A set that the index has not met is read off the walk itself: the set of the corner and the
   edges crossed. It needs no geometry and gives the same answer in any split of the points.

The same arithmetic serves one point and many; a test compares them. Built by `zone_grid`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tregua.assessment.zone_edges import Floats
    from tregua.terms.notes import Note

Bytes: TypeAlias = NDArray[np.int8]
Codes: TypeAlias = NDArray[np.int32]
Longs: TypeAlias = NDArray[np.int64]
Members: TypeAlias = tuple[int, ...]
ON_EDGE = 1e-7  # degrees
EMPTY = 0  # the set that holds no zone has hash 0, the least: it always comes first
_BLOCK = 8_192  # points walked together: what they need stays in the processor's own memory
STRADDLES, CORNER_IS_RIGHT = 1, 2  # bits of `ZoneIndex.lies`


@dataclass(frozen=True, slots=True, eq=False)
class ZoneIndex:
    """The index of one version of the map: plain arrays that can be pickled and sent.

    Attributes:
        zones: ids, in the order in which sets number them.
        west, south, width, height: corner of the box and size of a cell, degrees.
        size: cells in a row, and rows.
        cut: longitudes below it are moved by 360 degrees.
        cell: per cell the number of its set, or ``-(b+1)`` for boundary cell ``b``.
        first: per boundary cell where its edges begin in ``edge``; one more at the end.
        corner: per boundary cell the hash of its corner's set.
        edge: numbers of edges, cell by cell.
        lies: beside each: whether it crosses the level of the corner, and on which side that is.
        ends: ax, ay, bx, by of each edge.
        zone_of: zone of each edge.
        keys: key of each zone.
        hashes: of all known sets, rising; the number of a set is its place here.
        sets: zones of each known set.
        digest: SHA-256 (hex) over all of it.
        notes: outlines that were repaired.
    """

    zones: tuple[str, ...]
    west: float
    south: float
    width: float
    height: float
    size: int
    cut: float
    cell: Codes
    first: Codes
    corner: Longs
    edge: Codes
    lies: Bytes
    ends: Floats
    zone_of: Codes
    keys: Longs
    hashes: Longs
    sets: tuple[Members, ...]
    digest: str
    notes: tuple[Note, ...] = ()

    @property
    def bytes(self) -> int:
        """Return how much memory its arrays take."""
        arrays = (self.cell, self.first, self.corner, self.edge, self.lies, self.ends)
        return sum(a.nbytes for a in (*arrays, self.zone_of, self.hashes))


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Sets of zones per point, by number.

    Numbers from ``len(index.sets)`` on stand for the sets in ``more``, which this batch alone met.

    Attributes:
        certain, possible: the zones that it is certainly / possibly in; the same array unless some
            point is on a boundary or has no place.
        more: sets beyond those of the index, sorted.
    """

    certain: Codes
    possible: Codes
    more: tuple[Members, ...]


def zone_sets(index: ZoneIndex, lon: Floats, lat: Floats) -> Found:
    """Return the sets of zones that points lie in.

    Args:
        index: of the version of the map in force.
        lon: degrees east; not a number where there is no place.
        lat: degrees north, likewise.
    """
    cells, nowhere = _cells(index, lon, lat)
    found = index.cell[cells]
    found[nowhere] = EMPTY  # before the walk: a boundary cell says nothing about them
    at = np.flatnonzero(found < 0)
    odd: dict[int, tuple[Members, Members]] = {}
    for begin in range(0, len(at), _BLOCK):
        some = at[begin : begin + _BLOCK]
        found[some] = _walked(index, lon[some], lat[some], cells[some], -1 - found[some], some, odd)
    everywhere = tuple(range(len(index.zones)))
    missing = np.flatnonzero(nowhere)
    lost = missing[np.isnan(lon[missing]) | np.isnan(lat[missing])]
    odd.update((row, ((), everywhere)) for row in lost.tolist())
    return _with_odd(index, found, odd)


def _cells(index: ZoneIndex, lon: Floats, lat: Floats) -> tuple[Codes, NDArray[np.bool_]]:
    """Return the cell of each point, and which points are in none (cell 0 stands for them)."""
    x = (_east(index, lon) - index.west) / index.width
    y = (lat - index.south) / index.height
    # Comparisons with "not a number" are false: what has no place is outside as well.
    inside = (x >= 0) & (x < index.size) & (y >= 0) & (y < index.size)
    if not inside.all():
        x, y = np.where(inside, x, 0.0), np.where(inside, y, 0.0)
    return y.astype(np.int32) * np.int32(index.size) + x.astype(np.int32), ~inside


def _east(index: ZoneIndex, lon: Floats) -> Floats:
    return lon if index.cut == -np.inf else np.where(lon < index.cut, lon + 360.0, lon)


def _walked(
    index: ZoneIndex,
    lon: Floats,
    lat: Floats,
    cells: Codes,
    boundary: Codes,
    rows: NDArray[np.intp],
    odd: dict[int, tuple[Members, Members]],
) -> Codes:
    """Return the numbers of sets for points of boundary cells; put what has none into ``odd``."""
    pairs = _pairs(index, _east(index, lon), lat, cells, boundary)
    keys = np.where(pairs.crossed, index.keys[index.zone_of[pairs.edge]], 0)
    hashes = index.corner[boundary] ^ np.bitwise_xor.reduceat(keys, pairs.starts)
    numbers = np.searchsorted(index.hashes, hashes).astype(np.int32)
    numbers[numbers == len(index.hashes)] = EMPTY
    unknown = index.hashes[numbers] != hashes
    touched = _touched(pairs)
    for point in np.union1d(np.flatnonzero(unknown), np.flatnonzero(touched)).tolist():
        odd[int(rows[point])] = _read_off(index, pairs, point, int(boundary[point]))
    numbers[unknown] = EMPTY
    return numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Points of boundary cells against each edge of their cell.

    ``apart`` is twice the area between point and edge, ``x`` and ``y`` the point from the edge's
    lower end, ``run`` and ``rise`` the edge itself.
    """

    starts: NDArray[np.intp]
    edge: Codes
    crossed: NDArray[np.bool_]
    apart: Floats
    x: Floats
    y: Floats
    run: Floats
    rise: Floats


def _pairs(index: ZoneIndex, lon: Floats, lat: Floats, cells: Codes, boundary: Codes) -> _Pairs:
    begin = index.first[boundary]
    count = index.first[boundary + 1] - begin
    ends = np.cumsum(count, dtype=np.int64)
    starts = ends - count
    point = np.repeat(np.arange(len(lon), dtype=np.int32), count)
    slot = np.arange(ends[-1], dtype=np.int32) + np.repeat((begin - starts).astype(np.int32), count)
    edge, lies = index.edge[slot], index.lies[slot]
    level = index.south + (cells // index.size) * index.height
    ax, ay, bx, by = (np.ascontiguousarray(c) for c in index.ends[edge].T)
    px = lon[point]
    x, run, rise = px - ax, bx - ax, by - ay
    y = lat[point] - ay
    least, most = np.minimum(ax, bx), np.maximum(ax, bx)
    above = rise > 0
    beside = rise * x
    # The foot is the point of the lower side below (or above) the point looked up.
    foot = _right(beside, run * (level[point] - ay), above)
    here = _right(beside, run * y, above)
    straddles = (lies & STRADDLES) != 0
    corner = (lies & CORNER_IS_RIGHT) != 0
    along = straddles & (corner != (((px >= most) | foot) & (px >= least)))
    up = (least <= px) & (px < most) & (foot != here)
    return _Pairs(starts, edge, along ^ up, beside - run * y, x, y, run, rise)


def _right(beside: Floats, lean: Floats, above: NDArray[np.bool_]) -> NDArray[np.bool_]:
    side: NDArray[np.bool_] = (beside > lean) | ((beside == lean) & above)
    return side


def _touched(pairs: _Pairs) -> NDArray[np.bool_]:
    """Say which points have an edge within `ON_EDGE`."""
    close = _close(pairs)
    return np.add.reduceat(close, pairs.starts, dtype=np.int32) > 0 if close.any() else close[:0]


def _close(pairs: _Pairs) -> NDArray[np.bool_]:
    close = np.abs(pairs.apart) <= ON_EDGE * (np.abs(pairs.run) + pairs.rise)
    some = np.flatnonzero(close)
    x, y, run, rise = (c[some] for c in (pairs.x, pairs.y, pairs.run, pairs.rise))
    share = np.clip((x * run + y * rise) / (run * run + rise * rise), 0.0, 1.0)
    off_x, off_y = x - share * run, y - share * rise
    close[some] = off_x * off_x + off_y * off_y <= ON_EDGE * ON_EDGE
    return close


def _read_off(
    index: ZoneIndex, pairs: _Pairs, point: int, boundary: int
) -> tuple[Members, Members]:
    """Return the zones that one point is certainly and possibly in, from its walk."""
    begin = int(pairs.starts[point])
    own = slice(begin, begin + int(index.first[boundary + 1] - index.first[boundary]))
    zones = index.zone_of[pairs.edge[own]]
    inside = set(index.sets[int(np.searchsorted(index.hashes, index.corner[boundary]))])
    for zone in zones[pairs.crossed[own]].tolist():
        inside ^= {zone}
    parted = _Pairs(
        pairs.starts[:0],
        pairs.edge[own],
        pairs.crossed[own],
        *(c[own] for c in (pairs.apart, pairs.x, pairs.y, pairs.run, pairs.rise)),
    )
    edge_of = set(zones[_close(parted)].tolist())
    return tuple(sorted(inside - edge_of)), tuple(sorted(inside | edge_of))


def _with_odd(index: ZoneIndex, found: Codes, odd: dict[int, tuple[Members, Members]]) -> Found:
    if not odd:
        return Found(found, found, ())
    known = {members: number for number, members in enumerate(index.sets)}
    more = tuple(sorted({m for pair in odd.values() for m in pair if m not in known}))
    known.update((members, len(index.sets) + k) for k, members in enumerate(more))
    certain, possible = found, found.copy()
    for row, (sure, maybe) in odd.items():
        certain[row], possible[row] = known[sure], known[maybe]
    return Found(certain, possible, more)
