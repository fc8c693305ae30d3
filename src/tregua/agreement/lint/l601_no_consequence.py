"""L601: a violation of a norm has no consequence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.questions import calls, names_in, norms
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    reached = {name for c in deal.of_kind("consequence") for name in _norms_in(c)}
    for norm in norms(deal):
        if norm.says_none("on violation"):
            hit = at_block(norm, "the text says that nothing follows", key="on violation")
            yield replace(hit, claims_silence=False)
        elif norm.is_open("on violation") and norm.id not in reached:
            yield at_block(norm, "nothing follows if this is violated")


def _norms_in(consequence: Block) -> frozenset[str]:
    found = calls(consequence.get("when"), "violation", "finding")
    return frozenset().union(*(names_in(Items((a.item,))) for c in found for a in c.args))


RULE = Rule(
    code="L601",
    title="A violation of this norm has no consequence",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("I01",),
    what="`on violation` is absent, undefined or `none`, and no `consequence` is for this norm.",
    why="12 of 28 past deals name no consequence; the letter of the opposition groups of 11 "
    "September 2016 said: no guarantees, no monitoring, no sanctions",
    help="on violation: <consequence>; if the parties want none:  on violation: none  and  "
    'accept: L601 "<why>"',
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: undefined
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    does: note
"""
    ),
)
