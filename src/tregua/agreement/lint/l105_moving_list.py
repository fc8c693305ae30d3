"""L105: an excluded group defined by a moving list, without successors or an area."""

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
    for excluded in deal.of_kind("excluded"):
        gaps = list(open_keys(excluded, "successors", "area"))
        if "list" in excluded.words("basis") and excluded.is_open("list as of"):
            gaps.insert(0, "list as of")
        if gaps:
            yield at_block(excluded, f"left open: {listed(gaps)}")


RULE = Rule(
    code="L105",
    title="An excluded group is defined by something that moves",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("A05", "F03"),
    what="An excluded group rests on a list without a date, or it is open whether its "
    "`successors` are meant or in which `area` the exclusion holds.",
    why="the terms of 2016 exclude groups designated elsewhere; one of them renamed itself "
    "five months later (date unverified)",
    help="list as of: <date>, successors: included (or not-included), area: <zones>",
    find=_find,
    bad=miniature(
        """
excluded black-flag "Black Flag"
    basis: list
    list: "list of an outside council"
"""
    ),
    good=miniature(
        """
zone south-valley "South valley"
    is: area
    geometry: "south-valley.geojson"

excluded black-flag "Black Flag"
    basis: list
    list: "list of an outside council"
    list as of: 2030-01-01
    successors: included
    area: south-valley
"""
    ),
)
