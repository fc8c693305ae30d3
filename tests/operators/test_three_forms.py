"""Property P1: reference, columnar and SQL form give the same values and the same witnesses."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.operators import forms
from tests.operators.generated import LENGTH, SPANS, TABLES, TICKS, truth
from tregua.assessment.columns import Ticks, Truth, ints
from tregua.assessment.operators.select import Masked, Measured

if TYPE_CHECKING:
    from tregua.assessment.columns import Rows, Spans


@given(rows=TABLES, ticks=TICKS, within=LENGTH, closed=st.booleans())
def test_once_within(rows: Rows, ticks: Ticks, within: int, *, closed: bool) -> None:
    """The three forms of once_within agree."""
    forms.once_within(rows, ticks, within=within, closed=closed)


@given(rows=TABLES, ticks=TICKS, within=LENGTH, closed=st.booleans())
def test_none_within(rows: Rows, ticks: Ticks, within: int, *, closed: bool) -> None:
    """The three forms of none_within agree."""
    forms.none_within(rows, ticks, within=within, closed=closed)


@given(TABLES, TICKS, LENGTH)
def test_count_within(rows: Rows, ticks: Ticks, within: int) -> None:
    """The three forms of count_within agree."""
    forms.count_within(rows, ticks, within=within)


@given(TABLES, TICKS, st.data())
def test_since(rows: Rows, ticks: Ticks, data: st.DataObject) -> None:
    """The three forms of since agree."""
    a, b = data.draw(truth(len(rows))), data.draw(truth(len(rows)))
    forms.since(rows, ticks, a=a, b=b)


@given(TABLES, LENGTH, st.data())
def test_last_other(rows: Rows, within: int, data: st.DataObject) -> None:
    """The three forms of last_other agree."""
    actor = ints([data.draw(st.integers(0, 2)) for _ in range(len(rows))])
    forms.last_other(rows, actor=actor, within=within)


@given(TABLES, LENGTH, st.data())
def test_match_deadline(rows: Rows, within: int, data: st.DataObject) -> None:
    """The three forms of match_deadline agree; a row may be trigger and answer."""
    kind = np.array([data.draw(st.integers(0, 2)) for _ in range(len(rows))], np.int64)
    forms.match_deadline(rows.take(kind <= 1), rows.take(kind >= 1), within=within)


@given(TABLES, TICKS, SPANS)
def test_run_length(rows: Rows, ticks: Ticks, gaps: Spans) -> None:
    """The three forms of run_length agree, on days of unequal length."""
    days = ints([4, 8, 11, 15, 20, 24, 40])
    forms.run_length(rows, Ticks(ticks.partition, ticks.time + 4), gaps, days=days)


@given(SPANS, SPANS, st.data(), st.integers(1, 6))
def test_covered(watches: Spans, asked: Spans, data: st.DataObject, sixths: int) -> None:
    """The three forms of covered agree; the SQL form gives a line per gap."""
    counts = data.draw(truth(len(watches)))
    forms.covered(watches, asked, counts=counts, share=Fraction(sixths, 6))


@st.composite
def selections(draw: st.DrawFn) -> tuple[Truth, tuple[Masked, ...], Measured, tuple[int, ...]]:
    size = draw(st.integers(0, 8))
    words = st.lists(
        st.sampled_from((0, 1, 3, 5, 1 << 47, (1 << 48) + 1, (1 << 49) + 7, -1, -(1 << 63) + 3)),
        min_size=3,
        max_size=3,
    )
    columns = []
    for _ in range(draw(st.integers(1, 3))):
        may = ints(draw(words))
        code = ints([draw(st.integers(0, 2)) for _ in range(size)])
        columns.append(Masked(code, may & ints(draw(words)), may))
    low = ints([draw(st.integers(0, 4)) for _ in range(size)])
    high = low + ints([draw(st.integers(0, 2)) for _ in range(size)])
    concerns = tuple(draw(st.lists(st.sampled_from((0, 1, 6, 1 << 47)), max_size=16)))
    return draw(truth(size)), tuple(columns), Measured(low, high, 3, 5), concerns


@given(selections())
def test_select(
    drawn: tuple[Truth, tuple[Masked, ...], Measured, tuple[int, ...]],
) -> None:
    """The three forms of select agree, to the last bit of the word."""
    counts, columns, measure, concerns = drawn
    forms.select(counts, columns, (measure,), concerns=concerns)
