"""L413: nobody verifies a norm, or no observable evidence is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import checks_of, listed, norms, verifiers
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in norms(deal):
        gaps = []
        if not verifiers(deal, norm):
            checks = sorted(v.id for v in checks_of(deal, norm))
            gaps.append(f"{listed(checks)} names nobody" if checks else "nobody verifies it")
        if norm.is_open("evidence"):
            gaps.append("no evidence is named")
        if gaps:
            yield at_block(norm, "; ".join(gaps), key="verified by")


RULE = Rule(
    code="L413",
    title="Nobody verifies a norm, or no evidence is named for it",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("G01",),
    what="`verified by` is open and no `verification` covers the norm, or the covering one has"
    " `by` open, or `evidence` is open.",
    why="this holds for every duty of the text of September 2016",
    help='verification watch "..."  with  of: <norm>  and  by: <who>; on the norm  evidence: '
    "report",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    evidence: report
    verified by: undefined
"""
    ),
    good=miniature(
        """
body observers "Observer mission"
    is: mission
    may: verify

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    evidence: report, photo
    verified by: observers
"""
    ),
)
