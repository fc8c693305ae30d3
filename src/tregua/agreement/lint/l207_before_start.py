"""L207: a gap between signature and start, and nothing that holds in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import calls, first_phases, instant, is_shifted, signed_at
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Items
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for phase in first_phases(deal):
        if phase.is_open("before start") and _may_start_later(deal, phase):
            yield at_block(phase, "not said what holds from signature to start", key="before start")


def _may_start_later(deal: DealText, phase: Block) -> bool:
    value = phase.get("starts")
    if not isinstance(value, Items):
        return False
    signed, start = signed_at(deal, phase), instant(deal, value)
    if start is not None:
        return signed is not None and start.start >= signed.end
    return not calls(value, "signed") or is_shifted(value)


RULE = Rule(
    code="L207",
    title="A gap between signature and start in which nothing holds",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("B02",),
    what="A first phase starts, or may start, later than the signature, and `before start` is "
    "open.",
    why="Jeddah 2023 covered its 48 hours with a promise to seek no advantage; South Sudan "
    "2017 left 21 to 24 December open",
    help="before start: <norms that already hold>",
    find=_find,
    bad=miniature(
        """
power choose-day "The day is chosen"
    holder: a, b
    mode: joint
    does: set
    sets: S

phase truce "Truce"
    starts: S
    lasts: 72 hours
    before start: undefined
""",
        prose="The truce lasts 72 hours from a day that the sides choose.",
    ),
    good=miniature(
        """
prohibition no-advantage "Nobody seeks an advantage"
    on: a, b
    must not: seize-ground, reinforce

power choose-day "The day is chosen"
    holder: a, b
    mode: joint
    does: set
    sets: S

phase truce "Truce"
    starts: S
    lasts: 72 hours
    before start: no-advantage
""",
        prose="The truce lasts 72 hours from a day that the sides choose.",
    ),
)
