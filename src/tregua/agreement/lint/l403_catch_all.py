"""L403: a catch-all that no machine can check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import norms, speaks_of
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in norms(deal):
        if speaks_of(deal, norm, "undermine") and norm.word("check") in ("", "machine"):
            yield at_block(norm, "only a person can judge this", key="check")


RULE = Rule(
    code="L403",
    title="A catch-all that no machine can check",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("D14",),
    what="A norm has the act `undermine` and is not marked `check: person`.",
    why="Sri Lanka 2002 forbids acts against the spirit of the agreement",
    help="check: person, and a body that may determine",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
prohibition spirit "Nothing against the spirit"
    on: a, b
    must not: undermine
"""
    ),
    good=miniature(
        """
prohibition spirit "Nothing against the spirit"
    on: a, b
    must not: undermine
    check: person
"""
    ),
)
