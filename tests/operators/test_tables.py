"""Any split of the partitions gives the same answers; what cannot be meant is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from tests.operators.generated import LENGTH, TABLES, TICKS, lists
from tregua.assessment import operators
from tregua.assessment.columns import Rows, Spans, Ticks, Truth, certain_rows, flags, ints
from tregua.assessment.operators import (
    OPERATORS,
    count_within,
    covered,
    last_other,
    match_deadline,
    none_within,
    run_length,
    select,
)
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable


def spread(answer: object, where: np.ndarray, into: dict[str, dict[int, int]]) -> None:
    """Note each column of an answer under the questions that it belongs to."""
    for name, column in lists(answer).items():
        into.setdefault(name, {}).update(zip(where.tolist(), column, strict=True))


@given(TABLES, TICKS, LENGTH)
def test_partitions_do_not_see_each_other(rows: Rows, ticks: Ticks, within: int) -> None:
    """Evaluated partition by partition, the answers are the same, bytes and all."""
    days = ints([0, 5, 12, 40])
    gaps = Spans(ints([]), ints([]), ints([]))
    asked: list[Callable[[Rows, Ticks], object]] = [
        lambda r, t: none_within.columnar(r, t, within=within),
        lambda r, t: count_within.columnar(r, t, within=within),
        lambda r, t: run_length.columnar(r, t, gaps, days=days),
    ]
    for ask_ in asked:
        whole: dict[str, dict[int, int]] = {}
        parts: dict[str, dict[int, int]] = {}
        spread(ask_(rows, ticks), np.arange(len(ticks)), whole)
        for p in range(3):
            own = ticks.partition == p
            some = Ticks(ticks.partition[own], ticks.time[own])
            spread(ask_(rows.take(rows.partition == p), some), np.flatnonzero(own), parts)
        assert whole == parts


@given(TABLES, LENGTH)
def test_rows_asked_about_may_be_split_as_well(rows: Rows, within: int) -> None:
    """Answers to acts and to triggers are the same, partition by partition."""
    asked: list[Callable[[Rows], object]] = [
        lambda r: last_other.columnar(r, actor=r.row % 3, within=within),
        lambda r: match_deadline.columnar(r, r, within=within),
    ]
    for ask_ in asked:
        whole: dict[str, dict[int, int]] = {}
        parts: dict[str, dict[int, int]] = {}
        spread(ask_(rows), rows.row, whole)
        for p in range(3):
            own = rows.take(rows.partition == p)
            spread(ask_(own), own.row, parts)
        assert whole == parts


def test_tables_that_cannot_be_meant_are_refused() -> None:
    """Rows out of order, ends before starts, empty windows and shares: each says what is wrong."""
    zero, yes, no = ints([0, 0]), flags([True, True]), flags([False, False])
    two = ints([0, 1])
    cases: list[tuple[str, Callable[[], object]]] = [
        ("same length", lambda: certain_rows(two, zero, ints([1]))),
        ("order of their numbers", lambda: certain_rows(ints([1, 1]), zero, zero)),
        ("order of their numbers", lambda: certain_rows(two, zero, ints([5, 4]))),
        ("ends before it starts", lambda: Rows(two, zero, two, zero, yes, yes, two)),
        ("counts in some", lambda: Rows(two, zero, two, two, yes, no, two)),
        ("zero or more", lambda: certain_rows(two, ints([-1, 0]), zero)),
        ("zero or more", lambda: Ticks(ints([-1]), ints([0]))),
        ("zero or more", lambda: Spans(ints([-1]), ints([0]), ints([1]))),
        ("ends after it starts", lambda: Spans(ints([0]), ints([1]), ints([1]))),
        ("longer than zero", lambda: none_within.sql(within=0, closed=False)),
        ("at least one column", lambda: select.columnar(Truth(yes, yes), (), ())),
        ("48 norms", lambda: select.reference(Truth(yes, yes), (_any(),), (), concerns=(-1,))),
        ("above zero", lambda: covered.sql(share=Fraction(0))),
    ]
    for words, case in cases:
        with pytest.raises(WrongUse, match=words):
            case()


def _any() -> select.Masked:
    return select.Masked(ints([0, 0]), ints([1]), ints([1]))


def test_hands_are_read_within_the_days_given() -> None:
    """Days out of order, gaps out of order and a tick after the last day are refused."""
    rows, none = certain_rows(*(ints([]),) * 3), Spans(*(ints([]),) * 3)
    back = Spans(ints([0, 0]), ints([5, 1]), ints([6, 2]))
    for tick, gaps, days in ((9, none, [0, 5]), (1, none, [5, 0]), (1, back, [0, 9])):
        with pytest.raises(WrongUse):
            run_length.columnar(rows, Ticks(ints([0]), ints([tick])), gaps, days=ints(days))


def test_every_operator_is_in_the_list_once() -> None:
    """The files in assessment/operators are the operators of the list, by name."""
    folder = Path(operators.__file__).parent
    written = {path.stem for path in folder.glob("*.py")} - {"__init__"}
    assert written == {operator.name for operator in OPERATORS}
    assert len(written) == len(OPERATORS)


def test_a_row_keeps_its_bits() -> None:
    """A row that concerns norms 0 and 47 is found under both, and under no other."""
    words = ints([1 | 1 << 47])
    column = select.Masked(ints([0]), words, words)
    chosen = select.columnar(Truth(flags([True]), flags([True])), (column,), ())
    assert [0, 47] == [n for n in range(select.NORMS) if len(chosen.rows(n))]
