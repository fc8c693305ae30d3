"""L103: a party without command, focal point or liaison."""

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
    for party in deal.of_kind("party"):
        missing = open_keys(party, "command")
        if not (party.has("focal point") or party.has("liaison")):
            missing = (*missing, "focal point", "liaison")
        if missing:
            yield at_block(party, f"not named: {listed(missing)}")


RULE = Rule(
    code="L103",
    title="A party has no command, focal point or liaison",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("G02",),
    what="A party names no `command`, or neither a `focal point` nor a `liaison`.",
    why="the South Sudan text of 2017 demands names, ranks and contacts; in September 2016 a "
    "caller waited 27 minutes on the hotline while 15 of 37 strikes fell",
    help='command: "who gives its orders"  and  focal point: "who answers a call"',
    find=_find,
    bad=miniature(
        """
party lake-force "Force of the lake"
    is: armed-force
    command: undefined
""",
        sides=False,
    ),
    good=miniature(
        """
party lake-force "Force of the lake"
    is: armed-force
    command: "general staff"
    focal point: "duty officer, day and night"
""",
        sides=False,
    ),
)
