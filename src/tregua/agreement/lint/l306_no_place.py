"""L306: a prohibition without a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in deal.of_kind("prohibition"):
        if norm.is_open("where"):
            yield at_block(norm, "not said where", key="where")


RULE = Rule(
    code="L306",
    title="A prohibition has no place",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("C01", "C02"),
    what="A prohibition has `where` open.",
    why="Minsk protocol 2014, point 1",
    help="where: everywhere, if that is meant",
    find=_find,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    where: undefined
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    where: everywhere
"""
    ),
)
