"""L604: the consequence needs the consent of the side whose act it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import bearers, expanded, listed, names_in, norms, parties
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit


def _find(deal: DealText) -> Iterator[Hit]:
    for consequence in deal.of_kind("consequence"):
        answering = _bound(deal, consequence)
        needed = {
            m for d in consequence.words("decided by") for m in _whose_consent(deal, d)
        } & answering
        if needed:
            yield at_block(consequence, f"not without {listed(sorted(needed))}", key="decided by")


def _bound(deal: DealText, consequence: Block) -> frozenset[str]:
    named = names_in(consequence.get("when"))
    reached = [n for n in norms(deal) if n.id in named or consequence.id in n.words("on violation")]
    found = frozenset().union(*(bearers(deal, n) for n in reached))
    return found or frozenset(parties(deal))


def _whose_consent(deal: DealText, decider: str) -> frozenset[str]:
    body = deal.block(decider)
    if body is None or body.kind != "body":
        return expanded(deal, (decider,))
    return (
        expanded(deal, body.words("members"))
        if body.word("decides by") == "consensus"
        else frozenset()
    )


RULE = Rule(
    code="L604",
    title="A consequence needs the consent of the side whose act it answers",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("G06", "I02"),
    what="The deciding body decides by consensus and a bearer of the norm is a member, or a "
    "bearer is itself a decider. This is a first look; the exact form (`--prove`) goes "
    "through quorum and votes.",
    why="voting under the South Sudan agreement of 2018",
    help="leave the side concerned out of the vote, or  decides by: majority",
    find=_find,
    claims_silence=False,
    bad=miniature(
        """
body council "Joint council"
    is: joint-commission
    members: a, b
    decides by: consensus

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    decided by: council
    does: note
"""
    ),
    good=miniature(
        """
actor far-state "Far state"
    is: state

body council "Council"
    is: joint-commission
    members: a, b, far-state
    decides by: majority

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    decided by: council
    does: note
"""
    ),
)
