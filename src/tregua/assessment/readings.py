"""What a time expression may mean: every reading, earliest first; none while one is unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Instant, Named, Shifted
from tregua.agreement.value import Amount, Items, Op, Word
from tregua.assessment.steps import moved
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, TimeExpr
    from tregua.agreement.value import Atom, Item
    from tregua.assessment.spans import Moments

_DECLARED = frozenset({"opened", "done", "accepted", "approved", "notified"})


def readings(expression: TimeExpr, agreement: Agreement, moments: Moments) -> tuple[When, ...]:
    """Return every instant that the expression may mean, sorted; empty when it is not known."""
    if isinstance(expression, Instant):
        return () if expression.when is None else (expression.when,)
    if isinstance(expression, Named):
        return _named(expression.name, moments)
    if isinstance(expression, Shifted):
        return _shifted(expression, agreement, moments)
    return _called(expression, agreement, moments)


def is_certain(expression: TimeExpr, moments: Moments) -> bool:
    """Say whether every moment in the expression is fixed completely and by one account only."""
    spans = moments.phases
    open_ends = {f"end({s.id})" for s in spans if s.certain_end != s.end}
    open_starts = {f"start({s.id})" for s in spans if s.certain_start not in (None, s.start)}
    doubted = _half_fixed(moments) | open_ends | open_starts | set(moments.uncertain)
    return not names_in(expression) & doubted


def is_complete(expression: TimeExpr, moments: Moments) -> bool:
    """Say whether all who fix the moments in the expression together have done so.

    Complete declarations may still conflict: then there are several readings.
    """
    return not names_in(expression) & _half_fixed(moments)


def names_in(expression: TimeExpr | None) -> set[str]:
    """Return the moments that an expression rests on: ``D``, ``end(truce)``, ``done(lists)``."""
    if expression is None or isinstance(expression, Instant):
        return set()
    if isinstance(expression, Named):
        return {expression.name}
    if isinstance(expression, Shifted):
        return names_in(expression.base)
    if expression.name in ("first", "last"):
        return {n for i in expression.plain() for n in names_in(expression_of(i))}
    return {moment_name(expression)} if expression.plain() else set()


def moment_name(call: Call) -> str:
    """Return the name under which a called moment is kept: ``approved(terms, by: council)``."""
    about = next((i.word for i in call.plain()), "")
    named = "".join(f", {a.name}: {a.item.word}" for a in call.args if a.name)
    return f"{call.name}({about}{named})"


def expression_of(item: Item) -> TimeExpr | None:
    """Read an argument such as ``start(p) + 8 months`` as a time expression."""
    base = _base(item.atoms[0])
    rest = item.atoms[1:]
    for sign, amount in zip(rest[::2], rest[1::2], strict=False):
        if base is None or not isinstance(sign, Op) or not isinstance(amount, Amount):
            return None
        base = Shifted(base, -1 if sign.sign == "-" else 1, amount)
    return base


def instant(at: datetime, zone: str) -> When:
    """Return an exact instant (UTC) as a `When`."""
    return When(at, at + timedelta(seconds=1), Precision.SECOND, zone)


def _base(atom: Atom) -> TimeExpr | None:
    if isinstance(atom, Word):
        return Named(atom.name)
    return atom if isinstance(atom, Instant | Call) else None


def _named(name: str, moments: Moments) -> tuple[When, ...]:
    return tuple(sorted(when for n, when, _ in moments.named if n == name))


def _shifted(expression: Shifted, agreement: Agreement, moments: Moments) -> tuple[When, ...]:
    found = []
    for when in readings(expression.base, agreement, moments):
        zone = agreement.zone if agreement.zone_is_stated else when.zone
        start = moved(when.start, expression.amount, zone=zone, sign=expression.sign)
        if start is not None:
            found.append(When(start, start + (when.end - when.start), when.precision, when.zone))
    return tuple(found)


def _called(call: Call, agreement: Agreement, moments: Moments) -> tuple[When, ...]:
    if call.name in ("first", "last"):
        return _first_or_last(call, agreement, moments)
    about = next((i.word for i in call.plain()), "")
    if call.name in _DECLARED:
        return _named(moment_name(call), moments)
    if call.name == "signed":
        return _signed(about, _named(moment_name(call), moments), agreement)
    span = moments.phase(about)
    if span is None or call.name not in ("start", "end"):
        return ()
    ends = (span.certain_end, span.end) if call.name == "end" else (span.start, span.certain_start)
    return tuple(instant(t, agreement.zone) for t in sorted({t for t in ends if t is not None}))


def _first_or_last(call: Call, agreement: Agreement, moments: Moments) -> tuple[When, ...]:
    """Choose among the arguments; ``last`` needs all, ``first`` takes what is known so far."""
    parts: list[When] = []
    for item in call.plain():
        expression = expression_of(item)
        found = readings(expression, agreement, moments) if expression else ()
        if not found and call.name == "last":
            return ()
        parts += found[:1]
    if not parts:
        return ()
    return (min(parts) if call.name == "first" else max(parts),)


def written_day(instrument: str, agreement: Agreement) -> When | None:
    """Return the day of signature that stands in the text, if one does."""
    block = agreement.text.block(instrument)
    value = block.get("date") if block else None
    if not isinstance(value, Items):
        return None
    atoms = [a for i in value.items for a in i.atoms]
    return next((a.when for a in atoms if isinstance(a, Instant) and a.when is not None), None)


def _signed(instrument: str, recorded: tuple[When, ...], agreement: Agreement) -> tuple[When, ...]:
    """Return the day in the text, or a record within that day; one that differs stands beside."""
    day = written_day(instrument, agreement)
    if day is None or (recorded and all(day.start <= r.start < day.end for r in recorded)):
        return recorded
    return tuple(sorted((day, *recorded)))


def _half_fixed(moments: Moments) -> set[str]:
    """Return the moments that only some of those have fixed who must do it together."""
    spans = [s.id for s in moments.phases if not s.begun_certainly]
    return {*moments.incomplete, *(f"{edge}({i})" for i in spans for edge in ("start", "end"))}
