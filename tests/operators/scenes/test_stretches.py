"""Stretches of one group that overlap or touch become one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from tests.operators.generated import SPANS
from tests.operators.written import spans
from tregua.assessment.stretches import joined

if TYPE_CHECKING:
    from tregua.assessment.columns import Spans


def lines(stretches: Spans) -> list[tuple[int, int, int]]:
    """Return the joined stretches as (group, start, end)."""
    found = joined(stretches.partition, stretches.start, stretches.end)
    return list(zip(found.group.tolist(), found.start.tolist(), found.end.tolist(), strict=True))


@pytest.mark.parametrize(
    ("given_", "found"),
    [
        ([], []),
        ([(0, 4, 7)], [(0, 4, 7)]),
        ([(0, 4, 7), (0, 6, 9)], [(0, 4, 9)]),
        ([(0, 4, 7), (0, 7, 9)], [(0, 4, 9)]),  # one ends when the next begins
        ([(0, 4, 7), (0, 8, 9)], [(0, 4, 7), (0, 8, 9)]),
        ([(0, 4, 9), (0, 5, 6), (0, 8, 9)], [(0, 4, 9)]),
        ([(1, 4, 7), (0, 5, 9)], [(0, 5, 9), (1, 4, 7)]),  # another group is another stretch
        ([(0, 4, 7), (1, 7, 9)], [(0, 4, 7), (1, 7, 9)]),
    ],
)
def test_what_is_joined(
    given_: list[tuple[int, int, int]], found: list[tuple[int, int, int]]
) -> None:
    """The order in which they are given does not matter."""
    assert found == lines(spans(*given_)) == lines(spans(*reversed(given_)))


@given(SPANS)
def test_joined_stretches_hold_the_same_moments(stretches: Spans) -> None:
    """No moment is gained or lost, and between two stretches of a group there is one without."""
    found = lines(stretches)
    columns = (stretches.partition.tolist(), stretches.start.tolist(), stretches.end.tolist())
    assert moments(found) == moments(list(zip(*columns, strict=True)))
    for (zone, _, end), (later, start, _) in pairwise(found):
        assert zone < later or (zone == later and end < start)


def moments(stretches: list[tuple[int, int, int]]) -> set[tuple[int, int]]:
    return {(zone, moment) for zone, start, end in stretches for moment in range(start, end)}
