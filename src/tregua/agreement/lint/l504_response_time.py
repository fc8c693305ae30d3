"""L504: a step of a procedure without a response time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.agreement.questions import listed
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_TIMED = re.compile(r"\bwithin\s+\d")


def _find(deal: DealText) -> Iterator[Hit]:
    for procedure in deal.of_kind("procedure"):
        steps = procedure.every("step")
        late = [e.raw.split()[0] for e in steps if e.raw.split() and not _TIMED.search(e.raw)]
        if late:
            yield at_block(procedure, f"no time for: {listed(late)}", key="step")


RULE = Rule(
    code="L504",
    title="A step has no response time",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B14",),
    what="A `step` of a procedure has no `within` with a number.",
    why="1 of 28 past deals has one (14 days); one case in South Sudan took 220 days",
    help="step: <verb> by <who> to <whom> within <span>",
    find=_find,
    bad=miniature(
        """
procedure inquiry "From report to answer"
    for: violation
    opened by: a, b
    step: report by a to b within 24 hours
    step: answer by b within undefined
""",
        prose="A report is made within 24 hours and answered.",
    ),
    good=miniature(
        """
procedure inquiry "From report to answer"
    for: violation
    opened by: a, b
    step: report by a to b within 24 hours
    step: answer by b within 72 hours
""",
        prose="A report is made within 24 hours and answered within 72 hours.",
    ),
)
