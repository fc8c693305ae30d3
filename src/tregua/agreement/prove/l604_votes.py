"""L604, exact: no decision on the consequence without the side whose act it answers.

For every bearer of the norms that a consequence answers: can one of its deciders decide although
that side votes against, or stays away? Votes, quorum, chair and ties are counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.said import ids_of, value_of
from tregua.agreement.prove.story import line
from tregua.agreement.prove.system import System
from tregua.agreement.prove.votes import board_of, can_decide, counts_as
from tregua.agreement.questions import listed, names_in
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement, Consequence
    from tregua.agreement.prove.story import Line
    from tregua.agreement.prove.votes import Board

DECIDING_SIDE = "violator"
_NEEDS = {
    "consensus": "a consensus needs every vote",
    "majority": "a majority needs more votes than stand against it",
    "two-thirds": "two thirds of the votes are needed",
    "chair": "the chair decides",
    "any": "a member is needed who decides",
}


def _look(deal: Agreement) -> Iterator[Counterexample]:
    for consequence in deal.consequences:
        deciders = value_of(consequence.decided_by)
        if not deciders:
            continue
        needed = [
            b for b in _answering(deal, consequence) if not _can_do_without(deal, deciders, b)
        ]
        if needed:
            yield _told(deal, consequence, deciders, needed)


def _answering(deal: Agreement, consequence: Consequence) -> list[str]:
    """Return the bearers of the norms that a consequence answers; all parties if it names none."""
    block = deal.text.block(consequence.id)
    named = names_in(None if block is None else block.get("when"))
    reached = [n for n in deal.norms if n.id in named or consequence.id in ids_of(n.consequences)]
    found = {b for n in reached for b in ids_of(n.bearers) if deal.anyone(b) is not None}
    return sorted(found or {p.id for p in deal.parties})


def _can_do_without(deal: Agreement, deciders: tuple[str, ...], side: str) -> bool:
    unwilling = counts_as(deal.text, side)
    return any(can_decide(deal.text, d, unwilling | {DECIDING_SIDE}) for d in deciders)


def _board(deal: Agreement, decider: str) -> Board | None:
    block = deal.text.block(decider)
    return None if block is None or block.kind != "body" else board_of(deal.text, block)


def _told(
    deal: Agreement, consequence: Consequence, deciders: tuple[str, ...], needed: list[str]
) -> Counterexample:
    said = f"no decision on {consequence.id} against the will of {listed(needed)}"
    story = tuple(s for d in deciders for s in _meeting(deal, consequence, d, needed[0]))
    first = line(System(()), 0, f"an act of {needed[0]} is assessed as a violation")
    return Counterexample(
        consequence.id, said, f"not without {listed(needed)}", (first, *story), key="decided by"
    )


def _meeting(deal: Agreement, consequence: Consequence, decider: str, side: str) -> Iterator[Line]:
    days, board = System(()), _board(deal, decider)
    unwilling = counts_as(deal.text, side)
    if board is None:
        yield line(days, 0, f"{side} itself decides on {consequence.id} and does not agree")
        return
    ours = [(m, v) for m, v in board.seats if m not in unwilling]
    votes = sum(v for _, v in ours)
    if ours:
        names = listed([m for m, _ in ours])
        said = f"{names} bring {votes} of {board.votes} votes of {decider} for {consequence.id}"
        yield line(days, 0, said)
    why = _NEEDS[board.rule]
    if board.quorum > max(votes, len(ours)):
        yield line(days, 0, f"{side} stays away and the quorum of {board.quorum} is missed")
    else:
        yield line(days, 0, f"{side} votes against and {why}")


QUESTION = question(
    "L604",
    _look,
    title="A consequence needs the consent of the side whose act it answers",
    severity=Severity.ERROR,
    catalogue=("G06", "I02"),
    what="For a bearer of the norm, no decider of the consequence can decide while that side votes "
    "against or stays away, although everybody else comes and agrees. Votes, quorum, chair and "
    "ties are counted; what the text leaves open is read in favour of a decision.",
    why="voting under the South Sudan agreement of 2018",
    help="quorum and  decides by: majority  without the side concerned, or a body of third parties",
    bad=miniature(
        """
actor far-state "Far state"
    is: state

body council "Council"
    is: joint-commission
    members: a 2, b 2, far-state 1
    quorum: 4
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
    good=miniature(
        """
actor far-state "Far state"
    is: state

body council "Council"
    is: joint-commission
    members: a 2, b 2, far-state 1
    quorum: 3
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
