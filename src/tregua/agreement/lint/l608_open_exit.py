"""L608: an open exit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_CAUSES = (("notice", "notice"), ("when", "cause"), ("holder", "decider"))


def _find(deal: DealText) -> Iterator[Hit]:
    for power in deal.of_kind("power"):
        gaps = [name for key, name in _CAUSES if power.is_open(key)]
        if power.word("does") in ("terminate", "suspend") and gaps:
            yield at_block(power, f"left open: {listed(gaps)}", key="notice")


RULE = Rule(
    code="L608",
    title="An exit is open",
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    catalogue=("B04", "J03"),
    what="A power to terminate or suspend has no `notice`, no cause (`when`) or no `holder`.",
    why="agreements with more provisions of flexibility are violated more often, and the "
    "effect of enforcement by a third party vanishes once flexibility is controlled (Park"
    " 2023)",
    help="notice: <span>, when: <condition>",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours

power leave "Leaving"
    holder: a, b
    mode: either
    does: terminate
    over: truce
    notice: undefined
""",
        prose="The truce lasts 72 hours; each side may leave.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours

prohibition attacks "No attacks"
    on: a, b
    must not: attack

power leave "Leaving"
    holder: a, b
    mode: either
    does: terminate
    over: truce
    when: finding(attacks)
    notice: 48 hours
""",
        prose="The truce lasts 72 hours; after a finding each side may leave with 48 hours of "
        "notice.",
    ),
)
