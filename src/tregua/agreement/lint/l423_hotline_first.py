"""L423: self-defence without trying the hotline first."""

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
    for exception in deal.of_kind("exception"):
        when = exception.get("when")
        if calls(when, "prior") and not calls(when, "tried"):
            yield at_block(exception, "nothing has to be tried before the answer", key="when")


RULE = Rule(
    code="L423",
    title="Self-defence without trying the hotline first",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("F04",),
    what="An exception answers an earlier act (`prior`) and no procedure has to be `tried` first.",
    why="the measures of 2020 allow return fire only by order and after the coordination "
    "mechanism was tried",
    help="when: tried(<procedure>), ...",
    find=_find,
    bad=miniature(
        """
exception answer-fire "Answer to fire"
    when: prior(attack, on: actor, within: 30 minutes)
""",
        prose="A side may answer fire within 30 minutes.",
    ),
    good=miniature(
        """
procedure hotline "A call on the hotline"
    for: violation
    opened by: a, b
    step: report by a to b within 10 minutes

exception answer-fire "Answer to fire"
    when: tried(hotline), prior(attack, on: actor, within: 30 minutes)
""",
        prose="A side calls within 10 minutes and may answer fire within 30 minutes.",
    ),
)
