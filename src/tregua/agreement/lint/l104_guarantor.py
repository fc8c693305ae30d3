"""L104: a guarantor without a duty to restrain, or without "of whom"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import bearers, norms, speaks_of
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_ANSWERS = ("restrain", "refer", "sanction")


def _find(deal: DealText) -> Iterator[Hit]:
    restraining = {
        i for n in norms(deal) if speaks_of(deal, n, *_ANSWERS) for i in bearers(deal, n)
    }
    for guarantor in deal.of_kind("guarantor"):
        gaps = []
        if guarantor.id not in restraining:
            gaps.append("no norm makes it restrain, refer or sanction")
        if guarantor.is_open("of"):
            gaps.append("not said of whom")
        if gaps:
            yield at_block(guarantor, "; ".join(gaps))


RULE = Rule(
    code="L104",
    title="A guarantor has no duty to restrain, or it is not said of whom",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("A04",),
    what="A guarantor's `of` is open, or no norm with the act `restrain`, `refer` or "
    "`sanction` is on it.",
    why="this was the core of the failure of 2016: one Side complained that the text has no "
    "word on the other's duty to influence the groups it backs",
    help='duty hold-back "..."  with  on: <guarantor>  and  must: restrain(of: <party>)',
    find=_find,
    bad=miniature(
        """
guarantor east-power "Eastern power"
    of: a
    means: undefined
"""
    ),
    good=miniature(
        """
guarantor east-power "Eastern power"
    of: a
    means: influence

duty hold-back "The guarantor holds its side back"
    on: east-power
    must keep: restrain(of: a)
"""
    ),
)
