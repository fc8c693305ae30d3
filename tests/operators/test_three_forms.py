"""Property P1: reference, columnar and SQL form give the same values and the same witnesses."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.operators.generated import LENGTH, SPANS, TABLES, TICKS, lists, named, truth
from tregua.assessment.columns import NOBODY, Rows, Spans, Ticks, Truth, ints
from tregua.assessment.in_duckdb import ask, connect, table_of
from tregua.assessment.operators.count_within import COUNT_WITHIN
from tregua.assessment.operators.covered import COVERED
from tregua.assessment.operators.last_other import LAST_OTHER
from tregua.assessment.operators.match_deadline import MATCH_DEADLINE
from tregua.assessment.operators.none_within import NONE_WITHIN
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.operators.run_length import RUN_LENGTH
from tregua.assessment.operators.select import SELECT, Masked, Measured
from tregua.assessment.operators.since import SINCE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.assessment.columns import Flags, Ints
    from tregua.assessment.operator import Operator

DATABASE = connect()
Columns: TypeAlias = "dict[str, Ints | Flags]"


def agree(
    operator: Operator,
    tables: Mapping[str, Mapping[str, Ints | Flags]],
    text: str,
    *given_: object,
    **named_: object,
) -> None:
    plain = operator.reference(*given_, **named_)
    assert lists(plain) == lists(operator.columnar(*given_, **named_))
    assert lists(plain) == named(ask(DATABASE, text, tables), plain)


@given(rows=TABLES, ticks=TICKS, within=LENGTH, closed=st.booleans())
def test_once_within(rows: Rows, ticks: Ticks, within: int, *, closed: bool) -> None:
    """The three forms of once_within agree."""
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    how = {"within": within, "closed": closed}
    agree(ONCE_WITHIN, tables, ONCE_WITHIN.sql(**how), rows, ticks, **how)


@given(rows=TABLES, ticks=TICKS, within=LENGTH, closed=st.booleans())
def test_none_within(rows: Rows, ticks: Ticks, within: int, *, closed: bool) -> None:
    """The three forms of none_within agree."""
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    how = {"within": within, "closed": closed}
    agree(NONE_WITHIN, tables, NONE_WITHIN.sql(**how), rows, ticks, **how)


@given(TABLES, TICKS, LENGTH)
def test_count_within(rows: Rows, ticks: Ticks, within: int) -> None:
    """The three forms of count_within agree."""
    tables = {"acts": table_of(rows), "ticks": table_of(ticks)}
    agree(COUNT_WITHIN, tables, COUNT_WITHIN.sql(within=within), rows, ticks, within=within)


@given(TABLES, TICKS, st.data())
def test_since(rows: Rows, ticks: Ticks, data: st.DataObject) -> None:
    """The three forms of since agree."""
    a, b = data.draw(truth(len(rows))), data.draw(truth(len(rows)))
    acts = table_of(rows, a_must=a.must, a_may=a.may, b_must=b.must, b_may=b.may)
    tables = {"acts": acts, "ticks": table_of(ticks)}
    agree(SINCE, tables, SINCE.sql(), rows, ticks, a=a, b=b)


@given(TABLES, LENGTH, st.data())
def test_last_other(rows: Rows, within: int, data: st.DataObject) -> None:
    """The three forms of last_other agree."""
    actor = ints([data.draw(st.integers(0, 2)) for _ in range(len(rows))])
    tables = {"acts": table_of(rows, actor=actor)}
    agree(LAST_OTHER, tables, LAST_OTHER.sql(within=within), rows, actor=actor, within=within)


@given(TABLES, LENGTH, st.data())
def test_match_deadline(rows: Rows, within: int, data: st.DataObject) -> None:
    """The three forms of match_deadline agree; a row may be trigger and answer."""
    kind = np.array([data.draw(st.integers(0, 2)) for _ in range(len(rows))], np.int64)
    triggers, answers = rows.take(kind <= 1), rows.take(kind >= 1)
    tables = {"triggers": table_of(triggers), "answers": table_of(answers)}
    text = MATCH_DEADLINE.sql(within=within)
    agree(MATCH_DEADLINE, tables, text, triggers, answers, within=within)


@given(TABLES, TICKS, SPANS)
def test_run_length(rows: Rows, ticks: Ticks, gaps: Spans) -> None:
    """The three forms of run_length agree, on days of unequal length."""
    days = ints([4, 8, 11, 15, 20, 24, 40])
    ticks = Ticks(ticks.partition, ticks.time + 4)
    between: Columns = {"q": np.arange(6), "start_us": days[:-1], "end_us": days[1:]}
    tables: dict[str, Columns] = {
        "acts": table_of(rows),
        "ticks": table_of(ticks),
        "gaps": table_of(gaps),
        "days": between,
    }
    agree(RUN_LENGTH, tables, RUN_LENGTH.sql(), rows, ticks, gaps, days=days)


@given(SPANS, SPANS, st.data(), st.integers(1, 6))
def test_covered(watches: Spans, asked: Spans, data: st.DataObject, sixths: int) -> None:
    """The three forms of covered agree; the SQL form gives a line per gap."""
    counts, share = data.draw(truth(len(watches))), Fraction(sixths, 6)
    plain = COVERED.reference(watches, asked, counts=counts, share=share)
    assert lists(plain) == lists(COVERED.columnar(watches, asked, counts=counts, share=share))
    tables = {
        "watches": table_of(watches, must=counts.must, may=counts.may),
        "asked": table_of(asked),
    }
    q, must, may, low, high, start, end = ask(DATABASE, COVERED.sql(share=share), tables)
    first = np.searchsorted(q, np.arange(len(asked)))
    gap = start != NOBODY
    columns = (must[first], may[first], low[first], high[first], q[gap], start[gap], end[gap])
    assert lists(plain) == named(columns, plain)


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
    facts: Columns = {
        "q": np.arange(len(counts.may)),
        "must": counts.must,
        "may": counts.may,
        "low0": measure.low,
        "high0": measure.high,
    }
    facts |= {f"code{k}": column.code for k, column in enumerate(columns)}
    masks: dict[str, Columns] = {
        f"mask{k}": {"code": np.arange(3), "must": column.must, "may": column.may}
        for k, column in enumerate(columns)
    }
    text = SELECT.sql(len(columns), ((measure.least, measure.norms),), concerns=concerns)
    tables = {"facts": facts} | masks
    agree(SELECT, tables, text, counts, columns, (measure,), concerns=concerns)
