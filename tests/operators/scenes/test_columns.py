"""What a table may hold: each rule, with the nearest table that breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.operators.generated import lists
from tests.operators.written import Act, at, rows
from tregua.assessment import columns
from tregua.assessment.columns import NOBODY, Rows, Spans, Ticks, Truth, certain_rows, flags, ints
from tregua.errors import WrongUse

ONE, TWO, THREE = ints([0]), ints([0, 1]), ints([0, 1, 2])
YES, NO = flags([True]), flags([False])


def two(*, row: tuple[int, int] = (1, 2), start: tuple[int, int] = (4, 4),
        end: tuple[int, int] = (4, 4), part: tuple[int, int] = (0, 0)) -> Rows:  # fmt: skip
    """Return two certain rows."""
    made = certain_rows(ints(row), ints(part), ints([4, 4]))
    return replace(made, t_lo=ints(start), t_hi=ints(end))


def test_rows_stand_in_order() -> None:
    """Two of one instant do; two of one number, or the later before the earlier, do not."""
    assert 2 == len(two())
    for wrong in ({"row": (2, 2)}, {"row": (2, 1)}, {"start": (4, 3)}):
        with pytest.raises(WrongUse, match="in the order of their numbers"):
            two(**wrong)


def test_a_row_ends_no_earlier_than_it_starts() -> None:
    """A row may last a microsecond, or none; less than none it may not."""
    assert [5, 4] == two(end=(5, 4)).t_hi.tolist()
    with pytest.raises(WrongUse, match="ends before it starts"):
        two(end=(4, 3))


def test_what_counts_in_every_world_counts_in_some() -> None:
    """Of the four ways to count only one is refused."""
    for must, may in ((NO, NO), (NO, YES), (YES, YES)):
        assert 1 == len(Rows(ONE, ONE, ONE, ONE, must, may, ONE))
    with pytest.raises(WrongUse, match="counts in some"):
        Rows(ONE, ONE, ONE, ONE, YES, NO, ONE)


def test_a_stretch_holds_a_microsecond() -> None:
    """A stretch that ends where it starts holds nothing."""
    assert 1 == len(Spans(ONE, ints([4]), ints([5])))
    for end in (4, 3):
        with pytest.raises(WrongUse, match="ends after it starts"):
            Spans(ONE, ints([4]), ints([end]))


def test_codes_of_partitions_are_zero_or_more() -> None:
    """Zero is a code; one below is not, wherever it stands."""
    for first, second in ((0, -1), (-1, 0)):
        part = ints([first, second])
        for make in (
            lambda p: two(part=tuple(p.tolist())), lambda p: Ticks(p, TWO),
            lambda p: Spans(p, TWO, TWO + 1),
        ):  # fmt: skip
            make(part * 0)
            with pytest.raises(WrongUse, match="zero or more"):
                make(part)


def test_the_columns_of_a_table_have_one_length() -> None:
    """One more or one fewer is refused, in whichever column."""
    columns.same_length(TWO, TWO)
    for others in ((TWO, ONE), (TWO, THREE), (TWO, TWO, ONE), (ONE, TWO, TWO)):
        with pytest.raises(WrongUse, match="same length"):
            columns.same_length(*others)


def test_a_truth_speaks_of_each_row() -> None:
    """It says of as many rows that it must be as that it may be."""
    assert 2 == len(Truth(flags([True, False]), flags([True, True])))
    for must, may in (([True], []), ([], [True])):
        with pytest.raises(WrongUse, match="same length"):
            Truth(flags(must), flags(may))


@pytest.mark.parametrize("name", ["partition", "t_lo", "t_hi", "must", "may", "incident"])
def test_no_column_of_a_row_is_short(name: str) -> None:
    """Each of the columns is looked at."""
    with pytest.raises(WrongUse, match="same length"):
        replace(two(), **{name: getattr(two(), name)[:1]})


def test_no_column_of_a_tick_or_a_stretch_is_short() -> None:
    """Each of the columns is looked at."""
    for make in (
        lambda: Ticks(ONE, TWO), lambda: Spans(ONE, TWO, TWO + 1),
        lambda: Spans(TWO, ONE, TWO + 1), lambda: Spans(TWO, TWO, ONE + 1),
    ):  # fmt: skip
        with pytest.raises(WrongUse, match="same length"):
            make()


@pytest.mark.parametrize(
    ("act", "settled"),
    [
        (Act(4, 4), True),
        (Act(4, 5), False),  # its instant is not known
        (at(4, sure=False), False),  # it may not have happened
        (Act(4, 4, possible=False), True),  # certainly it does not count
    ],
)
def test_settled(act: Act, *, settled: bool) -> None:
    """One uncertain row among others unsettles the table."""
    assert settled == columns.settled(rows(act, at(9))) == columns.settled(rows(at(1), act))


@pytest.mark.parametrize(
    ("incidents", "apart"),
    [([], True), ([3], True), ([1, 2], True), ([2, 1], True), ([1, 1], False), ([1, 2, 1], False)],
)
def test_apart(incidents: list[int], *, apart: bool) -> None:
    """Whether two rows are alternatives of one incident, wherever they stand."""
    assert apart == columns.apart(rows(*(at(4, incident=code) for code in incidents)))


def test_certain_rows_count_in_every_world() -> None:
    """Each is an incident of its own, at one instant."""
    made = certain_rows(ints([3, 5]), ints([1, 0]), ints([7, 8]))
    assert [True, True] == made.must.tolist() == made.may.tolist()
    assert ([3, 5], [7, 8], [7, 8]) == tuple(
        column.tolist() for column in (made.incident, made.t_lo, made.t_hi)
    )
    assert {name: column[:1] for name, column in lists(made).items()} == lists(
        made.take(flags([True, False]))
    )


def test_a_window_is_longer_than_zero() -> None:
    """A microsecond is the shortest."""
    columns.positive(1)
    for within in (0, -1):
        with pytest.raises(WrongUse, match="longer than zero"):
            columns.positive(within)


def test_nobody_stands_below_every_row() -> None:
    """Rows are numbered from zero, so minus one is no row; it finds the last place of a column."""
    assert NOBODY == -1
