"""Window ends one microsecond before, at, and after; unequal days; uncertain instants."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given

from tests.operators.generated import LENGTH, TABLES, TICKS, lists
from tests.operators.written import HOUR, NO_GAPS, SECOND, START, WEEK, act, acts, tick
from tregua.assessment.columns import (
    NOBODY,
    Answers,
    Rows,
    Spans,
    Ticks,
    Truth,
    flags,
    ints,
)
from tregua.assessment.operators import (
    count_within,
    covered,
    last_other,
    match_deadline,
    none_within,
    once_within,
    run_length,
    since,
)
from tregua.terms.time import start_of_day


@pytest.mark.parametrize(
    ("age", "open_", "closed"),
    [
        (0, False, False),  # a tick stands before the rows of its own instant
        (1, True, True),
        (WEEK - 1, True, True),
        (WEEK, False, True),
        (WEEK + 1, False, False),
    ],
)
def test_the_end_of_a_window(age: int, *, open_: bool, closed: bool) -> None:
    """An open window ends before an age of d, a closed one takes it; a row of now is not yet."""
    rows, now = acts(START), tick(START + age)
    for form in (once_within.reference, once_within.columnar):
        assert [open_] == form(rows, now, within=WEEK).must.tolist()
        assert [closed] == form(rows, now, within=WEEK, closed=True).must.tolist()
    calm = none_within.columnar(rows, now, within=WEEK).must.tolist()
    assert [not open_] == calm
    assert [int(open_)] == count_within.columnar(rows, now, within=WEEK).low.tolist()


@pytest.mark.parametrize(("late", "kept"), [(-1, True), (0, True), (1, False)])
def test_a_deadline_is_closed(late: int, *, kept: bool) -> None:
    """An answer at the last microsecond of 48 hours keeps the deadline; one later cures it late."""
    hours = 172_800 * SECOND
    both = acts(START, START + hours + late)
    rows = both.take(flags([True, False])), both.take(flags([False, True]))
    answer = match_deadline.columnar(*rows, within=hours)
    assert ([kept], [1]) == (answer.must.tolist(), answer.must_row.tolist())
    assert lists(match_deadline.reference(*rows, within=hours)) == lists(answer)


@pytest.mark.parametrize(("late", "answered"), [(-1, True), (0, True), (1, False)])
def test_an_answer_is_closed(late: int, *, answered: bool) -> None:
    """Fire by another within 600 seconds, the last included, is an answer."""
    minutes = 600 * SECOND
    found = last_other.columnar(acts(START, START + minutes + late), actor=ints([4, 5]),
                                within=minutes)  # fmt: skip
    assert [False, answered] == found.must.tolist()
    assert [NOBODY, 0 if answered else NOBODY] == found.must_row.tolist()


def test_at_the_same_instant_the_earlier_row_is_before() -> None:
    """Two acts of one instant: the later row answers the earlier one, not the reverse."""
    found = last_other.columnar(acts(START, START), actor=ints([1, 2]), within=1)
    assert [NOBODY, 0] == found.may_row.tolist()


def test_ones_own_act_between_does_not_hide_the_other_side() -> None:
    """Of a run of one's own acts the run before is the answer's other side."""
    rows, actor = acts(START, START + 1, START + 2), ints([1, 2, 2])
    assert [NOBODY, 0, 0] == last_other.columnar(rows, actor=actor, within=9).may_row.tolist()


@pytest.mark.parametrize(
    ("start", "end", "must", "may"),
    [
        (3, 6, True, True),  # wholly within
        (1, 6, True, True),  # at the open end less one microsecond
        (0, 6, False, True),  # straddles the far end
        (3, 10, False, True),  # may be at the tick itself
        (0, 0, False, False),
        (10, 12, False, False),
    ],
)
def test_an_interval_that_straddles_a_window(
    start: int, end: int, *, must: bool, may: bool
) -> None:
    """The farthest end decides what is certain, the nearest what is possible."""
    for form in (once_within.reference, once_within.columnar):
        answer = form(act(start, end), tick(10), within=10)
        assert ([must], [may]) == (answer.must.tolist(), answer.may.tolist())


def test_alternatives_of_one_incident_count_once() -> None:
    """Two possible rows of one incident are one; none of them is certain."""
    no, yes = flags([False, False]), flags([True, True])
    rows = Rows(ints([0, 1]), ints([0, 0]), ints([3, 5]), ints([3, 5]), no, yes, ints([7, 7]))
    counts = count_within.columnar(rows, tick(9), within=8)
    assert ([0], [1]) == (counts.low.tolist(), counts.high.tolist())
    assert ([0], [1]) == (counts.may_first.tolist(), counts.may_last.tolist())


def test_a_hand_stands_on_days_of_unequal_length() -> None:
    """Days of 23 and 25 hours are days: each hand moves by one at each local midnight."""
    zone = "Europe/Paris"  # 23 hours on 2030-03-31, 25 on 2030-10-27
    for first, hours in ((date(2030, 3, 30), 23), (date(2030, 10, 26), 25)):
        days = ints([_midnight(first + timedelta(days=k), zone) for k in range(5)])
        assert hours * HOUR == days[2] - days[1]
        bad = acts(int(days[1]) - 1)
        now = tick(*(int(days[k]) + late for k in (1, 2, 3) for late in (-1, 0)))
        runs = run_length.columnar(bad, now, NO_GAPS, days=days)
        assert [0, 0, 0, 1, 1, 2] == runs.low_days.tolist()
        assert lists(run_length.reference(bad, now, NO_GAPS, days=days)) == lists(runs)


def _midnight(day: date, zone: str) -> int:
    return int(start_of_day(day, zone).timestamp()) * SECOND


def test_two_hands_and_a_gap() -> None:
    """What may be bad and what nobody watched reset the lower hand; only what is bad the upper."""
    days = ints(range(0, 110, 10))
    no, yes = flags([True, False]), flags([True, True])
    rows = Rows(ints([0, 1]), ints([0, 0]), ints([5, 35]), ints([5, 36]), no, yes, ints([0, 1]))
    gaps = Spans(ints([0]), ints([50]), ints([61]))
    runs = run_length.columnar(rows, tick(50, 70, 90), gaps, days=days)
    assert [4, 6, 8] == runs.high_days.tolist()
    assert [1, 0, 2] == runs.low_days.tolist()
    assert [14, 10, 30] == runs.low_time.tolist()
    assert ([1, NOBODY, NOBODY], [NOBODY, 0, 0]) == (runs.may_row.tolist(), runs.gap.tolist())
    assert [0, 0, 0] == runs.must_row.tolist()


def test_a_share_that_is_just_reached() -> None:
    """Three of four microseconds are three quarters, and not a millionth more; the gap is named."""
    watches, asked = (
        Spans(ints([0, 0]), ints([0, 1]), ints([2, 3])),
        Spans(*map(ints, ([0], [0], [4]))),
    )
    counts = Truth(flags([True, True]), flags([True, True]))
    share = Fraction(3, 4)
    found = covered.columnar(watches, asked, counts=counts, share=share)
    assert ([True], [3], [3], [4]) == tuple(
        column.tolist() for column in (found.must, found.low, found.gap_start, found.gap_end)
    )
    more = share + Fraction(1, 10**12)
    assert [False] == covered.columnar(watches, asked, counts=counts, share=more).may.tolist()


def test_since_needs_every_row_after() -> None:
    """Since b, a has held; one row without a ends it, the next b begins again."""
    a = Truth(*(flags([True, True, False, True]),) * 2)
    b = Truth(*(flags([True, False, False, True]),) * 2)
    answer = since.columnar(acts(1, 2, 3, 4), tick(1, 2, 3, 4, 5), a=a, b=b)
    assert [False, True, True, False, True] == answer.must.tolist()
    assert [NOBODY, 0, 0, NOBODY, 3] == answer.must_row.tolist()


@given(TABLES, TICKS, LENGTH)
def test_what_must_be_may_be(rows: Rows, ticks: Ticks, within: int) -> None:
    """No operator says that something is certain and not possible."""
    answers: list[Answers] = [
        once_within.columnar(rows, ticks, within=within),
        none_within.columnar(rows, ticks, within=within),
        last_other.columnar(rows, actor=rows.row % 3, within=within),
        match_deadline.columnar(rows, rows, within=within),
    ]
    assert not any((answer.must & ~answer.may).any() for answer in answers)
    counts = count_within.columnar(rows, ticks, within=within)
    assert (counts.low <= counts.high).all()
