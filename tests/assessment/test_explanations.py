"""What the explanation of an answer tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.explain import tree_lines

if TYPE_CHECKING:
    from tests.assessment.conftest import Scene

END = "2030-09-14T19:00"


def test_every_element_appears(scene: Scene) -> None:
    """A violated answer shows act, actor, target, place, time, phase, exceptions and standard."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    found = scene.answer(END, "attacks", "b", shot)
    atoms = {b.atom for b in found.because}
    expected = {
        "act", "actor", "target", "place", "time", "phase", "exception", "tolerance", "standard",
    }  # fmt: skip
    assert expected == atoms


def test_negative_fact_says_what_was_searched(scene: Scene) -> None:
    """An exception without a prior shot says through which incidents and times was looked."""
    scene.happened("2030-09-13T01:00", "mortar-fire", "a", "b")
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    lines = tree_lines(scene.answer(END, "attacks", "b", shot))
    times = "2030-09-13 04:00 +03:00 to 2030-09-13 05:00 +03:00"
    assert f"      searched: all incidents that may be attack on b, {times}" in lines


def test_responsible_party_is_shown_apart(new_scene: type[Scene]) -> None:
    """Whoever answers for the actor stands beside it; the assessment is not moved to it."""
    blocks = """
party c "Side C"
    is: coalition
    answers for: outcast

prohibition attacks "No attacks"
    on: a, b, c
    must not: attack
    during: truce
    where: everywhere
"""
    scene = new_scene(blocks).begin()
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "outcast|b", "a")
    found = scene.answer(END, "attacks", "b", shot)
    actor = next(n for n in found.because if n.atom == "actor")
    assert "c answers for outcast; the actor stays outcast" in [p.says for p in actor.parts]
    assert [shot] == [f.instance for f in scene.assessed(END) if f.instance != "whole"]


def test_assumptions_are_carried(new_scene: type[Scene]) -> None:
    """What the drafter assumed stands in every explanation that used it."""
    blocks = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce
    where: everywhere
    assumed by drafter: on "the text says all sides"
"""
    found = new_scene(blocks).begin().answer(END, "attacks", "a")
    assert "assumed by the drafter, on: the text says all sides" in [
        n.says for n in found.because if n.atom == "assumption"
    ]


def test_records_are_complete_and_sorted(scene: Scene) -> None:
    """An answer names every record below it: the shot and the fixing of the day."""
    shot = scene.happened("2030-09-13T05:00", "mortar-fire", "b", "a")
    assert ("notes:r000", "notes:s0") == scene.answer(END, "attacks", "b", shot).records
