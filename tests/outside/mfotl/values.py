"""Computes terms, and lays the values of an event beside the terms of a predicate."""

from __future__ import annotations

import operator
from typing import TYPE_CHECKING

from tests.outside.mfotl.formula import (
    Atom,
    Constant,
    NotSupportedError,
    Term,
    Value,
    Variable,
    variables,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.outside.mfotl.log import Tuple

TYPES = "types that do not fit"
SIGNS: dict[str, Callable[..., Value]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "negative": operator.neg,
    "i2f": float,
    "f2i": int,
}


def bind(atom: Atom, values: Tuple) -> dict[str, Value] | None:
    """Return the values of the variables, or nothing when the event is another one."""
    bound: dict[str, Value] = {}
    if len(atom.terms) != len(values):
        raise NotSupportedError("the log does not fit the formula")
    for term, value in zip(atom.terms, values, strict=True):
        if isinstance(term, Variable):
            if bound.setdefault(term.name, value) != value:
                return None
        elif variables(term):
            raise NotSupportedError("terms with variables in a predicate")
        elif compute(term, {}) != value:
            return None
    return bound


def compute(term: Term, values: dict[str, Value]) -> Value:
    """Return the value of a term; whole numbers are divided as the peer divides them."""
    if isinstance(term, Constant):
        return term.value
    if isinstance(term, Variable):
        return values[term.name]
    got = [compute(part, values) for part in term.parts]
    if any(isinstance(value, str) for value in got):
        raise NotSupportedError(TYPES)
    if term.operator in SIGNS:
        return SIGNS[term.operator](*got)
    left, right = got
    if not isinstance(left, int | float) or not isinstance(right, int | float) or right == 0:
        raise NotSupportedError("division by zero")
    if isinstance(left, float):
        return left / right
    quotient = abs(left) // abs(int(right)) * (1 if (left < 0) == (right < 0) else -1)
    return quotient if term.operator == "/" else left - quotient * int(right)
