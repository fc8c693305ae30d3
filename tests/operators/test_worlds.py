"""The operators in many worlds at once: bits agree with each world alone, within must and may."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from tests.operators.generated import LENGTH, TABLES, TICKS
from tregua.assessment.columns import Rows, Ticks, certain_rows, flags, ints
from tregua.assessment.operators import count_within, none_within, once_within
from tregua.assessment.sliced import count_in_worlds, none_in_worlds, once_in_worlds
from tregua.attribution.worlds import packed, unpacked
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIZE = 64


def known(rows: Rows) -> Rows:
    """Return the rows with known instants; in worlds each alternative has one."""
    return Rows(rows.row, rows.partition, rows.t_lo, rows.t_lo, rows.must, rows.may, rows.incident)


def worlds_of(rows: Rows) -> NDArray[np.bool_]:
    """Return in which worlds each row counts: one alternative of an incident, or none, a world."""
    picked = np.random.default_rng(len(rows)).random((100, SIZE))
    truths = np.zeros((len(rows), SIZE), np.bool_)
    for code in set(rows.incident.tolist()):
        alternatives = np.flatnonzero(rows.incident == code)
        place = (picked[code] * (len(alternatives) + 1)).astype(int)
        for k, row in enumerate(alternatives):
            truths[row] = place == k
    truths[rows.must] = True
    truths[~rows.may] = False  # a row that happened in no world
    return truths


def in_world(rows: Rows, present: NDArray[np.bool_]) -> Rows:
    return certain_rows(rows.row, rows.partition, rows.t_lo).take(present)


@given(TABLES.map(known), TICKS, LENGTH)
def test_bits_agree_with_each_world_alone(rows: Rows, ticks: Ticks, within: int) -> None:
    """Once, none and count in bits are what the plain operators say in each world by itself."""
    worlds = worlds_of(rows)
    words = packed(worlds)
    once = unpacked(once_in_worlds(rows, words, ticks, within=within))
    none = unpacked(none_in_worlds(rows, words, ticks, within=within))
    count = count_in_worlds(rows, words, ticks, within=within)
    for w in (0, 1, SIZE // 2, SIZE - 1):
        alone = in_world(rows, worlds[:, w])
        plain = once_within.reference(alone, ticks, within=within)
        assert plain.must.tolist() == once[:, w].tolist()
        assert [not yes for yes in plain.must.tolist()] == none[:, w].tolist()
        expected = count_within.reference(alone, ticks, within=within).low
        assert expected.tolist() == count[:, w].tolist()


@given(TABLES.map(known), TICKS, LENGTH)
def test_shares_lie_between_must_and_may(rows: Rows, ticks: Ticks, within: int) -> None:
    """Property P5: must <= p <= may, for once and for none, whatever the worlds."""
    words = packed(worlds_of(rows))
    for sliced, plain in ((once_in_worlds, once_within), (none_in_worlds, none_within)):
        p = unpacked(sliced(rows, words, ticks, within=within)).mean(axis=1)
        bounds = plain.columnar(rows, ticks, within=within)
        assert (bounds.must <= p).all()
        assert (p <= bounds.may).all()


def test_an_uncertain_instant_is_refused() -> None:
    """In worlds a row has one instant."""
    rows = Rows(ints([0]), ints([0]), ints([1]), ints([2]), flags([True]), flags([True]), ints([0]))
    ticks = Ticks(ints([0]), ints([9]))
    with pytest.raises(WrongUse, match="one instant"):
        once_in_worlds(rows, np.ones((1, 1), np.uint64), ticks, within=5)
