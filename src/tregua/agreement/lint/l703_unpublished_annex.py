"""L703: a public duty rests on an unpublished annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_TIES = ("refers to", "implements", "amends", "recommits to", "annexed to")


def _find(deal: DealText) -> Iterator[Hit]:
    blocks = deal.of_kind("instrument")
    referred = {w for b in blocks for k in _TIES for w in b.words(k)}
    for block in blocks:
        is_tied = block.id in referred or any(block.has(k) for k in _TIES)
        if block.word("publicity") == "unpublished" and is_tied:
            yield at_block(
                block, "the deal rests on it and nobody outside can read it", key="publicity"
            )


RULE = Rule(
    code="L703",
    title="A duty rests on an unpublished annex",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("J07",),
    what="An instrument with `publicity: unpublished` is referred to by another, or annexed to it.",
    why="4 of 28 past deals have one",
    help="publish at least the clause on which the duty rests",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
instrument side-paper "Side paper"
    is: side-letter
    date: 2030-05-01
    publicity: unpublished
    held: none
    annexed to: text

instrument text "This text"
    is: statement
    date: 2030-05-01
    publicity: public
    held: whole
"""
    ),
    good=miniature(
        """
instrument side-paper "Side paper"
    is: side-letter
    date: 2030-05-01
    publicity: public
    held: whole
    annexed to: text

instrument text "This text"
    is: statement
    date: 2030-05-01
    publicity: public
    held: whole
"""
    ),
)
