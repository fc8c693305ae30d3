"""L702: another instrument without a date, a conflict that nothing resolves, or two variants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_TIES = (
    "implements",
    "amends",
    "supersedes",
    "recommits to",
    "annexed to",
    "prevails over",
    "refers to",
)
_ORDER = ("implements", "amends", "supersedes", "annexed to", "prevails over")


def _find(deal: DealText) -> Iterator[Hit]:
    blocks = deal.of_kind("instrument")
    referred = {w for b in blocks for k in _TIES for w in b.words(k)}
    unordered = _unordered(deal, blocks)
    for block in blocks:
        gaps = []
        if block.id in referred and block.is_open("date"):
            gaps.append("it is referred to and has no date")
        if block.has("variant of") and not _is_ranked(blocks, block.id, block.word("variant of")):
            gaps.append(
                f"two variants, and none prevails: {block.id} and {block.word('variant of')}"
            )
        others = [o for o in unordered if o != block.id]
        if block.id in unordered and others:
            gaps.append(f"not said whether it or {listed(others)} prevails")
        if gaps:
            yield at_block(block, "; ".join(gaps))


def _unordered(deal: DealText, blocks: tuple[Block, ...]) -> list[str]:
    """Return the instruments quoted in this file that stand in no order to any other of them."""
    quoted = {p.instrument for p in deal.paragraphs}
    texts = [b for b in blocks if b.id in quoted and b.word("is") != "declaration"]
    ordered = {i for b in texts for k in _ORDER for w in b.words(k) for i in (b.id, w)}
    loose = sorted(b.id for b in texts if b.id not in ordered and not b.has("variant of"))
    return loose if len(texts) > 1 else []


def _is_ranked(blocks: tuple[Block, ...], one: str, two: str) -> bool:
    pairs = {(b.id, w) for b in blocks for k in ("prevails over", "supersedes") for w in b.words(k)}
    return (one, two) in pairs or (two, one) in pairs


RULE = Rule(
    code="L702",
    title="Another instrument has no date, or nothing says which text prevails",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("J04",),
    what="An instrument that another one refers to has no `date`; or a `variant of` is there "
    "and none prevails; or several instruments are quoted and one stands in no order to "
    "the others.",
    why="the deal of September 2016 rests on the terms of February; the Karabakh statement "
    "circulated with and without a clause",
    help="date: <date>, prevails over: <instrument>",
    find=_find,
    bad=miniature(
        """
instrument text "This text"
    is: statement
    date: 2030-05-01
    held: whole
    refers to: old-terms

instrument old-terms "Earlier terms"
    is: terms
    held: none
"""
    ),
    good=miniature(
        """
instrument text "This text"
    is: statement
    date: 2030-05-01
    held: whole
    refers to: old-terms

instrument old-terms "Earlier terms"
    is: terms
    date: 2029-11-01
    held: none
"""
    ),
)
