"""The operators in many worlds at once: windows are OR, AND and sums of bits.

Here each row has a known instant: an incident whose time is uncertain is given as alternatives, one
per time, which share no world. Windows are those of the operators: open, and a tick stands before
the rows of its own instant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import positive, same_length
from tregua.assessment.windows import Window, known_windows
from tregua.attribution.worlds import WORD, Words, unpacked
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from tregua.assessment.columns import Ints, Rows, Ticks


def once_in_worlds(rows: Rows, words: Words, ticks: Ticks, *, within: int) -> Words:
    """Return per tick in which worlds some row has an age below ``within``."""
    order, first, last = _windows(rows, words, ticks, within)
    return _or_of(words[order], first, last)


def none_in_worlds(rows: Rows, words: Words, ticks: Ticks, *, within: int) -> Words:
    """Return per tick in which worlds no row has an age below ``within``."""
    return ~once_in_worlds(rows, words, ticks, within=within)


def count_in_worlds(rows: Rows, words: Words, ticks: Ticks, *, within: int) -> NDArray[np.int32]:
    """Return per tick and world how many incidents have an age below ``within``.

    Alternatives of one incident share no world, so rows and incidents are the same number there.
    """
    order, first, last = _windows(rows, words, ticks, within)
    blocks = [_counts(words[order, v : v + 1], first, last) for v in range(words.shape[1])]
    return np.concatenate(blocks, axis=1)


def _windows(rows: Rows, words: Words, ticks: Ticks, within: int) -> tuple[Ints, Ints, Ints]:
    """Return the order by partition, and where each tick's window begins and ends in it."""
    positive(within)
    same_length(rows.row, words)
    if (rows.t_lo != rows.t_hi).any():
        raise WrongUse("in worlds each alternative has one instant")
    return known_windows(rows, ticks, Window(within, closed=False))


def _or_of(words: Words, first: Ints, last: Ints) -> Words:
    """Return the OR of each run of rows, from two overlapping runs of a power of two.

    OR may count a row twice without harm, so each level of doubled runs answers the windows between
    its length and twice that; only one level is kept at a time.
    """
    found = np.zeros((len(first), words.shape[1]), np.uint64)
    length, level = 1, words
    longest = int((last - first).max(initial=0))
    while length <= longest:
        here = np.flatnonzero((last - first >= length) & (last - first < 2 * length))
        found[here] = level[first[here]] | level[last[here] - length]
        level = level[:-length] | level[length:]
        length *= 2
    return found


def _counts(words: Words, first: Ints, last: Ints) -> NDArray[np.int32]:
    """Return the sums of each run of rows in 64 worlds, from running sums."""
    sums = np.zeros((len(words) + 1, WORD), np.int32)
    np.cumsum(unpacked(words), axis=0, dtype=np.int32, out=sums[1:])
    return np.where((last > first)[:, None], sums[last] - sums[first], 0).astype(np.int32)
