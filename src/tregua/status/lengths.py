"""Lengths of a clock as numbers in its unit, and comparisons of an interval with a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.agreement.value import Amount

# Only fixed steps: a month has no length in days, so it is not compared with a clock of days.
IN_HOURS = {"hours": 1, "days": 24, "weeks": 168}


def in_unit(amount: Amount, unit: str) -> float | None:
    """Return the amount in ``days`` or ``hours``; ``None`` when it has no fixed length in them."""
    written = amount.unit if amount.unit.endswith("s") else f"{amount.unit}s"
    if written == unit:
        return float(amount.value)
    if written not in IN_HOURS or unit not in IN_HOURS:
        return None
    return float(amount.value) * IN_HOURS[written] / IN_HOURS[unit]


def compare(low: int, high: int, sign: str, bound: float) -> bool | None:
    """Compare a length in ``low..high`` with a bound; ``None`` when both answers are possible."""
    answers = {_one(value, sign, bound) for value in _corners(low, high, bound)}
    return answers.pop() if len(answers) == 1 else None


def _corners(low: int, high: int, bound: float) -> tuple[float, ...]:
    inside = (bound,) if low <= bound <= high else ()
    return (low, high, *inside)


def _one(value: float, sign: str, bound: float) -> bool:
    match sign:
        case ">=":
            return value >= bound
        case ">":
            return value > bound
        case "<=":
            return value <= bound
        case "<":
            return value < bound
    return value == bound
