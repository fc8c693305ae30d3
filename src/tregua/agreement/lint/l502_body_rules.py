"""L502: a body without composition, chair, quorum, rule of decision, tie-break or dissent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import listed, open_keys
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_KEYS = ("members", "chair", "quorum", "decides by", "on a tie", "dissent")
_NEVER_TIED = ("consensus", "chair", "each-alone")


def _find(deal: DealText) -> Iterator[Hit]:
    for body in deal.of_kind("body"):
        if body.word("is") == "hotline":
            continue
        gaps = open_keys(body, *(k for k in _KEYS if not _is_needless(body, k)))
        if gaps:
            yield at_block(body, f"left open: {listed(gaps)}")


def _is_needless(body: Block, key: str) -> bool:
    return key == "on a tie" and body.word("decides by") in _NEVER_TIED


RULE = Rule(
    code="L502",
    title="A body has no full rules of decision",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("G06",),
    what="A body leaves `members`, `chair`, `quorum`, `decides by`, `on a tie` or `dissent` open.",
    why="a rule of decision exists in 1 of 28 past deals",
    help="members: ..., chair: ..., quorum: <number>, decides by: majority, on a tie: chair, "
    "dissent: recorded",
    find=_find,
    bad=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
    decides by: undefined
"""
    ),
    good=miniature(
        """
actor far-state "Far state"
    is: state
    may: chair

body council "Joint council"
    is: joint-commission
    members: a, b, far-state
    chair: far-state
    quorum: 3
    decides by: majority
    on a tie: chair
    dissent: recorded
""",
        prose="All 3 members must be there; the chair breaks a tie.",
    ),
)
