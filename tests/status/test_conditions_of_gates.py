"""Every condition of the language, asked by a gate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.reports.model import Says

if TYPE_CHECKING:
    from tests.status.conftest import Given

BLOCKS = """
term fair "A fair answer"
    means: undefined
    decided by: north, south

term vague "A vague word"
    means: undefined
    decided by: undefined

body board "Board"
    is: joint-commission
    members: a, b
    may: determine

duty lists "Lists are handed over"
    on: a
    must: hand-over(list: detainees)
    during: truce
    deadline: 2030-09-13T19:00 Asia/Damascus

clock weeks "Time that has run"
    counts: elapsed
    day: 24-hours
    starts: start(truce)

gate talks "Talks begin"
    opens when: CONDITION
    decided by: none
    latest: none
    leads to: truce
"""


def opened(given: Given, condition: str, when: str = "2030-09-15T00:00") -> str:
    given.blocks, given.day = BLOCKS.replace("CONDITION", condition), "24-hours"
    given.blocks = given.blocks.replace("day: 24-hours", "day: calendar")
    return given.gate(when).state


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("in-force(truce)", "open"),
        ("not(in-force(truce))", "shut"),
        ("weeks >= 2 days", "open"),
        ("weeks > 2 days", "shut"),
        ("weeks < 72 hours", "open"),
        ("weeks = 2 days", "open"),
        ("weeks >= 1 months", "unknown"),
        ("violation(attacks)", "unknown"),
        ("finding(attacks)", "shut"),
        ("kept(attacks)", "unknown"),
        ("done(lists)", "unknown"),
        ("request(aid-convoy)", "shut"),
        ("declared(by: north)", "shut"),
        ("judged(fair)", "unknown"),
        ("judged(vague)", "unknown"),
        ("target-in(excluded)", "unknown"),
        ("any(in-force(truce), violation(attacks))", "open"),
        ("any(finding(attacks), violation(attacks))", "unknown"),
        ("all(in-force(truce), violation(attacks))", "unknown"),
        ("all(finding(attacks), violation(attacks))", "shut"),
        ("in-force(truce), finding(attacks)", "shut"),
    ],
)
def test_a_condition_with_nothing_recorded(given: Given, condition: str, expected: str) -> None:
    """What nobody recorded is false, what nobody watched or judged cannot be said."""
    assert expected == opened(given, condition)


def test_a_declaration_by_the_one_who_is_meant_counts(given: Given) -> None:
    """A declaration of another does not make the condition true; the right one does."""
    given.said(Says.DECLARES, ("south",), "truce", "2030-09-13T10:00")
    assert "shut" == opened(given, "declared(by: north)")
    given.said(Says.DECLARES, ("Northern guarantor",), "truce", "2030-09-13T11:00")
    assert "open" == opened(given, "declared(by: north)")


def test_a_term_applies_when_all_who_decide_have_said_so(given: Given) -> None:
    """One of two: open; both: it holds; a "not" of one against the other: open again."""
    given.said(Says.JUDGES, ("north",), "fair", "2030-09-13T10:00")
    assert "unknown" == opened(given, "judged(fair)")
    given.said(Says.JUDGES, ("south",), "fair", "2030-09-13T11:00")
    assert "open" == opened(given, "judged(fair)")
    given.said(Says.JUDGES, ("south",), "fair", "2030-09-13T12:00", claim="not fair")
    assert "unknown" == opened(given, "judged(fair)")


def test_a_term_that_all_refuse_does_not_apply(given: Given) -> None:
    """A refusal by those who decide is an answer, and the gate is shut."""
    given.said(Says.REJECTS, ("north", "south"), "fair", "2030-09-13T10:00")
    assert "shut" == opened(given, "judged(fair)")


def test_only_the_body_that_may_determine_finds(given: Given) -> None:
    """A finding by somebody else is no finding of the deal."""
    given.said(Says.FINDS, ("north",), "attacks", "2030-09-13T10:00", claim="violated")
    assert "shut" == opened(given, "finding(attacks)")
    given.said(Says.FINDS, ("board",), "attacks", "2030-09-13T11:00", claim="violated")
    assert "open" == opened(given, "finding(attacks)")


def test_a_norm_whose_phase_ended_was_not_kept_until_now(given: Given) -> None:
    """Three days after the end of the truce, "kept for 2 days" fails and says when it ended."""
    given.header = given.header.replace("lasts: 30 days", "lasts: 48 hours")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    assert "open" == opened(given, "kept(attacks, for: 2 days)", "2030-09-14T19:00")
    assert "shut" == opened(given, "kept(attacks, for: 2 days)", "2030-09-17T19:00")
    assert given.gate("2030-09-17T19:00").missing[0] == (
        "No attacks (attacks) not kept for 2 days: it ended at 2030-09-14 19:00 +03:00"
    )


def test_no_watch_is_needed_after_the_end_of_a_norm(given: Given) -> None:
    """ "not(violation)" asks about the time in force only; the days after it need no watch."""
    given.header = given.header.replace("lasts: 30 days", "lasts: 48 hours")
    given.watched("2030-09-12T19:00", "2030-09-14T19:00")
    assert "open" == opened(given, "not(violation(attacks))", "2030-09-20T00:00")
