"""L106: no way for another group to join."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    if not any(p.word("does") == "accede" for p in deal.of_kind("power")):
        yield at_deal(deal, "no power to accede")


RULE = Rule(
    code="L106",
    title="No way for another group to join",
    severity=Severity.INFO,
    confidence=Confidence.HIGH,
    catalogue=("A02",),
    what="No `power` has `does: accede`.",
    why="South Sudan 2017 goes on engaging other armed groups to join; the terms of 2016 set "
    "one deadline only",
    help='power join "..."  with  does: accede  and a holder',
    find=_find,
    bad=miniature(
        """
power stretch "Longer truce"
    holder: a, b
    mode: joint
    does: extend
"""
    ),
    good=miniature(
        """
power join "Other groups join"
    holder: a, b
    mode: joint
    does: accede
"""
    ),
)
