"""One number for partition and value: it orders as the two do, and is no wider than it must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.assessment.columns import ints
from tregua.assessment.keys import by_partition, first_at_least, keys_over, last_at_least
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints

Pairs: TypeAlias = "list[tuple[int, int]]"

HIGH = 1 << 10
FAR = 1 << 55  # between values so far apart, in so many partitions, that ranks stand for them
ZONE = st.sampled_from((0, 1, 2, HIGH))
ROWS = st.lists(st.tuples(ZONE, st.integers(-9, 9)), min_size=1)
ASKED = st.lists(st.tuples(ZONE, st.integers(-12, 12), st.integers(-1, 1)))


@given(ROWS, ASKED, st.sampled_from((1, 3, FAR)))
def test_a_key_orders_as_partition_and_value_do(
    given_rows: Pairs, given_asked: list[tuple[int, int, int]], unit: int
) -> None:
    """What is asked stands before, at or behind each row; ``falling`` turns the values round."""
    rows = [(zone, unit * value) for zone, value in given_rows]
    asked = [(zone, unit * value + beside) for zone, value, beside in given_asked]
    keys = keys_over((_column(rows, 0), ints([HIGH])), (_column(rows, 1), ints([])))
    for sign, key in ((1, keys.rising), (-1, keys.falling)):
        of_rows, of_asked = (key(_column(pairs, 0), _column(pairs, 1)) for pairs in (rows, asked))
        for (zone, value), own in zip(rows, of_rows.tolist(), strict=True):
            row, others = (zone, sign * value), [(z, sign * v) for z, v in asked]
            assert [other < row for other in others] == (of_asked < own).tolist()
            assert [other > row for other in others] == (of_asked > own).tolist()


def _column(pairs: Pairs, place: int) -> Ints:
    return ints([pair[place] for pair in pairs])


@given(ROWS, st.sampled_from((1, FAR)))
def test_a_value_is_read_from_its_key(rows: Pairs, unit: int) -> None:
    """Whether times or ranks stand in the key, the time comes back."""
    zone, value = _column(rows, 0), unit * _column(rows, 1)
    keys = keys_over((zone, ints([HIGH])), (value,))
    assert value.tolist() == keys.value_of(keys.rising(zone, value)).tolist()


def test_partitions_from_the_other_end() -> None:
    """The highest of all becomes zero: the last comes first, and none falls below."""
    low, high = ints([0, 3]), ints([7])
    for asked in ((low, high), (high, low), (low, high, ints([]))):
        keys = keys_over(asked, (low,))
        assert [7, 4, 0] == keys.last_first(ints([0, 3, 7])).tolist()


@pytest.mark.parametrize(
    ("wide", "values", "ranked"),
    [
        (59, [0, 1, 2, 3, 4, 5], False),
        (60, [0, 1, 2, 3, 4, 5], False),  # from one before the first to one behind the last: 0 to 7
        (60, [0, 2, 6], True),  # a value and what lies before it have a rank each, at most six
        (59, [0, 1, 2, 16], True),
    ],
)
def test_a_key_has_sixty_three_bits(wide: int, values: list[int], *, ranked: bool) -> None:
    """Values stand for themselves while they fit beside the partition; else their ranks do."""
    zones = ints([0, (1 << wide) - 1])
    keys = keys_over((zones,), (ints(values),))
    assert ranked == (keys.ranked is not None)
    both = [keys.rising(zones[[k] * len(values)], ints(values)) for k in (0, 1)]
    assert (np.diff(np.append(*both)) > 0).all()
    assert values == keys.value_of(both[1]).tolist()


@pytest.mark.parametrize(("wide", "values"), [(62, [0, 9]), (60, [0, 1, 2, 6]), (61, [0, 1, 2])])
def test_codes_that_do_not_fit_are_refused(wide: int, values: list[int]) -> None:
    """Partitions numbered beyond what one key holds are refused, never wrapped round."""
    with pytest.raises(WrongUse, match="do not fit"):
        keys_over((ints([1 << (wide - 1)]),), (ints(values),))


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


@given(st.lists(st.sampled_from((0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_537, 1 << 40))))
def test_the_order_by_partition_keeps_the_order_within(zones: list[int]) -> None:
    """However high the codes, the order is that of Python's own stable sort."""
    assert sorted(range(len(zones)), key=zones.__getitem__) == by_partition(ints(zones)).tolist()
