"""L505: no standard of proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import left_open, norms
from tregua.agreement.rule import Rule, at_block, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    checks = deal.of_kind("verification")
    if not checks and not any(n.has("standard") for n in norms(deal)):
        yield at_deal(deal, "no standard anywhere")
    for check in checks:
        if left_open(check, "standard") and left_open(check, "violated at"):
            yield at_block(check, "how sure is sure?", key="standard")


RULE = Rule(
    code="L505",
    title="There is no standard of proof",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("G13",),
    what="A `verification` has `standard` and `violated at` open, or there is no verification "
    "and no norm names a `standard`.",
    why="0 of 28 past deals state one; the monitors in South Sudan had to invent reasonable "
    "grounds to believe",
    help='standard: "...", violated at: <number>, kept at: <number>',
    find=_find,
    bad=miniature(
        """
verification watch "Somebody watches"
    of: any
    by: a, b
    standard: undefined
"""
    ),
    good=miniature(
        """
verification watch "Somebody watches"
    of: any
    by: a, b
    standard: "more likely than not"
""",
        prose="A report counts when it is more likely than not.",
    ),
)
