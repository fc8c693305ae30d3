"""L803: a quota without list, basis of counting or order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for quota in deal.of_kind("quota"):
        asked = ("list", "order", "counted by") if quota.has("ratio") else ("counted by",)
        gaps = open_keys(quota, *asked)
        if gaps:
            yield at_block(quota, f"left open: {listed(gaps)}", key="counted by")


RULE = Rule(
    code="L803",
    title="A quota has no list, no basis of counting or no order",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("E04", "E05"),
    what="A quota has `counted by` open; or it is a ratio of people and has `list` or `order` "
    "open.",
    why="all for all (2015); 30 and 50 for each person (2025)",
    help='list: <instrument>, counted by: <who>, order: "who first"',
    find=_find,
    bad=miniature(
        """
quota trucks "Trucks a day"
    of: "trucks"
    amount: 40
    every: 1 day
    counted by: undefined
""",
        prose="Forty trucks every 1 day.",
    ),
    good=miniature(
        """
quota trucks "Trucks a day"
    of: "trucks"
    amount: 40
    every: 1 day
    counted by: a, b
""",
        prose="Forty trucks every 1 day, counted by both.",
    ),
)
