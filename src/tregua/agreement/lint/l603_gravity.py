"""L603: no difference between isolated, repeated, persistent and serious."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import calls
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for consequence in deal.of_kind("consequence"):
        counted = any(
            c.arg("count") is not None for c in calls(consequence.get("when"), "violation")
        )
        if consequence.is_open("threshold") and not counted:
            yield at_block(consequence, "one stray act and a campaign are alike", key="threshold")


RULE = Rule(
    code="L603",
    title="No difference between isolated, repeated, persistent and serious",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("I02",),
    what="A consequence has `threshold` open and does not count violations.",
    why="a report of the South Sudan monitors of 2016 found no evidence that an act was "
    "ordered; the text had no place for the difference",
    help="threshold: repeated, or  when: violation(<norm>, count: 3, in: 7 days)",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    threshold: undefined
    does: note
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    threshold: repeated
    does: note
"""
    ),
)
