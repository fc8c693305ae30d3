"""Where the road asks operators: the answers of the plain sentence, in all three forms."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.assessment.assess import assess
from tregua.assessment.candidates import suspects
from tregua.assessment.coverage import coverage_of
from tregua.assessment.evidence import Evidence, edges
from tregua.assessment.operator import Form
from tregua.assessment.prior_acts import acts_before, acts_on
from tregua.assessment.spells import spells_in, undivided
from tregua.assessment.who_test import among

if TYPE_CHECKING:
    from datetime import datetime

    from tests.assessment.conftest import Scene
    from tregua.assessment.model import Assessment

END = "2030-09-14T19:00"
BLOCKS = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
    except: answer, outside
    tolerance: 1 per 3 hours

prohibition advances "No advances"
    on: a, b
    must not: seize-ground
    during: truce
    where: valley

duty lists "Lists"
    on: a, b
    must: hand-over, withdraw
    when: in-force(truce)
    within: 24 hours
"""
Happening: TypeAlias = "tuple[str, str, str, str, bool]"
Watched: TypeAlias = "tuple[int, int, float]"

HOUR = timedelta(hours=1)
# Crowded: many acts within the hour, on the hour, at one instant, and known to a day alone.
whens = st.sampled_from(
    [f"2030-09-13T{h:02}:{m}" for h in (7, 8, 9, 10) for m in ("00", "01", "30", "59")]
    + ["2030-09-13", "2030-09-14"]
)
whats = st.sampled_from(("attack", "raid", "mortar-fire", "advance", "hand-over", "withdraw", ""))
sides = st.sampled_from(("a", "b", "a|b", "", "outcast", "b-militia"))
happenings = st.lists(st.tuples(whens, whats, sides, sides, st.booleans()), max_size=9)
watches = st.lists(
    st.tuples(st.integers(0, 47), st.integers(1, 30), st.sampled_from((0.1, 0.5, 0.7, 0.8, 1.0))),
    max_size=5,
)


def build(made: type[Scene], found: list[Happening], watched: list[Watched]) -> Scene:
    scene = made(BLOCKS).begin()
    for when, what, by, against, sure in found:
        scene.happened(when, what, by, against, sure=sure)
    for start, length, share in watched:
        scene.watched(_hour(start), _hour(min(start + length, 60)), share=share)
    return scene


def _hour(number: int) -> str:
    return f"2030-09-{12 + (19 + number) // 24}T{(19 + number) % 24:02}:00"


def evidence_of(scene: Scene) -> Evidence:
    moments = scene.moments(END)
    at = moments.phases[0].end
    assert at is not None
    watched = tuple(scene.watches)
    return Evidence(scene.agreement, tuple(scene.attributed), watched, (), moments, at=at)


@settings(max_examples=150, deadline=None)
@given(found=happenings, side=st.sampled_from(("a", "b")))
def test_a_prior_act_is_found_as_the_sentence_says(
    new_scene: type[Scene], *, found: list[Happening], side: str
) -> None:
    """An act on the side, at most an hour before; certain if no instant breaks order or span."""
    evidence = evidence_of(build(new_scene, found, []))
    acts = acts_on(side, "attack", evidence)
    before = acts_before(side, "attack", HOUR, evidence)
    for row in suspects(evidence):
        expected = [prior(row, other, side, evidence) for other in range(len(evidence.items))]
        known = before.get(row)
        assert (known is not None) == (True in [may for _, may in expected])
        if known is not None:
            assert known.certain == (True in [must for must, _ in expected])
            must, may = expected[int(acts.row[known.act])]
            assert may
            assert must or not known.certain


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("2030-09-13T08:59", None),  # an hour and a minute before
        ("2030-09-13T09:00", True),  # the hour itself counts
        ("2030-09-13T09:59", True),
        ("2030-09-13T10:00", False),  # of two acts of one minute none is surely the first
        ("2030-09-13T10:01", None),
        ("2030-09-13", False),  # some time that day
        ("2030-09-12", None),
    ],
)
def test_the_ends_of_the_look_back(scene: Scene, when: str, *, expected: bool | None) -> None:
    """An attack by a at 10:00, and one on a before: surely, perhaps (False), or not (None)."""
    scene.happened("2030-09-13T10:00", "raid", "a", "b")
    scene.happened(when, "raid", "b", "a")
    evidence = evidence_of(scene)
    row = evidence.row_of(evidence.items[[i.incident.id for i in evidence.items].index("I-000")])
    found = acts_before("a", "attack", HOUR, evidence).get(row)
    assert expected is (None if found is None else found.certain)


def prior(row: int, other: int, side: str, evidence: Evidence) -> tuple[bool, bool]:
    """Say whether the other incident certainly and possibly is a prior act, by its definition."""
    act, item = evidence.items[other], evidence.items[row]
    hit, may_hit, *_ = among(act.targets, (side,), evidence, others_may=True)
    own, may_be_own, *_ = among(act.actors, (side,), evidence)
    kinds = act.incident.kinds
    if row == other or own or not may_hit or not any(evidence.may_be("attack", k) for k in kinds):
        return False, False
    sure = hit and not may_be_own and act.happened_must
    sure = sure and all(k and evidence.covers("attack", k) for k in kinds)
    (began, ended), (first, last) = edges(act.incident.when), edges(item.incident.when)
    may = began <= last and ended >= first - HOUR
    return sure and ended < first and last - began <= HOUR, may


@settings(max_examples=150, deadline=None)
@given(watched=watches)
def test_coverage_is_the_integral_of_the_best_share(
    new_scene: type[Scene], *, watched: list[Watched]
) -> None:
    """Between two edges of watches the best of them counts; the share is the sum over the whole."""
    scene = build(new_scene, [], watched)
    evidence = evidence_of(scene)
    norm = evidence.agreement.norm("attacks")
    assert norm is not None
    start, end = edges_of_truce(evidence)
    cuts = {start, end, *(t for w in scene.watches for t in (w.when.start, w.when.end))}
    expected = sum(
        ((b - a) // HOUR * best(scene, a, b) for a, b in pairwise(sorted(cuts)) if b <= end),
        Fraction(),
    )
    found = coverage_of(norm, ((start, end),), evidence)
    assert float(expected / ((end - start) // HOUR)) == found.share
    assert found.is_enough == (expected == (end - start) // HOUR)


def edges_of_truce(evidence: Evidence) -> tuple[datetime, datetime]:
    span = evidence.moments.phases[0]
    assert span.start is not None
    assert span.end is not None
    return span.start, span.end


def best(scene: Scene, start: datetime, end: datetime) -> Fraction:
    shares = [w.share for w in scene.watches if w.when.start <= start and end <= w.when.end]
    return max((Fraction(str(share)) for share in shares), default=Fraction())


def test_two_watches_of_a_share_are_that_share(scene: Scene) -> None:
    """0.9 of one half and 0.7 of the other are 0.8, to the last digit."""
    scene.watched(_hour(0), _hour(24), share=0.9)
    scene.watched(_hour(24), _hour(48), share=0.7)
    evidence = evidence_of(scene)
    norm = replace(evidence.agreement.norms[0], where=("everywhere",))
    assert 0.8 == coverage_of(norm, (edges_of_truce(evidence),), evidence).share


@settings(max_examples=30, deadline=None)
@given(found=happenings, watched=watches)
def test_three_forms_give_the_same_assessments(
    new_scene: type[Scene], *, found: list[Happening], watched: list[Watched]
) -> None:
    """P1 on the road: answers, trees and reasons are the same in all three forms."""
    scene = build(new_scene, found, watched)
    columnar, reference, by_sql = (
        assessed(scene, form) for form in (Form.COLUMNAR, Form.REFERENCE, Form.SQL)
    )
    assert columnar == reference
    assert columnar == by_sql


@settings(max_examples=10, deadline=None)
@given(found=happenings, watched=watches)
def test_nothing_that_is_kept_changes_an_answer(
    new_scene: type[Scene], *, found: list[Happening], watched: list[Watched]
) -> None:
    """With everything thrown away again and again while assessing, the assessments are the same."""
    scene = build(new_scene, found, watched)
    before = assessed(scene, Form.COLUMNAR)
    asked = 0
    keep = Evidence.cached

    def forgetful(self: Evidence, key: object, find: object) -> object:
        nonlocal asked
        asked += 1
        if asked % 7 == 0:
            self._kept.clear()
        return keep(self, key, find)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Evidence, "cached", forgetful)
        assert before == assessed(scene, Form.COLUMNAR)
    assert asked > 0


def assessed(scene: Scene, form: Form) -> tuple[Assessment, ...]:
    moments = scene.moments(END)
    at = moments.phases[0].end
    assert at is not None
    judged = undivided(scene.agreement, tuple(scene.attributed), moments)
    statements = tuple(scene.statements)
    return assess(spells_in(judged, tuple(scene.watches), statements, at=at, seed=b"", form=form))
