"""L406: a prohibition without a threshold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import left_open
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in deal.of_kind("prohibition"):
        if left_open(norm, "tolerance"):
            yield at_block(norm, "does one stray round count?", key="tolerance")


RULE = Rule(
    code="L406",
    title="A prohibition has no threshold",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("D01",),
    what="A prohibition has `tolerance` open; it is assessed as zero and shown as not stated.",
    why="one side's bulletins counted 60 in the first 48 hours and 55 on a later day, against"
    " a text with no threshold",
    help="tolerance: 0, if so meant",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    tolerance: undefined
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    tolerance: 0
""",
        prose="No attack at all, 0.",
    ),
)
