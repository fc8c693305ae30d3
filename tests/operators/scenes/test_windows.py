"""Which row stands last, or first, in a window: a search finds what a look at each row finds."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operators.generated import LENGTH, SETTLED, TABLES, TICKS, sized
from tests.operators.generated import table as table_of
from tests.operators.written import START, WEEK, Act, at, rows, tick
from tregua.assessment import windows
from tregua.assessment.columns import NOBODY, flags, ints
from tregua.assessment.windows import Window

if TYPE_CHECKING:
    from tregua.assessment.columns import Rows, Ticks

WINDOWS = st.builds(Window, LENGTH, st.booleans())
EVER = Window(1 << 40, closed=False)


@pytest.mark.parametrize(
    ("age", "open_", "closed"),
    [(WEEK - 1, True, True), (WEEK, False, True), (WEEK + 1, False, False)],
)
def test_a_window_holds_what_is_young_enough(age: int, *, open_: bool, closed: bool) -> None:
    """A closed window takes an age of exactly its length; it opens where its oldest instant is."""
    for window, holds in ((Window(WEEK, closed=False), open_), (Window(WEEK, closed=True), closed)):
        assert [holds] == window.holds(ints([age])).tolist()
        assert [holds] == (ints([START - age]) >= window.opens(ints([START]))).tolist()


def test_the_last_row_that_is_over() -> None:
    """It is named with its earliest instant; a row that may not be over, or not count, is not."""
    acts = rows(Act(1, 4), Act(2, 3), Act(5, 9), at(6, sure=False), at(6, zone=1))
    for now, row, start in ((4, 20, 2), (5, 20, 2), (9, 20, 2), (10, 30, 5)):
        started, found = windows.last_over(acts, tick(now))
        assert ([row], [start]) == (found.tolist(), started.tolist())
    assert [NOBODY] == windows.last_over(acts, tick(3))[1].tolist()


def test_the_latest_instant_before_a_tick() -> None:
    """A row that may still go on at the tick reaches the microsecond before it."""
    acts = rows(Act(1, 7), Act(2, 5), at(3, zone=1), Act(5, 7))
    for now, latest, row in (
        (2, 1, 10),
        (3, 2, 20),
        (6, 5, 40),
        (7, 6, 40),
        (8, 7, 40),
        (9, 7, 40),
    ):
        instant, found = windows.latest_end(acts, tick(now))
        assert ([latest], [row]) == (instant.tolist(), found.tolist())
    assert [NOBODY] == windows.latest_end(acts, tick(1))[1].tolist()
    assert [NOBODY] == windows.latest_end(acts, tick(3, zone=1))[1].tolist()


@given(TABLES, TICKS, WINDOWS)
def test_searches_find_what_a_look_at_each_row_finds(
    table: Rows, ticks: Ticks, window: Window
) -> None:
    """The first and the last in row order, certainly within, possibly within, and however old."""
    certain, possible = (_within(table, ticks, window, sure=sure) for sure in (True, False))
    over, begun = (_within(table, ticks, EVER, sure=sure) for sure in (True, False))
    first, last = partial(min, default=NOBODY), partial(max, default=NOBODY)
    for expected, found in (
        (map(last, certain), windows.last_certain(table, ticks, window)),
        (map(last, possible), windows.last_possible(table, ticks, window)),
        (map(last, certain), windows.last_rows(table, ticks, window)[0]),
        (map(last, possible), windows.last_rows(table, ticks, window)[1]),
        (map(last, over), windows.last_over(table, ticks)[1]),
        (map(last, begun), windows.last_before(table, ticks)),
        (map(first, certain), windows.first_certain(table, ticks, window)),
        (map(first, possible), windows.first_possible(table, ticks, window)),
    ):
        assert list(expected) == found.tolist()


def _within(table: Rows, ticks: Ticks, window: Window, *, sure: bool) -> list[list[int]]:
    """Return per tick the numbers of the rows that lie certainly, or possibly, in its window."""
    counts, first, last = table.may, table.t_hi, table.t_lo
    if sure:
        counts, first, last = table.must, table.t_lo, table.t_hi
    return [
        [
            int(table.row[i])
            for i in range(len(table))
            if table.partition[i] == zone and counts[i] and last[i] < now
            and now - first[i] < window.length + window.closed
        ]
        for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True)
    ]  # fmt: skip


@given(sized(SETTLED, 12).map(table_of), TICKS, WINDOWS)
def test_a_window_over_known_instants_is_a_run(given_: Rows, ticks: Ticks, window: Window) -> None:
    """By partition, then row order, the rows of one window follow each other."""
    order, first, last = windows.known_windows(given_, ticks, window)
    everywhere = replace(given_, may=flags([True] * len(given_)))
    runs = [given_.row[order[a:b]].tolist() for a, b in zip(first, last, strict=True)]
    assert _within(everywhere, ticks, window, sure=False) == runs


@given(TABLES, TICKS)
def test_the_latest_end_is_the_last_of_all(table: Rows, ticks: Ticks) -> None:
    """Of the rows that may have been before, the one that reaches furthest, then the last."""
    begun = _within(table, ticks, EVER, sure=False)
    ends = dict(zip(table.row.tolist(), table.t_hi.tolist(), strict=True))
    latest = [
        max(((min(ends[row], now - 1), row) for row in own), default=(0, NOBODY))
        for own, now in zip(begun, ticks.time.tolist(), strict=True)
    ]
    instant, row = windows.latest_end(table, ticks)
    found = np.where(row == NOBODY, 0, instant).tolist()
    assert latest == list(zip(found, row.tolist(), strict=True))
