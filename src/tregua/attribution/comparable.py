"""Whether two counts may be compared at all, and every reason in words why not.

Two counts are comparable only if both say what one of them is, mean the same by it, cover the same
time with stated hours, the same place, and leave out the same. A reason missing here is a reason
unknown to the program, not a proof of likeness; so the answer "comparable" is given only when all
of these are stated and equal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.attribution.names import fold
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.attribution.claims import ClaimRow

NO_COUNT = "one of the two camps published no count that lies in the window"


def why_not_comparable(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> tuple[str, ...]:
    """Return the reasons against comparing the compared rows of two camps; empty = comparable."""
    if not a or not b:
        return (NO_COUNT,)
    reasons = [
        *_units(a, b),
        *_times(a, b),
        *_cumulative((*a, *b)),
        *_places(a, b),
        *_left_out(a, b),
        *_left_out(b, a),
        *_unclear((*a, *b)),
    ]
    return tuple(dict.fromkeys(reasons))


def why_not_added(a: Sequence[ClaimRow], b: Sequence[ClaimRow], reasons: Sequence[str]) -> str:
    """Write why the numbers of two camps are not added, subtracted or drawn on one axis."""
    if not a or not b:
        return "There is nothing to add: " + NO_COUNT + "."
    if not reasons:
        return (
            "These numbers cannot be added: both may count the same incidents, "
            "and without lists nobody can say which."
        )
    return (
        "These numbers cannot be added, subtracted or drawn on one axis: both may count the same "
        f"incidents, and they are not counts of one thing ({'; '.join(reasons)})."
    )


def _units(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> list[str]:
    reasons = [
        f"{row.office} counts {row.unit or 'something'!r} and does not say what one of them is"
        for row in (*a, *b)
        if not row.unit_is_defined
    ]
    units = [sorted({fold(row.unit) for row in rows}) for rows in (a, b)]
    if units[0] != units[1]:
        reasons.append(
            f"the units differ: {' and '.join(units[0])} against {' and '.join(units[1])}"
        )
    return reasons


def _times(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> list[str]:
    reasons = [
        f"{row.office} does not state the hour at which its count begins and ends"
        for row in (*a, *b)
        if not row.hour_is_stated
    ]
    first, second = a[0].when, b[0].when
    if (first.start, first.end) != (second.start, second.end):
        reasons.append(f"the times differ: {show_when(first)} against {show_when(second)}")
    return reasons


def _cumulative(rows: Sequence[ClaimRow]) -> list[str]:
    return [
        f"{row.office} counts on from a start named elsewhere" for row in rows if row.cumulative
    ]


def _places(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> list[str]:
    first, second = ({row.place for row in rows} for rows in (a, b))
    if first == second:
        return []
    words = [" and ".join(sorted(p or "no place stated" for p in s)) for s in (first, second)]
    return [f"the places differ: {words[0]} against {words[1]}"]


def _left_out(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> list[str]:
    counted = {i for row in a for i in row.accused_ids}
    missing = sorted({i for row in b for i in row.accused_ids} - counted)
    return [f"{a[0].office} gives no number for acts of {', '.join(missing)}"] if missing else []


def _unclear(rows: Sequence[ClaimRow]) -> list[str]:
    reasons = []
    for row in rows:
        if row.others:
            reasons.append(
                f"{row.office} gives another number for the same accused and time "
                f"({', '.join(row.others)})"
            )
        if row.parts_agree is False:
            reasons.append(f"the parts of {row.record} do not agree with it: {row.parts_say}")
        if len(row.accused_ids) > 1:
            accused = " or ".join(row.accused)
            reasons.append(f"{accused!r} may stand for {' or '.join(row.accused_ids)}")
    return reasons
