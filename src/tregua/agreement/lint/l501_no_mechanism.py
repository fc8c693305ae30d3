"""L501: no monitoring mechanism at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_NOT_MONITORS = ("hotline", "political-body")


def _find(deal: DealText) -> Iterator[Hit]:
    bodies = [b for b in deal.of_kind("body") if b.word("is") not in _NOT_MONITORS]
    if not bodies and not deal.of_kind("verification"):
        yield at_deal(deal, "no body and no verification")


RULE = Rule(
    code="L501",
    title="There is no monitoring mechanism",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("G01",),
    what="The deal has no `verification` and no `body` other than a hotline or a political body.",
    why="Gaza 2012; 41.3 % of the ceasefire documents of a large collection have neither "
    "mission nor enforcement",
    help='body mission "..."  and  verification watch "..."  with  of: any  and  by: mission',
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack

body observers "Observer mission"
    is: mission
    may: verify

verification watch "The mission watches"
    of: any
    by: observers
"""
    ),
)
