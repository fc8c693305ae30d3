"""Says which parts of a formula can be answered when which variables are known.

A predicate binds its variables; a negation and a comparison need theirs. What cannot be answered
so would have infinitely many answers: it is not range-restricted.
"""

from __future__ import annotations

from functools import cache

from tests.outside.mfotl.formula import (
    And,
    Atom,
    Compare,
    Fixed,
    Formula,
    Lasting,
    Not,
    NotSupportedError,
    Or,
    Term,
    Variable,
    free,
    negated,
    variables,
)

UNSAFE = "not range-restricted"
NONE: frozenset[str] = frozenset()


def _conjuncts(formula: Formula) -> list[Formula]:
    if isinstance(formula, And):
        return _conjuncts(formula.left) + _conjuncts(formula.right)
    return [formula]


@cache
def in_order(formula: And, known: frozenset[str]) -> tuple[Formula, ...]:
    """Return the conjuncts in an order in which each can be answered: what is plain comes first."""
    waiting = sorted(_conjuncts(formula), key=lambda p: not isinstance(p, Atom | Compare | Fixed))
    order: list[Formula] = []
    while waiting:
        ready = [p for p in waiting if binds(p, known) is not None]
        if not ready:
            raise NotSupportedError(UNSAFE)
        order.append(ready[0])
        waiting.remove(ready[0])
        known |= free(ready[0])
    return tuple(order)


@cache
def binds(formula: Formula, known: frozenset[str] = frozenset()) -> frozenset[str] | None:
    """Return the variables known afterwards; nothing, when it cannot be answered."""
    after = known | free(formula)
    if isinstance(formula, Atom | Fixed):
        return after
    if isinstance(formula, Compare):
        return after if free(formula) <= known or given(formula, known) is not None else None
    if isinstance(formula, And):
        try:
            in_order(formula, known)
        except NotSupportedError:
            return None
        return after
    if isinstance(formula, Or):
        sides = binds(formula.left, known), binds(formula.right, known)
        return after if sides == (after, after) else None
    if isinstance(formula, Not):
        return _not_binds(formula, known)
    if isinstance(formula, Lasting):
        return _last_binds(formula, known)
    return after if binds(formula.body, known) is not None else None


def _not_binds(formula: Not, known: frozenset[str]) -> frozenset[str] | None:
    if free(formula) <= known:
        return known if binds(formula.body, free(formula)) is not None else None
    if isinstance(formula.body, And):
        return binds(Or(negated(formula.body.left), negated(formula.body.right)), known)
    return None


def _last_binds(node: Lasting, known: frozenset[str]) -> frozenset[str] | None:
    """As for `_at_all_points`: alone, or with the known values' help."""
    for given in (frozenset[str](), known & free(node)):
        reached = binds(node.reached, given) or frozenset()
        if free(node) <= reached and binds(node.held, free(node.held)) is not None:
            return known | free(node)
    return None


def given(formula: Compare, known: frozenset[str]) -> tuple[str, Term] | None:
    """Return the variable that an equation binds, and the term that gives its value."""
    for side, other in ((formula.left, formula.right), (formula.right, formula.left)):
        if (
            formula.operator == "="
            and isinstance(side, Variable)
            and side.name not in known
            and set(variables(other)) <= known
        ):
            return side.name, other
    return None
