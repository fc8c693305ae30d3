"""Numbers that mix what is hidden: small ones are not told, nor can they be computed from others.

A count below three that rests on hidden records is "fewer than 3". In a table with totals a second
cell has to be hidden with it, or the totals themselves: else what is told gives it away. Whether it
does is decided exactly: a hidden number is safe when another table, with that number one more or
one less and nothing below zero, fits everything that is told (a closed chain of hidden numbers, row
to column to row, along which one can be added and taken away in turn).
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

SMALL = 3
Count: TypeAlias = "int | None"  # ``None`` = not told
_Cell: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True, slots=True)
class Told:
    """A table as it may be told; the last row and the last column hold the totals."""

    cells: tuple[tuple[Count, ...], ...]


def told(number: int, *, hidden: bool) -> str:
    """Write a count; ``hidden`` = whether records that the reader may not see are among it."""
    return f"fewer than {SMALL}" if hidden and 0 < number < SMALL else str(number)


def suppressed(table: Sequence[Sequence[int]], hidden: Sequence[Sequence[bool]]) -> Told:
    """Return a table of counts with its totals, without small ones and what gives them away.

    Args:
        table: counts, at least one row, rows of one length.
        hidden: for each count whether hidden records are among it.
    """
    whole = _with_totals(table)
    small = [
        (r, c)
        for r, row in enumerate(table)
        for c, number in enumerate(row)
        if hidden[r][c] and 0 < number < SMALL
    ]
    out = set(small)
    for cell in small:
        if not _is_safe(cell, whole, out):
            out |= _companions(cell, whole, out)
    return Told(
        tuple(
            tuple(None if (r, c) in out else number for c, number in enumerate(row))
            for r, row in enumerate(whole)
        )
    )


def _with_totals(table: Sequence[Sequence[int]]) -> list[list[int]]:
    rows = [[*row, sum(row)] for row in table]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]]


def _companions(cell: _Cell, whole: list[list[int]], out: set[_Cell]) -> set[_Cell]:
    """Return what to hide so that a cell is safe: few numbers, small ones; else three totals."""
    r, c = cell
    bottom, right = len(whole) - 1, len(whole[0]) - 1
    inner = [(a, b) for a in range(bottom) for b in range(right)]
    alone = [{x} - out for x in inner]
    corners = [{(r, b), (a, c), (a, b)} - out for a, b in inner if a != r and b != c]
    choices = sorted(
        (more for more in (*alone, *corners) if more),
        key=lambda more: (len(more), sum(whole[a][b] for a, b in more), sorted(more)),
    )
    safe = (more for more in choices if _is_safe(cell, whole, out | more))
    return next(safe, {(r, right), (bottom, c), (bottom, right)})


def _is_safe(cell: _Cell, whole: list[list[int]], out: set[_Cell]) -> bool:
    """Say whether the number could as well be one more, or one less."""
    return any(_can_change(cell, by, whole, out) for by in (1, -1))


def _can_change(cell: _Cell, by: int, whole: list[list[int]], out: set[_Cell]) -> bool:
    """Look for a closed chain of hidden numbers that makes up for a change of one."""
    if whole[cell[0]][cell[1]] + by < 0:
        return False
    start = (cell, by, 1)  # the column must be made up for next
    todo, seen = deque([start]), {start}
    while todo:
        here, change, axis = todo.popleft()
        for other in out:
            if other == here or other[axis] != here[axis]:
                continue
            makes_up = -change * _sign(here, whole) * _sign(other, whole)
            if other == cell:
                if makes_up == by and axis == 0:
                    return True
                continue
            step = (other, makes_up, 1 - axis)
            if whole[other[0]][other[1]] + makes_up >= 0 and step not in seen:
                seen.add(step)
                todo.append(step)
    return False


def _sign(cell: _Cell, whole: list[list[int]]) -> int:
    """Return how a number counts in its row and column: a total against its parts."""
    return -1 if (cell[0] == len(whole) - 1) != (cell[1] == len(whole[0]) - 1) else 1
