"""One number that orders by partition first and by time second, so that one search serves all.

A composite key is ``partition << bits | offset``. Fifty-two bits hold 142 years of microseconds and
leave eleven for the partition; a ceasefire of a year needs forty-five. The width is therefore
chosen from the times at hand. Where partitions are too many for that, times are replaced by their
rank among those at hand, which orders the same. What still does not fit is refused, never wrapped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints

WIDEST = 63
LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True, eq=False)
class Keys:
    """How (partition, value) becomes one number.

    Attributes:
        first, last: the range of the values in the table; a value outside is as good as next to it.
        ranked: the values, sorted, each once, when their ranks stand for them; else ``None``.
        bits: width of the value's part.
        top: the highest partition.
    """

    first: int
    last: int
    ranked: Ints | None
    bits: int
    top: int

    def rising(self, partition: Ints, value: Ints) -> Ints:
        """Return keys that rise with the partition, then with the value."""
        return (partition << self.bits) | self._offset(value)

    def falling(self, partition: Ints, value: Ints) -> Ints:
        """Return keys that rise with the partition, then fall with the value."""
        return (partition << self.bits) | (self._span - self._offset(value))

    def value_of(self, key: Ints) -> Ints:
        """Return the value of the table that went into a rising key."""
        offset = key & ((1 << self.bits) - 1)
        return offset + (self.first - 1) if self.ranked is None else self.ranked[offset >> 1]

    def last_first(self, partition: Ints) -> Ints:
        """Return the partitions numbered from the other end, for a search from the end."""
        return self.top - partition

    @property
    def _span(self) -> int:
        return _span(self.first, self.last, self.ranked)

    def _offset(self, value: Ints) -> Ints:
        if self.ranked is None:
            kept: Ints = np.clip(value, self.first - 1, self.last + 1)
            return kept - (self.first - 1)
        # Odd for a value of the table, even for what lies between two of them.
        return np.searchsorted(self.ranked, value) + np.searchsorted(
            self.ranked, value, side="right"
        )


def keys_over(partitions: tuple[Ints, ...], values: tuple[Ints, ...]) -> Keys:
    """Return the keys for a table: partitions of everything asked, values of the rows alone.

    Raises:
        WrongUse: when partitions and values do not fit into one number together.
    """
    top = max((int(p.max()) for p in partitions if len(p)), default=0)
    first = min((int(v.min()) for v in values if len(v)), default=0)
    last = max((int(v.max()) for v in values if len(v)), default=0)
    ranked = None
    if top.bit_length() + _span(first, last, ranked).bit_length() > WIDEST:
        ranked = np.unique(np.concatenate(values))
    bits = _span(first, last, ranked).bit_length()
    if top.bit_length() + bits > WIDEST:
        raise WrongUse(
            "codes of partitions this high do not fit into one key with so many times",
            help="number the partitions from zero, or evaluate fewer at once",
        )
    return Keys(first, last, ranked, bits, top)


def _span(first: int, last: int, ranked: Ints | None) -> int:
    return last - first + 2 if ranked is None else 2 * len(ranked)


def by_partition(partition: Ints) -> Ints:
    """Return the order by partition that keeps the order of rows within each."""
    # NumPy sorts numbers of sixteen bits by radix, in one pass instead of many comparisons.
    width = np.min_scalar_type(partition.max(initial=0))
    return np.argsort(partition.astype(width), kind="stable")


def last_at_least(values: Ints, before: Ints, floor: Ints) -> Ints:
    """Return per question the last index below ``before`` with a value of at least ``floor``.

    ``NOBODY`` where there is none.
    """
    found = np.full(len(before), -1, np.int64)
    if len(values):
        reached = np.append(LEAST, np.maximum.accumulate(values))
        there = np.flatnonzero(reached[before] >= floor)
        found[there] = _search(values, before[there], floor[there])
    return found


def first_at_least(values: Ints, start: Ints, floor: Ints) -> Ints:
    """Return per question the first index from ``start`` on with a value of at least ``floor``."""
    found = last_at_least(values[::-1], len(values) - start, floor)
    return np.where(found < 0, found, len(values) - 1 - found)


def _search(values: Ints, before: Ints, floor: Ints) -> Ints:
    """Look at the value just before; where it is too low, search the greater values of pairs.

    When values rise, as they do for known instants, the first look decides. The caller has made
    sure that there is a value high enough: it lies in a whole pair, or is the one just before.
    """
    found = before - 1
    far = np.flatnonzero(values[found] < floor)
    if len(far):
        greater = np.maximum(values[:-1:2], values[1::2])
        second = 2 * _search(greater, before[far] >> 1, floor[far]) + 1
        found[far] = np.where(values[second] >= floor[far], second, second - 1)
    return found
