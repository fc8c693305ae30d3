"""L421: an exception without conditions, claimant, burden, decider or a measure of proportion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import calls, left_open
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Undefined
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for exception in deal.of_kind("exception"):
        gaps = _gaps(exception)
        if gaps:
            yield at_block(exception, "; ".join(gaps))


def _gaps(exception: Block) -> list[str]:
    gaps = []
    if exception.is_open("when"):
        gaps.append("no conditions")
    if isinstance(exception.get("claimed by"), Undefined):
        gaps.append("not said who claims it")
    if left_open(exception, "burden"):
        gaps.append("the text puts the burden on nobody")
    if exception.is_open("decided by"):
        gaps.append("nobody decides")
    answers_fire = bool(calls(exception.get("when"), "prior"))
    if answers_fire and not calls(exception.get("when"), "judged"):
        gaps.append("no measure of proportion")
    return gaps


RULE = Rule(
    code="L421",
    title="An exception lacks conditions, claimant, burden, decider or proportion",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("F01", "F02"),
    what="An exception has `when`, `claimed by`, `burden` or `decided by` open, or answers an "
    "earlier act without a `judged` term of proportion. A burden that the drafter assumed"
    " counts as open.",
    why="the self-defence of 2016 has proportion but no claimant, burden or decider; that of "
    "2024 (Lebanon) has none of the four",
    help="when: <conditions>, burden: acting-party, decided by: <body>",
    find=_find,
    bad=miniature(
        """
exception answer-fire "Answer to fire"
    when: prior(attack, on: actor, within: 30 minutes)
    burden: undefined
    decided by: undefined
""",
        prose="A side may answer fire within 30 minutes.",
    ),
    good=miniature(
        """
body observers "Observer mission"
    is: mission
    may: determine

term fitting "Fitting force"
    decided by: observers

exception answer-fire "Answer to fire"
    when: prior(attack, on: actor, within: 30 minutes), judged(fitting)
    burden: acting-party
    decided by: observers
""",
        prose="A side may answer fire within 30 minutes with fitting force and must show it.",
    ),
)
