"""L301: a place without geometry or reference, or a map that is announced but absent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for place in deal.of_kind("zone", "line", "road"):
        absent = [m for m in place.words("map") if _is_absent(deal, m)]
        if absent:
            yield at_block(place, f"the map {listed(absent)} is not held", key="map")
        elif place.is_open("geometry") and not place.has("map") and place.word("is") != "national":
            yield at_block(place, "no geometry, no map", key="geometry")


def _is_absent(deal: DealText, instrument: str) -> bool:
    block = deal.block(instrument)
    return block is None or block.word("held") == "none" or block.says_none("held")


RULE = Rule(
    code="L301",
    title="A place has no geometry and no reference",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("C02", "C07"),
    what="A zone, line or road has neither `geometry` nor `map`, or the map it names is not held.",
    why="Idlib 2018, point 4; practitioners say that obligations hinge on geographical markers",
    help='geometry: "<file>.geojson", or  map: <instrument>',
    find=_find,
    bad=miniature(
        """
zone old-town "Old town"
    is: area
    geometry: undefined
"""
    ),
    good=miniature(
        """
zone old-town "Old town"
    is: area
    geometry: "old-town.geojson"
"""
    ),
)
