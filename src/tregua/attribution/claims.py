"""The counts that each camp published for a window, row by row, with what each leaves open.

Rules:

1. Every claim on the topic that overlaps the window is listed, with its record. It counts for the
   window only if every calendar day that it touches, in its own zone, is a day of the window.
2. The **tally** of a claimant in one unit against an accused is, among those, the number over the
   longest time; of equally long ones the one known latest; then the greatest number; then the last
   by id.
3. Two numbers of one claimant for one accused and one time are both listed and point at each other.
4. Named parts are added up and laid beside the stated number. Nothing is corrected.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

from tregua.attribution.names import fold
from tregua.terms.time import Precision, days_between, show_when

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime, timedelta

    from tregua.attribution.camps import Camps
    from tregua.attribution.names import Names
    from tregua.attribution.side import Side, Sides
    from tregua.reports.model import CountClaim
    from tregua.terms.estimate import Estimate
    from tregua.terms.time import When

_WITH_HOUR = frozenset({Precision.SECOND, Precision.MINUTE, Precision.HOUR})


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One published number, as claimed.

    Attributes:
        record: id of the record behind it.
        office: the claimant, as one office.
        accused: as written; empty when nobody is accused.
        accused_ids: whom that may stand for, sorted.
        number, unit, unit_is_defined, when, place, cumulative, parts: as published.
        hour_is_stated: whether the count says at which hour it begins and ends.
        known: since when it could be known, UTC.
        in_window: whether it lies in the window (rule 1).
        is_tally: whether it is the claimant's tally against this accused (rule 2).
        others: ids of other claims with another number for the same accused and time (rule 3).
        parts_say: the sum of the parts in words, empty without parts.
        parts_agree: whether they add up; ``None`` without parts.
    """

    record: str
    office: str
    accused: tuple[str, ...]
    accused_ids: tuple[str, ...]
    number: Estimate
    unit: str
    unit_is_defined: bool
    when: When
    hour_is_stated: bool
    known: datetime
    place: str
    cumulative: bool
    in_window: bool
    parts: tuple[tuple[str, int], ...]
    parts_say: str
    parts_agree: bool | None
    is_tally: bool = False
    others: tuple[str, ...] = ()

    @property
    def most(self) -> int:
        """Return the greatest number that is stated."""
        return self.number.least if self.number.most is None else self.number.most

    def __str__(self) -> str:
        accused = " or ".join(self.accused) or "nobody in particular"
        return f"{self.office}: {self.number} {self.unit} by {accused}, {show_when(self.when)}"


_Key: TypeAlias = tuple[str, str, tuple[str, ...]]  # office, unit, accused ids


def claims_of(
    side: Side,
    claims: Iterable[CountClaim],
    *,
    sides: Sides,
    names: Names,
    camps: Camps,
    start: datetime,
    end: datetime,
) -> tuple[ClaimRow, ...]:
    """Return the rows of one camp that overlap ``[start, end)``, sorted by claimant, time, id."""
    rows = []
    for claim in claims:
        if not (claim.when.start < end and start < claim.when.end):
            continue
        standings = camps.of(claim.origin.reporter, claim.origin.known)
        offices = [s.office for s in standings if sides.of(s) is side]
        if offices:
            rows.append(_row(claim, min(offices), names, start, end))
    return tuple(sorted(_marked(rows), key=lambda r: (r.office, r.when, r.record)))


def order_of_width(row: ClaimRow) -> tuple[timedelta, datetime, int, str]:
    """Return the order in which the last one is the tally (rule 2)."""
    return (row.when.end - row.when.start, row.known, row.most, row.record)


def check_parts(claim: CountClaim) -> tuple[str, bool | None]:
    """Add up the named parts: the sum in words, and whether it is within the stated number."""
    if not claim.parts:
        return "", None
    total = sum(value for _, value in claim.parts)
    most = claim.number.most
    agrees = claim.number.least <= total and (most is None or total <= most)
    written = " + ".join(str(value) for _, value in claim.parts)
    verb = "adds up" if agrees else "does not add up"
    return f"{written} = {total}, stated {claim.number}: {verb}", agrees


def _row(claim: CountClaim, office: str, names: Names, start: datetime, end: datetime) -> ClaimRow:
    parts_say, parts_agree = check_parts(claim)
    days = days_between(start, end, claim.when.zone)
    return ClaimRow(
        record=claim.origin.id,
        office=office,
        accused=claim.accused,
        accused_ids=tuple(sorted(names.resolve(claim.accused, claim.when).ids)),
        number=claim.number,
        unit=claim.unit,
        unit_is_defined=claim.unit_is_defined,
        when=claim.when,
        hour_is_stated=_hour_is_stated(claim.when),
        known=claim.origin.known,
        place=str(claim.place) if claim.place.is_known else "",
        cumulative=claim.cumulative,
        in_window=set(claim.when.local_days()) <= set(days),
        parts=claim.parts,
        parts_say=parts_say,
        parts_agree=parts_agree,
    )


def _hour_is_stated(when: When) -> bool:
    if when.precision is Precision.PERIOD:
        zone = ZoneInfo(when.zone)
        ends = (when.start.astimezone(zone), when.end.astimezone(zone))
        return any((e.hour, e.minute) != (0, 0) for e in ends)
    return when.precision in _WITH_HOUR


def _marked(rows: list[ClaimRow]) -> list[ClaimRow]:
    tallies: dict[_Key, ClaimRow] = {}
    for row in sorted((r for r in rows if r.in_window and r.number.is_stated), key=order_of_width):
        tallies[row.office, fold(row.unit), row.accused_ids] = row
    chosen = {row.record for row in tallies.values()}
    return [replace(r, is_tally=r.record in chosen, others=_others(r, rows)) for r in rows]


def _others(row: ClaimRow, rows: list[ClaimRow]) -> tuple[str, ...]:
    def key(one: ClaimRow) -> tuple[object, ...]:
        return (one.office, fold(one.unit), one.accused_ids, one.when.start, one.when.end)

    same = (r for r in rows if key(r) == key(row) and r.number != row.number)
    return tuple(sorted(r.record for r in same))
