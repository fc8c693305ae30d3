"""L414: a clause with neither a block nor a ``no-norm``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import clauses_of
from tregua.agreement.rule import Rule, at_clause, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    encoded = {place for b in deal.blocks for place in clauses_of(b)}
    parents = {(c.instrument, c.parent) for c in deal.clauses}
    quoted = {(p.instrument, p.clause) for p in deal.paragraphs}
    for clause in deal.clauses:
        place = (clause.instrument, clause.label)
        is_only_a_frame = place in parents and place not in quoted
        if place not in encoded and not is_only_a_frame:
            yield at_clause(clause, "no block says what it means")


RULE = Rule(
    code="L414",
    title="A clause has neither a block nor a no-norm",
    severity=Severity.WARNING,
    confidence=Confidence.HIGH,
    catalogue=(),
    what="No block stands under a clause heading and none names it in `clause`.",
    why="a clause that nobody encoded is a gap that nobody sees",
    help='no-norm <id> "..."  with  reason: <reason>, or a block',
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
"""
    )
    + "\n## § 2 · Markets\n\n> [V 2] Markets stay open.\n",
    good=miniature(
        """
prohibition attacks "No attacks"
    on: a, b
    must not: attack

no-norm markets "Markets are a wish"
    clause: §2
    reason: political
"""
    )
    + "\n## § 2 · Markets\n\n> [V 2] Markets stay open.\n",
)
