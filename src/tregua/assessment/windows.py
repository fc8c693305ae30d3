"""Which row stands last, or first, in a window that looks back from a tick.

With [t_lo, t_hi] for the row, T for the tick and d for the window:

* possibly within: t_lo < T and T - t_hi < d; the nearest end decides;
* certainly within: t_hi < T and T - t_lo < d; the farthest end decides;
* a closed window takes an age of exactly d as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, settled
from tregua.assessment.keys import by_partition, first_at_least, keys_over, last_at_least

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints, Rows, Ticks
    from tregua.assessment.keys import Keys


@dataclass(frozen=True, slots=True)
class Window:
    """How far back a tick looks: an age below ``length`` microseconds, or at most, if closed."""

    length: int
    closed: bool

    def holds(self, age: Ints) -> Flags:
        """Return whether ages lie within."""
        return age <= self.length if self.closed else age < self.length

    def opens(self, time: Ints) -> Ints:
        """Return the earliest instant within, looking back from ``time``."""
        return time - self.length + (0 if self.closed else 1)


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Rows by partition, then row order, with the ticks that ask about them."""

    row: Ints
    partition: Ints
    t_lo: Ints
    t_hi: Ints
    ticks: Ticks
    keys: Keys

    def named(self, index: Ints) -> Ints:
        """Return row numbers instead of positions; NOBODY stands last, where -1 finds it."""
        return np.append(self.row, NOBODY)[index]

    def before_tick(self) -> Ints:
        """Return how many rows start before each tick, counted over all partitions up to its."""
        starts = self.keys.rising(self.partition, self.t_lo)
        return np.searchsorted(starts, self._at(self.ticks.time))

    def _at(self, time: Ints) -> Ints:
        return self.keys.rising(self.ticks.partition, time)


def _sorted(rows: Rows, which: Flags, ticks: Ticks) -> _Sorted:
    kept = np.flatnonzero(which)
    order = kept[by_partition(rows.partition[kept])]
    keys = keys_over((rows.partition[order], ticks.partition), (rows.t_lo[order], rows.t_hi[order]))
    return _Sorted(
        rows.row[order],
        rows.partition[order],
        rows.t_lo[order],
        rows.t_hi[order],
        ticks,
        keys,
    )


def known_windows(rows: Rows, ticks: Ticks, window: Window) -> tuple[Ints, Ints, Ints]:
    """Return the order by partition, and where each tick's window begins and ends in it.

    For rows of known instants a window is a run of rows.
    """
    order = by_partition(rows.partition)
    partition, time = rows.partition[order], rows.t_lo[order]
    keys = keys_over((partition, ticks.partition), (time,))
    at = keys.rising(partition, time)
    first = np.searchsorted(at, keys.rising(ticks.partition, window.opens(ticks.time)))
    last = np.searchsorted(at, keys.rising(ticks.partition, ticks.time))
    return order, first, np.maximum(first, last)


def last_rows(rows: Rows, ticks: Ticks, window: Window) -> tuple[Ints, Ints]:
    """Return the numbers of the last rows certainly and possibly within the window, per tick."""
    if not settled(rows):
        return last_certain(rows, ticks, window), last_possible(rows, ticks, window)
    kept = rows.take(rows.may)
    order, first, last = known_windows(kept, ticks, window)
    numbers = np.append(kept.row[order], NOBODY)
    found = np.where(last > first, numbers[last - 1], NOBODY)
    return found, found


def last_possible(rows: Rows, ticks: Ticks, window: Window) -> Ints:
    """Return the number of the last row possibly within the window, per tick."""
    table = _sorted(rows, rows.may, ticks)
    ends = table.keys.rising(table.partition, table.t_hi)
    floor = table.keys.rising(ticks.partition, window.opens(ticks.time))
    return table.named(last_at_least(ends, table.before_tick(), floor))


def last_certain(rows: Rows, ticks: Ticks, window: Window) -> Ints:
    """Return the number of the last row certainly within the window, per tick.

    Rows rise with their earliest instant, so the last row that is over has the latest one: if that
    is too old, so are all.
    """
    started, row = last_over(rows, ticks)
    return np.where(window.holds(ticks.time - started), row, NOBODY)


def last_over(rows: Rows, ticks: Ticks) -> tuple[Ints, Ints]:
    """Return per tick the last row certainly before it: its earliest instant, and its number.

    Where there is none the number is ``NOBODY`` and the instant says nothing.
    """
    table = _sorted(rows, rows.must, ticks)
    ends = table.keys.falling(table.partition, table.t_hi)
    floor = table.keys.falling(ticks.partition, ticks.time - 1)
    index = last_at_least(ends, table.before_tick(), floor)
    return np.append(table.t_lo, NOBODY)[index], table.named(index)


def last_before(rows: Rows, ticks: Ticks) -> Ints:
    """Return the number of the last row that may have been before each tick, however old."""
    table = _sorted(rows, rows.may, ticks)
    index = table.before_tick() - 1
    own = np.append(table.partition, NOBODY)[index] == ticks.partition
    return table.named(np.where(own, index, NOBODY))


def latest_end(rows: Rows, ticks: Ticks) -> tuple[Ints, Ints]:
    """Return per tick the latest instant at which a row may have been before it, and the row.

    The instant is at most the microsecond before the tick; where no row may have been before it,
    the row is ``NOBODY`` and the instant says nothing. Of several, the last row in row order.
    """
    table = _sorted(rows, rows.may, ticks)
    if not len(table.row):
        return ticks.time, np.full(len(ticks), NOBODY, np.int64)
    ends, before = table.keys.rising(table.partition, table.t_hi), table.before_tick()
    reach = np.maximum.accumulate(ends)[before - 1]
    latest = np.minimum(table.keys.value_of(reach), ticks.time - 1)
    floor = table.keys.rising(ticks.partition, latest)
    return latest, table.named(last_at_least(ends, before, floor))


def first_possible(rows: Rows, ticks: Ticks, window: Window) -> Ints:
    """Return the number of the first row possibly within the window, per tick.

    If the first row that is young enough starts too late, so do all after it.
    """
    table = _sorted(rows, rows.may, ticks)
    turned, asked = (table.keys.last_first(p) for p in (table.partition, ticks.partition))
    ends = table.keys.rising(turned, table.t_hi)
    floor = table.keys.rising(asked, window.opens(ticks.time))
    start = np.searchsorted(table.partition, ticks.partition)
    index = first_at_least(ends, start, floor)
    started = np.append(table.t_lo, NOBODY)[index] < ticks.time
    return table.named(np.where(started, index, NOBODY))


def first_certain(rows: Rows, ticks: Ticks, window: Window) -> Ints:
    """Return the number of the first row certainly within the window, per tick."""
    table = _sorted(rows, rows.must, ticks)
    turned, asked = (table.keys.last_first(p) for p in (table.partition, ticks.partition))
    ends = table.keys.falling(turned, table.t_hi)
    floor = table.keys.falling(asked, ticks.time - 1)
    starts = table.keys.rising(table.partition, table.t_lo)
    start = np.searchsorted(starts, table.keys.rising(ticks.partition, window.opens(ticks.time)))
    return table.named(first_at_least(ends, start, floor))
