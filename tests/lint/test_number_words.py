"""Numbers in prose are found in digits and in words of three languages."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.number_words import number_of, numbers_in


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heavy weapons move 3,500 m", 3500),
        ("heavy weapons move 3 500 m", 3500),
        ("a share of 0.9", Decimal("0.9")),
        ("forty-eight hours", 48),
        ("one hundred and twenty days", 120),
        ("three thousand five hundred metres", 3500),
        ("в течение сорока восьми часов", 48),
        ("не позднее чем через трёх суток", 3),
        ("две тысячи пятьсот метров", 2500),
        ("خلال ثمانٍ وأربعين ساعة", 48),
        ("لمدة يومين", 2),
        ("بعد ٤٨ ساعة", 48),
    ],
)
def test_a_number_is_found(text: str, expected: int | Decimal) -> None:
    """The number that a reader sees is among those found."""
    assert Decimal(expected) in numbers_in(text)


def test_prose_without_numbers_has_none() -> None:
    """Ordinary words are no numbers."""
    assert frozenset() == numbers_in("Both sides stop without delay, everywhere.")


@given(st.integers(0, 10**9))
def test_every_number_in_digits_is_found(number: int) -> None:
    """Digits are found plain and grouped."""
    assert Decimal(number) in numbers_in(f"about {number} people")
    assert Decimal(number) in numbers_in(f"about {number:,} people")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("of forty-three", 43),
        ("the council", None),
        ("two parties", None),
        ("29", 29),
        ("and two", 2),
    ],
)
def test_the_number_at_the_end_of_a_text(text: str, expected: int | None) -> None:
    """Only a number that stands last counts."""
    assert expected == number_of(text)
