"""L411: a norm that binds nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for norm in deal.of_kind("prohibition", "duty"):
        if norm.is_open("on"):
            yield at_block(norm, "nobody is named", key="on")


RULE = Rule(
    code="L411",
    title="A norm has no bearer",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("D01",),
    what="A prohibition or duty has `on` open.",
    why="the twelve duties of the Minsk protocol say ensure, and name nobody",
    help="on: <who>",
    find=_find,
    bad=miniature(
        """
duty open-bridge "The bridge is opened"
    on: undefined "it will be ensured"
    must: open-road
"""
    ),
    good=miniature(
        """
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
"""
    ),
)
