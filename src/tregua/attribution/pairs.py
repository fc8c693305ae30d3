"""Whose tallies to lay beside each other when nobody names two camps.

1. Every two sides of the deal; a side is a party with the guarantors that stand behind it.
2. Every side that published a count, beside every office that is known to speak for no side and
   published one too: such an office often counts what the side itself leaves out.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, TypeAlias

from tregua.attribution.camps import Camps
from tregua.reports.model import CountClaim, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.attribution.camps import Standing
    from tregua.reports.model import Record

Camp: TypeAlias = tuple[str, ...]


def pairs_to_compare(
    records: tuple[Record, ...], agreement: Agreement, *, start: datetime, end: datetime
) -> tuple[tuple[Camp, Camp], ...]:
    """Return the pairs of camps, sides in the order of their ids, offices by name."""
    sides = [_side(party.id, agreement) for party in agreement.parties]
    standings = list(_claimants(records, agreement, start, end))
    independent = sorted({s.office for s in standings if s.known and not s.camps})
    counting = [side for side in sides if any(set(side) & set(s.speaks_for) for s in standings)]
    beside = [(side, (office,)) for side in counting for office in independent]
    return (*combinations(sides, 2), *beside)


def _side(party: str, agreement: Agreement) -> Camp:
    behind = [
        g.id for g in agreement.of_kind("guarantor") if isinstance(g.of, tuple) and party in g.of
    ]
    return tuple(sorted((party, *behind)))


def _claimants(
    records: tuple[Record, ...], agreement: Agreement, start: datetime, end: datetime
) -> Iterable[Standing]:
    camps = Camps((r for r in records if isinstance(r, Naming)), agreement)
    for record in records:
        if not isinstance(record, CountClaim) or record.about != "violations":
            continue
        if record.when.start < end and start < record.when.end:
            yield from camps.of(record.origin.reporter, record.origin.known)
