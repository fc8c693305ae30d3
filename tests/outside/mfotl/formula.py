"""Formulas of metric first-order temporal logic, reduced to few forms.

Once, eventually, always and historically are written by since and until; "for all" and "implies" by
"not", "exists" and "or". Times are whole numbers, so an interval is kept closed: (a, b) is
[a + 1, b - 1]. A bound variable has a name that no other variable has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

Value: TypeAlias = "int | float | str"


class NotSupportedError(Exception):
    """A case outside the fragment; the text is the reason that is counted."""


class EmptyIntervalError(NotSupportedError):
    """An interval that holds no instant: it is refused."""


@dataclass(frozen=True, slots=True)
class Constant:
    value: Value


@dataclass(frozen=True, slots=True)
class Variable:
    name: str


@dataclass(frozen=True, slots=True)
class Compound:
    operator: str
    parts: tuple[Term, ...]


Term: TypeAlias = "Constant | Variable | Compound"


@dataclass(frozen=True)
class Atom:
    name: str
    terms: tuple[Term, ...]


@dataclass(frozen=True)
class Compare:
    operator: str
    left: Term
    right: Term


@dataclass(frozen=True)
class Fixed:
    """TRUE or FALSE."""

    holds: bool


@dataclass(frozen=True)
class Not:
    body: Formula


@dataclass(frozen=True)
class And:
    left: Formula
    right: Formula


@dataclass(frozen=True)
class Or:
    left: Formula
    right: Formula


@dataclass(frozen=True)
class Exists:
    names: tuple[str, ...]
    body: Formula


@dataclass(frozen=True)
class Step:
    """The previous time point (`by` is -1) or the next (1), at a distance in [low, high]."""

    by: int
    low: int
    high: int | None
    body: Formula


@dataclass(frozen=True)
class Lasting:
    """`reached` at a distance in [low, high], and `held` at all time points between.

    Looks back for since, ahead for until.
    """

    ahead: bool
    low: int
    high: int | None
    held: Formula
    reached: Formula


Formula: TypeAlias = "Atom | Compare | Fixed | Not | And | Or | Exists | Step | Lasting"
TRUE = Fixed(holds=True)


def negated(formula: Formula) -> Formula:
    """Return the negation; a disjunction becomes a conjunction that can bind variables."""
    if isinstance(formula, Not):
        return formula.body
    if isinstance(formula, Fixed):
        return Fixed(not formula.holds)
    if isinstance(formula, Or):
        return And(negated(formula.left), negated(formula.right))
    return Not(formula)


def parts(formula: Formula) -> tuple[Formula, ...]:
    """Return the direct parts, from left to right."""
    if isinstance(formula, And | Or):
        return formula.left, formula.right
    if isinstance(formula, Not | Exists | Step):
        return (formula.body,)
    if isinstance(formula, Lasting):
        return formula.held, formula.reached
    return ()


def variables(term: Term) -> tuple[str, ...]:
    """Return the variables of a term, in order, perhaps more than once."""
    if isinstance(term, Variable):
        return (term.name,)
    return (
        tuple(n for part in term.parts for n in variables(part))
        if isinstance(term, Compound)
        else ()
    )


@cache
def free(formula: Formula) -> frozenset[str]:
    """Return the free variables."""
    if isinstance(formula, Atom):
        return frozenset(n for term in formula.terms for n in variables(term))
    if isinstance(formula, Compare):
        return frozenset(variables(formula.left) + variables(formula.right))
    names = frozenset(n for part in parts(formula) for n in free(part))
    return names - frozenset(formula.names) if isinstance(formula, Exists) else names


@cache
def columns(formula: Formula) -> tuple[str, ...]:
    """Return the free variables in the order in which the peer prints them.

    That order comes from its joins: the left side first, for since and until the right side alone.
    """
    if isinstance(formula, Atom):
        return _once_each(n for term in formula.terms for n in variables(term))
    if isinstance(formula, Compare):
        return _once_each(variables(formula.left) + variables(formula.right))
    if isinstance(formula, And) and isinstance(formula.left, Not):
        return _once_each(columns(formula.right) + columns(formula.left))
    if isinstance(formula, Lasting):
        return _once_each(columns(formula.reached) + columns(formula.held))
    found = _once_each(n for part in parts(formula) for n in columns(part))
    return tuple(n for n in found if not isinstance(formula, Exists) or n not in formula.names)


def _once_each(names: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))  # type: ignore[call-overload]


def all_parts(formula: Formula) -> list[Formula]:
    """Return the formula and everything in it."""
    return [formula, *(p for part in parts(formula) for p in all_parts(part))]


def reach(formula: Formula) -> int:
    """Return a length that no chain of intervals of this formula exceeds."""
    bounds = [p for p in all_parts(formula) if isinstance(p, Step | Lasting)]
    return sum(max(b.low, b.high or 0) for b in bounds)
