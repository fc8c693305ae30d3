"""The words of this room: short sentences that take no side. No rule stands here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Undefined
from tregua.agreement.value import Nothing
from tregua.assessment.model import Why

if TYPE_CHECKING:
    from collections.abc import Iterable

REASONS: dict[Why, str] = {
    Why.NOT_DUE: "the time for it has not run out",
    Why.WHO: "who did it is not settled",
    Why.WHAT: "what was done is not settled",
    Why.WHERE: "whether the place is covered is not settled",
    Why.WHEN: "when it was is not settled",
    Why.EXCEPTION_CLAIMED: "an exception is claimed and neither shown nor refuted",
    Why.NO_COVERAGE: "nobody watched",
    Why.CONTESTED: "reports contradict each other",
    Why.NEEDS_DECISION: "a decision is needed that nobody has recorded",
}


def listed(names: Iterable[str], word: str = "and") -> str:
    """Write names as a list for people: ``a``, ``a and b``, ``a, b and c``."""
    names = tuple(names)
    if not names[1:]:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def many(count: int, one: str, more: str = "") -> str:
    """Write a count with its noun: ``1 day``, ``2 days``."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def why_not_settled(reasons: Iterable[Why]) -> str:
    """Write reasons of "undetermined" as the end of a sentence."""
    return "; ".join(REASONS[r] for r in sorted(set(reasons))) or "it cannot be said"


def in_clause(label: str) -> str:
    """Write a clause label in brackets; nothing when there is none."""
    return f" (clause {label})" if label else ""


def left_open(slot: object) -> str:
    """Say how the deal treats a slot that holds no value: silent, left open, or said to be none."""
    if isinstance(slot, Nothing):
        return "the deal says that there is none"
    if isinstance(slot, Undefined):
        return (
            f'the deal leaves it open ("{slot.phrase}")'
            if slot.phrase
            else "the deal leaves it open"
        )
    return "the deal does not say"
