"""One element of a violation, three-valued: ``must`` in every reading, ``may`` in some.

``must`` implies ``may``. And, or and not are monotone in both, so that more certainty about an
incident can only turn "may" into certainly yes or certainly no (property P4).
The bounds ``low`` and ``high`` of a probability are for display, and for deals with a standard.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.assessment.explain import node
from tregua.assessment.facts import reasons, test

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.facts import Facts
    from tregua.assessment.model import Because, Why


@dataclass(frozen=True, slots=True)
class Element:
    """What can be said about one element.

    Attributes:
        must, may: true in every reading / in some.
        because: the node that explains it.
        why: reasons that it gives while it is uncertain; empty when it is certain.
        low, high: bounds of its probability, 0..1.
    """

    must: bool
    may: bool
    because: Because
    why: tuple[Why, ...] = ()
    low: float = 0.0
    high: float = 1.0

    @property
    def is_uncertain(self) -> bool:
        """Say whether it holds in some readings only."""
        return self.may and not self.must


def element(
    because: Because, *why: Why, must: bool, may: bool, low: float = 0.0, high: float = 1.0
) -> Element:
    """Build an element; its bounds are 1 when it must hold, 0 when it cannot."""
    if must:
        return Element(must=True, may=True, because=because, low=1.0, high=1.0)
    if not may:
        return Element(must=False, may=False, because=because, low=0.0, high=0.0)
    return Element(False, True, because, why, min(low, high), high)


def said(
    says: str,
    atom: str,
    *why: Why,
    must: bool,
    may: bool,
    records: tuple[str, ...] = (),
    searched: str = "",
    clause: str = "",
    facts: Facts = (),
) -> Element:
    """Build an element together with its node, whose value follows from must and may."""
    because = node(
        says,
        atom,
        value_of(must=must, may=may),
        records=records,
        searched=searched,
        clause=clause,
        facts=(*facts, *(reasons(why) if may and not must else ())),
    )
    return element(because, *why, must=must, may=may)


def value_of(*, must: bool, may: bool) -> bool | None:
    """Return the value of a node: true, false, or ``None`` when it cannot be said."""
    if must:
        return True
    return None if may else False


def all_of(elements: Sequence[Element], says: str, atom: str, *, facts: Facts = ()) -> Element:
    """Return the conjunction. Its bounds hold whatever the dependence (Frechet)."""
    must, may = all(e.must for e in elements), all(e.may for e in elements)
    because = _joined(elements, says, atom, facts or test("all"), value_of(must=must, may=may))
    low = max(0.0, sum(e.low for e in elements) - len(elements) + 1)
    high = min((e.high for e in elements), default=1.0)
    return element(because, *reasons_of(elements), must=must, may=may, low=low, high=high)


def any_of(elements: Sequence[Element], says: str, atom: str, *, facts: Facts = ()) -> Element:
    """Return the disjunction. Its bounds hold whatever the dependence (Frechet)."""
    must, may = any(e.must for e in elements), any(e.may for e in elements)
    because = _joined(elements, says, atom, facts or test("any"), value_of(must=must, may=may))
    low = max((e.low for e in elements), default=0.0)
    high = min(1.0, sum((e.high for e in elements), 0.0))
    return element(because, *reasons_of(elements), must=must, may=may, low=low, high=high)


def negated(inner: Element, says: str) -> Element:
    """Return the negation: must and may change places."""
    must, may = not inner.may, not inner.must
    because = node(
        says,
        inner.because.atom,
        value_of(must=must, may=may),
        parts=(inner.because,),
        facts=(*test("not"), *reasons(inner.why)),
    )
    return element(because, *inner.why, must=must, may=may, low=1 - inner.high, high=1 - inner.low)


def reasons_of(elements: Sequence[Element]) -> tuple[Why, ...]:
    """Return the reasons of all uncertain elements, sorted, each once."""
    return tuple(sorted({w for e in elements if e.is_uncertain for w in e.why}))


def within_clause(one: Element, clause: str) -> Element:
    """Return the element with the clause label written into its node."""
    return replace(one, because=replace(one.because, clause=clause))


def _joined(
    elements: Sequence[Element],
    says: str,
    atom: str,
    facts: Facts,
    holds: bool | None,  # noqa: FBT001  (three values)
) -> Because:
    why = reasons(reasons_of(elements)) if holds is None else ()
    parts = tuple(e.because for e in elements)
    return node(says, atom, holds, parts=parts, facts=(*facts, *why))
