"""Generated tables: few partitions, crowded instants, so that ends and ties are met often."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, TypeVar

from hypothesis import strategies as st

from tregua.assessment.columns import Rows, Spans, Ticks, Truth, flags, ints

if TYPE_CHECKING:
    from collections.abc import Sequence


T = TypeVar("T")
MOMENT = st.integers(0, 24)
PARTITION = st.integers(0, 2)


def table(lines: Sequence[tuple[int, int, int, int | None, int]]) -> Rows:
    """Return rows of (partition, start, length, incident, no or perhaps or yes).

    Rows that name no incident are one each; rows that share one are its alternatives.
    """
    lines = sorted(lines, key=lambda line: line[1])
    incident = [3 + i if line[3] is None else line[3] for i, line in enumerate(lines)]
    return Rows(
        ints([2 * i + 3 for i in range(len(lines))]),
        ints([p for p, *_ in lines]),
        ints([start for _, start, *_ in lines]),
        ints([start + length for _, start, length, *_ in lines]),
        flags(
            [
                line[4] > 1 and incident.count(own) == 1
                for own, line in zip(incident, lines, strict=True)
            ]
        ),
        flags([line[4] > 0 for line in lines]),
        ints(incident),
    )


LINE = st.tuples(
    PARTITION,
    MOMENT,
    st.sampled_from((0, 0, 1, 2, 3, 7)),
    st.sampled_from((None, None, None, 0, 1, 2)),
    st.sampled_from((2, 2, 2, 1, 1, 0)),
)
SETTLED = st.tuples(PARTITION, MOMENT, st.just(0), st.none(), st.sampled_from((2, 2, 0)))


def sized(line: st.SearchStrategy[T], most: int) -> st.SearchStrategy[list[T]]:
    """Return lists of every size up to the most, as often one as another: plain lists are short."""
    return st.integers(0, most).flatmap(lambda n: st.lists(line, min_size=n, max_size=n))


TABLES = st.one_of(sized(LINE, 12), sized(LINE, 12), sized(SETTLED, 12)).map(table)
TICKS = sized(st.tuples(PARTITION, st.integers(0, 30)), 8).map(
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


SPANS = sized(st.tuples(PARTITION, MOMENT, st.integers(1, 8)), 7).map(spans)


def lists(answer: object) -> dict[str, list[int]]:
    """Return the columns of an answer by name."""
    assert is_dataclass(answer)
    return {field.name: getattr(answer, field.name).tolist() for field in fields(answer)}


def truth(size: int) -> st.SearchStrategy[Truth]:
    """Return a statement about so many rows: no, perhaps, yes."""
    return st.lists(st.integers(0, 2), min_size=size, max_size=size).map(
        lambda said: Truth(flags([s > 1 for s in said]), flags([s > 0 for s in said]))
    )
