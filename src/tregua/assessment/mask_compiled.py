"""The kernel of `mask_kernel` compiled to machine code: masks and zones in one pass over the rows.

The words are the same ones and the answer is the same bits; a test compares the two. Only
`mask_kernel` calls it, when it is asked for (``fast``), and answers itself what is marked as odd:
no place, one on a boundary or in a set of zones that the index has not met, a radius beyond all
classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from tregua.assessment.operators.select import NORM_BITS, NORMS
from tregua.assessment.zone_compiled import BLOCK, Grid, grid_of, machine_code, numbers_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tregua.assessment.mask_tables import ClassTables, Compiled, Pair
    from tregua.assessment.zone_edges import Floats
    from tregua.assessment.zone_index import Longs

    Column = NDArray[Any]
    Flags = NDArray[np.bool_]

_TAKING = ~NORM_BITS


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """Norms that rows certainly and possibly concern; what stands at an odd row says nothing."""

    must: Longs
    may: Longs
    odd: Flags


class _Words(NamedTuple):
    """The certain or the possible words of each column's values, and what `Compiled` adds."""

    kind: Longs
    actor: Longs
    target: Longs
    weapon: Longs
    zone: Longs
    bounds: Longs
    period: Longs
    concerns: Longs
    zoned: int


def marked(compiled: Compiled, columns: tuple[Column, ...], radius_m: Floats | None) -> Marked:
    """Return the words of rows.

    Args:
        compiled: rules and zones.
        columns: lon, lat, t, actor, target, kind, weapon, as ``masks`` takes them.
        radius_m: how far off the place may be, metres; without it every point is exact.

    Raises:
        IndexError: a code that stands for no value.
    """
    if radius_m is None and compiled.classes:
        return _of_class(compiled, compiled.classes[0], columns)
    rows = len(columns[0])
    found = Marked(np.zeros(rows, np.int64), np.zeros(rows, np.int64), np.ones(rows, np.bool_))
    bounds = np.array([c.radius_m for c in compiled.classes])
    which = np.searchsorted(bounds, radius_m if radius_m is not None else np.zeros(rows))
    for k, one in enumerate(compiled.classes):
        here = np.flatnonzero(which == k)
        if len(here):
            some = _of_class(compiled, one, tuple(column[here] for column in columns))
            found.must[here], found.may[here], found.odd[here] = some.must, some.may, some.odd
    return found


def _of_class(compiled: Compiled, one: ClassTables, columns: tuple[Column, ...]) -> Marked:
    c, grid = compiled, grid_of(one.index)
    lon, lat, t, actor, target, kind, weapon = (np.ascontiguousarray(part) for part in columns)
    codes = (kind, actor, target, weapon)
    pairs = (c.kind, c.actor, c.target, c.weapon)
    sure = [_certain(pair, column) for pair, column in zip(pairs, codes, strict=True)]
    rest = (c.bounds, c.period, c.concerns, c.zoned)
    possible = _Words(c.kind.may, c.actor.may, c.target.may, c.weapon.may, one.words.may, *rest)
    may, odd = _masked(possible, grid, lon, lat, t, *codes)
    if all(sure) and one.words.is_certain:
        return Marked(may, may, odd)
    certain = _Words(c.kind.must, c.actor.must, c.target.must, c.weapon.must, one.words.must, *rest)
    must, also_odd = _masked(certain, grid, lon, lat, t, *codes)
    return Marked(must, may, odd | also_odd)


def _certain(pair: Pair, codes: Column) -> bool:
    """Say whether all codes have one word; compiled code does not look where an array ends."""
    low, high = codes.min(initial=0), codes.max(initial=0)
    if low < -len(pair.may) or high >= len(pair.may):
        raise IndexError(f"code {low if low < 0 else high} stands for no value")
    return pair.is_certain and low >= 0


@machine_code
def _masked(
    words: _Words,
    grid: Grid,
    lon: Floats,
    lat: Floats,
    t: Longs,
    kind: Column,
    actor: Column,
    target: Column,
    weapon: Column,
) -> tuple[Longs, Flags]:
    found, odd = np.empty(len(lon), np.int64), np.zeros(len(lon), np.bool_)
    for begin in range(0, len(lon), BLOCK):
        end = min(begin + BLOCK, len(lon))
        word = found[begin:end]
        codes = kind[begin:end], actor[begin:end], target[begin:end], weapon[begin:end]
        _looked_up(words, t[begin:end], *codes, word)
        near = _near(word, words.zoned)
        number = numbers_of(grid, lon[begin:end][near], lat[begin:end][near])
        for k in range(len(near)):
            odd[begin + near[k]] = number[k] < 0
            word[near[k]] &= words.zone[max(number[k], 0)]
        _take_exceptions(word, words.concerns)
    return found, odd


@machine_code
def _looked_up(
    words: _Words,
    t: Longs,
    kind: Column,
    actor: Column,
    target: Column,
    weapon: Column,
    word: Longs,
) -> None:
    kinds, actors, targets, weapons, _, bounds, period, _, _ = words
    since, until, now = 1, 0, 0  # the period of the row before is mostly that of this one
    for k in range(len(word)):
        if not since <= t[k] < until:
            n = np.searchsorted(bounds, t[k], "right")
            now = period[n]
            since = bounds[n - 1] if n > 0 else t[k]
            until = bounds[n] if n < len(bounds) else t[k]
        word[k] = kinds[kind[k]] & actors[actor[k]] & targets[target[k]] & weapons[weapon[k]] & now


@machine_code
def _near(word: Longs, zoned: int) -> Longs:
    """Return the rows that have a norm left, and a rule that names a zone."""
    rows, count = np.empty(len(word), np.int64), 0
    for k in range(len(word)):
        rows[count] = k
        count += int((word[k] & NORM_BITS) != 0 and (word[k] & zoned) != 0)
    return rows[:count]


@machine_code
def _take_exceptions(word: Longs, concerns: Longs) -> None:
    for k in range(len(word)):
        norms = word[k] & NORM_BITS
        if word[k] & _TAKING:
            for j in range(len(concerns)):
                if word[k] >> (NORMS + j) & 1:
                    norms &= ~concerns[j]
        word[k] = norms
