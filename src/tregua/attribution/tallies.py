"""Two tallies side by side: only A, only B, both, contradict, not comparable; with the records.

Numbers of different unit, period or scope are never added, subtracted or drawn on one axis.

Two levels stand beside each other and are never mixed: what each camp *counts* (``claims.py``,
``comparable.py``, ``bounds.py``), and which single incidents each camp *tells of* (``items.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.attribution.bounds import (
    AccusedBounds,
    Bound,
    ConditionalBounds,
    bounds_between,
    compared_rows,
)
from tregua.attribution.camps import Camps
from tregua.attribution.claims import ClaimRow, claims_of
from tregua.attribution.comparable import why_not_added, why_not_comparable
from tregua.attribution.items import Cell, Item, ItemCell, cells_of, incidents_in
from tregua.attribution.names import Names
from tregua.attribution.side import Side, Sides
from tregua.errors import WrongUse
from tregua.reports.model import CountClaim, Naming

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Record

VIOLATIONS = "violations"


@dataclass(frozen=True, slots=True)
class Tallies:
    """What two camps count and what they tell of, in one window.

    Attributes:
        camp_a, camp_b: as given, sorted.
        start, end: the window, UTC, half open.
        claims_a, claims_b: every count on the topic that overlaps the window.
        comparable: whether the tallies that are compared may be compared.
        why_not: the reasons in words; empty when comparable.
        warning: the sentence that stands above any number: why nothing is added.
        bounds: true only under its condition, for the two claimants with the widest tallies;
            ``None`` when one camp has no tally in the window.
        cells: every incident of the window in exactly one of them.
        incidents: how many incidents the window holds; the cells add up to it.
        other_bounds: the same for every other pair of claimants, each under its condition.
    """

    camp_a: tuple[str, ...]
    camp_b: tuple[str, ...]
    start: datetime
    end: datetime
    claims_a: tuple[ClaimRow, ...]
    claims_b: tuple[ClaimRow, ...]
    comparable: bool
    why_not: tuple[str, ...]
    warning: str
    bounds: ConditionalBounds | None
    cells: tuple[ItemCell, ...]
    incidents: int
    other_bounds: tuple[ConditionalBounds, ...] = ()

    def cell(self, cell: Cell) -> ItemCell:
        """Return one cell."""
        return next(c for c in self.cells if c.cell is cell)


def two_tallies(
    records: tuple[Record, ...],
    attributed: tuple[Attributed, ...],
    agreement: Agreement,
    *,
    camp_a: tuple[str, ...],
    camp_b: tuple[str, ...],
    start: datetime,
    end: datetime,
) -> Tallies:
    """Lay the tallies of two camps side by side for the window ``[start, end)``.

    A camp is given as ids of the deal or names of offices; both instants are aware.

    Raises:
        WrongUse: when the window is empty, a camp is, or both camps name the same.
    """
    _check(camp_a, camp_b, start, end)
    sides = Sides(tuple(sorted(camp_a)), tuple(sorted(camp_b)))
    namings = tuple(r for r in records if isinstance(r, Naming))
    names, camps = Names(namings, agreement), Camps(namings, agreement)
    counts = [r for r in records if isinstance(r, CountClaim) and r.about == VIOLATIONS]
    claims_a, claims_b = (
        claims_of(side, counts, sides=sides, names=names, camps=camps, start=start, end=end)
        for side in (Side.A, Side.B)
    )
    of_a, of_b = compared_rows(claims_a), compared_rows(claims_b)
    a, b = (next(iter(rows), ()) for rows in (of_a, of_b))
    why_not = why_not_comparable(a, b)
    bounds = [bounds_between(mine, other) for mine in of_a for other in of_b]
    inside = incidents_in(attributed, start=start, end=end)
    return Tallies(
        camp_a=sides.camp_a,
        camp_b=sides.camp_b,
        start=start,
        end=end,
        claims_a=claims_a,
        claims_b=claims_b,
        comparable=not why_not,
        why_not=why_not,
        warning=why_not_added(a, b, why_not),
        bounds=next(iter(bounds), None),
        cells=cells_of(inside, sides=sides, camps=camps),
        incidents=len(inside),
        other_bounds=tuple(bounds[1:]),
    )


def _check(
    camp_a: tuple[str, ...], camp_b: tuple[str, ...], start: datetime, end: datetime
) -> None:
    if end <= start:
        raise WrongUse("the window ends before it starts")
    if not camp_a or not camp_b:
        raise WrongUse("two camps are needed, each with an id of the deal or the name of an office")
    if shared := sorted(set(camp_a) & set(camp_b)):
        raise WrongUse(f"{', '.join(shared)} stands in both camps")


__all__ = [
    "AccusedBounds",
    "Bound",
    "Cell",
    "ClaimRow",
    "ConditionalBounds",
    "Item",
    "ItemCell",
    "Tallies",
    "two_tallies",
]
