"""L401: no list of prohibited acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.rule import Rule, at_deal, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    if not any(n.has("must not") for n in deal.of_kind("prohibition")):
        yield at_deal(deal, "no act is forbidden")


RULE = Rule(
    code="L401",
    title="No prohibited acts are listed, so a violation is undefined",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("D01", "J05"),
    what="No `prohibition` has `must not`.",
    why="Hodeidah was criticised for not defining what is forbidden",
    help='prohibition attacks "..."  with  must not: attack(weapon: any)',
    find=_find,
    bad=miniature(
        """
duty talk "The sides talk"
    on: a, b
    must: consult
"""
    ),
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
"""
    ),
)
