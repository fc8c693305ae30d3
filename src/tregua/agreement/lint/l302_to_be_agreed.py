"""L302: a place "to be agreed", without date, body and fallback."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_KEYS = ("agreed by", "agreed until", "fallback")
_LATER = (
    "agree",
    "determine",
    "delineate",
    "consult",
    "define",
    "later",
    "соглас",
    "определ",
    "يتفق",
    "يحدد",
)


def _find(deal: DealText) -> Iterator[Hit]:
    for zone in deal.of_kind("zone", "line"):
        keys = _KEYS if zone.kind == "zone" else ("agreed by",)
        gaps = open_keys(zone, *keys)
        if gaps and _is_left_for_later(zone):
            yield at_block(zone, f"left open: {listed(gaps)}", key="geometry")


def _is_left_for_later(zone: Block) -> bool:
    asked = zone.kind == "zone" and any(zone.entry(k) is not None for k in _KEYS)
    return asked or any(word in zone.phrase("geometry").casefold() for word in _LATER)


RULE = Rule(
    code="L302",
    title="A place is to be agreed, without date, body and fallback",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("C07",),
    what="The text leaves a place to later agreement and `agreed by`, `agreed until` or "
    "`fallback` is open.",
    why="Hodeidah's agreed upon locations were never defined; sectors in the Minsk "
    "memorandum; lines by further consultations at Idlib; 12 of 28 deals leave "
    "delineation to later",
    help='agreed by: <body>, agreed until: <moment>, fallback: "<what holds if they do not agree>"',
    find=_find,
    bad=miniature(
        """
zone strip "Strip"
    is: security
    geometry: undefined "to be agreed"
    agreed by: a, b
    agreed until: undefined
    fallback: undefined
"""
    ),
    good=miniature(
        """
zone strip "Strip"
    is: security
    geometry: undefined "to be agreed"
    agreed by: a, b
    agreed until: 2030-06-01
    fallback: "five kilometres on both sides of the river"
""",
        prose="If no strip is agreed by 1 June, it is five kilometres wide on both sides of the "
        "river.",
    ),
)
