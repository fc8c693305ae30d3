"""Phases, claims, aid, and the strip of days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tregua.reports.model import Says
from tregua.status.days import DailyCount, daily_counts

if TYPE_CHECKING:
    from tests.status.conftest import Given

EXTENDED = """
power extend "Extension"
    holder: north, south
    mode: joint
    does: extend
    over: truce

declaration own-calm "Own calm of side A"
    by: a
    starts: 2030-09-12T19:00 Asia/Damascus
    ends: 2030-09-18T23:59 Asia/Damascus
    relation: contradicts
    over: truce
"""
OWN_CALM = (
    "Own calm of side A: 2030-09-12 19:00 +03:00 to 2030-09-18 23:59 +03:00 (contradicts truce)"
)
SHORT = ("lasts: 30 days", "lasts: 48 hours\n    extended by: extend")


def utc(day: int, hour: int) -> datetime:
    return datetime(2030, 9, day, hour, tzinfo=UTC)


def test_a_phase_shows_when_it_runs_out(given: Given) -> None:
    """In force, with the moment of its end, and what the text leaves open about that end."""
    given.header, given.blocks = given.header.replace(*SHORT), EXTENDED
    phase = given.status("2030-09-13T12:00").phases[0]
    assert ("truce", "in-force", utc(14, 16)) == (phase.id, phase.state, phase.next_end)
    assert "what follows when truce runs out: the deal does not say" == phase.because[-1].says


def test_an_end_that_only_one_of_two_holders_moved_is_uncertain(given: Given) -> None:
    """One guarantor extends alone: certain until the old end, possible until the new one."""
    given.header, given.blocks = given.header.replace(*SHORT), EXTENDED
    given.said(
        Says.EXTENDS,
        ("north",),
        "extend",
        "2030-09-14T12:00",
        until="2030-09-16T19:00",
    )
    phase = given.status("2030-09-14T13:00").phases[0]
    assert utc(14, 16) == phase.next_end
    says = [b.says for b in phase.because]
    assert (
        "the end is uncertain: not before 2030-09-14 19:00 +03:00, "
        "at the latest 2030-09-16 19:00 +03:00"
    ) in says


def test_claims_stand_side_by_side_in_time_order(given: Given) -> None:
    """Five clocks of five voices: each claim with its claimant, none merged with another."""
    given.header, given.blocks = given.header.replace(*SHORT), EXTENDED
    joint = ("Northern guarantor", "south")
    given.said(Says.EXTENDS, joint, "extend", "2030-09-14T18:00", until="2030-09-16T19:00")
    given.said(Says.EXTENDS, ("north",), "extend", "2030-09-16T18:00", quantity=72, unit="hours")
    given.said(
        Says.CLAIMS_STATE, ("south",), "truce", "2030-09-19T10:00", claim="holding but fragile"
    )
    given.said(Says.CLAIMS_STATE, ("a",), "truce", "2030-09-19T18:45", claim="over")
    claims = given.status("2030-09-19T20:00").claims
    assert [
        (
            "a",
            OWN_CALM,
        ),
        ("north and south", "extends truce, until 2030-09-16 19:00 +03:00"),
        ("north", "extends truce, 72 hours"),
        ("south", "holding but fragile"),
        ("a", "over"),
    ] == [(c.by, c.claim) for c in claims]
    assert ("notes:s3",) == claims[-1].records


def test_a_claim_that_it_is_over_ends_no_phase(given: Given) -> None:
    """Whoever holds no power to end it makes a claim, and the recognised state stays."""
    given.said(Says.CLAIMS_STATE, ("a",), "truce", "2030-09-13T10:00", claim="over")
    status = given.status("2030-09-13T12:00")
    assert ("in-force", "over") == (status.phases[0].state, status.claims[0].claim)


def test_two_records_of_one_claim_are_one_claim_with_both_records(given: Given) -> None:
    """The same words by the same side at the same time, cited twice, are one claim."""
    for _ in range(2):
        given.said(Says.CLAIMS_STATE, ("a",), "truce", "2030-09-13T10:00", claim="over")
    (claim,) = given.status("2030-09-13T12:00").claims
    assert ("notes:s0", "notes:s1") == claim.records


def test_a_statement_about_a_gate_is_no_claim_about_the_state(given: Given) -> None:
    """Only what is said about a phase, a power over it or the deal stands among the claims."""
    given.said(Says.DECLARES, ("a",), "some-gate", "2030-09-13T10:00", claim="ready")
    assert () == given.status("2030-09-13T12:00").claims


AID = """
actor agencies "Relief agencies"
    is: un
    may: deliver

permission relief "Relief passes"
    on: agencies
    may: deliver(passage: humanitarian)
    unhindered: yes
    owed by: a, b
    during: truce

duty letters "Letters are answered"
    on: a
    must: notify(passage: humanitarian)
    during: truce
"""


def test_aid_lists_the_assessments_of_aid_norms_only(given: Given) -> None:
    """Hindering of relief and acts for humanitarian passage are aid; attacks are not."""
    given.blocks = AID
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-13T11:00", "b", norm="relief", sure=False)
    given.violation("2030-09-13T12:00", "a", norm="letters", sure=False)
    assert ("A-relief-b-I-001", "A-letters-a-I-002") == given.status("2030-09-14T00:00").aid


def test_the_strip_shows_days_without_incidents_too(given: Given) -> None:
    """Every calendar day stands in the strip, with its incidents, reports and watch."""
    first = given.violation("2030-09-13T10:00", "a")
    second = given.violation("2030-09-13T23:59", "a")
    given.watched("2030-09-13T00:00", "2030-09-13T12:00")
    given.watched("2030-09-13T06:00", "2030-09-13T18:00")
    counts = daily_counts(
        tuple(given.attributed),
        tuple(given.watches),
        start=utc(12, 16),
        end=utc(14, 16),
        zone="Asia/Damascus",
    )
    assert (
        DailyCount(date(2030, 9, 12), 0, 0, 0, (), 0.0),
        DailyCount(date(2030, 9, 13), 2, 2, 2, (first, second), 0.75),
        DailyCount(date(2030, 9, 14), 0, 0, 0, (), 0.0),
    ) == counts
