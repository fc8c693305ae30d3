"""Any split of the partitions gives the same answers; what cannot be meant is refused."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.operators.generated import LENGTH, TABLES, TICKS, lists
from tregua.assessment import operators
from tregua.assessment.columns import Rows, Spans, Ticks, Truth, certain_rows, flags, ints
from tregua.assessment.in_duckdb import ask, connect
from tregua.assessment.keys import first_at_least, keys_over, last_at_least
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


@given(st.lists(st.integers(-5, 5)), st.lists(st.tuples(st.integers(0, 40), st.integers(-6, 6))))
def test_searches_agree_with_a_look_at_every_value(
    values: list[int], asked: list[tuple[int, int]]
) -> None:
    """The last, and the first, value that is high enough is found in any sequence."""
    at = ints([min(place, len(values)) for place, _ in asked])
    floor = ints([least for _, least in asked])
    high = [[i for i, value in enumerate(values) if value >= least] for least in floor.tolist()]
    last = [max((i for i in some if i < k), default=-1) for some, k in zip(high, at, strict=True)]
    first = [min((i for i in some if i >= k), default=-1) for some, k in zip(high, at, strict=True)]
    assert last == last_at_least(ints(values), at, floor).tolist()
    assert first == first_at_least(ints(values), at, floor).tolist()


def test_many_partitions_over_a_long_time() -> None:
    """A million requests over a hundred years fit: ranks stand for times, and order the same."""
    century = 100 * 366 * 86_400_000_000
    partition, time = ints([0, 5, 5, 1 << 40]), ints([0, 7, century, century])
    keys = keys_over((partition,), (time,))
    rising = keys.rising(partition, time)
    assert rising.tolist() == sorted(set(rising.tolist()))
    assert time.tolist() == keys.value_of(rising).tolist()
    between = keys.rising(ints([5, 5, 5]), ints([6, 8, century + 1]))
    assert [1, 2, 3] == np.searchsorted(rising, between).tolist()
    assert (np.diff(keys.falling(ints([5, 5, 5]), ints([century, 8, 7]))) > 0).all()


def test_codes_that_do_not_fit_are_refused() -> None:
    """Partitions numbered beyond what one key holds are refused, never wrapped round."""
    with pytest.raises(WrongUse, match="do not fit"):
        keys_over((ints([1 << 62]),), (ints([0, 9]),))


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


def test_the_database_looks_for_no_extension() -> None:
    """DuckDB neither installs nor loads what is not linked into it."""
    text = """SELECT name, value = 'false' AS off FROM duckdb_settings()
              WHERE name LIKE 'auto%_known_extensions' ORDER BY name"""
    with connect() as database:
        names, off = ask(database, text, {})
    assert ["autoinstall_known_extensions", "autoload_known_extensions"] == names.tolist()
    assert off.all()


def test_duckdb_is_imported_when_first_asked() -> None:
    """The operators and every command are imported without DuckDB."""
    code = "import sys, tregua.cli.main, tregua.assessment.in_duckdb, tregua.assessment.operators"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}; print('duckdb' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "False\n" == done.stdout
