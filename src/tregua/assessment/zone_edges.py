"""The edges of zones: what the zone index is built from, and how a point lies to an edge.

1. Each edge points upwards (``ay <= by``), and to the east if it is level. Levels are half-open: an
   edge crosses a level ``y`` if ``ay <= y < by``, so that a corner is never crossed twice.
2. `is_right` is the one place where arithmetic decides on which side a point lies. Along a level it
   changes once, and every step of a walk asks the same question of the same point, so a wrong last
   digit moves a crossing from one leg of a walk to the next and is never lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from tregua.assessment.zone_areas import leaves
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.assessment.zone_areas import Areas

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """The edges of all zones, in the order of the zones.

    Attributes:
        ax, ay, bx, by: the ends of each edge, degrees; ``ay <= by``.
        zone: number of the zone that it bounds.
    """

    ax: Floats
    ay: Floats
    bx: Floats
    by: Floats
    zone: NDArray[np.int32]


def edges_of(areas: Areas) -> Edges:
    """Return the edges of areas.

    Raises:
        WrongUse: when a coordinate is not a finite number.
    """
    rings = [
        (number, shapely.get_coordinates(ring))
        for number, shape in enumerate(areas.shapes)
        for polygon in leaves(shape)
        for ring in shapely.get_rings(polygon)
    ]
    ends = [_ends(ring) for _, ring in rings]
    table = np.concatenate([np.empty((0, 4)), *ends])
    if not np.isfinite(table).all():
        raise WrongUse("the outline of a zone holds a coordinate that is not a number")
    number = np.repeat(np.array([n for n, _ in rings], np.int32), [len(e) for e in ends])
    ax, ay, bx, by = np.ascontiguousarray(_upwards(table).T)
    return Edges(ax, ay, bx, by, number)


def _ends(ring: Floats) -> Floats:
    both = np.concatenate([ring[:-1], ring[1:]], axis=1)
    kept: Floats = both[(both[:, 0] != both[:, 2]) | (both[:, 1] != both[:, 3])]
    return kept


def _upwards(ends: Floats) -> Floats:
    down = (ends[:, 1] > ends[:, 3]) | ((ends[:, 1] == ends[:, 3]) & (ends[:, 0] > ends[:, 2]))
    upwards: Floats = np.where(down[:, None], ends[:, [2, 3, 0, 1]], ends)
    return upwards


def is_right(
    ax: Floats, ay: Floats, bx: Floats, by: Floats, *, x: Floats, y: Floats
) -> NDArray[np.bool_]:
    """Say whether a point lies to the right of an edge that points upwards.

    The point is thought to lie a little to the east of where it is, and far less to the north, so
    none is ever on an edge. Below a level edge counts as right.
    """
    lean = (bx - ax) * (y - ay)
    run = (by - ay) * (x - ax)
    by_sign = (run > lean) | ((run == lean) & (by > ay))
    beyond = x >= np.maximum(ax, bx)
    side: NDArray[np.bool_] = np.where(
        by > ay, (beyond | by_sign) & (x >= np.minimum(ax, bx)), by_sign
    )
    return side
