"""L209: a gate that can be awaited for ever."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for gate in deal.of_kind("gate"):
        if gate.is_open("latest"):
            yield at_block(gate, "it can be awaited for ever", key="latest")


RULE = Rule(
    code="L209",
    title="A gate has no latest date",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("B09",),
    what="A gate's `latest` is open.",
    why="the gate of September 2016 could be awaited for ever",
    help="latest: <moment>",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 10 days

gate talks "Talks open"
    opens when: in-force(truce)
    latest: undefined
    leads to: truce
""",
        prose="A truce of 10 days.",
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 10 days

gate talks "Talks open"
    opens when: in-force(truce)
    latest: 2030-05-08
    leads to: truce
""",
        prose="A truce of 10 days.",
    ),
)
