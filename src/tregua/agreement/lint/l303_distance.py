"""L303: a distance left open, without a side, or measured from a line of no known day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for ring in deal.of_kind("ring"):
        gaps = []
        if ring.is_open("distance"):
            gaps.append("no distance")
        if ring.is_open("side"):
            gaps.append("no side")
        if _is_undated(deal, ring.word("from")):
            gaps.append(f"{ring.word('from')} is the line of no known day")
        if gaps:
            yield at_block(ring, "; ".join(gaps), key="distance")


def _is_undated(deal: DealText, line: str) -> bool:
    block = deal.block(line)
    return block is not None and block.kind == "line" and block.is_open("as of")


RULE = Rule(
    code="L303",
    title="A distance is open, has no side, or starts from a line of no known day",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("C05",),
    what="A ring has `distance` or `side` open, or is measured from a `line` without `as of`.",
    why="the package of 2015 measures one side from the actual line and the other from the "
    "line of 19 September 2014",
    help="distance: <length>, side: <side>, and  as of: <date>  on the line",
    find=_find,
    bad=miniature(
        """
road mill-road "Mill road"
    geometry: "mill-road.geojson"

ring back "Back from the road"
    from: mill-road
    side: both
    distance: undefined "a fitting distance"
    applies to: a
"""
    ),
    good=miniature(
        """
road mill-road "Mill road"
    geometry: "mill-road.geojson"

ring back "Back from the road"
    from: mill-road
    side: both
    distance: 800 m
    applies to: a
""",
        prose="Both move 800 m back from the road.",
    ),
)
