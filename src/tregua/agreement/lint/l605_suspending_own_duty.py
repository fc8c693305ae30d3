"""L605: suspending one's own duty without notice and finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import speaks_of
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for consequence in deal.of_kind("consequence"):
        if not speaks_of(deal, consequence, "suspend-duty", keys=("does",)):
            continue
        gaps = []
        if consequence.word("needs") == "assessment":
            gaps.append("no finding is needed")
        if consequence.is_open("notice"):
            gaps.append("no notice")
        if gaps:
            yield at_block(consequence, "; ".join(gaps), key="notice")


RULE = Rule(
    code="L605",
    title="One's own duty may be suspended without notice and finding",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("I06",),
    what="A consequence has the act `suspend-duty` with `needs: assessment`, or without `notice`.",
    why="Gaza October 2025, as long as",
    help="needs: finding, notice: <span>",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: pause

consequence pause "The other side pauses its duty"
    when: violation(attacks)
    needs: assessment
    does: suspend-duty
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: pause

consequence pause "The other side pauses its duty"
    when: violation(attacks)
    needs: finding
    does: suspend-duty
    notice: 48 hours
""",
        prose="After a finding and 48 hours of notice the other side may pause its duty.",
    ),
)
