"""Conditions, three-valued."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tregua.status.hands import Blurred, Effect, Mark, highest, length
from tregua.status.lengths import compare
from tregua.status.truth import Truth, all_of, any_of, negated

THREE = st.sampled_from([True, False, None])


def settled(value: bool | None) -> list[bool]:  # noqa: FBT001 - three values, not a switch
    return [True, False] if value is None else [value]


@seed(1)
@settings(derandomize=True, max_examples=60)
@given(st.lists(THREE, max_size=4))
def test_logic_agrees_with_every_way_of_settling_what_is_open(values: list[bool | None]) -> None:
    """``all`` and ``any`` are certain exactly when every settling of the open parts agrees."""
    worlds: list[list[bool]] = [[]]
    for value in values:
        worlds = [[*w, v] for w in worlds for v in settled(value)]
    truths = [Truth(v) for v in values]
    for join, plain in ((all_of, all), (any_of, any)):
        answers = {plain(w) for w in worlds}
        expected = answers.pop() if len(answers) == 1 else None
        assert expected is join(truths).holds
        assert expected is negated(negated(join(truths))).holds


@seed(2)
@settings(derandomize=True, max_examples=100)
@given(
    st.integers(0, 6),
    st.integers(0, 6),
    st.integers(0, 7),
    st.sampled_from([">=", ">", "<=", "<", "="]),
)
def test_a_comparison_is_certain_when_every_length_agrees(
    low: int, more: int, bound: int, sign: str
) -> None:
    """An interval is compared length by length; where the lengths differ it cannot be said."""
    tests = {
        ">=": lambda n: n >= bound,
        ">": lambda n: n > bound,
        "<=": lambda n: n <= bound,
        "<": lambda n: n < bound,
        "=": lambda n: n == bound,
    }
    answers = {tests[sign](n) for n in range(low, low + more + 1)}
    expected = answers.pop() if len(answers) == 1 else None
    assert expected is compare(low, low + more, sign, bound)


@pytest.mark.parametrize(
    ("effects", "expected"),
    [("CCC", 3), ("CRC", 1), ("CSC", 2), ("CCR", 0), ("", 0)],
)
def test_a_hand_counts_stands_and_falls(effects: str, expected: int) -> None:
    """C counts, S stands, R puts back to zero."""
    names = {"C": Effect.COUNT, "S": Effect.STAND, "R": Effect.RESET}
    assert expected == length(names[e] for e in effects)


@seed(3)
@settings(derandomize=True, max_examples=80)
@given(st.integers(1, 6), st.lists(st.tuples(st.integers(0, 5), st.integers(0, 2)), max_size=3))
def test_resets_of_uncertain_time_give_the_best_of_all_their_times(
    days: int, resets: list[tuple[int, int]]
) -> None:
    """The upper hand is the longest run over every day on which each reset may have been."""
    start, day = datetime(2030, 9, 1, tzinfo=UTC), timedelta(days=1)
    marks = tuple(
        Mark(start + n * day, start + (n + 1) * day, Effect.COUNT, Effect.COUNT)
        for n in range(days)
    )
    known = [(a, a + w) for a, w in resets if a + w < days]
    blurred = tuple(Blurred(start + a * day, start + (b + 1) * day) for a, b in known)
    choices = product(*(range(a, b + 1) for a, b in known))
    best = max(days - 1 - max(chosen, default=-1) for chosen in choices)
    assert best == highest(marks, blurred)
