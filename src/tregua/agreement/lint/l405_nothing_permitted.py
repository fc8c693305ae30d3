"""L405: movement is banned and nothing is permitted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import expanded, parties, speaks_of
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_MOVES = ("move-force", "deploy", "deliver", "transport-flight")


def _find(deal: DealText) -> Iterator[Hit]:
    permitted = any(
        speaks_of(deal, p, *_MOVES) for p in deal.of_kind("permission") if _is_for_sides(deal, p)
    )
    for norm in deal.of_kind("prohibition"):
        if speaks_of(deal, norm, "move-force") and not norm.has("except") and not permitted:
            yield at_block(
                norm, "no relief of troops, no food, no medical transport", key="must not"
            )


def _is_for_sides(deal: DealText, permission: Block) -> bool:
    return bool(expanded(deal, permission.words("on")) & set(parties(deal)))


RULE = Rule(
    code="L405",
    title="Movement is banned and nothing is permitted",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=("E13",),
    what="A prohibition bans moving forces, has no `except`, and no `permission` lets a party "
    "move anything (relief of troops, food, medical transport).",
    why="Nuba 2002 and South Sudan 2017 list what stays permitted",
    help='permission relief "..."  with  may: rotate  and  if: authorised(by: <body>)',
    find=_find,
    bad=miniature(
        """
prohibition freeze "Positions stay"
    on: a, b
    must not: move-force
"""
    ),
    good=miniature(
        """
prohibition freeze "Positions stay"
    on: a, b
    must not: move-force

permission relief "Relief of troops"
    on: a, b
    may: rotate
"""
    ),
)
