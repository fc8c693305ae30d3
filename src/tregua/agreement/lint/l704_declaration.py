"""L704: a unilateral declaration that differs from the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import instant
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_DIFFERENT = ("contradicts", "narrows", "widens")


def _find(deal: DealText) -> Iterator[Hit]:
    for declaration in deal.of_kind("declaration"):
        relation = declaration.word("relation")
        phases = [p for p in deal.of_kind("phase") if p.id in declaration.words("over")]
        if relation in _DIFFERENT:
            yield at_block(declaration, f"it {relation} the text", key="relation")
        elif any(_differs(deal, declaration, p) for p in phases):
            yield at_block(declaration, "its times are not those of the phase", key="starts")
        elif not relation:
            yield at_block(declaration, "not said how it stands to the text", key="relation")


def _differs(deal: DealText, declaration: Block, phase: Block) -> bool:
    for key in ("starts", "ends"):
        own, theirs = instant(deal, declaration.get(key)), instant(deal, phase.get(key))
        if own is not None and theirs is not None and not own.overlaps(theirs):
            return True
    return False


RULE = Rule(
    code="L704",
    title="A unilateral declaration differs from the text",
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    catalogue=("J06",),
    what="A `declaration` narrows, widens or contradicts the text, gives other times than the "
    "phase it speaks about, or does not say how it stands to the text.",
    why="the army's own calm of September 2016; the measures of 2020 forbid secret orders to "
    "the contrary",
    help="relation: matches, with the times of the phase, or  recognised by: <who>",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    ends: 2030-05-04T06:00 Europe/Zurich

declaration own-truce "Side A's own truce"
    by: a
    starts: 2030-05-01T06:00 Europe/Zurich
    ends: 2030-05-03T00:00 Europe/Zurich
    relation: matches
    over: truce
"""
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    ends: 2030-05-04T06:00 Europe/Zurich

declaration own-truce "Side A's own truce"
    by: a
    starts: 2030-05-01T06:00 Europe/Zurich
    ends: 2030-05-04T06:00 Europe/Zurich
    relation: matches
    over: truce
"""
    ),
)
