"""L507: who may report a violation, in which form and to whom, is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    procedures = [p for p in deal.of_kind("procedure") if "violation" in p.words("for")]
    if not procedures:
        yield at_deal(deal, "no procedure for a violation")
    for procedure in procedures:
        gaps = [*open_keys(procedure, "opened by", "form")]
        if not any(
            "report" in e.raw.split()[:1] and "to" in e.raw.split() for e in procedure.every("step")
        ):
            gaps.append("to whom one reports")
        if gaps:
            yield at_block(procedure, f"left open: {listed(gaps)}", key="opened by")


RULE = Rule(
    code="L507",
    title="Who may report, in which form and to whom, is missing",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("G03",),
    what="No `procedure` is for a violation, or it leaves `opened by` or `form` open, or no "
    "step reports to anybody.",
    why="it was read in 3 of 28 past deals",
    help='procedure incident "..."  with  for: violation, opened by: <who>, form: "...", step:'
    " report by <who> to <whom>",
    find=_find,
    bad=miniature(
        """
procedure inquiry "From report to answer"
    for: violation
    opened by: undefined
    step: answer by b within 72 hours
""",
        prose="An answer comes within 72 hours.",
    ),
    good=miniature(
        """
procedure inquiry "From report to answer"
    for: violation
    opened by: a, b
    form: "one page, signed"
    step: report by a to b within 24 hours
    step: answer by b within 72 hours
""",
        prose="A report is one signed page, sent within 24 hours; an answer comes within 72 hours.",
    ),
)
