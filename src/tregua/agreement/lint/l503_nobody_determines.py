"""L503: nobody determines a violation, or several may do so alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    deciding = [b for b in deal.of_kind("body") if "determine" in b.words("may")]
    if not deciding:
        yield at_deal(deal, "no body may determine")
    for body in deciding:
        if body.word("decides by") == "each-alone":
            yield replace(
                at_block(body, "each may do so alone", key="decides by"), claims_silence=False
            )


RULE = Rule(
    code="L503",
    title="Nobody determines whether there was a violation, or several may do so alone",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("G05",),
    what="No `body` has `may: determine`, or one that has it `decides by: each-alone`.",
    why="the procedures of March 2016 say jointly or separately; 4 of 28 past deals name anyone",
    help="one body with  may: determine",
    find=_find,
    bad=miniature(
        """
body observers "Observer mission"
    is: mission
    may: verify
"""
    ),
    good=miniature(
        """
body observers "Observer mission"
    is: mission
    may: verify, determine
"""
    ),
)
