"""Was it answered in time? The last microsecond, late cures, rows before and after."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import HOUR, START, Act, at, rows
from tregua.assessment.columns import NOBODY, flags

TWO_DAYS = 48 * HOUR


def asked(*acts: Act, triggers: int = 1, within: int = 6) -> forms.Said:
    """Take the first rows as triggers and the others as answers."""
    table = rows(*acts)
    first = flags([i < triggers for i in range(len(acts))])
    return forms.match_deadline(table.take(first), table.take(~first), within=within)


@pytest.mark.parametrize(("late", "kept"), [(-1, True), (0, True), (1, False)])
@pytest.mark.parametrize("sure", [True, False])
def test_the_deadline_is_closed(late: int, *, kept: bool, sure: bool) -> None:
    """An answer in the last microsecond of 48 hours keeps it; one later cures it late."""
    answer = at(START + TWO_DAYS + late, sure=sure)
    found = asked(at(START), answer, within=TWO_DAYS)
    assert ([kept and sure], [kept]) == (found["must"], found["may"])
    assert ([20 if sure else NOBODY], [20]) == (found["must_row"], found["may_row"])


def test_the_first_answer_at_or_after_the_trigger() -> None:
    """At the same instant the later row is after; the row itself may be its own answer."""
    for far in (at(9, zone=5), Act(9, 10, zone=5)):
        table = rows(at(1), at(2), at(2), at(2), far)
        trigger = table.take(flags([False, False, True, False, False]))
        others = table.take(flags([True, True, False, True, True]))
        found = forms.match_deadline(trigger, others, within=6)
        assert [40] == found["must_row"] == found["may_row"]
        itself = forms.match_deadline(trigger, table, within=6)
        assert [30] == itself["must_row"] == itself["may_row"]


@pytest.mark.parametrize(
    ("start", "end", "must", "may"),
    [
        (6, 10, True, True),  # begins when the trigger may end, ends 6 after its beginning
        (5, 10, False, True),  # may come before
        (6, 11, False, True),  # may come too late
        (11, 30, False, True),
        (12, 30, False, True),  # in time only if the trigger was late and the answer early
        (13, 30, False, False),
    ],
)
def test_an_uncertain_answer(start: int, end: int, *, must: bool, may: bool) -> None:
    """The farthest ends decide what is certain, the nearest what is possible."""
    found = asked(Act(4, 6), Act(start, end))
    assert ([must], [may]) == (found["must"], found["may"])
    assert [NOBODY if start < 6 else 20] == found["must_row"]
    assert [20] == found["may_row"]


@pytest.mark.parametrize(
    ("answer", "must", "may", "must_row"),
    [
        (4, False, True, NOBODY),  # at the trigger's earliest instant
        (5, False, True, NOBODY),
        (6, True, True, 20),
        (10, True, True, 20),  # six after its earliest
        (11, False, True, 20),
        (12, False, True, 20),  # six after its latest
        (13, False, False, 20),
    ],
)
def test_an_uncertain_trigger(answer: int, must_row: int, *, must: bool, may: bool) -> None:
    """A known answer to a trigger of an uncertain instant is measured from both ends."""
    found = asked(Act(4, 6), at(answer))
    assert ([must], [may]) == (found["must"], found["may"])
    assert ([must_row], [20]) == (found["must_row"], found["may_row"])
    beside_a_known_one = asked(at(0, zone=1), Act(4, 6), at(answer), triggers=2)
    assert [False, must] == beside_a_known_one["must"]


@pytest.mark.parametrize(("end", "row"), [(3, NOBODY), (4, NOBODY), (5, 10), (6, 10)])
def test_an_answer_that_stands_before_may_still_come_after(end: int, row: int) -> None:
    """It does when it may end after the trigger may begin; at the same instant it is before."""
    table = rows(Act(2, end), Act(4, 6))
    found = forms.match_deadline(
        table.take(flags([False, True])), table.take(flags([True, False])), within=6
    )
    assert ([NOBODY], [row]) == (found["must_row"], found["may_row"])


def test_the_first_of_several() -> None:
    """Of several answers the first that keeps it is named; where none does, the first at all."""
    found = asked(at(0), at(2), at(4), at(9))
    assert [20] == found["must_row"] == found["may_row"]
    unsure = asked(at(0), Act(2, 9), at(4), at(8))
    assert ([30], [20]) == (unsure["must_row"], unsure["may_row"])
    late = asked(at(0), at(7), at(9))
    assert ([False], [20]) == (late["must"], late["must_row"])
    unsure_late = asked(at(0), Act(7, 8), at(9))
    assert ([False], [20], [20]) == (
        unsure_late["may"], unsure_late["must_row"], unsure_late["may_row"]
    )  # fmt: skip


def test_requests_do_not_see_each_other() -> None:
    """An answer to another request is none, whatever the order of the requests."""
    for first in (at(1, zone=1), Act(0, 1, zone=1)):
        acts = (first, at(2), at(3, zone=2), at(4, zone=3), at(4, zone=1), at(5), at(9, zone=2))
        found = asked(*acts, triggers=4)
        assert [50, 60, 70, NOBODY] == found["must_row"] == found["may_row"]
        assert [True, True, True, False] == found["must"] == found["may"]


def test_without_answers() -> None:
    """Where no answer is on record the deadline is not kept and not cured."""
    for trigger in (at(1), Act(1, 2)):
        found = asked(trigger)
        assert ([False], [NOBODY], [NOBODY]) == (found["may"], found["must_row"], found["may_row"])
    assert [] == asked(at(1), triggers=0)["must"]
