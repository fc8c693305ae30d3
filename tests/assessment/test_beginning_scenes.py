"""Norms of which nobody fixed the beginning: they name no phase, the deal no first moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tregua.assessment.model import Answer, Why
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

ATTACKS = """
verification any-share "Anybody's word"
    of: attacks
    by: commission
    coverage: 0

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    where: everywhere
"""
LISTS = """
duty lists "Lists of detainees"
    on: a, b
    must: hand-over
    within: 24 hours
"""
PAPERS = """
duty papers "Papers on request"
    on: a
    must: hand-over
    when: request(visit)
    within: 24 hours
"""
BEGUN = "effective: 2030-09-12T19:00 Asia/Damascus\n"
AT = "2030-09-20T00:00"


@pytest.mark.parametrize("effective", ["", 'effective: undefined "as soon as may be"\n'])
def test_a_norm_without_a_beginning_is_not_kept_by_a_late_watch(
    new_scene: type[Scene], effective: str
) -> None:
    """The watch over the last hours says nothing of the days before, whatever share is asked."""
    scene = new_scene(ATTACKS, effective)
    scene.watched("2030-09-19T20:00", AT)
    found = scene.answer(AT, "attacks", "a")
    assert (Answer.UNDETERMINED, None) == (found.answer, found.start)
    assert Why.WHEN in found.reasons


def test_where_the_beginning_is_fixed_the_share_decides(new_scene: type[Scene]) -> None:
    """The same deal, with its first moment in force, is kept by whatever share it asks for."""
    scene = new_scene(ATTACKS, BEGUN)
    scene.watched("2030-09-19T20:00", AT)
    assert Answer.KEPT is scene.answer(AT, "attacks", "a").answer


def test_an_incident_may_lie_in_the_time_in_force(new_scene: type[Scene]) -> None:
    """Each incident stays open because when, and no other incident moves that."""
    scene = new_scene(ATTACKS, "")
    shot = scene.happened("2030-09-15T10:00", "sniping", "a", "b")
    first = scene.answer(AT, "attacks", "a", shot)
    assert (Answer.UNDETERMINED, (Why.WHEN,)) == (first.answer, first.reasons)
    scene.happened("2030-09-01T10:00", "notify", "north")
    assert first == scene.answer(AT, "attacks", "a", shot)


def test_no_time_runs_out_from_a_beginning_that_nobody_fixed(new_scene: type[Scene]) -> None:
    """A day after the beginning is never over, and never certainly not: done or not, it is open."""
    scene = new_scene(LISTS, "")
    scene.watched("2030-09-10T00:00", AT)
    found = scene.answer(AT, "lists", "a", "in-force")
    assert ("pending", (Why.WHEN,), None) == (found.state, found.reasons, found.due)
    scene.happened("2030-09-13T10:00", "hand-over", "a")
    after = scene.answer(AT, "lists", "a", "in-force")
    assert (Answer.UNDETERMINED, (Why.WHEN,)) == (after.answer, after.reasons)


def test_a_fixed_deadline_needs_no_beginning(new_scene: type[Scene]) -> None:
    """By a date it is kept; past the date it may never have been owed."""
    scene = new_scene(LISTS.replace("within: 24 hours", "deadline: 2030-09-14T00:00 UTC"), "")
    scene.happened("2030-09-13T10:00", "hand-over", "a")
    assert Answer.KEPT is scene.answer(AT, "lists", "a", "deadline").answer
    assert (Why.WHEN,) == scene.answer(AT, "lists", "b", "deadline").reasons


def test_a_request_stays_whatever_is_known_first(new_scene: type[Scene]) -> None:
    """A request made before the first known incident is a request, but perhaps of no norm yet."""
    scene = new_scene(PAPERS, "")
    asked = scene.said(Says.DECLARES, ("b",), "visit", "2030-09-13T10:00")
    scene.happened("2030-09-18T10:00", "sniping", "a", "b")
    found = scene.answer(AT, "papers", "a", asked)
    assert ("overdue", (Why.WHEN,)) == (found.state, found.reasons)
    scene.happened("2030-09-01T10:00", "sniping", "a", "b")
    assert found == scene.answer(AT, "papers", "a", asked)
