"""Sums within and across claimed counts. A note never blocks and never corrects.

1. Parts: the named parts against the total, also with one part replaced by its listed details.
2. One claimant, one period, two numbers; and one period in two units.
3. Running totals: old total + new number against the new total.
4. Series: the numbers of single days against a total over them.

Numbers of different unit, accused, topic or place are never compared. "The same claimant" is the
same publishing office, as namings say; without a naming, the same words. Ranges are kept as ranges:
a sum that lies inside what was claimed is not noted.

Not here: whether a claim is true.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, TypeAlias

from tregua.terms.notes import Note, Severity, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from tregua.reports.model import CountClaim, Naming
    from tregua.terms.estimate import Estimate

_Claims: TypeAlias = "tuple[CountClaim, ...]"
_PAIR = 2  # also: "24 hours" from one calendar day into the next touches two dates


def check_claims(
    claims: tuple[CountClaim, ...], namings: tuple[Naming, ...] = ()
) -> tuple[Note, ...]:
    """Return every note on the claims, each laid to one claim (``note.on`` is its record id)."""
    ordered = tuple(sorted(claims, key=lambda c: (c.when.start, c.when.end, c.origin.id)))
    offices = {n.name: n.office for n in namings if n.office}
    notes = [note for claim in ordered for note in check_parts(claim)]
    for period in _by_period(ordered, offices):
        notes += [*_two_numbers(period), *_two_units(period)]
    for group in _groups(ordered, offices):
        notes += [*_totals(group), *_series(group)]
    return tuple(notes)


def _groups(claims: _Claims, offices: dict[str, str]) -> Iterator[_Claims]:
    """Yield the claims that may be compared with one another."""
    groups: dict[tuple[object, ...], list[CountClaim]] = defaultdict(list)
    for claim in claims:
        who = offices.get(claim.origin.reporter, claim.origin.reporter)
        key = (who, claim.accused, claim.unit, claim.about, str(claim.place))
        groups[key].append(claim)
    yield from (tuple(group) for group in groups.values())


def _note(code: str, claim: CountClaim, said: str, why: str = "") -> Note:
    return Note(
        code, Severity.WARNING, said, Spot(claim.origin.source), why=why, on=claim.origin.id
    )


def _span(number: Estimate) -> tuple[int, float]:
    most = number.most
    return number.least, inf if most is None else most


def _holds(number: Estimate, value: float) -> bool:
    low, high = _span(number)
    return low <= value <= high


# -- 1. parts -----------------------------------------------------------------------------------


def check_parts(claim: CountClaim) -> tuple[Note, ...]:
    """Return the note on parts that do not give the total, with the reading that would fit."""
    details: dict[str, int] = defaultdict(int)
    names = {name for name, _ in claim.parts}
    whole: dict[str, int] = {}
    for name, number in claim.parts:
        part, slash, _ = name.partition(" / ")
        if slash and part in names:
            details[part] += number
        else:
            whole[name] = number
    total = sum(whole.values())
    if not whole or not claim.number.is_stated or _holds(claim.number, total):
        return ()
    added = " + ".join(str(number) for number in whole.values())
    said = f"the parts {added} give {total}, the total is {claim.number}"
    return (_note("R104", claim, said, _fitting(claim, whole, details)),)


def _fitting(claim: CountClaim, whole: dict[str, int], details: dict[str, int]) -> str:
    total = sum(whole.values())
    listed = [
        f"{name} as listed in detail is {held}, not {whole[name]}: with it the sum fits"
        for name, held in details.items()
        if _holds(claim.number, total - whole[name] + held)
    ]
    left_out = [
        f"without {name} ({number}) it fits"
        for name, number in whole.items()
        if number and _holds(claim.number, total - number)
    ]
    return "; ".join(listed + left_out)


# -- 2. one period, two numbers or two units ------------------------------------------------------


def _by_period(claims: _Claims, offices: dict[str, str]) -> Iterator[_Claims]:
    periods: dict[tuple[object, ...], list[CountClaim]] = defaultdict(list)
    for claim in claims:
        who = offices.get(claim.origin.reporter, claim.origin.reporter)
        when = (claim.when.start, claim.when.end)
        periods[who, when, claim.accused, claim.about, str(claim.place)].append(claim)
    yield from (tuple(period) for period in periods.values())


def _two_numbers(period: _Claims) -> Iterator[Note]:
    for first, second in combinations(period, 2):
        if first.unit == second.unit and _span(first.number) != _span(second.number):
            said = f"{second.number} here and {first.number} in {first.origin.id}, for one period"
            yield _note("R106", second, said, _digits(str(first.number), str(second.number)))


def _two_units(period: _Claims) -> Iterator[Note]:
    for first, second in combinations(period, 2):
        if first.unit != second.unit:
            other = f"{first.number} {first.unit} in {first.origin.id}"
            said = f"{second.number} {second.unit} here and {other}, for one period: never added"
            yield replace(_note("R107", second, said), severity=Severity.INFO)


def _digits(first: str, second: str) -> str:
    many = min(len(first), len(second)) >= _PAIR  # one digit alone is not mistaken for two
    if many and first.isdigit() and second.isdigit() and _is_slip(first, second):
        return f"digit suspicion: {first} and {second} differ by one slip"
    return ""


def _is_slip(first: str, second: str) -> bool:
    """Say whether one digit is other, more or less, or two neighbours are exchanged."""
    if len(first) != len(second):
        short, long = sorted((first, second), key=len)
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    unlike = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(unlike) == 1:
        return True
    if len(unlike) != _PAIR or unlike[1] != unlike[0] + 1:
        return False
    here, there = unlike
    return (first[here], first[there]) == (second[there], second[here])


# -- 3. running totals ----------------------------------------------------------------------------


def _totals(group: _Claims) -> Iterator[Note]:
    for new in (claim for claim in group if claim.cumulative):
        for old, added in _steps(group, new):
            low = old.number.least + added.number.least
            high = _span(old.number)[1] + _span(added.number)[1]
            if _overlap((low, high), _span(new.number)):
                continue
            off = new.number.least - low
            rest = f"{off} are unexplained" if off > 0 else f"{-off} are too many"
            said = f"{old.number} and {added.number} give {low}, the new total is {new.number}"
            yield _note(
                "R105", new, f"{said}: {rest}", f"old {old.origin.id}, new {added.origin.id}"
            )


def _steps(group: _Claims, new: CountClaim) -> Iterator[tuple[CountClaim, CountClaim]]:
    """Yield (old total, number of the days since) that lead to the new total."""
    olds = [c for c in group if c.when.start == new.when.start and c.when.end < new.when.end]
    lasts = [c for c in group if not c.cumulative and c.when.end == new.when.end]
    for old in olds:
        for added in lasts:
            # A count from date to date begins on the date on which the old total ends, or next.
            gap = (_first_day(added) - _last_day(old)).days
            if added.when.start > new.when.start and gap in (0, 1):
                yield old, added


# -- 4. series ------------------------------------------------------------------------------------


def _series(group: _Claims) -> Iterator[Note]:
    single = [c for c in group if not c.cumulative and len(c.when.local_days()) <= _PAIR]
    for total in group:
        days = len(total.when.local_days())
        if not total.cumulative and days <= _PAIR:
            continue
        for touched in (1, _PAIR):
            slots = days - touched + 1
            inside = [c for c in single if c is not total and _lies_in(c, total, touched)]
            if days > touched:
                yield from _series_note(total, _by_day(inside), slots)


def _lies_in(claim: CountClaim, total: CountClaim, touched: int) -> bool:
    fits = len(claim.when.local_days()) == touched
    return fits and _first_day(total) <= _first_day(claim) and _last_day(claim) <= _last_day(total)


def _by_day(claims: Iterable[CountClaim]) -> dict[date, list[CountClaim]]:
    days: dict[date, list[CountClaim]] = defaultdict(list)
    for claim in claims:
        days[_first_day(claim)].append(claim)
    return days


def _series_note(
    total: CountClaim, days: dict[date, list[CountClaim]], slots: int
) -> Iterator[Note]:
    missing = slots - len(days)
    if len(days) < _PAIR or missing > len(days):
        return
    low = sum(min(c.number.least for c in claims) for claims in days.values())
    high = sum(max(_span(c.number)[1] for c in claims) for claims in days.values())
    least, most = _span(total.number)
    if _overlap((low, high), (least, most)) or (missing and low <= most and high == inf):
        return
    shown = " + ".join(" or ".join(str(c.number) for c in days[day]) for day in sorted(days))
    if missing and high < least:
        said = (
            f"{shown} give {_range(low, high)} of {total.number}: the rest is for {missing} day(s)"
        )
        yield replace(_note("R116", total, f"{said} without a number"), severity=Severity.INFO)
    else:
        said = f"{shown} give {_range(low, high)}, the total over these days is {total.number}"
        yield _note("R116", total, said)


def _range(low: int, high: float) -> str:
    return str(low) if low == high else f"{low} to {high:g}"


def _overlap(first: tuple[float, float], second: tuple[float, float]) -> bool:
    return first[0] <= second[1] and second[0] <= first[1]


def _first_day(claim: CountClaim) -> date:
    return claim.when.local_day()


def _last_day(claim: CountClaim) -> date:
    return claim.when.local_days()[-1]
