"""Was there some row in the last d? The three forms are asked at each end of the window."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import START, WEEK, Act, at, rows, tick
from tregua.assessment.columns import NOBODY


@pytest.mark.parametrize(
    ("age", "open_", "closed"),
    [
        (0, NOBODY, NOBODY),  # a tick stands before the rows of its own instant
        (1, 10, 10),
        (WEEK - 1, 10, 10),
        (WEEK, NOBODY, 10),
        (WEEK + 1, NOBODY, NOBODY),
    ],
)
@pytest.mark.parametrize("sure", [True, False])
def test_the_ends(age: int, open_: int, closed: int, *, sure: bool) -> None:
    """An open window ends before an age of d and is meant where nothing is said."""
    acts, now = rows(at(START, sure=sure)), tick(START + age)
    for how, row in (({}, open_), ({"closed": False}, open_), ({"closed": True}, closed)):
        found = forms.once_within(acts, now, within=WEEK, **how)
        assert [row] == found["may_row"]
        assert [row if sure else NOBODY] == found["must_row"]
        assert [row != NOBODY] == found["may"]


@pytest.mark.parametrize(
    ("start", "end", "must", "may"),
    [
        (1, 9, 10, 10),  # wholly within
        (0, 9, NOBODY, 10),  # may be as old as the window is long
        (1, 10, NOBODY, 10),  # may be at the tick itself
        (-9, 1, NOBODY, 10),  # young enough only at its latest
        (-9, 0, NOBODY, NOBODY),
        (9, 30, NOBODY, 10),  # before the tick only at its earliest
        (10, 30, NOBODY, NOBODY),
    ],
)
def test_an_uncertain_instant(start: int, end: int, must: int, may: int) -> None:
    """The farthest end decides what is certain, the nearest what is possible."""
    found = forms.once_within(rows(Act(start, end)), tick(10), within=10)
    assert ([must], [may]) == (found["must_row"], found["may_row"])


def test_the_last_row_is_the_witness() -> None:
    """Of several rows the last in row order is named, even when an earlier one ends later."""
    known = rows(at(3), at(5), at(5), at(8))
    assert [10, 30, 40] == forms.once_within(known, tick(4, 8, 9), within=9)["must_row"]
    long_first = rows(Act(3, 7), at(5), at(6, sure=False))
    found = forms.once_within(long_first, tick(6, 8), within=9)
    assert ([20, 20], [20, 30]) == (found["must_row"], found["may_row"])


def test_zones_do_not_see_each_other() -> None:
    """Each tick sees the rows of its own zone, and none where it has none."""
    for acts in (
        rows(at(5, zone=2), at(6), at(7, zone=2), at(8)),
        rows(Act(5, 6, zone=2), Act(6, 7), Act(7, 8, zone=2), Act(8, 8)),
    ):
        for zone, row in ((0, 40), (1, NOBODY), (2, 30), (3, NOBODY)):
            found = forms.once_within(acts, tick(9, zone=zone), within=9)
            assert ([row], [row]) == (found["must_row"], found["may_row"])


def test_without_rows_and_without_ticks() -> None:
    """Where nothing is on record there was nothing; where nothing is asked there is no answer."""
    nothing = forms.once_within(rows(), tick(5, 6), within=3)
    assert ([False, False], [NOBODY, NOBODY]) == (nothing["may"], nothing["must_row"])
    assert [] == forms.once_within(rows(at(1)), tick(), within=3)["may"]
    sure_of_none = forms.once_within(rows(Act(1, 2, sure=False)), tick(3), within=3)
    assert ([NOBODY], [10]) == (sure_of_none["must_row"], sure_of_none["may_row"])
