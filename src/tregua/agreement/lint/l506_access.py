"""L506: access of monitors, or denial of access as a violation, is missing."""

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
    for check in deal.of_kind("verification"):
        gaps = open_keys(check, "access", "denial is")
        if gaps:
            yield at_block(check, f"left open: {listed(gaps)}", key="access")


RULE = Rule(
    code="L506",
    title="Access of monitors is not secured",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("G09", "D11"),
    what="A `verification` has `access` open, or `denial is` names no norm that a refusal "
    "violates.",
    why="a report of the South Sudan monitors of 2021 treats denial of access as a violation "
    "of its own",
    help="access: unhindered, denial is: <norm>",
    find=_find,
    bad=miniature(
        """
verification watch "Somebody watches"
    of: any
    by: a, b
    access: undefined
"""
    ),
    good=miniature(
        """
prohibition hindering "Monitors are not hindered"
    on: a, b
    must not: obstruct-monitor

verification watch "Somebody watches"
    of: any
    by: a, b
    access: unhindered
    denial is: hindering
"""
    ),
)
