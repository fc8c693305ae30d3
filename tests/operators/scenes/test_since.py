"""Has a held ever since b? Certain, possible, and at the same instant."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import Act, at, rows, said, tick
from tregua.assessment.columns import NOBODY
from tregua.assessment.operators.since import SINCE
from tregua.errors import WrongUse


def test_every_row_after_b_must_hold() -> None:
    """One row in which a fails ends it; the next b begins again, in its own row too."""
    acts = rows(at(1), at(2), at(3), at(4))
    a = said("yes", "yes", "no", "no")
    b = said("yes", "no", "no", "yes")
    found = forms.since(acts, tick(1, 2, 3, 4, 5), a=a, b=b)
    assert [NOBODY, 10, 10, NOBODY, 40] == found["must_row"] == found["may_row"]
    assert [False, True, True, False, True] == found["must"] == found["may"]


@pytest.mark.parametrize(
    ("a", "b", "must", "may"),
    [
        ("yes", "yes", 10, 10),
        ("perhaps", "yes", NOBODY, 10),  # a may have failed after b
        ("no", "yes", NOBODY, NOBODY),
        ("yes", "perhaps", NOBODY, 10),
        ("no", "perhaps", NOBODY, NOBODY),
    ],
)
def test_what_is_not_certain(a: str, b: str, must: int, may: int) -> None:
    """Certain needs b and every a certain; possible needs b and every a possible."""
    found = forms.since(rows(at(1), at(2)), tick(3), a=said("no", a), b=said(b, "no"))
    assert ([must], [may]) == (found["must_row"], found["may_row"])


@pytest.mark.parametrize(
    ("sure_b", "sure_fail", "must", "may"),
    [
        (True, False, NOBODY, 10),  # the row that fails may not have happened
        (False, False, NOBODY, 10),
        (False, True, NOBODY, NOBODY),
        (True, True, NOBODY, NOBODY),
    ],
)
def test_rows_that_may_not_have_happened(
    must: int, may: int, *, sure_b: bool, sure_fail: bool
) -> None:
    """A row that only may have happened speaks for and against only as far as it may."""
    acts = rows(at(1, sure=sure_b), at(2, sure=sure_fail))
    found = forms.since(acts, tick(3), a=said("yes", "no"), b=said("yes", "no"))
    assert ([must], [may]) == (found["must_row"], found["may_row"])


def test_b_that_may_not_have_happened() -> None:
    """It is never the certain one; the certain one before it still is."""
    for sure, b in ((False, "yes"), (True, "perhaps")):
        acts = rows(at(1), at(2, sure=sure))
        found = forms.since(acts, tick(3), a=said("yes", "yes"), b=said("yes", b))
        assert ([10], [20]) == (found["must_row"], found["may_row"])


@pytest.mark.parametrize(
    ("start", "end", "must", "may"),
    [
        (1, 4, 20, 20),  # over when b begins; at the same instant the earlier row is before
        (1, 5, NOBODY, 20),  # may end after b begins
        (1, 9, NOBODY, 20),
    ],
)
def test_a_failing_row_that_stands_before_b(start: int, end: int, must: int, may: int) -> None:
    """It speaks against what is certain when it may come after b."""
    acts = rows(Act(start, end), Act(4, 6))
    found = forms.since(acts, tick(10), a=said("no", "yes"), b=said("no", "yes"))
    assert ([must], [may]) == (found["must_row"], found["may_row"])


def test_a_failing_row_at_the_earliest_instant_of_b() -> None:
    """At the same instant row order decides: what stands after b may come after it."""
    found = forms.since(rows(Act(4, 6), at(4)), tick(9), a=said("yes", "no"), b=said("yes", "no"))
    assert ([NOBODY], [10]) == (found["must_row"], found["may_row"])


@pytest.mark.parametrize(
    ("start", "may"),
    [(5, 10), (6, NOBODY), (7, NOBODY)],  # at 6, when b may end, row order decides
)
def test_a_failing_row_that_stands_after_b(start: int, may: int) -> None:
    """It speaks against what is possible when it certainly comes after b."""
    acts = rows(Act(4, 6), Act(start, 8))
    found = forms.since(acts, tick(10), a=said("yes", "no"), b=said("yes", "no"))
    assert ([NOBODY], [may]) == (found["must_row"], found["may_row"])


def test_an_earlier_b_that_may_end_last() -> None:
    """A b that stands before the failing row may come after it; the last such b is named."""
    acts = rows(Act(1, 9), Act(2, 9), Act(3, 4), at(6))
    found = forms.since(acts, tick(10), a=said("yes", "yes", "yes", "no"),
                        b=said("yes", "yes", "yes", "no"))  # fmt: skip
    assert ([NOBODY], [20]) == (found["must_row"], found["may_row"])


@pytest.mark.parametrize(
    ("now", "must", "may"), [(4, NOBODY, NOBODY), (5, NOBODY, 10), (6, NOBODY, 10), (7, 10, 10)]
)
def test_b_at_the_tick(now: int, must: int, may: int) -> None:
    """B is possible from the microsecond after its earliest instant, certain after its latest."""
    found = forms.since(rows(Act(4, 6)), tick(now), a=said("yes"), b=said("yes"))
    assert ([must], [may]) == (found["must_row"], found["may_row"])


@pytest.mark.parametrize(
    ("now", "must", "may"), [(4, 10, 10), (5, NOBODY, 10), (6, NOBODY, 10), (7, NOBODY, NOBODY)]
)
def test_a_failing_row_at_the_tick(now: int, must: int, may: int) -> None:
    """It speaks against certainty once it may have been, against possibility once it is over."""
    acts = rows(at(1), Act(4, 6))
    found = forms.since(acts, tick(now), a=said("yes", "no"), b=said("yes", "no"))
    assert ([must], [may]) == (found["must_row"], found["may_row"])


def test_zones_do_not_see_each_other() -> None:
    """B in one zone, and a failing row in another, say nothing of a third."""
    acts = rows(at(1, zone=2), at(2, zone=1), at(3, zone=1), at(4, zone=2), at(5, zone=3))
    a, b = said("no", "yes", "no", "yes", "no"), said("yes", "no", "yes", "no", "no")
    for zone, row in ((0, NOBODY), (1, 30), (2, 10), (3, NOBODY), (4, NOBODY)):
        found = forms.since(acts, tick(9, zone=zone), a=a, b=b)
        assert [row] == found["must_row"] == found["may_row"]


def test_without_rows() -> None:
    """Where nothing is on record b never happened."""
    found = forms.since(rows(), tick(5), a=said(), b=said())
    assert ([False], [NOBODY], [NOBODY]) == (found["may"], found["must_row"], found["may_row"])


@pytest.mark.parametrize(("a", "b"), [(1, 2), (2, 1), (3, 2), (2, 3)])
def test_every_row_is_spoken_of(a: int, b: int) -> None:
    """What is said of fewer or more rows than there are is refused."""
    with pytest.raises(WrongUse, match="same length"):
        SINCE.columnar(rows(at(1), at(2)), tick(3), a=said(*["yes"] * a), b=said(*["yes"] * b))
