"""The bundled cases walked to the end: clocks, convoy, strike, and what was known when."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

import tregua
from tregua.agreement.read import read_deal
from tregua.assessment.model import Answer, Why
from tregua.centre import Known, Picture, picture
from tregua.reports.read_file import read_file
from tregua.reports.reader import Options

ROOMS = Path(tregua.__file__).parent
NOW = datetime(2026, 1, 1, tzinfo=UTC)
END_OF_15 = datetime(2016, 9, 15, 21, 0, tzinfo=UTC)
END_OF_17 = datetime(2016, 9, 17, 21, 0, tzinfo=UTC)
NOON_OF_20 = datetime(2016, 9, 20, 12, 0, tzinfo=UTC)


@cache
def _look(case: str, at: datetime, known_by: datetime) -> Picture:
    """Return the state at ``at`` from all records that anyone could have known by ``known_by``."""
    paths = sorted((ROOMS / "reports" / "library" / case).glob("*.csv"))
    records = [r for path in paths for r in read_file(path, Options()).records]
    known = sorted(
        (r for r in records if r.origin.known <= known_by),
        key=lambda r: (r.origin.known, r.origin.id),
    )
    agreement = read_deal(ROOMS / "agreement" / "library" / f"{case}.deal.md").agreement
    return picture(agreement, Known(tuple(known), (), 0, "", ""), at=at)


def _answers_on(matter: str, shown: Picture) -> list[tuple[str, Answer, tuple[Why, ...]]]:
    """Return bearer, answer and reasons for every assessment of attacks that rests on a matter."""
    incidents = {
        a.incident.id
        for a in shown.attributed
        if matter in {o.matter for o in a.incident.observations}
    }
    return [
        (a.bearer, a.answer, a.reasons)
        for a in shown.assessments
        if a.norm == "attacks" and a.instance in incidents
    ]


def test_the_phase_runs_to_the_16th_for_certain_and_to_the_19th_perhaps() -> None:
    """48 hours and 48 more are certain; the 72 hours of one guarantor are only possible."""
    span = _look("syria-2016-09", NOON_OF_20, NOW).moments.phase("coh")
    assert span is not None
    assert span.start == datetime(2016, 9, 12, 16, 0, tzinfo=UTC)
    assert span.certain_end == datetime(2016, 9, 16, 16, 0, tzinfo=UTC)
    assert span.end == datetime(2016, 9, 19, 16, 0, tzinfo=UTC)


def test_seven_days_of_calm_are_never_certain() -> None:
    """Nobody watched and nobody certified, so not one day of the seven is certain."""
    (calm,) = _look("syria-2016-09", NOON_OF_20, NOW).status.clocks
    assert (calm.low, calm.certified) == (0, None)
    assert calm.reached is not True


def test_the_gate_to_the_centre_is_never_open() -> None:
    """Neither decider declared the centre open."""
    (gate,) = _look("syria-2016-09", NOON_OF_20, NOW).status.gates
    assert gate.state not in {"open", "ready"}


@pytest.mark.parametrize("case", ["syria-2016-02", "syria-2016-09"])
def test_no_consequence_falls_due(case: str) -> None:
    """One deal names none; the other asks for a finding, and no body made one."""
    dues = _look(case, NOON_OF_20, NOW).status.dues
    assert [d.norm for d in dues if d.state in {"due", "overdue"}] == []


@pytest.mark.parametrize("case", ["syria-2016-02", "syria-2016-09"])
def test_silence_without_a_watch_is_never_kept(case: str) -> None:
    """In neither case is a norm called kept."""
    shown = _look(case, NOON_OF_20, NOW)
    assert [a.norm for a in shown.assessments if a.answer is Answer.KEPT] == []


def test_the_convoy_is_undetermined_because_who_and_contested() -> None:
    """With every later inquiry known, no bearer is assessed as having struck the convoy."""
    answers = _answers_on("urum-al-kubra", _look("syria-2016-09", NOON_OF_20, NOW))
    assert answers
    assert {answer for _, answer, _ in answers} == {Answer.UNDETERMINED}
    assert [bearer for bearer, _, why in answers if not {Why.WHO, Why.CONTESTED} <= set(why)] == []


def test_the_strike_at_deir_ez_zor_is_undetermined_because_where() -> None:
    """Its author admits it; whether it lies inside the deal is open, so it is not violated."""
    answers = _answers_on("deir-ez-zor-2016-09-17", _look("syria-2016-09", NOON_OF_20, NOW))
    assert answers
    assert {answer for _, answer, _ in answers} == {Answer.UNDETERMINED}
    assert [bearer for bearer, _, why in answers if Why.WHERE not in why] == []


def test_the_15th_looks_different_two_days_later() -> None:
    """Deaths of the 15th that were listed on the 17th are incidents only from then on."""
    then, later = (_look("syria-2016-09", END_OF_15, known) for known in (END_OF_15, END_OF_17))
    matters = [
        {o.matter for a in shown.attributed for o in a.incident.observations}
        for shown in (then, later)
    ]
    assert "first-deaths-talbisa" not in matters[0]
    assert "first-deaths-talbisa" in matters[1]


def test_aid_is_pending_for_want_of_a_decision() -> None:
    """Each request for aid waits: "immediate" is for people to measure, so it is never overdue."""
    shown = _look("syria-2016-09", NOON_OF_20, NOON_OF_20)
    asked = [a for a in shown.assessments if a.norm == "help-now"]
    assert {a.bearer for a in asked} == {"government", "opposition"}
    assert {a.answer for a in asked} == {Answer.UNDETERMINED}
    assert [a.id for a in asked if Why.NEEDS_DECISION not in a.reasons] == []


def test_the_claims_of_19_september_stand_side_by_side() -> None:
    """The same day one side says "over" and a guarantor says "holding but fragile"."""
    claims = {(c.by, c.claim) for c in _look("syria-2016-09", NOON_OF_20, NOW).status.claims}
    assert {("government", "over"), ("us", "holding but fragile")} <= claims
