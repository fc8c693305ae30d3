"""Was there no row in the last d? The negation, and how far back was searched."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import START, WEEK, Act, at, rows, tick
from tregua.assessment.columns import NOBODY


@pytest.mark.parametrize(
    ("age", "open_", "closed", "row"),
    [
        (0, True, True, NOBODY),
        (1, False, False, 10),
        (WEEK - 1, False, False, 10),
        (WEEK, True, False, 10),
        (WEEK + 1, True, True, 10),
    ],
)
def test_the_ends(age: int, row: int, *, open_: bool, closed: bool) -> None:
    """A week of calm is over a week after the act; the act is named before and after."""
    acts, now = rows(at(START)), tick(START + age)
    for how, calm in (({}, open_), ({"closed": False}, open_), ({"closed": True}, closed)):
        found = forms.none_within(acts, now, within=WEEK, **how)
        assert ([calm], [calm]) == (found["must"], found["may"])
        assert ([row], [row]) == (found["must_row"], found["may_row"])


def test_what_may_have_been_takes_certainty_away() -> None:
    """Calm is certain when there was no act even possibly; it is refuted by a certain act alone."""
    perhaps = forms.none_within(rows(at(5, sure=False)), tick(9), within=9)
    assert ([False], [True]) == (perhaps["must"], perhaps["may"])
    assert ([10], [10]) == (perhaps["must_row"], perhaps["may_row"])
    for start, end in ((0, 9), (1, 10), (0, 1), (9, 12)):  # each may lie without the window
        found = forms.none_within(rows(Act(start, end)), tick(10), within=10)
        assert ([False], [True]) == (found["must"], found["may"])
    within = forms.none_within(rows(Act(1, 9)), tick(10), within=10)
    assert ([False], [False]) == (within["must"], within["may"])


def test_the_witness_of_calm_is_the_last_row_before() -> None:
    """Where it was calm, the last row before the tick says how far back was searched."""
    acts = rows(at(1), at(2, zone=1), at(3), at(9))
    found = forms.none_within(acts, tick(3, 8, 9, 10), within=5)
    assert [10, 30, 30, 40] == found["must_row"]
    assert [False, True, True, False] == found["must"]
    for zone, row in ((1, 20), (2, NOBODY)):
        assert [row] == forms.none_within(acts, tick(50, zone=zone), within=5)["may_row"]


def test_the_row_that_refutes_is_named() -> None:
    """The last certain act refutes; a later one that only may have been takes certainty away."""
    acts = rows(at(3), at(4), at(5, sure=False), at(6, sure=False))
    found = forms.none_within(acts, tick(9), within=9)
    assert ([40], [20]) == (found["must_row"], found["may_row"])


def test_without_rows() -> None:
    """Where nothing is on record it was calm, and the start of the record is the witness."""
    found = forms.none_within(rows(), tick(5), within=3)
    assert ([True], [True], [NOBODY]) == (found["must"], found["may"], found["must_row"])
