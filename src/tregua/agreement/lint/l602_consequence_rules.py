"""L602: a consequence without decider, trigger, proportion or way back, or silent on the duty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_KEYS = ("when", "decided by", "undone when", "still owed")


def _find(deal: DealText) -> Iterator[Hit]:
    for consequence in deal.of_kind("consequence"):
        gaps = list(open_keys(consequence, *_KEYS))
        if consequence.is_open("threshold") and consequence.is_open("lasts"):
            gaps.append("proportion")
        if gaps:
            yield at_block(consequence, f"left open: {listed(gaps)}")


RULE = Rule(
    code="L602",
    title="A consequence lacks decider, trigger, proportion or way back",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("I03",),
    what="A consequence leaves `when`, `decided by` or `undone when` open, has neither "
    "`threshold` nor `lasts`, or does not say whether the duty is `still owed`.",
    why="loss of protection in the terms of 2016 (wording unverified) had no procedure and, "
    "as far as known, was never used",
    help="decided by: <body>, undone when: <condition>, still owed: yes",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    does: note
"""
    ),
    good=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    threshold: serious
    decided by: council
    does: note
    undone when: judged(mended)
    still owed: yes

term mended "The damage is mended"
    decided by: council
"""
    ),
)
