"""What two counts without lists would bound, **if** each number counted incidents.

Print bounds, never a point (07, 4.3). From numbers alone nothing says which incident is which, so
the least that both can share is always zero, and the most is what can be paired at all:

* *both*: pairs whose accused may be the same;
* *contradict*: pairs whose accused differ;
* *only A*: what is left of A's total after the most that can be paired with B's, and at most all.

One claimant of a camp is compared with one of the other, never a sum over claimants. Of the
tallies of each, those over its widest time are taken, unit by unit, one for each accused; a total
that names nobody stands only where its unit names nobody at all. So nothing is counted twice, and
no arrests are added to attacks. First stands the claimant that published most counts in the
window, with the unit that names most accused; every other pair is laid out as well.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.attribution.claims import order_of_width
from tregua.attribution.model import UNKNOWN
from tregua.attribution.names import fold
from tregua.attribution.transport import greatest_pairing
from tregua.terms.estimate import Estimate

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.attribution.claims import ClaimRow

CONDITION = "if each of them counted one incident"


@dataclass(frozen=True, slots=True)
class Bound:
    """From ``low`` to ``high`` incidents; ``high`` is ``None`` when it is open."""

    low: int
    high: int | None

    def __str__(self) -> str:
        if self.low == self.high:
            return str(self.low)
        return f"at least {self.low}" if self.high is None else f"{self.low}-{self.high}"


@dataclass(frozen=True, slots=True)
class AccusedBounds:
    """The bounds for one accused.

    Attributes:
        accused: ids for which the accused may stand, sorted; empty when nobody is accused.
        a, b: the numbers of the two camps; ``None`` when one states none.
        records: ids of the records behind the numbers, sorted.
    """

    accused: tuple[str, ...]
    a: Estimate | None
    b: Estimate | None
    both: Bound
    only_a: Bound
    only_b: Bound
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConditionalBounds:
    """The table, true only under its condition.

    Attributes:
        condition: the sentence without which no number of it may be shown.
        claimant_a, claimant_b: the offices compared.
        rows: one for each accused, sorted.
        total_a, total_b: sums over the rows.
        both, contradict, only_a, only_b: over all accused.
        records: ids of all records behind it, sorted.
    """

    condition: str
    claimant_a: str
    claimant_b: str
    rows: tuple[AccusedBounds, ...]
    total_a: Estimate
    total_b: Estimate
    both: Bound
    contradict: Bound
    only_a: Bound
    only_b: Bound
    records: tuple[str, ...]


def compared_rows(claims: Sequence[ClaimRow]) -> tuple[tuple[ClaimRow, ...], ...]:
    """Return each claimant's tallies over its widest time, by unit; the busiest first."""
    tallies = sorted((c for c in claims if c.is_tally), key=order_of_width)
    widest = {tally.office: tally for tally in tallies}
    busiest = Counter(c.office for c in claims if c.in_window)
    offices = sorted(widest, key=lambda o: (-busiest[o], o))
    return tuple(
        group
        for office in offices
        for group in _by_unit([t for t in tallies if _same_time(t, widest[office])])
    )


def _by_unit(tallies: list[ClaimRow]) -> tuple[tuple[ClaimRow, ...], ...]:
    groups: dict[str, list[ClaimRow]] = {}
    for tally in tallies:
        groups.setdefault(fold(tally.unit), []).append(tally)
    chosen = [_named(group) for group in groups.values()]
    return tuple(sorted(chosen, key=lambda g: (-sum(bool(t.accused_ids) for t in g), g[0].unit)))


def _named(group: list[ClaimRow]) -> tuple[ClaimRow, ...]:
    named = [t for t in group if t.accused_ids]
    return tuple(sorted(named or group, key=lambda t: t.accused_ids))


def bounds_between(a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> ConditionalBounds:
    """Return the bounds between the compared rows of two claimants; both have at least one."""
    left, right = _amounts(a, b), _amounts(b, a)
    both = greatest_pairing(left, right, lambda i, j: may_be_same(a[i], b[j]))
    apart = greatest_pairing(left, right, lambda i, j: may_differ(a[i], b[j]))
    total_a, total_b = _total(a), _total(b)
    is_open = total_a.most is None and total_b.most is None
    return ConditionalBounds(
        condition=CONDITION,
        claimant_a=a[0].office,
        claimant_b=b[0].office,
        rows=tuple(_row(key, a, b) for key in sorted({r.accused_ids for r in (*a, *b)})),
        total_a=total_a,
        total_b=total_b,
        both=Bound(0, None if is_open and both else both),
        contradict=Bound(0, None if is_open and apart else apart),
        only_a=_only(total_a, total_b),
        only_b=_only(total_b, total_a),
        records=tuple(sorted(r.record for r in (*a, *b))),
    )


def may_be_same(a: ClaimRow, b: ClaimRow) -> bool:
    """Say whether two rows may mean the same; ``unknown`` and "nobody" may be anybody."""
    mine, other = set(a.accused_ids), set(b.accused_ids)
    return not mine or not other or bool(mine & other) or UNKNOWN in mine | other


def may_differ(a: ClaimRow, b: ClaimRow) -> bool:
    """Say whether two rows accuse others; a row that accuses nobody contradicts nobody."""
    mine, other = set(a.accused_ids), set(b.accused_ids)
    if not mine or not other:
        return False
    return not mine & other or UNKNOWN in mine | other


def _same_time(a: ClaimRow, b: ClaimRow) -> bool:
    same_time = (a.when.start, a.when.end) == (b.when.start, b.when.end)
    return a.office == b.office and same_time


def _row(key: tuple[str, ...], a: Sequence[ClaimRow], b: Sequence[ClaimRow]) -> AccusedBounds:
    mine = [r for r in a if r.accused_ids == key]
    other = [r for r in b if r.accused_ids == key]
    both = _most_shared(mine[0], b) if mine else _most_shared(other[0], a)
    return AccusedBounds(
        accused=key,
        a=mine[0].number if mine else None,
        b=other[0].number if other else None,
        both=both,
        only_a=_only(_total(mine), _total(b)),
        only_b=_only(_total(other), _total(a)),
        records=tuple(sorted(r.record for r in (*mine, *other))),
    )


def _most_shared(one: ClaimRow, others: Sequence[ClaimRow]) -> Bound:
    shared = _total([r for r in others if may_be_same(one, r)])
    ends = [e for e in (one.number.most, shared.most) if e is not None]
    return Bound(0, min(ends, default=None))


def _only(mine: Estimate, other: Estimate) -> Bound:
    low = 0 if other.most is None else max(0, mine.least - other.most)
    return Bound(low, mine.most)


def _total(rows: Sequence[ClaimRow]) -> Estimate:
    # Ranges add as ranges: an open upper end leaves the sum open (07, 4.1).
    most = [r.number.most for r in rows]
    low = sum(r.number.least for r in rows)
    high = None if any(m is None for m in most) else sum(m for m in most if m is not None)
    return Estimate(low=low, best=low if low == high else None, high=high)


def _amounts(rows: Sequence[ClaimRow], others: Sequence[ClaimRow]) -> list[int]:
    # "At least n" has no upper end: no pairing can use more of it than all that there is to pair.
    ceiling = sum(r.most for r in (*rows, *others))
    return [ceiling if r.number.most is None else r.number.most for r in rows]
