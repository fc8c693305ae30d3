"""L509: no periodic report, or no rule on publicity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for check in deal.of_kind("verification"):
        gaps = list(open_keys(check, "publishes"))
        if check.is_open("reports every") and not _a_body_reports(deal, check):
            gaps.insert(0, "reports every")
        if gaps:
            yield at_block(check, f"left open: {listed(gaps)}", key="publishes")


def _a_body_reports(deal: DealText, check: Block) -> bool:
    bodies = [deal.block(w) for w in check.words("by")]
    return any(b is not None and b.has("reports every") for b in bodies)


RULE = Rule(
    code="L509",
    title="No periodic report, or no rule on publicity",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("G07", "G11"),
    what="A `verification` has `publishes` open, or neither it nor the body that does it has "
    "`reports every`.",
    why="a periodic report is named in 5 of 28 past deals, public information in 4",
    help="reports every: 7 days, publishes: public",
    find=_find,
    bad=miniature(
        """
verification watch "Somebody watches"
    of: any
    by: a, b
    publishes: undefined
"""
    ),
    good=miniature(
        """
verification watch "Somebody watches"
    of: any
    by: a, b
    reports every: 7 days
    publishes: public
""",
        prose="A public report every 7 days.",
    ),
)
