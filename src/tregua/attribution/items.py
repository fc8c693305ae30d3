"""The incidents of a window, sorted by which of two camps tells of them and whom each accuses.

Every incident whose time overlaps the window stands in exactly one cell. A camp tells of an
incident when one of its offices has an observation of it; a denial or another reply tells nothing.
Others may tell of an incident in any cell.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.attribution.model import UNKNOWN
from tregua.attribution.side import Side

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.attribution.camps import Camps
    from tregua.attribution.model import Attributed
    from tregua.attribution.side import Sides


class Cell(StrEnum):
    """Where an incident stands between two camps. Closed list."""

    ONLY_A = "only A"
    ONLY_B = "only B"
    BOTH = "both"
    CONTRADICT = "contradict"
    NOT_COMPARABLE = "not comparable"
    OTHERS = "others only"


SAYS = {
    Cell.ONLY_A: "told by A and not by B",
    Cell.ONLY_B: "told by B and not by A",
    Cell.BOTH: "told by both, who name an accused in common",
    Cell.CONTRADICT: "told by both, who accuse different ones",
    Cell.NOT_COMPARABLE: "told by both, but one names nobody, or nobody that is known",
    Cell.OTHERS: "told by neither, only by others",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One incident in a cell, with the ids of the records behind it."""

    incident: str
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemCell:
    """One cell with its list; the number is the length of the list."""

    cell: Cell
    says: str
    items: tuple[Item, ...]

    @property
    def number(self) -> int:
        """Return how many incidents stand in it."""
        return len(self.items)

    @property
    def records(self) -> tuple[str, ...]:
        """Return the ids of all records behind it, sorted."""
        return tuple(sorted({r for item in self.items for r in item.records}))


def incidents_in(
    attributed: Iterable[Attributed], *, start: datetime, end: datetime
) -> tuple[Attributed, ...]:
    """Return the incidents of which some part may lie in ``[start, end)``."""
    times = ((a, a.incident.when) for a in attributed)
    return tuple(a for a, when in times if when.start < end and start < when.end)


def cells_of(
    attributed: Iterable[Attributed], *, sides: Sides, camps: Camps
) -> tuple[ItemCell, ...]:
    """Return every cell, also empty ones, in the order of the closed list."""
    found: dict[Cell, list[Item]] = defaultdict(list)
    for one in attributed:
        item = Item(one.incident.id, one.incident.record_ids)
        found[_cell(one, sides, camps)].append(item)
    return tuple(
        ItemCell(cell, SAYS[cell], tuple(sorted(found[cell], key=lambda i: i.incident)))
        for cell in Cell
    )


def _cell(one: Attributed, sides: Sides, camps: Camps) -> Cell:
    accused = _accused_by_side(one, sides, camps)
    if Side.A not in accused or Side.B not in accused:
        tells = [side for side in (Side.A, Side.B) if side in accused]
        return {(): Cell.OTHERS, (Side.A,): Cell.ONLY_A, (Side.B,): Cell.ONLY_B}[tuple(tells)]
    a, b = accused[Side.A], accused[Side.B]
    if (a & b) - {UNKNOWN}:
        return Cell.BOTH
    if a and b and UNKNOWN not in a | b:
        return Cell.CONTRADICT
    return Cell.NOT_COMPARABLE


def _accused_by_side(one: Attributed, sides: Sides, camps: Camps) -> dict[Side, set[str]]:
    names = {v.office: set() if v.pair_only else set(v.names) for v in one.voices}
    accused: dict[Side, set[str]] = defaultdict(set)
    for observation in one.incident.observations:
        for standing in camps.of(observation.origin.reporter, observation.origin.known):
            accused[sides.of(standing)] |= names.get(standing.office, set())
    return accused
