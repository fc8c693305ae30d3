"""Votes, ways to a decision and exceptions: the solver against trying everything by hand."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.agreement.model import Compare
from tregua.agreement.prove.l422_swallowed import Ways, swallowing
from tregua.agreement.prove.l508_paths import QUESTION as PATHS
from tregua.agreement.prove.l604_votes import QUESTION as VOTES
from tregua.agreement.prove.places import within
from tregua.agreement.prove.said import value_of, words
from tregua.agreement.prove.votes import Board, willing
from tregua.agreement.read import read_deal_text
from tregua.agreement.rule import miniature

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Condition, ExceptionClause, Norm

pytest.importorskip("clingo", reason="the extra prove (clingo) is not installed")

A_FEW = settings(max_examples=60, deadline=None, derandomize=True)


# --- votes --------------------------------------------------------------------------------------


@st.composite
def boards(draw: st.DrawFn) -> tuple[Board, frozenset[str]]:
    members = ["a", "b", "c", "d"][: draw(st.integers(1, 4))]
    seats = tuple((m, draw(st.integers(0, 3))) for m in members)
    rule = draw(st.sampled_from(["consensus", "majority", "two-thirds", "chair", "any"]))
    votes = sum(v for _, v in seats)
    board = Board(
        "council",
        seats,
        rule,
        draw(st.integers(0, votes)),
        draw(st.sampled_from(["", *members])),
        draw(st.booleans()),
    )
    return board, frozenset(draw(st.sets(st.sampled_from(members), max_size=2)))


def tried_by_hand(board: Board, unwilling: frozenset[str]) -> bool:
    """Say whether some set of the willing carries a decision, however the unwilling behave."""
    free = [m for m, _ in board.seats if m not in unwilling]
    sets = (set(c) for n in range(len(free) + 1) for c in combinations(free, n))
    return any(carries(board, yes, unwilling) for yes in sets)


def carries(board: Board, yes: set[str], unwilling: frozenset[str]) -> bool:
    votes = dict(board.seats)
    favour, against = sum(votes[m] for m in yes), sum(votes.get(m, 0) for m in unwilling)
    if max(favour, len(yes)) < board.quorum:
        return False
    led = board.chair in yes
    match board.rule:
        case "consensus":
            everybody = bool(yes) and yes == set(votes)
            return everybody or (board.chair_breaks_ties and led)
        case "majority":
            tie = favour == against and favour > 0 and board.chair_breaks_ties and led
            return favour > against or tie
        case "two-thirds":
            return favour > 0 and favour * 3 >= (favour + against) * 2
        case "chair":
            return led
    return bool(yes)


@A_FEW
@given(boards())
def test_a_body_can_decide_when_a_count_by_hand_says_so(
    case: tuple[Board, frozenset[str]],
) -> None:
    """Who can decide against the unwilling is what trying every set of votes gives."""
    board, unwilling = case
    assert tried_by_hand(board, unwilling) == (willing(board, unwilling) is not None)


COUNCIL = """
actor far-state "Far state"
    is: state

body council "Council"
    is: joint-commission
    members: {members}
    {rules}

prohibition attacks "No attacks"
    on: a, b
    must not: attack
    on violation: protest

consequence protest "A protest is noted"
    when: violation(attacks)
    decided by: council
    does: note
"""


@pytest.mark.parametrize(
    ("members", "rules", "expected"),
    [
        ("a, b, far-state", "decides by: majority", ""),
        ("a, b", "decides by: majority", "a and b"),
        ("a 2, b 1, far-state 1", "decides by: majority", "a"),
        ("a, b, far-state", "decides by: two-thirds", ""),
        ("a 2, b 1, far-state 2", "decides by: two-thirds", "a"),
        ("a, b, far-state", "decides by: consensus", "a and b"),
        ("a, b, far-state", "decides by: consensus\n    fallback: far-state", ""),
        ("a, b, far-state", "decides by: chair\n    chair: a", "a"),
        ("a, b", "decides by: chair\n    chair: far-state", ""),
        ("a, b", "decides by: each-alone", ""),
        ("a, b", "decides by: undefined", ""),
    ],
)
def test_the_vote_decides_who_is_needed(members: str, rules: str, expected: str) -> None:
    """A consequence needs exactly those without whom no vote is carried."""
    text = miniature(COUNCIL.format(members=members, rules=rules))
    found = VOTES.ask(read_deal_text(text, file="x").text)
    assert expected == (found[0].marker.removeprefix("not without ") if found else "")


# --- ways to a decision -------------------------------------------------------------------------

WAYS = """
body far-state "A mission of far states"
    is: mission
    may: verify{may}

guarantor patron "Patron"
    of: a
    has forces here: {forces}

prohibition attacks "No attacks"
    on: a
    must not: attack
    verified by: {verifier}
{procedure}
"""


BOTH_REPORT = "    step: report by a\n    step: report by b\n"


@pytest.mark.parametrize(
    ("may", "forces", "verifier", "procedure", "expected"),
    [
        (", determine", "no", "far-state", "", False),
        (", determine", "no", "patron", "", True),
        (", determine", "no", "a", "", True),
        ("", "no", "a", "", False),  # nobody decides at all: that is L503
        ("", "no", "a", "    step: determine by far-state", False),
        ("", "no", "far-state", "    step: determine by patron", True),
        ("", "no", "far-state", "    step: answer by a\n    step: determine by b", True),
        ("", "no", "far-state", "    step: answer by a else x\n    step: determine by b", False),
        ("", "no", "far-state", "    step: determine by all-parties", False),
        ("", "no", "far-state", f"{BOTH_REPORT}    step: determine by far-state", False),
        ("", "yes", "far-state", "    step: determine by patron", True),
        (", determine", "yes", "patron", "", True),
    ],
)
def test_a_way_past_those_concerned_is_found(
    may: str,
    forces: str,
    verifier: str,
    procedure: str,
    expected: bool,  # noqa: FBT001
) -> None:
    """A norm is noted exactly when no way to a decision avoids its bearer and the guarantor."""
    head = 'procedure incident "To a decision"\n    for: violation\n'
    whole = f"\n{head}{procedure}" if procedure else ""
    blocks = WAYS.format(may=may, forces=forces, verifier=verifier, procedure=whole)
    found = PATHS.ask(read_deal_text(miniature(blocks), file="x").text)
    assert expected == bool(found)


# --- exceptions ---------------------------------------------------------------------------------

GROUND = """
zone valley "Valley"
    is: area
    geometry: "valley.geojson"

zone village "Village"
    is: area
    geometry: "village.geojson"
    inside: valley

excluded black-flag "Black Flag"
    basis: named

term threat "A threat"
    decided by: a

phase truce "Truce"
    starts: 2030-05-01T08:00
    lasts: 2 days
"""
CONDITIONS = (
    "target-in(excluded)",
    "target-in(all-parties)",
    "not(target-in(excluded))",
    "place-in(valley)",
    "place-in(village)",
    "in-force(truce)",
    "judged(threat)",
    "declared(by: b)",
    "notified(to: a)",
    "any(place-in(village), not(place-in(village)))",
)


@st.composite
def norms_with_exceptions(draw: st.DrawFn) -> str:
    lines = [
        'prohibition attacks "No attacks"',
        f"    on: {draw(st.sampled_from(['a', 'b', 'a, b']))}",
        "    must not: attack",
        f"    where: {draw(st.sampled_from(['valley', 'village', 'everywhere']))}",
        "    during: truce",
        "    except: e0, e1",
    ]
    against = draw(st.sampled_from(["", "black-flag", "a, b"]))
    lines += [f"    against: {against}"] if against else []
    some = st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=2, unique=True)
    for number in range(2):
        only = draw(st.sampled_from(["", "\n    only in: valley", "\n    only in: village"]))
        when = ", ".join(draw(some))
        lines += ["", f'exception e{number} "Exception"', f"    when: {when}{only}"]
    return miniature(GROUND + "\n" + "\n".join(lines))


@A_FEW
@given(norms_with_exceptions())
def test_a_norm_is_swallowed_when_trying_every_way_to_act_says_so(text: str) -> None:
    """Exceptions leave no violation exactly when one holds for each actor, target and place."""
    deal = read_deal_text(text, file="x").agreement
    norm = deal.norm("attacks")
    assert norm is not None
    chosen = swallowing(deal, norm)
    if chosen:
        assert not violation_is_possible(deal, norm, chosen)
        smaller = [c for c in combinations(deal.exceptions, len(chosen) - 1) if c]
        assert all(violation_is_possible(deal, norm, c) for c in smaller)
    else:
        assert violation_is_possible(deal, norm, deal.exceptions)


def violation_is_possible(
    deal: Agreement, norm: Norm, exceptions: tuple[ExceptionClause, ...]
) -> bool:
    ways = Ways(deal, norm)
    facts = ("judged(threat)", "declared(by: b)", "notified(to: a)")
    choices = product(
        ways.actors(), ways.targets(), ways.places(), product((True, False), repeat=3)
    )
    for actor, target, place, truth in choices:
        true = {f for f, t in zip(facts, truth, strict=True) if t}
        true |= {"judged(threat)"} if actor == "a" else {"declared(by: b)"}
        if not any(holds(deal, e, target, place, true) for e in exceptions):
            return True
    return False


def holds(
    deal: Agreement, exception: ExceptionClause, target: str, place: str, true: set[str]
) -> bool:
    only = value_of(exception.only_in)
    if only is not None and not within(deal, place, only):
        return False
    conditions = value_of(exception.when) or ()
    return all(is_true(c, target, place, true) for c in conditions)


def is_true(condition: Condition, target: str, place: str, true: set[str]) -> bool:
    assert not isinstance(condition, Compare)
    match words(condition):
        case "target-in(excluded)":
            return target == "black-flag"
        case "not(target-in(excluded))":
            return target != "black-flag"
        case "target-in(all-parties)":
            return target in ("a", "b")
        case "place-in(valley)":
            return place in ("valley", "village")
        case "place-in(village)":
            return place == "village"
        case "in-force(truce)" | "any(place-in(village), not(place-in(village)))":
            return True
        case other:
            return other in true
