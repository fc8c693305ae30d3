"""L210: a joint decision without a fallback: one of the deciders can hold it back for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import expanded, listed
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for gate in deal.of_kind("gate"):
        if _is_joint(deal, gate, "decided by") and gate.is_open("if not decided"):
            yield at_block(gate, _marker(deal, gate, "decided by"), key="if not decided")
    for power in deal.of_kind("power"):
        if _is_joint(deal, power, "holder") and power.is_open("if silent"):
            yield at_block(power, _marker(deal, power, "holder"), key="if silent")


def _is_joint(deal: DealText, block: Block, key: str) -> bool:
    several = len(expanded(deal, block.words(key))) > 1
    return several and block.word("mode") in ("", "joint")


def _marker(deal: DealText, block: Block, key: str) -> str:
    return f"each of {listed(sorted(expanded(deal, block.words(key))))} can block it for ever"


RULE = Rule(
    code="L210",
    title="A joint decision has no fallback",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B09", "A08"),
    what="Two or more decide jointly, or it is not said how, and `if not decided` (gate) or "
    "`if silent` (power) is open.",
    why="in 2016 both Sides had to be satisfied, and nothing followed if one was not",
    help="if not decided: refer  (gate), or  if silent: continues  (power)",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours

power stretch "Longer truce"
    holder: a, b
    mode: joint
    does: extend
    over: truce
    if silent: undefined
""",
        prose="The truce lasts 72 hours.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours

power stretch "Longer truce"
    holder: a, b
    mode: joint
    does: extend
    over: truce
    if silent: continues
""",
        prose="The truce lasts 72 hours.",
    ),
)
