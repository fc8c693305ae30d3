"""From elements to an answer: the rule of the standard (deal language, section 4.5).

Without a standard in the deal, "violated" needs every element certain and no exception possible,
and "kept" needs that no violation is possible. A deal that states probabilities is answered by p,
the share of possible worlds (``probability.py``): violated if the lower end of p reaches `violated
at`, kept if its upper end is at most `kept at`. Where worlds had to be drawn, the bounds answer,
which hold whatever is drawn. The product has no number of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.assessment.explain import node
from tregua.assessment.facts import test
from tregua.assessment.model import Answer, Why

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.agreement.model import Agreement, Norm, Verification
    from tregua.assessment.facts import Facts
    from tregua.assessment.model import Because


@dataclass(frozen=True, slots=True)
class Standard:
    """The probabilities at which the deal says violated and kept; ``None`` where it states none."""

    violated_at: float | None
    kept_at: float | None

    def node(self, clause: str) -> Because:
        """Return the node that shows the standard or its absence."""
        if self.violated_at is None and self.kept_at is None:
            says = "the text states no standard: only what holds in every reading decides"
            return node(says, "standard", None, clause=clause, facts=self.facts)
        says = f"standard: violated at {self.violated_at}, kept at {self.kept_at}"
        return node(says, "standard", True, clause=clause, facts=self.facts)

    @property
    def facts(self) -> Facts:
        """Return its numbers as facts; a number that the deal does not state is empty."""
        numbers = (("violated at", self.violated_at), ("kept at", self.kept_at))
        return test("standard", *((n, "" if v is None else repr(v)) for n, v in numbers))


@dataclass(frozen=True, slots=True)
class Chance:
    """Whether a violation is certain and possible, and the bounds of its probability."""

    must: bool
    may: bool
    low: float
    high: float


def standard_of(norm: Norm, agreement: Agreement) -> Standard:
    """Return the norm's own standard, else that of a verification which checks it."""
    checks = verifications_of(norm, agreement)
    violated = [norm.violated_at, *(v.violated_at for v in checks)]
    kept = [norm.kept_at, *(v.kept_at for v in checks)]
    return Standard(_first(violated), _first(kept))


def verifications_of(norm: Norm, agreement: Agreement) -> tuple[Verification, ...]:
    """Return the verifications that check the norm, in the order of the deal."""
    named = norm.verified_by if isinstance(norm.verified_by, tuple) else ()
    return tuple(
        v
        for v in agreement.verifications
        if v.id in named or (isinstance(v.of, tuple) and (norm.id in v.of or "any" in v.of))
    )


def answer_to(
    chance: Chance, reasons: Iterable[Why], standard: Standard, *, covered: bool, by_person: bool
) -> tuple[Answer, tuple[Why, ...]]:
    """Return the answer, with its reasons when it is undetermined (at least one, sorted)."""
    why = set(reasons)
    if by_person:
        return Answer.UNDETERMINED, tuple(sorted({*why, Why.NEEDS_DECISION}))
    if chance.must or (standard.violated_at is not None and chance.low >= standard.violated_at):
        return Answer.VIOLATED, ()
    low_enough = standard.kept_at is not None and chance.high <= standard.kept_at
    if (not chance.may or low_enough) and covered:
        return Answer.KEPT, ()
    if not covered:
        why.add(Why.NO_COVERAGE)
    return Answer.UNDETERMINED, tuple(sorted(why or {Why.NEEDS_DECISION}))


def _first(values: Sequence[object]) -> float | None:
    return next((float(v) for v in values if isinstance(v, Decimal)), None)
