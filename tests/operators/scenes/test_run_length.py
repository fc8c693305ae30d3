"""How long has it been good? Two hands, days of unequal length, gaps, the start."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import NO_GAPS, Act, at, rows, spans, tick
from tregua.assessment.columns import NOBODY, ints
from tregua.assessment.operators import run_length
from tregua.errors import WrongUse

DAYS = ints([100, 110, 119, 130, 140])  # of 10, 9, 11 and 10 microseconds


def hands(*acts: Act, now: int, gaps: tuple[tuple[int, int, int], ...] = ()) -> dict[str, int]:
    """Return what the two hands say at one tick."""
    found = forms.run_length(rows(*acts), tick(now), spans(*gaps), days=DAYS)
    return {name: column[0] for name, column in found.items()}


@pytest.mark.parametrize(
    ("now", "days"), [(100, 0), (109, 0), (110, 1), (118, 1), (119, 2), (130, 3), (140, 4)]
)
def test_without_a_bad_row_the_start_is_where_it_began(now: int, days: int) -> None:
    """A day is good from the microsecond in which it ends."""
    found = hands(now=now)
    assert {"low_days": days, "high_days": days, "low_time": now - 100, "high_time": now - 100,
            "may_row": NOBODY, "must_row": NOBODY, "gap": NOBODY} == found  # fmt: skip


@pytest.mark.parametrize(
    ("moment", "days"), [(100, 3), (109, 3), (110, 2), (118, 2), (119, 1), (130, 0), (139, 0)]
)
def test_the_day_of_a_bad_row_is_not_good(moment: int, days: int) -> None:
    """The days after the day of the bad row count, those before it do not."""
    found = hands(at(moment), now=140)
    assert (days, days) == (found["low_days"], found["high_days"])
    assert (140 - moment, 140 - moment) == (found["low_time"], found["high_time"])
    assert (10, 10) == (found["may_row"], found["must_row"])


@pytest.mark.parametrize(("moment", "row"), [(99, NOBODY), (100, 10), (129, 10), (130, NOBODY)])
def test_what_resets_a_hand(moment: int, row: int) -> None:
    """A row before the start, or at the tick's own instant, resets nothing."""
    found = hands(at(moment), now=130)
    assert (row, row) == (found["may_row"], found["must_row"])


@pytest.mark.parametrize(
    ("start", "end", "low", "high"),
    [
        (112, 120, 120, 112),  # the lower hand takes the latest instant, the upper the earliest
        (112, 129, 129, 112),
        (112, 130, 129, None),  # may not be over: the lower hand takes what may have been
        (112, 150, 129, None),
        (99, 105, 105, None),  # may lie before the start
        (95, 99, None, None),
    ],
)
def test_an_uncertain_instant(start: int, end: int, low: int | None, high: int | None) -> None:
    """Each hand takes the end of the interval that is worse for its claim."""
    found = hands(Act(start, end), now=130)
    assert 130 - (low or 100) == found["low_time"]
    assert 130 - (high or 100) == found["high_time"]
    assert (10 if low else NOBODY, 10 if high else NOBODY) == (found["may_row"], found["must_row"])


def test_what_only_may_be_bad_resets_the_lower_hand() -> None:
    """The upper hand goes on since the last row that is certainly bad."""
    found = hands(at(105), at(125, sure=False), now=140)
    assert (0, 3) == (found["low_days"] - 1, found["high_days"])
    assert (20, 10) == (found["may_row"], found["must_row"])


def test_the_last_bad_moment_decides() -> None:
    """An earlier row that may end later resets the lower hand; of equals the last is named."""
    found = hands(Act(105, 127), at(115), now=140)
    assert (10, 20) == (found["may_row"], found["must_row"])
    assert (13, 25) == (found["low_time"], found["high_time"])
    assert 30 == hands(Act(105, 120), at(111), Act(115, 120), now=140)["may_row"]
    assert 20 == hands(at(120), at(120), now=140)["must_row"]


@pytest.mark.parametrize(
    ("start", "end", "gap", "time"),
    [
        (90, 100, NOBODY, 30),  # over at the start
        (90, 101, 0, 30),  # its last microsecond is the first of the time asked about
        (104, 112, 0, 19),
        (104, 130, 0, 1),
        (104, 150, 0, 1),  # still open at the tick
        (129, 150, 0, 1),
        (130, 150, NOBODY, 30),
    ],
)
def test_a_gap_resets_the_lower_hand(start: int, end: int, gap: int, time: int) -> None:
    """The last microsecond that nobody watched counts; silence is never good."""
    found = hands(now=130, gaps=((0, start, end),))
    assert (gap, time) == (found["gap"], found["low_time"])
    assert (3, 30) == (found["high_days"], found["high_time"])


def test_a_row_and_a_gap_that_reach_equally_far() -> None:
    """The row is named before the gap; of two gaps the one that reaches further, then the last."""
    both = hands(at(119), now=130, gaps=((0, 104, 120),))
    assert (10, NOBODY) == (both["may_row"], both["gap"])
    later = hands(at(119), now=130, gaps=((0, 104, 121),))
    assert (NOBODY, 0) == (later["may_row"], later["gap"])
    assert 0 == hands(now=130, gaps=((0, 104, 125), (0, 106, 120)))["gap"]
    assert 1 == hands(now=130, gaps=((0, 104, 120), (0, 106, 120)))["gap"]


def test_zones_do_not_see_each_other() -> None:
    """Rows and gaps of another zone reset nothing."""
    acts = rows(at(105, zone=2), Act(110, 112), at(115, zone=2), Act(116, 120, zone=4))
    gaps = spans((3, 104, 120), (2, 105, 116), (1, 106, 111))
    expected = {0: (20, NOBODY), 1: (NOBODY, 2), 2: (30, NOBODY), 3: (NOBODY, 0), 5: (NOBODY,) * 2}
    for zone, (row, gap) in expected.items():
        found = forms.run_length(acts, tick(130, zone=zone), gaps, days=DAYS)
        assert ([row], [gap]) == (found["may_row"], found["gap"])


@pytest.mark.parametrize("days", [[], [100, 110, 110, 120], [100, 120, 110, 130]])
def test_days_follow_each_other(days: list[int]) -> None:
    """No day is empty or runs backwards, and the start is given."""
    for form in (run_length.reference, run_length.columnar):
        with pytest.raises(WrongUse, match="days follow each other"):
            form(rows(), tick(105), NO_GAPS, days=ints(days))


def test_gaps_stand_in_the_order_of_their_start() -> None:
    """Two of one start do; one that starts a microsecond before the last does not."""
    short = ints([100, 101, 102])  # a day may be as short as a microsecond
    forms.run_length(rows(), tick(102), spans((0, 100, 101), (0, 100, 102)), days=short)
    for form in (run_length.reference, run_length.columnar):
        with pytest.raises(WrongUse, match="gaps stand in the order"):
            form(rows(), tick(102), spans((0, 101, 102), (0, 100, 102)), days=short)


@pytest.mark.parametrize("now", [99, 141])
def test_a_hand_is_read_within_the_days(now: int) -> None:
    """A microsecond before the start or after the last day is refused."""
    for form in (run_length.reference, run_length.columnar):
        with pytest.raises(WrongUse, match="a hand is read between"):
            form(rows(), tick(120, now), NO_GAPS, days=DAYS)


def test_no_tick() -> None:
    """Where nothing is read no hand stands."""
    assert [] == forms.run_length(rows(at(105)), tick(), NO_GAPS, days=DAYS)["gap"]
