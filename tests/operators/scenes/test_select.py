"""Which row may concern which norm? Bits, measures, exceptions, certain and possible."""

from __future__ import annotations

import pytest

from tests.operators import forms
from tests.operators.written import said
from tregua.assessment.columns import ints
from tregua.assessment.operators.select import EXCEPTIONS, NORMS, Chosen, Masked, Measured
from tregua.errors import WrongUse

LAST_NORM, FIRST_EXCEPTION = 1 << (NORMS - 1), 1 << NORMS
LAST_EXCEPTION = -(1 << 63)  # bit 63, as a signed word


def one(must: int, may: int) -> Masked:
    """Return a column of one row, with the masks of its only code."""
    return Masked(ints([0]), ints([must]), ints([may]))


def chosen(
    *columns: Masked, measures: tuple[Measured, ...] = (), concerns: tuple[int, ...] = (),
    counts: str = "yes",
) -> tuple[int, int]:  # fmt: skip
    """Return the certain and the possible norms of one row."""
    found = forms.select(said(counts), columns, measures, concerns=concerns)
    return found["must"][0], found["may"][0]


def test_a_word_has_48_norms_and_16_exceptions() -> None:
    """The first and the last norm are norms; the bits above them are not."""
    assert (48, 16) == (NORMS, EXCEPTIONS)
    every = -1
    assert (LAST_NORM - 1 | LAST_NORM,) * 2 == chosen(one(every, every))
    assert (1, LAST_NORM | 1) == chosen(one(1, LAST_NORM | 1 | FIRST_EXCEPTION))


def test_every_column_must_agree() -> None:
    """A norm that one mask lacks is lost, certainly or possibly."""
    assert (1, 3) == chosen(one(1, 7), one(3, 3))
    assert (0, 1) == chosen(one(1, 3), one(2, 3), one(3, 1))
    assert (0, 0) == chosen(one(1, 1), one(2, 2), one(1, 1))


@pytest.mark.parametrize(
    ("counts", "must", "may"), [("yes", 1, 3), ("perhaps", 0, 3), ("no", 0, 0)]
)
def test_a_row_that_may_not_count(counts: str, must: int, may: int) -> None:
    """It concerns a norm certainly only when it counts certainly."""
    assert (must, may) == chosen(one(1, 3), counts=counts)


@pytest.mark.parametrize(
    ("low", "high", "must", "may"), [(2, 2, 1, 1), (2, 3, 1, 3), (3, 3, 3, 3), (4, 9, 3, 3)]
)
def test_a_measure_is_enough_when_it_is_reached(low: int, high: int, must: int, may: int) -> None:
    """At least three: three is enough; the other norm does not ask."""
    amount = Measured(ints([low]), ints([high]), 3, 2)
    assert (must, may) == chosen(one(3, 3), measures=(amount,))


def test_two_measures() -> None:
    """Each norm that asks for both needs both."""
    few, many = (Measured(ints([a]), ints([a]), 3, n) for a, n in ((2, 5), (3, 6)))
    assert (10, 10) == chosen(one(15, 15), measures=(few, many))


@pytest.mark.parametrize("bit", [0, 1, 14, 15])
def test_an_exception_takes_norms_away(bit: int) -> None:
    """A certain exception spares; one that is only possible takes certainty away alone."""
    word = FIRST_EXCEPTION << bit
    word = word - (1 << 64) if bit == 15 else word
    concerns = tuple(2 if j == bit else 1 for j in range(EXCEPTIONS))
    assert (1, 1) == chosen(one(3 | word, 3 | word), concerns=concerns)
    assert (1, 3) == chosen(one(3, 3 | word), concerns=concerns)
    assert (3, 3) == chosen(one(3, 3), concerns=concerns)
    assert (1, 3) == chosen(one(3 | word, 3 | word), one(3, 3 | word), concerns=concerns)


def test_an_exception_holds_by_every_column() -> None:
    """An exception that one column refuses does not hold."""
    assert (3, 3) == chosen(
        one(3 | LAST_EXCEPTION, 3 | LAST_EXCEPTION), one(3, 3), concerns=(0,) * 15 + (3,)
    )


def test_each_row_by_its_codes() -> None:
    """Codes name the masks; a row that has lost its last norm leaves the others in place."""
    kind = Masked(ints([0, 1, 2, 1]), ints([1, 2, 0]), ints([1, 6, 0]))
    actor = Masked(ints([1, 1, 0, 0]), ints([2, 3]), ints([2, 3]))
    amount = Measured(ints([5, 1, 9, 2]), ints([5, 2, 9, 9]), 2, 2)
    found = forms.select(said("yes", "yes", "yes", "perhaps"), (kind, actor), (amount,))
    assert [1, 0, 0, 0] == found["must"]
    assert [1, 2, 0, 2] == found["may"]


def test_without_rows() -> None:
    """Where nothing is on record nothing is selected."""
    empty = Masked(ints([]), ints([1]), ints([1]))
    assert [] == forms.select(said(), (empty,), ())["may"]


def test_the_rows_of_a_norm() -> None:
    """Those that possibly concern it, by number; that they do so certainly is not asked."""
    found = Chosen(ints([1, 0, 0, 2]), ints([1, 3, 4, 6]))
    assert [[0, 1], [1, 3], [2, 3]] == [found.rows(norm).tolist() for norm in range(3)]


@pytest.mark.parametrize(("must", "may"), [([1], [1, 1]), ([1, 1], [1])])
def test_each_code_has_both_masks(must: list[int], may: list[int]) -> None:
    """A column with more certain masks than possible ones, or fewer, is refused."""
    with pytest.raises(WrongUse, match="same length"):
        Masked(ints([0]), ints(must), ints(may))
