"""Lengths of a clock as numbers in its unit, and comparisons of an interval with a bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.attribution.worlds import packed
from tregua.status.in_worlds import InWorlds, Known

if TYPE_CHECKING:
    from tregua.agreement.model import Clock
    from tregua.agreement.value import Amount
    from tregua.attribution.worlds import Truths
    from tregua.status.lengths_in_worlds import HandsInWorlds, Lengths

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


def unit_of(clock: Clock) -> str:
    """Return in what a clock counts: ``hours`` or ``days``."""
    if clock.counts == "consecutive-hours":
        return "hours"
    if (
        clock.counts == "elapsed"
        and clock.target is not None
        and clock.target.unit.startswith("hour")
    ):
        return "hours"
    return "days"


def compare(low: int, high: int, sign: str, bound: float) -> bool | None:
    """Compare a length in ``low..high`` with a bound; ``None`` when both answers are possible."""
    answers = {_one(value, sign, bound) for value in _corners(low, high, bound)}
    return answers.pop() if len(answers) == 1 else None


def compare_in_worlds(hands: HandsInWorlds, sign: str, bound: float) -> InWorlds:
    """Compare the interval of each world with a bound."""
    low, high = hands.low, hands.high
    match sign:
        case ">=" | ">":
            must, may = _above(low, sign, bound), _above(high, sign, bound)
        case "<=" | "<":
            opposite = ">" if sign == "<=" else ">="
            must, may = ~_above(high, opposite, bound), ~_above(low, opposite, bound)
        case _:
            must, may = (low == bound) & (high == bound), (low <= bound) & (bound <= high)
    return InWorlds(Known(packed(must)), Known(packed(may)))


def _above(lengths: Lengths, sign: str, bound: float) -> Truths:
    return lengths > bound if sign == ">" else lengths >= bound


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
