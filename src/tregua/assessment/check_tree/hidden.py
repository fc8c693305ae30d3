"""What a view leaves out of a record: its entry stands for its source, a cell for its point."""

from __future__ import annotations

from datetime import UTC, datetime
from math import cos, hypot, radians
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Json

CELLS = {"where.cell5": 0.05, "where.cell50": 0.5}  # degrees a side, the finer one first
DEGREE_M = radians(1) * 6_371_008.8  # metres of a degree on a sphere of the mean radius (IUGG)
TIMELESS = ("naming", "link")  # records that are about no moment


def with_hidden(told: Json, claims: Json, leaf: str) -> Json:
    """Return the record of an entry from what is disclosed of it; nothing when that is too little.

    Args:
        told: the fields disclosed, as a record calls them.
        claims: the open part of the entry.
        leaf: its hash, hex.
    """
    if "record" not in told or ("when" not in told and told["record"] not in TIMELESS):
        return {}
    known = datetime.fromtimestamp(claims["iat"], UTC).isoformat()
    itself = {"source": claims["iss"], "key": leaf[:12], "reporter": claims["iss"], "known": known}
    cells = [(told[name], side) for name, side in CELLS.items() if name in told]
    rough = {"place": middle(*cells[0])} if cells else {}
    return {"origin": itself, **rough, **told}


def middle(cell: Sequence[float], side: float) -> Json:
    """Return the middle of a cell ``[row, column, error in metres]`` and the way to its corner.

    Rows are counted from the south pole, columns from the date line; ``side`` is in degrees.
    """
    row, column, error = cell
    edges = (abs(row * side - 90), abs((row + 1) * side - 90))
    corner = hypot(side, side * cos(radians(min(edges)))) / 2 * DEGREE_M
    lon, lat = (column + 0.5) * side - 180, (row + 0.5) * side - 90
    return {"lon": lon, "lat": lat, "radius_m": corner + error}
