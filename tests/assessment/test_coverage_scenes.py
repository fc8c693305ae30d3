"""Silence counts only as far as somebody watched."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.model import Answer, Why

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

START, END = "2030-09-12T19:00", "2030-09-14T19:00"


def test_silence_is_not_kept(scene: Scene) -> None:
    """Without any watch a quiet truce is undetermined because no-coverage."""
    found = scene.answer(END, "attacks", "a")
    assert (Answer.UNDETERMINED, (Why.NO_COVERAGE,)) == (found.answer, found.reasons)


def test_watched_and_quiet_is_kept(scene: Scene) -> None:
    """A truce that was watched everywhere, all the time, and stayed quiet is kept."""
    scene.watched(START, "2030-09-13T19:00")
    scene.watched("2030-09-13T19:00", END)
    found = scene.answer(END, "attacks", "a")
    assert (Answer.KEPT, False, 0.0) == (found.answer, found.may, found.high)
    assert ("notes:w0", "notes:w1") == tuple(r for r in found.records if ":w" in r)


def test_gap_of_a_minute(scene: Scene) -> None:
    """A minute that nobody watched is enough to say no-coverage."""
    scene.watched(START, "2030-09-13T19:00")
    scene.watched("2030-09-13T19:01", END)
    assert (Why.NO_COVERAGE,) == scene.answer(END, "attacks", "a").reasons


def test_part_of_the_place(scene: Scene) -> None:
    """Watching a zone is not watching everywhere."""
    scene.watched(START, END, place="valley")
    assert (Why.NO_COVERAGE,) == scene.answer(END, "attacks", "a").reasons


def test_other_acts(scene: Scene) -> None:
    """A watch that would notice only some attacks does not cover all of them."""
    scene.watched(START, END, sees="air-strike")
    assert (Why.NO_COVERAGE,) == scene.answer(END, "attacks", "a").reasons
    scene.watched(START, END, sees="attack")
    assert Answer.KEPT is scene.answer(END, "attacks", "a").answer


def test_two_halves_are_not_a_whole(scene: Scene) -> None:
    """Two watches of half the place may watch the same half."""
    scene.watched(START, END, share=0.5)
    scene.watched(START, END, share=0.5)
    assert (Why.NO_COVERAGE,) == scene.answer(END, "attacks", "a").reasons


def test_outer_zone_covers_inner(new_scene: type[Scene]) -> None:
    """Watching a zone covers every zone inside it, and a stated share is enough."""
    blocks = """
verification mission "Mission"
    of: advances
    by: commission
    coverage: 0.8

prohibition advances "No advances"
    on: a, b
    must not: seize-ground
    during: truce
    where: village
    verified by: mission
"""
    scene = new_scene(blocks).begin()
    scene.watched(START, END, place="The valley", share=0.8)
    assert Answer.KEPT is scene.answer(END, "advances", "a").answer


def test_coverage_never_removes_a_violation(scene: Scene) -> None:
    """A certain violation stays one, however little was watched."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "a", "b")
    assert Answer.VIOLATED is scene.answer(END, "attacks", "a").answer


def test_reasons_of_incidents_and_silence_add_up(scene: Scene) -> None:
    """The whole carries every reason that its incidents and its coverage give, sorted."""
    scene.happened("2030-09-13T05:00", "mortar-fire", "", "a|b")
    assert (Why.NO_COVERAGE, Why.WHO) == scene.answer(END, "attacks", "a").reasons


def test_norm_that_has_ended(scene: Scene) -> None:
    """After the truce the norm has ended and is judged over its time."""
    found = scene.answer("2030-09-20", "attacks", "a")
    assert found.start is not None
    assert found.end is not None
    assert ("ended", 48 * 3600) == (found.state, (found.end - found.start).total_seconds())
