"""How many incidents lie in the last d? Ends of the window, and incidents of several rows."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import START, WEEK, Act, at, rows, tick
from tregua.assessment.columns import NOBODY


@pytest.mark.parametrize(
    ("age", "number"), [(0, 0), (1, 1), (WEEK - 1, 1), (WEEK, 0), (WEEK + 1, 0)]
)
def test_the_ends(age: int, number: int) -> None:
    """A row counts from the microsecond after it until the window ends, exclusive."""
    for acts in (rows(at(START)), rows(at(START), Act(START + 2 * WEEK, START + 3 * WEEK))):
        found = forms.count_within(acts, tick(START + age), within=WEEK)
        row = 10 if number else NOBODY
        assert ([number], [number]) == (found["low"], found["high"])
        assert [[row]] * 4 == [
            found[n] for n in ("must_first", "must_last", "may_first", "may_last")
        ]


def test_an_uncertain_instant_is_seen_certainly_or_possibly() -> None:
    """Certainly after its latest instant and while its earliest is young enough."""
    found = forms.count_within(rows(Act(10, 12)), tick(10, 11, 12, 13, 14, 15, 16, 17), within=5)
    assert [0, 0, 0, 1, 1, 0, 0, 0] == found["low"]
    assert [0, 1, 1, 1, 1, 1, 1, 0] == found["high"]


@pytest.mark.parametrize(("length", "low"), [(3, 1), (4, 0), (5, 0), (6, 0)])
def test_an_act_as_uncertain_as_the_window_is_long(length: int, low: int) -> None:
    """It is never certainly within, and takes nothing away from others that are."""
    unsure, other = Act(10, 10 + length), at(10 + length)
    found = forms.count_within(rows(unsure), tick(*range(8, 22)), within=5)
    assert low == max(found["low"])
    assert 0 == min(found["low"])
    both = forms.count_within(rows(unsure, other), tick(11 + length), within=5)
    assert ([low + 1], [2]) == (both["low"], both["high"])


def test_alternatives_of_one_incident_are_one() -> None:
    """Two rows of an incident count once while both, or either, are within."""
    near = rows(at(3, sure=False, incident=7), at(6, sure=False, incident=7), at(6, incident=8))
    found = forms.count_within(near, tick(3, 4, 7, 8, 10, 11), within=4)
    assert [0, 0, 1, 1, 0, 0] == found["low"]
    assert [0, 1, 2, 2, 0, 0] == found["high"]
    assert [NOBODY, 10, 20, 20, NOBODY, NOBODY] == found["may_first"]
    assert [NOBODY, 10, 30, 30, NOBODY, NOBODY] == found["may_last"]
    far = rows(at(3, sure=False, incident=7), at(9, sure=False, incident=7))
    assert [1, 0, 1] == forms.count_within(far, tick(5, 8, 11), within=4)["high"]


def test_two_certain_rows_of_one_incident_are_one() -> None:
    """An incident told in two rows that both count is one incident, certainly."""
    acts = rows(at(3, incident=7), at(5, incident=7), Act(5, 6, incident=8))
    found = forms.count_within(acts, tick(4, 6, 7, 8), within=4)
    assert [1, 1, 2, 2] == found["low"]
    assert [1, 2, 2, 2] == found["high"]


def test_one_incident_in_two_zones() -> None:
    """Zones count for themselves: an incident told in two of them is one in each."""
    acts = rows(at(3, zone=1, incident=7), at(4, zone=2, incident=7), at(5, zone=2, incident=9))
    for zone, number in ((0, 0), (1, 1), (2, 2), (3, 0)):
        found = forms.count_within(acts, tick(6, zone=zone), within=9)
        assert ([number], [number]) == (found["low"], found["high"])


def test_first_and_last_row_are_the_witnesses() -> None:
    """All others lie between them; in a window without rows there are none."""
    acts = rows(at(1), at(3), at(5), at(7))
    found = forms.count_within(acts, tick(6, 8, 20), within=5)
    assert [2, 2, 0] == found["low"]
    assert [20, 30, NOBODY] == found["must_first"]
    assert [30, 40, NOBODY] == found["must_last"]
