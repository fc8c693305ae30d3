"""Whether a body can decide although some of its members do not want it to.

The unwilling may come and vote against, or stay away; the body must be able to decide in both
cases. Everybody else comes and votes in favour. Where the text is silent the reading that makes a
decision easiest is taken (no quorum, majority of those who came, any member when no way of deciding
is written), so that "cannot decide" holds in every reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.solve import solve
from tregua.agreement.questions import expanded
from tregua.agreement.value import Items, Number

if TYPE_CHECKING:
    from tregua.agreement.block import Block, DealText

_RULES = """
{ yes(M) : seat(M,_), not unwilling(M) }.
favour(N) :- N = #sum { V,M : yes(M), seat(M,V) }.
against(N) :- N = #sum { V,M : seat(M,V), unwilling(M) }.
heads(N) :- N = #count { M : yes(M) }.
enough :- not quorum(_).
enough :- quorum(Q), favour(N), N >= Q.
enough :- quorum(Q), heads(N), N >= Q.
missing :- seat(M,_), not yes(M).
agreed :- rule("consensus"), not missing, yes(_).
agreed :- rule("consensus"), tie("chair"), chair(C), yes(C).
agreed :- rule("majority"), favour(F), against(A), F > A.
agreed :- rule("majority"), favour(F), against(A), F = A, F > 0, tie("chair"), chair(C), yes(C).
agreed :- rule("two-thirds"), favour(F), against(A), F > 0, 3*F >= 2*(F+A).
agreed :- rule("chair"), chair(C), yes(C).
agreed :- rule("any"), yes(_).
:- not agreed.
:- not enough.
#maximize { 1,M : yes(M) }.
#show yes/1.
"""


@dataclass(frozen=True, slots=True)
class Board:
    """How a body decides.

    Attributes:
        seats: members with their votes, sorted by id.
        rule: consensus, majority, two-thirds, chair, or any (each alone, or not said).
        quorum: votes or heads that must be there, 0 when the text names none.
        chair: who leads it, if anybody.
        chair_breaks_ties: whether the chair's vote decides when votes are equal.
    """

    id: str
    seats: tuple[tuple[str, int], ...]
    rule: str
    quorum: int = 0
    chair: str = ""
    chair_breaks_ties: bool = False

    @property
    def votes(self) -> int:
        """Return how many votes there are."""
        return sum(v for _, v in self.seats)


def board_of(deal: DealText, body: Block) -> Board | None:
    """Return how a body decides; ``None`` when its members are not said."""
    seats = _seats(deal, body)
    if not seats:
        return None
    rule = body.word("decides by")
    known = {"consensus-then-majority": "majority", "each-alone": "any", "": "any"}
    rule = known.get(rule, rule)
    chair = body.word("chair")
    if rule == "chair" and not chair:
        rule = "any"
    quorum = _quorum(body, sum(v for _, v in seats))
    if chair and chair not in dict(seats):
        seats = tuple(sorted((*seats, (chair, 0))))  # leads without a vote of its own
    return Board(body.id, seats, rule, quorum, chair, body.word("on a tie") == "chair")


def _seats(deal: DealText, body: Block) -> tuple[tuple[str, int], ...]:
    value = body.get("members")
    found: dict[str, int] = {}
    for item in value.items if isinstance(value, Items) else ():
        count = next((int(a.value) for a in item.atoms if isinstance(a, Number)), 1)
        for member in expanded(deal, (item.word,)):
            found[member] = found.get(member, 0) + count
    return tuple(sorted(found.items()))


def _quorum(body: Block, votes: int) -> int:
    """Return the quorum in votes; a share such as 0.6 is one of all votes, rounded up.

    A quorum above all votes that are told counts as none: then the seats are not told in full.
    """
    value = body.get("quorum")
    atoms = value.items[0].atoms if isinstance(value, Items) else ()
    number = next((a.value for a in atoms if isinstance(a, Number)), None)
    if number is None:
        return 0
    wanted = int(-(-number * votes // 1)) if 0 < number < 1 else int(-(-number // Decimal(1)))
    return wanted if wanted <= votes else 0


def can_decide(
    deal: DealText, who: str, unwilling: frozenset[str], *, seen: frozenset[str] = frozenset()
) -> bool:
    """Say whether somebody can decide although some do not want it; a body has its fallback too.

    Raises:
        Undecided: when the search took too long.
    """
    block = deal.block(who)
    if who in unwilling or who in seen:
        return False
    if block is None or block.kind != "body":
        return True
    board = board_of(deal, block)
    if board is None or willing(board, unwilling) is not None:
        return True
    other = block.word("fallback")
    return bool(other) and can_decide(deal, other, unwilling, seen=seen | {who})


def can_act(deal: DealText, who: str, unwilling: frozenset[str]) -> bool:
    """Say whether somebody can do what needs no vote: a body needs one member for it."""
    block = deal.block(who)
    if who in unwilling:
        return False
    board = board_of(deal, block) if block is not None and block.kind == "body" else None
    return board is None or any(m not in unwilling for m, _ in board.seats)


def willing(board: Board, unwilling: frozenset[str]) -> tuple[str, ...] | None:
    """Return who can carry a decision against the unwilling; ``None`` when nobody can.

    Raises:
        Undecided: when the search took too long.
    """
    facts = [f"seat({quoted(m)},{v})." for m, v in board.seats]
    facts += [f"unwilling({quoted(m)})." for m, _ in board.seats if m in unwilling]
    facts += [f"rule({quoted(board.rule)})."]
    facts += [f"quorum({board.quorum})."] if board.quorum else []
    facts += (
        [f"chair({quoted(board.chair)})."] if board.chair and board.chair not in unwilling else []
    )
    facts += ['tie("chair").'] if board.chair_breaks_ties else []
    answer = solve("\n".join((*facts, _RULES)))
    return None if answer is None else tuple(m for (m,) in answer.of("yes"))


def counts_as(deal: DealText, who: str) -> frozenset[str]:
    """Return a side and the groups that are part of it, each with its own id."""
    found, waiting = {who}, [who]
    while waiting:
        whole = waiting.pop()
        for group in deal.of_kind("group"):
            if whole in group.words("part of") and group.id not in found:
                found.add(group.id)
                waiting.append(group.id)
    return frozenset(found)
