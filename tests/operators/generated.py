"""Generated tables: few partitions, crowded instants, so that ends and ties are met often."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from tregua.assessment.columns import Rows, Spans, Ticks, Truth, flags, ints

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

MOMENT = st.integers(0, 24)
PARTITION = st.integers(0, 2)


def table(lines: Sequence[tuple[int, int, int, int, bool]]) -> Rows:
    """Return rows of (partition, start, length, incident, certain or only possible)."""
    lines = sorted(lines, key=lambda line: line[1])
    sure = {line[3] for line in lines if sum(other[3] == line[3] for other in lines) == 1}
    return Rows(
        ints([2 * i + 3 for i in range(len(lines))]),
        ints([p for p, *_ in lines]),
        ints([start for _, start, *_ in lines]),
        ints([start + length for _, start, length, *_ in lines]),
        flags([certain and incident in sure for *_, incident, certain in lines]),
        flags([True] * len(lines)),
        ints([incident for *_, incident, _ in lines]),
    )


LINE = st.tuples(
    PARTITION, MOMENT, st.sampled_from((0, 0, 0, 1, 2, 7)), st.integers(0, 9), st.booleans()
)
SETTLED = st.tuples(PARTITION, MOMENT, st.just(0), st.integers(0, 99), st.just(True))
TABLES = st.one_of(st.lists(LINE, max_size=12), st.lists(SETTLED, max_size=12)).map(table)
TICKS = st.lists(st.tuples(PARTITION, st.integers(0, 30)), max_size=8).map(
    lambda lines: Ticks(ints([p for p, _ in lines]), ints([t for _, t in lines]))
)
LENGTH = st.integers(1, 9)


def spans(lines: Sequence[tuple[int, int, int]]) -> Spans:
    """Return stretches of (partition, start, length), by start."""
    lines = sorted(lines, key=lambda line: line[1])
    return Spans(
        ints([p for p, _, _ in lines]),
        ints([start for _, start, _ in lines]),
        ints([start + length for _, start, length in lines]),
    )


SPANS = st.lists(st.tuples(PARTITION, MOMENT, st.integers(1, 8)), max_size=7).map(spans)


def lists(answer: object) -> dict[str, list[int]]:
    """Return the columns of an answer by name."""
    assert is_dataclass(answer)
    return {field.name: getattr(answer, field.name).tolist() for field in fields(answer)}


def named(columns: Sequence[np.ndarray], like: object) -> dict[str, list[int]]:
    """Return the columns of an SQL answer under the names of another form's answer."""
    assert is_dataclass(like)
    names = [field.name for field in fields(like)]
    return {name: column.tolist() for name, column in zip(names, columns, strict=True)}


def truth(size: int) -> st.SearchStrategy[Truth]:
    """Return a statement about so many rows: no, perhaps, yes."""
    return st.lists(st.integers(0, 2), min_size=size, max_size=size).map(
        lambda said: Truth(flags([s > 1 for s in said]), flags([s > 0 for s in said]))
    )
