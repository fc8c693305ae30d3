"""Small numbers that rest on hidden records are not told, and cannot be computed."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tregua.sharing.counts import suppressed, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.sharing.counts import Told


def test_small_numbers_are_not_told_when_hidden_records_are_among_them() -> None:
    assert ["0", "fewer than 3", "fewer than 3", "3", "2"] == [
        told(n, hidden=h) for n, h in ((0, True), (1, True), (2, True), (3, True), (2, False))
    ]


def test_a_second_cell_hides_the_first() -> None:
    """With totals told, one missing cell could be computed; so its row and column hide another."""
    table = ((1, 9, 5), (7, 8, 6), (4, 4, 4))
    hidden = tuple(tuple(n == 1 for n in row) for row in table)
    shown = suppressed(table, hidden)
    rows = ["- 9 - 15", "7 8 6 21", "- 4 - 12", "12 21 15 48"]
    assert rows == [" ".join("-" if n is None else str(n) for n in row) for row in shown.cells]


def test_where_there_is_no_second_one_the_totals_are_not_told() -> None:
    """One row: beside the only one killed stands a zero."""
    shown = suppressed(((1, 0),), ((True, True),))
    assert ((None, 0, None), (None, 0, None)) == shown.cells


TABLES = st.sampled_from([(1, 1), (1, 3), (2, 1), (2, 2), (2, 3), (3, 2)]).flatmap(
    lambda size: st.lists(
        st.lists(st.integers(0, 4), min_size=size[1], max_size=size[1]),
        min_size=size[0],
        max_size=size[0],
    )
)


@given(TABLES)
def test_no_hidden_small_cell_follows_from_what_is_told(table: list[list[int]]) -> None:
    """For every small cell there is another table that fits all that is told."""
    shown = suppressed(table, [[True] * len(row) for row in table])
    small = [(r, c) for r, row in enumerate(table) for c, n in enumerate(row) if 0 < n < 3]
    fitting = list(_fitting(shown, most=6))
    for r, c in small:
        assert shown.cells[r][c] is None
        assert len({other[r][c] for other in fitting}) > 1


def _fitting(shown: Told, most: int) -> Iterator[tuple[tuple[int, ...], ...]]:
    """Yield the tables with every number up to ``most`` that fit what is told."""
    *inner, totals = shown.cells
    rows = []
    for *cells, total in inner:
        choices = [range(most + 1) if c is None else (c,) for c in cells]
        rows.append([r for r in product(*choices) if total in (None, sum(r))])
    *columns, grand = totals
    for table in product(*rows):
        sums = [sum(column) for column in zip(*table, strict=True)]
        fits = all(told in (None, s) for told, s in zip(columns, sums, strict=True))
        if fits and grand in (None, sum(sums)):
            yield table
