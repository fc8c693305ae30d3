"""L102: a norm binds a group that neither signed nor accepted, and nobody answers for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import bearers, expanded, norms
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    bound = _bound(deal)
    named = {i for n in norms(deal) for i in bearers(deal, n) | expanded(deal, n.words("against"))}
    for block in deal.of_kind("party", "group"):
        if block.id in named and block.id not in bound:
            yield at_block(block, "bound by a norm, by nobody's word")


def _bound(deal: DealText) -> frozenset[str]:
    by_word = {
        b.id
        for b in deal.of_kind("party")
        if b.has("bound by") and b.word("bound by") != "not-bound"
    }
    signed = {i for b in deal.of_kind("instrument") for i in b.words("signed by")}
    answered = {i for b in deal.of_kind("party") for i in b.words("answers for")}
    linked = {
        b.word("to") for b in deal.of_kind("link") if b.word("is") in ("controls", "answers-for")
    }
    known = by_word | expanded(deal, tuple(signed)) | answered | linked
    parts = {b.id for b in deal.of_kind("group") if known & set(b.words("part of"))}
    return frozenset(known | parts)


RULE = Rule(
    code="L102",
    title="A norm names a group that neither signed nor accepted, and nobody answers for it",
    severity=Severity.ERROR,
    confidence=Confidence.MEDIUM,
    catalogue=("A03",),
    what="A party or group that a norm binds or protects has no `bound by`, signed no "
    "instrument, is part of no bound party, and no party `answers for` it.",
    why="Pretoria 2022 obliged forces of a state that did not sign; in Darfur 2004 a group "
    "split off in the same month and was not bound; Lebanon 2024 lets one state answer "
    "for a group",
    help="bound by: signature, or on the party:  answers for: <group>",
    find=_find,
    bad=miniature(
        """
party hill-force "Force of the hills"
    is: armed-group

prohibition attacks "No attacks"
    on: hill-force
    must not: attack
""",
        sides=False,
    ),
    good=miniature(
        """
party hill-force "Force of the hills"
    is: armed-group
    bound by: declared-acceptance

prohibition attacks "No attacks"
    on: hill-force
    must not: attack
""",
        sides=False,
    ),
)
