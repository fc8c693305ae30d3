"""L205: an expiry or an extension without a date of decision and a default."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for phase in deal.of_kind("phase"):
        if phase.is_open("on expiry"):
            yield at_block(phase, "not said what holds when it runs out", key="on expiry")
    for power in deal.of_kind("power"):
        if power.word("does") == "extend":
            yield from _extension(power)


def _extension(power: Block) -> Iterator[Hit]:
    gaps = []
    if power.is_open("within") and power.is_open("at"):
        gaps.append("no date of decision")
    if power.is_open("if silent"):
        gaps.append("no default if nobody decides")
    if gaps:
        yield at_block(power, "; ".join(gaps), key="if silent")


RULE = Rule(
    code="L205",
    title="Expiry or extension without a date of decision and a default",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("B04", "B05"),
    what="A phase has `on expiry` open, or a power to extend has no date (`within`, `at`) or "
    "no `if silent`.",
    why="48 hours, then 48 more, then until Monday: September 2016",
    help="on expiry: ends, and on the power  if silent: ends  (or continues)",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours
    on expiry: undefined
""",
        prose="The truce lasts 72 hours.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours
    on expiry: ends
""",
        prose="The truce lasts 72 hours and then ends.",
    ),
)
