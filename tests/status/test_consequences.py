"""What follows from an assessed violation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.reports.model import Says
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from tests.status.conftest import Given
    from tregua.status.model import Due

NAMED = """    on violation: referral

consequence referral "Referral to the guarantors"
    when: violation(attacks, count: 2, in: 7 days)
    needs: assessment
    decided by: north, south
    does: refer(to: north)
    within: 48 hours
    then: exclusion

consequence exclusion "Exclusion"
    when: violation(attacks, count: 5, in: 7 days)
    decided by: north
    does: exclude
"""


def only(given: Given, when: str) -> Due:
    (due,) = given.status(when).dues
    return due


def test_without_an_assessed_violation_nothing_is_due(given: Given) -> None:
    """A possible violation alone brings no consequence."""
    given.blocks = NAMED
    given.violation("2030-09-13T10:00", "a", "b", sure=False)
    assert () == given.status("2030-09-14T00:00").dues


def test_a_deal_that_is_silent_names_no_consequence(given: Given) -> None:
    """The key is absent: the deal names none, for all violators, with their guarantors."""
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T11:00", "b")
    due = only(given, "2030-09-14T00:00")
    assert ("", "attacks", "1", "none-named") == (due.consequence, due.norm, due.clause, due.state)
    assert (("a", "b"), ()) == (due.on_whom, due.by_whom)
    assert (
        "the deal names no consequence for this norm (clause 1); "
        "guarantor of a and b: north and south"
    ) == due.says
    assert ("A-attacks-a-I-000", "A-attacks-b-I-001") == due.assessments


def test_left_open_and_said_to_be_none_stay_apart_from_silence(given: Given) -> None:
    """Three states of one key give three sentences."""
    given.violation("2030-09-13T10:00", "a")
    given.blocks = '    on violation: undefined "suitable measures"'
    assert only(given, "2030-09-14T00:00").says.startswith(
        "the deal leaves open what follows from a violation of this norm (clause 1): "
        '"suitable measures"'
    )
    given.blocks = "    on violation: none"
    assert only(given, "2030-09-14T00:00").says.startswith(
        "the deal says that nothing follows from a violation of this norm (clause 1)"
    )


def test_a_consequence_is_due_when_its_own_condition_holds_for_that_violator(
    given: Given,
) -> None:
    """Two by one side are two; one by each side is not two by anybody."""
    given.blocks = NAMED
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T12:00", "b")
    states = {(d.consequence, d.on_whom): d.state for d in given.status("2030-09-14T00:00").dues}
    assert "not-due" == states["referral", ("a",)]
    given.violation("2030-09-13T14:00", "a")
    dues = {(d.consequence, d.on_whom): d for d in given.status("2030-09-14T00:00").dues}
    assert "due" == dues["referral", ("a",)].state
    assert ("north", "south") == dues["referral", ("a",)].by_whom
    assert "not-due" == dues["referral", ("b",)].state


def test_a_consequence_is_overdue_after_its_time_and_then_the_next_follows(given: Given) -> None:
    """48 hours after the second violation it is overdue, and what stands under "then" is due."""
    given.blocks = NAMED
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T14:00", "a")
    states = [(d.consequence, d.state) for d in given.status("2030-09-15T14:01").dues]
    assert [("referral", "overdue"), ("exclusion", "due"), ("exclusion", "not-due")] == states


def test_a_consequence_that_was_decided_is_done_or_waived(given: Given) -> None:
    """A decision of those who decide answers it; a decision of others does not."""
    given.blocks = NAMED
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T14:00", "a")
    given.said(Says.DECIDES, ("a",), "referral", "2030-09-13T16:00")
    assert "due" == given.status("2030-09-14T00:00").dues[0].state
    given.said(Says.DECIDES, ("north",), "referral", "2030-09-13T17:00")
    assert "done" == given.status("2030-09-14T00:00").dues[0].state
    given.said(Says.REJECTS, ("south",), "referral", "2030-09-13T18:00")
    assert "waived" == given.status("2030-09-14T00:00").dues[0].state


FINDING = """    on violation: referral

consequence referral "Referral to the guarantors"
    when: violation(attacks)
    decided by: undefined
    does: refer(to: north)
"""
BOARD = '\nbody board "Board"\n    is: joint-commission\n    members: a, b\n    may: determine\n'


def test_a_consequence_that_needs_a_finding_waits_for_one(given: Given) -> None:
    """An assessment alone triggers nothing; the bodies that may find are named."""
    given.blocks = FINDING + BOARD
    incident = given.violation("2030-09-13T10:00", "a")
    due = only(given, "2030-09-14T00:00")
    assert "needs-finding" == due.state
    assert "needs a finding by board; none about attacks is recorded" in due.says
    given.said(Says.FINDS, ("board",), incident, "2030-09-13T20:00", claim="violated")
    due = only(given, "2030-09-14T00:00")
    assert ("due", ()) == (due.state, due.by_whom)
    assert "by whom: the deal leaves it open" in due.says


def test_where_nobody_may_determine_no_finding_can_come(given: Given) -> None:
    """The deal names nobody: the consequence waits for ever, and the sentence says so."""
    given.blocks = FINDING
    given.violation("2030-09-13T10:00", "a")
    given.said(Says.FINDS, ("north",), "attacks", "2030-09-13T20:00", claim="violated")
    due = only(given, "2030-09-14T00:00")
    assert "needs-finding" == due.state
    assert "the deal names nobody who may determine" in due.says


def test_a_condition_that_cannot_be_said_is_not_due_and_says_so(given: Given) -> None:
    """Two certain ones are needed, one is certain and one possible: not due, with the reason."""
    given.blocks = NAMED
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T14:00", "a", "b", sure=False)
    due = given.status("2030-09-14T00:00").dues[0]
    assert "not-due" == due.state
    assert due.says.startswith("Referral to the guarantors: whether it is due cannot be said")


def test_what_comes_after_a_decision_is_due_again(given: Given) -> None:
    """A violation after the consequence was done brings it again, since that violation."""
    given.blocks = NAMED.replace("violation(attacks, count: 2, in: 7 days)", "violation(attacks)")
    given.violation("2030-09-13T10:00", "a")
    given.said(Says.DECIDES, ("north",), "referral", "2030-09-13T17:00")
    assert "done" == given.status("2030-09-14T00:00").dues[0].state
    given.violation("2030-09-14T10:00", "a")
    due = given.status("2030-09-15T00:00").dues[0]
    assert ("due", read_time("2030-09-14T10:00", "Asia/Damascus").start) == (due.state, due.since)
