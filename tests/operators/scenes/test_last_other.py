"""Is this act an answer to another side's act? Distance, row order, runs of one's own acts."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import SECOND, START, Act, at, rows
from tregua.assessment.columns import NOBODY, ints

MINUTES = 600 * SECOND


@pytest.mark.parametrize(("late", "row"), [(-1, 10), (0, 10), (1, NOBODY)])
@pytest.mark.parametrize("sure", [True, False])
def test_the_end_is_closed(late: int, row: int, *, sure: bool) -> None:
    """Fire by another side within 600 seconds, the last microsecond included, is answered."""
    acts = rows(at(START, sure=sure), at(START + MINUTES + late))
    found = forms.last_other(acts, actor=ints([4, 5]), within=MINUTES)
    assert [NOBODY, row] == found["may_row"]
    assert [NOBODY, row if sure else NOBODY] == found["must_row"]
    assert [False, row != NOBODY] == found["may"]


def test_at_the_same_instant_the_earlier_row_is_before() -> None:
    """Of two acts of one instant the later row answers the earlier one, not the reverse."""
    for acts in (rows(at(5), at(5)), rows(at(5), at(5), Act(9, 10, zone=1))):
        found = forms.last_other(acts, actor=ints([1, 2, 2][: len(acts)]), within=1)
        assert [NOBODY, 10] == found["must_row"][:2] == found["may_row"][:2]


@pytest.mark.parametrize(
    ("start", "end", "must", "may"),
    [
        (0, 4, 10, 10),  # over when the answer may begin, at most 6 earlier than its end
        (0, 5, NOBODY, 10),  # may come after
        (0, 9, NOBODY, 10),
        (-1, 4, NOBODY, 10),  # may be older than 6
        (-9, -2, NOBODY, 10),  # young enough only at its latest, against the earliest answer
        (-9, -3, NOBODY, NOBODY),
    ],
)
def test_an_uncertain_instant(start: int, end: int, must: int, may: int) -> None:
    """The farthest ends decide what is certain, the nearest what is possible."""
    found = forms.last_other(rows(Act(start, end), Act(4, 6)), actor=ints([1, 2]), within=6)
    assert ([NOBODY, must], [may]) == (found["must_row"], found["may_row"][1:])


@pytest.mark.parametrize(("start", "row"), [(4, 20), (5, 20), (6, NOBODY), (7, NOBODY)])
def test_an_act_that_stands_after_may_still_come_before(start: int, row: int) -> None:
    """An act of an uncertain instant may be answered by one that stands before it."""
    acts = rows(Act(4, 6), at(start))
    assert row == forms.last_other(acts, actor=ints([1, 2]), within=9)["may_row"][0]


def test_ones_own_acts_between_hide_nothing() -> None:
    """Of a run of one's own acts the act before the run is meant, if it is young enough."""
    for first in (at(1), Act(0, 1)):
        acts = rows(first, at(2), at(3), at(4))
        found = forms.last_other(acts, actor=ints([1, 2, 2, 2]), within=2)
        assert [NOBODY, 10, 10, NOBODY] == found["may_row"]
        other = forms.last_other(acts, actor=ints([2, 1, 2, 2]), within=9)
        assert [NOBODY, 10, 20, 20] == other["may_row"]


def test_the_latest_of_several_sides() -> None:
    """Of several others the latest in row order is answered."""
    acts = rows(at(1), at(2), at(2), at(3))
    found = forms.last_other(acts, actor=ints([3, 1, 2, 1]), within=9)
    assert [NOBODY, 10, 20, 30] == found["must_row"] == found["may_row"]


def test_alternatives_of_one_incident_do_not_answer_each_other() -> None:
    """Two possible actors of one incident: neither answers the other; what was before is met."""
    acts = rows(at(1), at(2, sure=False, incident=7), at(2, sure=False, incident=7))
    found = forms.last_other(acts, actor=ints([1, 2, 3]), within=9)
    assert [NOBODY, 10, 10] == found["must_row"] == found["may_row"]


def test_a_row_that_counts_in_no_world_is_asked_about_and_answers_nothing() -> None:
    """What it would answer is said; to others it is as if it were not there."""
    early = rows(Act(0, 5, possible=False), Act(1, 9))
    assert [20, NOBODY] == forms.last_other(early, actor=ints([1, 2]), within=12)["may_row"]
    for time, row in ((21, 10), (22, NOBODY)):
        late = rows(Act(1, 9), Act(time, time, possible=False))
        assert [NOBODY, row] == forms.last_other(late, actor=ints([1, 2]), within=12)["may_row"]
    known = rows(at(1), Act(2, 2, possible=False), at(3))
    found = forms.last_other(known, actor=ints([1, 2, 1]), within=9)
    assert [NOBODY, 10, NOBODY] == found["may_row"] == found["must_row"]


def test_zones_do_not_see_each_other() -> None:
    """An act in another zone is no answer, also where it has the neighbouring number."""
    for first in (at(1, zone=1), Act(0, 1, zone=1)):
        acts = rows(first, at(2), at(3, zone=1), at(4, zone=2), at(5))
        found = forms.last_other(acts, actor=ints([1, 2, 3, 1, 1]), within=9)
        assert [NOBODY, NOBODY, 10, NOBODY, 20] == found["must_row"] == found["may_row"]


def test_without_rows() -> None:
    """Nothing is asked where no act is on record; a single act answers nothing."""
    assert [] == forms.last_other(rows(), actor=ints([]), within=1)["may_row"]
    for alone in (at(1), Act(1, 2), at(1, sure=False)):
        assert [NOBODY] == forms.last_other(rows(alone), actor=ints([1]), within=1)["may_row"]
