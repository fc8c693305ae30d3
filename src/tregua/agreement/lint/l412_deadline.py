"""L412: a duty without a deadline can never be late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit

_KEYS = ("within", "deadline", "every")


def _find(deal: DealText) -> Iterator[Hit]:
    for duty in deal.of_kind("duty"):
        if duty.has("must") and all(duty.is_open(k) for k in _KEYS):
            yield at_block(duty, "it can never be late", key="within")


RULE = Rule(
    code="L412",
    title="A duty has no deadline, so it can never be late",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("B10",),
    what="A duty with `must` has neither `within`, `deadline` nor `every`.",
    why="Minsk protocol 2014: twelve duties of one line each, with no actor, no date and no place",
    help="within: <span>, or  deadline: <moment>",
    find=_find,
    bad=miniature(
        """
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
    within: undefined
"""
    ),
    good=miniature(
        """
duty open-bridge "The bridge is opened"
    on: a, b
    must: open-road
    within: 72 hours
""",
        prose="The bridge is opened within 72 hours.",
    ),
)
