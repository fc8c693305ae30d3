"""Duties: pending, kept, overdue, cured late, and what an open deadline does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.model import Answer, Why
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

START, END = "2030-09-12T19:00", "2030-09-14T19:00"
LISTS = """
duty lists "Lists of detainees"
    on: a, b
    must: hand-over
    when: in-force(truce)
    within: 24 hours
"""
ONE = "in-force(truce)"
PAPERS = """
duty papers "Papers on request"
    on: a
    must: hand-over
    when: request(visit)
    within: 24 hours
    during: truce
"""


def lists(scene: type[Scene]) -> Scene:
    return scene(LISTS).begin()


def test_pending(new_scene: type[Scene]) -> None:
    """Before its time has passed a duty that nobody did is pending and not due."""
    found = lists(new_scene).answer("2030-09-13T19:00", "lists", "a", ONE)
    assert ("pending", (Why.NOT_DUE,)) == (found.state, found.reasons)


def test_kept_on_the_last_minute(new_scene: type[Scene]) -> None:
    """Done exactly at the end of its time, a duty is kept: the deadline is closed."""
    scene = lists(new_scene)
    scene.happened("2030-09-13T19:00", "hand-over", "a")
    found = scene.answer(END, "lists", "a", ONE)
    assert ("kept", Answer.KEPT, ()) == (found.state, found.answer, found.reasons)
    assert ("I-000",) == found.incidents


def test_cured_late(new_scene: type[Scene]) -> None:
    """A minute later it is violated, and cured late."""
    scene = lists(new_scene)
    scene.happened("2030-09-13T19:01", "hand-over", "a")
    found = scene.answer(END, "lists", "a", ONE)
    assert ("cured-late", Answer.VIOLATED) == (found.state, found.answer)


def test_overdue(new_scene: type[Scene]) -> None:
    """Not done in any known report when its time has passed, it is overdue and violated."""
    found = lists(new_scene).answer(END, "lists", "a", ONE)
    assert ("overdue", Answer.VIOLATED) == (found.state, found.answer)
    searched = [n.searched for n in found.because if n.atom == "act"]
    assert ["0 incidents that may be hand-over, 1 statements"] == searched


def test_overdue_shows_who_watched(new_scene: type[Scene]) -> None:
    """How far anyone watched for the act while it was owed stands beside the answer."""
    scene = lists(new_scene)
    scene.watched(START, "2030-09-13T07:00")
    found = scene.answer(END, "lists", "a", ONE)
    shown = next(n for n in found.because if n.atom == "coverage")
    assert "50% of the time and place was watched, 100% is needed" == shown.says


def test_uncertain_answer(new_scene: type[Scene]) -> None:
    """An act that may be a hand-over by that side leaves the duty undetermined because who."""
    scene = lists(new_scene)
    scene.watched(START, END)
    scene.happened("2030-09-13T10:00", "hand-over", "a|b")
    assert (Why.WHO,) == scene.answer(END, "lists", "a", ONE).reasons


def test_vague_time_is_never_overdue(new_scene: type[Scene]) -> None:
    """Where the text says only "without delay" people must decide until it is done."""
    scene = new_scene(LISTS.replace("24 hours", 'undefined "without delay"')).begin()
    before = scene.answer("2030-09-30", "lists", "a", ONE)
    assert ("pending", (Why.NEEDS_DECISION,)) == (before.state, before.reasons)
    scene.happened("2030-09-13T10:00", "hand-over", "a")
    after = scene.answer("2030-09-30", "lists", "a", ONE)
    assert ("kept", Answer.KEPT) == (after.state, after.answer)


def test_text_silent_on_time(new_scene: type[Scene]) -> None:
    """Where the text is silent on time, done is done."""
    scene = new_scene(LISTS.replace("    within: 24 hours\n", "")).begin()
    scene.happened("2030-09-29T10:00", "hand-over", "a")
    assert Answer.KEPT is scene.answer("2030-09-30", "lists", "a", ONE).answer


def test_fixed_deadline_and_a_declaration(new_scene: type[Scene]) -> None:
    """A duty that is done by declaring it is kept by declaring it, and violated by refusing."""
    blocks = """
duty join "Both accept the text"
    on: a, b
    must: accept
    deadline: D + 1 days
"""
    scene = new_scene(blocks).begin()
    scene.said(Says.ACCEPTS, ("Side A",), "valley", "2030-09-13T10:00")
    scene.said(Says.REJECTS, ("Side B",), "valley", "2030-09-13T10:00")
    assert Answer.KEPT is scene.answer(END, "join", "a", "deadline").answer
    assert Answer.VIOLATED is scene.answer(END, "join", "b", "deadline").answer


def test_request(new_scene: type[Scene]) -> None:
    """Each request is one instance, and only the answer to that request counts."""
    blocks = """
duty pass "Convoys pass"
    on: a
    must: allow
    when: request(aid-convoy)
    within: 24 hours
    during: truce
"""
    scene = new_scene(blocks).begin()
    scene.watched(START, END)
    scene.happened("2030-09-12T20:00", "notify", "north", asked="convoy 1")
    scene.happened("2030-09-12T21:00", "notify", "north", asked="convoy 2")
    scene.happened("2030-09-13T08:00", "allow", "a", asked="convoy 2")
    answers = {f.instance: f.answer for f in scene.assessed(END)}
    assert {"notes:r000": Answer.VIOLATED, "notes:r001": Answer.KEPT} == answers


def test_no_trigger_no_instance(new_scene: type[Scene]) -> None:
    """A duty that nothing has triggered has no assessment."""
    blocks = """
duty pass "Convoys pass"
    on: a
    must: allow
    when: request(aid-convoy)
    within: 24 hours
    during: truce
"""
    assert () == new_scene(blocks).begin().assessed(END)


def test_duty_without_a_bearer(new_scene: type[Scene]) -> None:
    """A duty that nobody is named for says who."""
    scene = new_scene(LISTS.replace("on: a, b", 'on: undefined "a third party"')).begin()
    assert (Why.WHO,) == scene.answer(END, "lists", "", ONE).reasons


def test_duty_after_another(new_scene: type[Scene]) -> None:
    """A duty that another one must precede is not due while that one is not recorded as done."""
    blocks = f"""{LISTS}
duty release "Release"
    on: a, b
    must: release
    when: in-force(truce)
    within: 24 hours
    after: lists
"""
    scene = new_scene(blocks).begin()
    assert (Why.NOT_DUE,) == scene.answer(END, "release", "a", ONE).reasons


def test_request_that_is_reported_as_such(new_scene: type[Scene]) -> None:
    """A reported aid request triggers the duty without any convoy key."""
    blocks = """
duty pass "Convoys pass"
    on: a
    must: allow
    when: request(aid-convoy)
    within: undefined "immediate"
    during: truce
"""
    scene = new_scene(blocks).begin()
    scene.happened("2030-09-13T08:00", "aid-request", "north")
    found = scene.answer(END, "pass", "a", "notes:r000")
    assert ("pending", (Why.NEEDS_DECISION,)) == (found.state, found.reasons)


def test_an_act_that_may_lie_before_the_request_is_no_certain_answer(
    new_scene: type[Scene],
) -> None:
    """What was done at some hour of the day may have been done before it was asked for."""
    scene = new_scene(PAPERS).begin()
    asked = scene.said(Says.DECLARES, ("b",), "visit", "2030-09-13T10:00")
    scene.happened("2030-09-13", "hand-over", "a", "b")
    before = scene.answer("2030-09-13T23:00", "papers", "a", asked)
    assert (Answer.UNDETERMINED, (Why.NOT_DUE,)) == (before.answer, before.reasons)
    after = scene.answer(END, "papers", "a", asked)
    assert (Answer.UNDETERMINED, (Why.WHEN,)) == (after.answer, after.reasons)


def test_an_act_at_the_minute_of_the_request_answers_it(new_scene: type[Scene]) -> None:
    """An answer may come at the instant of the request; a minute before it there is none."""
    scene = new_scene(PAPERS).begin()
    asked = scene.said(Says.DECLARES, ("b",), "visit", "2030-09-13T10:00")
    scene.happened("2030-09-13T09:59", "hand-over", "a", "b")
    assert "overdue" == scene.answer(END, "papers", "a", asked).state
    scene.happened("2030-09-13T10:00", "hand-over", "a", "b")
    assert Answer.KEPT is scene.answer(END, "papers", "a", asked).answer


def test_a_request_of_some_hour_is_not_certainly_answered_in_that_hour(
    new_scene: type[Scene],
) -> None:
    """Where the request is known to the day alone, an act of that day may lie before it."""
    scene = new_scene(PAPERS).begin()
    asked = scene.said(Says.DECLARES, ("b",), "visit", "2030-09-13")
    scene.happened("2030-09-13T12:00", "hand-over", "a", "b")
    answer = scene.answer("2030-09-14T18:00", "papers", "a", asked)
    assert (Answer.UNDETERMINED, (Why.WHEN,)) == (answer.answer, answer.reasons)


def test_what_was_declared_before_the_request_does_not_answer_it(new_scene: type[Scene]) -> None:
    """An acceptance made before anybody asked for one accepts something else."""
    scene = new_scene(PAPERS.replace("hand-over", "accept")).begin()
    scene.said(Says.ACCEPTS, ("Side A",), "valley", "2030-09-13T09:00")
    asked = scene.said(Says.DECLARES, ("b",), "visit", "2030-09-13T10:00")
    assert Answer.VIOLATED is scene.answer(END, "papers", "a", asked).answer
    scene.said(Says.ACCEPTS, ("Side A",), "valley", "2030-09-13T11:00")
    assert Answer.KEPT is scene.answer(END, "papers", "a", asked).answer
