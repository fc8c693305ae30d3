"""Findings of people beside the answers of the machine: who may, what counts, what differs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import read_deal_text
from tregua.assessment.model import Answer
from tregua.reports.model import Says
from tregua.status.findings import said_by

if TYPE_CHECKING:
    from tests.status.conftest import Given
    from tregua.status.model import Due

BOARD = """
body board "Board"
    is: joint-commission
    members: a, b
    may: determine

prohibition overflights "No flights"
    on: a, b
    must not: fly
    during: truce
    where: everywhere
"""
REFERRAL = """
consequence referral "Referral"
    when: violation(attacks)
    decided by: north
    does: refer(to: north)
"""
ALONE = """
body pair "Two, each alone"
    is: task-force
    members: a, b, north, south
    chair: north, south
    decides by: each-alone
    may: determine
"""
LATER = "2030-09-14T00:00"


def finds(given: Given, about: str, claim: str, *by: str, when: str = "2030-09-13T20:00") -> None:
    given.said(Says.FINDS, by or ("board",), about, when, claim=claim)


def due_of(given: Given, who: str) -> Due:
    return next(d for d in given.status(LATER).dues if d.on_whom == (who,) and d.consequence)


@pytest.mark.parametrize(
    ("claim", "answer", "norm", "bearers", "words"),
    [
        ("violated", "violated", "", (), ""),
        ("kept by a", "kept", "", ("a",), ""),
        ("attacks violated by a, b", "violated", "attacks", ("a", "b"), ""),
        ("violated by a; not ordered", "violated", "", ("a",), "not ordered"),
        ("undetermined; who fired is open", "undetermined", "", (), "who fired is open"),
        ("the commission is shocked", None, "", (), "the commission is shocked"),
        ("not violated", None, "", (), "not violated"),
    ],
)
def test_a_claim_is_read_as_it_stands(
    given: Given,
    claim: str,
    answer: str | None,
    norm: str,
    bearers: tuple[str, ...],
    words: str,
) -> None:
    """A finding says an answer, perhaps a norm, perhaps sides; anything else is words only."""
    given.blocks = BOARD
    finds(given, "attacks", claim)
    text = f"{given.header}{given.blocks}\n```\n"
    said = said_by(given.statements[0], read_deal_text(text, file="valley.deal.md").agreement)
    assert (answer, norm, bearers, words) == (said.answer, said.norm, said.bearers, said.words)


def test_a_finding_stands_beside_the_assessment(given: Given) -> None:
    """Both are there, and that they differ is said; the assessment stays as it was."""
    given.blocks = BOARD
    incident = given.violation("2030-09-13T10:00", "a", "b", sure=False)
    finds(given, incident, "violated by a; not ordered")
    status = given.status(LATER)
    (found,) = status.findings
    assert ("attacks", ("board",), "violated", ("a",)) == (
        found.norm,
        found.by,
        found.answer,
        found.bearers,
    )
    assert ((Answer.UNDETERMINED,), True, "not ordered") == (
        found.assessed,
        found.differs,
        found.words,
    )
    assert [Answer.UNDETERMINED] * 2 == [a.answer for a in status.assessments]


def test_an_equal_finding_does_not_differ(given: Given) -> None:
    """Where people find what was assessed nothing differs."""
    given.blocks = BOARD
    incident = given.violation("2030-09-13T10:00", "a")
    finds(given, incident, "violated by a")
    assert [False] == [f.differs for f in given.status(LATER).findings]


def test_who_may_not_determine_finds_nothing(given: Given) -> None:
    """A side that says of the other what it did makes no finding."""
    given.blocks = BOARD
    incident = given.violation("2030-09-13T10:00", "a")
    finds(given, incident, "violated by a", "b")
    assert () == given.status(LATER).findings


def test_the_side_that_is_named_is_meant(given: Given) -> None:
    """Of two who may have done it, the one named has a consequence and the other has none."""
    given.blocks = BOARD + REFERRAL
    incident = given.violation("2030-09-13T10:00", "a", "b", sure=False)
    finds(given, incident, "violated by b")
    assert "due" == due_of(given, "b").state
    assert [] == [d for d in given.status(LATER).dues if d.on_whom == ("a",)]


def test_without_a_name_two_are_not_both_found(given: Given) -> None:
    """A finding that names nobody makes neither of two certain."""
    given.blocks = BOARD + REFERRAL
    incident = given.violation("2030-09-13T10:00", "a", "b", sure=False)
    finds(given, incident, "violated")
    assert [] == [d for d in given.status(LATER).dues if d.state == "due"]


def test_a_finding_on_another_norm_leads_nothing_here(given: Given) -> None:
    """What is found of flights settles nothing about attacks in the same incident."""
    given.blocks = BOARD + REFERRAL
    incident = given.violation("2030-09-13T10:00", "a")
    given.assessed("overflights", "a", incident, sure=False, when=given.attributed[0].incident.when)
    finds(given, incident, "overflights violated by a")
    assert "needs-finding" == due_of(given, "a").state
    assert ["overflights"] == [f.norm for f in given.status(LATER).findings]


def test_a_finding_against_another_side_is_none_against_this_one(given: Given) -> None:
    """Side a's consequence waits for a finding about side a."""
    given.blocks = BOARD + REFERRAL
    given.violation("2030-09-13T10:00", "a")
    other = given.violation("2030-09-13T12:00", "b")
    finds(given, other, "violated by b")
    assert ["needs-finding", "due"] == [due_of(given, who).state for who in ("a", "b")]


def test_undetermined_is_a_finding_that_settles_nothing(given: Given) -> None:
    """Who cannot say does not contradict who can."""
    given.blocks = BOARD + ALONE + REFERRAL
    incident = given.violation("2030-09-13T10:00", "a", "b", sure=False)
    finds(given, incident, "undetermined", "north")
    finds(given, incident, "violated by a", "board")
    assert "due" == due_of(given, "a").state


def test_each_alone_may_find_and_differing_findings_settle_nothing(given: Given) -> None:
    """Two who may each determine stand side by side; while they differ neither is used."""
    given.blocks = ALONE + REFERRAL
    incident = given.violation("2030-09-13T10:00", "a")
    finds(given, incident, "violated by a", "north")
    assert "due" == due_of(given, "a").state
    finds(given, incident, "kept by a", "south")
    due = due_of(given, "a")
    assert ("needs-finding", True) == (due.state, "findings on attacks differ" in due.says)
    finds(given, incident, "violated by a", "south", when="2030-09-13T22:00")
    assert "due" == due_of(given, "a").state


def test_members_that_do_not_chair_do_not_find_alone(given: Given) -> None:
    """Where a body of each-alone names its chairs, its other members determine nothing."""
    given.blocks = ALONE
    incident = given.violation("2030-09-13T10:00", "a")
    finds(given, incident, "kept by a", "a")
    assert () == given.status(LATER).findings


def test_a_later_finding_of_the_same_body_replaces_the_earlier(given: Given) -> None:
    """Preliminary and final are two entries; asked at each time, each is the answer."""
    given.blocks = BOARD
    incident = given.violation("2030-09-13T10:00", "a", "b", sure=False)
    finds(given, incident, "violated by b; preliminary", when="2030-09-13T12:00")
    finds(given, incident, "violated by a; final", when="2030-09-13T20:00")
    first = given.status("2030-09-13T13:00").findings
    last = given.status(LATER).findings
    assert [("b",), ("a",)] == [f.bearers for f in (*first, *last)]
