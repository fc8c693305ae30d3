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
    """Say whether every moment in the expression stands in every reading."""
    if isinstance(expression, Instant):
        return True
    if isinstance(expression, Named):
        return expression.name not in moments.uncertain
    if isinstance(expression, Shifted):
        return is_certain(expression.base, moments)
    return _call_is_certain(expression, moments)


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
        return _named(f"{call.name}({about})", moments)
    if call.name == "signed":
        return _signed(about, agreement)
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


def _signed(instrument: str, agreement: Agreement) -> tuple[When, ...]:
    block = agreement.text.block(instrument)
    value = block.get("date") if block else None
    if not isinstance(value, Items):
        return ()
    atoms = [a for i in value.items for a in i.atoms]
    return tuple(a.when for a in atoms if isinstance(a, Instant) and a.when is not None)[:1]


def _call_is_certain(call: Call, moments: Moments) -> bool:
    if call.name in ("first", "last"):
        parts = [expression_of(i) for i in call.plain()]
        return all(p is not None and is_certain(p, moments) for p in parts)
    about = next((i.word for i in call.plain()), "")
    span = moments.phase(about)
    if call.name == "start" and span:
        return span.begun_certainly and span.certain_start in (None, span.start)
    if call.name == "end" and span:
        return span.begun_certainly and span.certain_end == span.end
    return f"{call.name}({about})" not in moments.uncertain
