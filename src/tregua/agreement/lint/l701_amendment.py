"""L701: no clause on amendment, termination or notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    powers = deal.of_kind("power")
    ending = [p for p in powers if p.word("does") == "terminate"]
    gaps = []
    if not any(p.word("does") == "amend" for p in powers):
        gaps.append("no power to amend")
    if not ending:
        gaps.append("no power to terminate")
    if not any(b.has("notice") for b in (*ending, *deal.of_kind("phase"))):
        gaps.append("no notice")
    if gaps:
        yield at_deal(deal, "; ".join(gaps))


RULE = Rule(
    code="L701",
    title="No clause on amendment, termination or notice",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("J01", "J03"),
    what="No `power` amends, none terminates, or neither a terminating power nor a phase has "
    "`notice`.",
    why="amendment is in 2, termination in 2 of 28 past deals",
    help='power change "..."  with  does: amend; power leave "..."  with  does: terminate, '
    "notice: <span>",
    find=_find,
    bad=miniature(
        """
power change "Changes"
    holder: a, b
    mode: joint
    does: amend
"""
    ),
    good=miniature(
        """
power change "Changes"
    holder: a, b
    mode: joint
    does: amend

power leave "Leaving"
    holder: a, b
    mode: either
    does: terminate
    notice: 5 days
""",
        prose="Changes are made jointly; each side may leave with 5 days of notice.",
    ),
)
