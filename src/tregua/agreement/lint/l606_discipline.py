"""L606: no duty to discipline one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import speaks_of
from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    if not any(speaks_of(deal, n, "discipline") for n in deal.of_kind("duty")):
        yield at_deal(deal, "no duty to discipline")


RULE = Rule(
    code="L606",
    title="No duty to discipline one's own",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("I04",),
    what="No `duty` has the act `discipline`.",
    why="the measures of 2020 have one, with notification",
    help='duty own-ranks "..."  with  must: discipline',
    find=_find,
    bad=miniature(
        """
duty talk "The sides talk"
    on: a, b
    must: consult
"""
    ),
    good=miniature(
        """
duty own-ranks "The sides discipline their own"
    on: a, b
    must: discipline
"""
    ),
)
