"""Four scenes from reports to status: firing back, a late answer, silence, and who decides.

The deal is our own, with the clauses that matter: a vague exception, an undefined day, an undefined
start, a gate that two decide jointly and that has no latest date.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tregua.agreement.read import read_deal_text
from tregua.assessment.assess import assess
from tregua.assessment.model import Answer, Why
from tregua.assessment.moments import moments_in
from tregua.assessment.spells import spells_in, undivided
from tregua.attribution.model import Attributed, Hypothesis
from tregua.incidents.model import Incident
from tregua.reports.model import Observation, Origin, Says, Statement, Watch
from tregua.status.advance import advance
from tregua.status.basis import Basis
from tregua.status.facts import facts_of
from tregua.terms.estimate import NOT_STATED
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.status.model import Status

DEAL = """---
deal: harbour
title: "Calm at the harbour"
format: tregua-deal/1
prose: restated
languages: en
effective: 2030-09-12T19:00 Asia/Damascus
time zone: Asia/Damascus
---

# text · The text

## § 1 · Calm

```deal
party east "East bank"
    is: coalition

party west "West bank"
    is: coalition

guarantor lender-one "First guarantor"
    of: east

guarantor lender-two "Second guarantor"
    of: west

actor agencies "Relief agencies"
    is: un
    may: deliver

power fix-start "The guarantors fix the start"
    holder: lender-one, lender-two
    mode: joint
    does: set
    sets: D

phase calm-time "Calm"
    starts: D
    lasts: 48 hours
    extended by: prolong

power prolong "Longer calm"
    holder: lender-one, lender-two
    mode: joint
    does: extend
    over: calm-time

prohibition attacks "No attacks with any weapon"
    on: east, west
    must not: attack(weapon: any)
    against: east, west
    during: calm-time
    where: everywhere
    except: answer
    on violation: undefined

prohibition ground "No taking of ground"
    on: east, west
    must not: seize-ground
    against: east, west
    during: calm-time
    where: everywhere

permission relief "Relief passes"
    on: agencies
    may: deliver(passage: humanitarian)
    unhindered: yes
    owed by: east, west
    during: calm-time
    where: own-control

term measured "A measured answer"
    means: undefined
    decided by: undefined

exception answer "Answer to an immediate threat"
    when: prior(attack, on: actor, within: 60 minutes), judged(measured)
    result: justified
    burden: acting-party
    decided by: undefined

clock calm "Days of calm in a row"
    counts: consecutive-days
    day: undefined "days in a row"
    starts: undefined
    bad day: undefined
    resets on: violation(attacks), violation(ground)
    certified by: undefined
    target: 7 days

gate open-office "The joint office opens"
    opens when: calm >= 7 days, kept(relief, for: 7 days)
    decided by: lender-one, lender-two
    mode: joint
    latest: undefined
    leads to: calm-time
```
"""
D = datetime(2030, 9, 12, 16, tzinfo=UTC)
ZONE = "Asia/Damascus"


@pytest.fixture(scope="module")
def deal() -> Agreement:
    reading = read_deal_text(DEAL, file="harbour.deal.md")
    assert [n.said for n in reading.notes if n.severity == "error"] == []
    return reading.agreement


def after(hours: float, minutes: int = 1) -> When:
    start = D + timedelta(hours=hours)
    return When(start, start + timedelta(minutes=minutes), Precision.MINUTE, ZONE)


def begun() -> Statement:
    """Return the joint statement that fixes D."""
    origin = Origin("begin", "scene", "the guarantors", D)
    by = ("lender-one", "lender-two")
    return Statement(origin, after(-1), Says.SETS, by, about="fix-start", at=after(0))


def shot(key: str, hours: float, by: str, against: str) -> Attributed:
    """Return an incident of which a scene takes everything as certain."""
    when = after(hours)
    origin = Origin(key, "scene", "a scene", when.end)
    place = Place(name="everywhere")
    seen = Observation(origin, when, "mortar-fire", place, (by,), against=(against,), certain=True)
    incident = Incident(
        f"I-{key}", (seen,), (), (), when, place, ("mortar-fire",), NOT_STATED, certain=True
    )
    return Attributed(incident, _sure(by), _sure(against), (), False, True)


def _sure(who: str) -> tuple[Hypothesis, ...]:
    return (Hypothesis(who, 1.0, must=True, may=True, said_by=(), denied_by=()),)


def stands(
    deal: Agreement, *shots: Attributed, hours: float, watched: int = 0
) -> tuple[Status, dict[tuple[str, str], tuple[Answer, tuple[Why, ...]]]]:
    """Return the status so many hours after D and the answers for each norm as a whole."""
    at, statements = D + timedelta(hours=hours), (begun(),)
    watches: tuple[Watch, ...] = ()
    if watched:
        origin = Origin("watch", "scene", "observers", at)
        watches = (Watch(origin, after(0, watched * 60), Place(name="everywhere")),)
    moments = moments_in(deal, statements, at=at)
    norms = spells_in(undivided(deal, shots, moments), watches, statements, at=at, seed=b"")
    answers = assess(norms)
    status = advance(facts_of(Basis(deal, answers, shots, watches, statements, moments, at), norms))
    wholes = {(a.norm, a.bearer): (a.answer, a.reasons) for a in answers if a.instance == "whole"}
    return status, wholes


def hands(status: Status) -> tuple[int, int]:
    return status.clocks[0].low, status.clocks[0].high


def test_firing_first_resets_the_clock_and_firing_back_waits_for_a_decision(
    deal: Agreement,
) -> None:
    """One side is assessed as violating, the other needs a decision, and calm is 0 days."""
    first, back = shot("1", 10, "west", "east"), shot("2", 10 + 1 / 3, "east", "west")
    status, wholes = stands(deal, first, back, hours=11, watched=24)
    assert (Answer.VIOLATED, ()) == wholes["attacks", "west"]
    answer, reasons = wholes["attacks", "east"]
    assert answer is Answer.UNDETERMINED
    assert Why.NEEDS_DECISION in reasons
    assert (0, 0) == hands(status)
    assert "shut" == status.gates[0].state


def test_a_late_answer_is_a_violation_of_its_own(deal: Agreement) -> None:
    """Three hours later the exception does not hold: both sides, and nothing is named to follow."""
    first, late = shot("1", 10, "west", "east"), shot("2", 13, "east", "west")
    status, wholes = stands(deal, first, late, hours=14, watched=24)
    answers = [wholes["attacks", "east"], wholes["attacks", "west"]]
    assert [(Answer.VIOLATED, ())] * 2 == answers
    (due,) = status.dues
    assert ("none-named", ("east", "west")) == (due.state, due.on_whom)
    assert (
        "the deal leaves open what follows from a violation of this norm (clause 1); "
        "guarantor of east and west: lender-one and lender-two"
    ) == due.says


def test_after_two_silent_days_nothing_is_kept_and_nothing_is_ruled_out(deal: Agreement) -> None:
    """Nobody watched: undetermined, 0 to 2 days of calm, and the gate is shut."""
    status, wholes = stands(deal, hours=48)
    assert (Answer.UNDETERMINED, (Why.NO_COVERAGE,)) == wholes["attacks", "east"]
    assert (0, 2) == hands(status)
    gate = status.gates[0]
    assert "shut" == gate.state
    assert "calm: 0 of 7 days certain, at most 2 possible" == gate.missing[0]
    assert gate.missing[1].startswith("Relief passes (relief) not kept for 7 days: it runs since")
    assert gate.missing[1].endswith("undetermined because no-coverage")
    assert (
        "decision of lender-one and lender-two, jointly: not recorded",
        "no latest date: may stay shut for ever",
    ) == gate.missing[2:]
    relief = {a.id for a in status.assessments if a.norm == "relief"}
    assert relief == set(status.aid)


def test_what_the_text_leaves_open_about_the_clock_is_listed(deal: Agreement) -> None:
    """Start, day, bad day and certifier are open; each is named with what it does."""
    status, _ = stands(deal, hours=48)
    points = [p.split(":")[0] for p in status.clocks[0].open_points]
    assert [
        "start",
        "the clock stopped at 2030-09-14 19",
        "day",
        "first day",
        "bad day",
        "certified by",
    ] == points


def test_before_the_start_is_fixed_there_is_no_clock_and_no_assessment(deal: Agreement) -> None:
    """Without D the phase has not begun; the clock has no days and the gate is shut."""
    moments = moments_in(deal, (), at=D)
    norms = spells_in(undivided(deal, (), moments), (), (), at=D, seed=b"")
    status = advance(facts_of(Basis(deal, assess(norms), (), (), (), moments, D), norms))
    assert ("not-begun", ()) == (status.phases[0].state, status.clocks[0].days)
    assert (0, "shut") == (status.clocks[0].high, status.gates[0].state)
