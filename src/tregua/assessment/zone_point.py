"""Which zones one point lies in: the look-up of `zone_index` in plain Python, for the live path.

Calling NumPy for one point costs more than the whole answer. The steps and the arithmetic are those
of `zone_index`, digit by digit; a test compares the two.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tregua.assessment.zone_index import (
    CORNER_IS_RIGHT,
    ON_EDGE,
    STRADDLES,
    Members,
    ZoneIndex,
)

Edge = tuple[float, float, float, float, int, int]  # ax, ay, bx, by, zone, how it lies


@dataclass(slots=True)
class PointLookUp:
    """An index made ready for single points. `zones_at` says which zones a point is in."""

    index: ZoneIndex
    _cell: memoryview = field(init=False, repr=False)
    _sets: list[tuple[Members, Members]] = field(init=False, repr=False)
    _edges: dict[int, tuple[Members, tuple[Edge, ...]]] = field(init=False, repr=False)
    _box: tuple[float, float, float, float, int, float] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        i = self.index
        self._cell = memoryview(i.cell.data)
        self._sets = [(members, members) for members in i.sets]
        self._edges = {}
        self._box = (i.west, i.south, i.width, i.height, i.size, i.cut)

    def zones_at(self, lon: float, lat: float) -> tuple[Members, Members]:
        """Return the numbers of the zones that a point is certainly and possibly in.

        Args:
            lon: degrees east; not a number where there is no place.
            lat: degrees north, likewise.
        """
        west, south, width, height, size, cut = self._box
        if lon < cut:
            lon += 360.0
        x, y = (lon - west) / width, (lat - south) / height
        if not (0 <= x < size and 0 <= y < size):
            # Only what has no place is unequal to itself; everything else is outside the box.
            none = lon != lon or lat != lat  # noqa: PLR0124
            return ((), tuple(range(len(self.index.zones)))) if none else ((), ())
        row = int(y)
        number = self._cell[row * size + int(x)]
        if number >= 0:
            return self._sets[number]
        return self._walked(-1 - number, lon, lat, south + row * height)

    def _walked(
        self, boundary: int, lon: float, lat: float, level: float
    ) -> tuple[Members, Members]:
        known = self._edges.get(boundary)
        if known is None:
            known = self._edges[boundary] = self._read(boundary)
        corner, edges = known
        inside, on_edge = set(corner), set()
        for ax, ay, bx, by, zone, lies in edges:
            x, y, run, rise = lon - ax, lat - ay, bx - ax, by - ay
            beside, lean = rise * x, run * y
            west, east = (ax, bx) if ax < bx else (bx, ax)
            foot = _right(beside, run * (level - ay), rise)
            below = (lon >= east or foot) and lon >= west
            along = bool(lies & STRADDLES) and bool(lies & CORNER_IS_RIGHT) != below
            up = west <= lon < east and foot != _right(beside, lean, rise)
            if along != up:
                inside ^= {zone}
            if abs(beside - lean) <= ON_EDGE * (abs(run) + rise) and _close(x, y, run, rise):
                on_edge.add(zone)
        sure = tuple(sorted(inside - on_edge))
        return (sure, tuple(sorted(inside | on_edge))) if on_edge else (sure, sure)

    def _read(self, boundary: int) -> tuple[Members, tuple[Edge, ...]]:
        i = self.index
        own = slice(int(i.first[boundary]), int(i.first[boundary + 1]))
        edge = i.edge[own]
        rows = zip(
            i.ends[edge].tolist(), i.zone_of[edge].tolist(), i.lies[own].tolist(), strict=True
        )
        corner = i.sets[int(i.hashes.searchsorted(i.corner[boundary]))]
        return corner, tuple((*ends, zone, lies) for ends, zone, lies in rows)


def _right(beside: float, lean: float, rise: float) -> bool:
    return beside > lean or (beside == lean and rise > 0)


def _close(x: float, y: float, run: float, rise: float) -> bool:
    share = min(max((x * run + y * rise) / (run * run + rise * rise), 0.0), 1.0)
    off_x, off_y = x - share * run, y - share * rise
    return off_x * off_x + off_y * off_y <= ON_EDGE * ON_EDGE
