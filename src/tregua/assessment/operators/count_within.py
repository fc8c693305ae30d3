"""How many incidents lie in the last d?

The number of incidents that have a row of an age below d before tick T: the certain ones, and the
possible ones. Two alternatives of one incident are one. The witnesses are the first and the last
such row in row order; all others lie between them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, apart, ints, positive, settled
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.keys import keys_over
from tregua.assessment.operator import Operator
from tregua.assessment.stretches import joined
from tregua.assessment.windows import (
    Window,
    first_certain,
    first_possible,
    known_windows,
    last_certain,
    last_possible,
)

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints, Rows, Ticks


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """How many, one line per tick.

    Attributes:
        low, high: incidents certainly / possibly within.
        must_first, must_last: first and last row certainly within, or ``NOBODY``.
        may_first, may_last: first and last row possibly within.
    """

    low: Ints
    high: Ints
    must_first: Ints
    must_last: Ints
    may_first: Ints
    may_last: Ints


def reference(rows: Rows, ticks: Ticks, *, within: int) -> Counts:
    """Look at every row for every tick and collect the incidents."""
    positive(within)
    low, high, ends = [], [], []
    for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True):
        sure, possible = _within(rows, zone, now, within)
        low.append(len({int(rows.incident[i]) for i in sure}))
        high.append(len({int(rows.incident[i]) for i in possible}))
        ends.append((*_ends(rows, sure), *_ends(rows, possible)))
    first_sure, last_sure, first, last = np.array(ends, np.int64).reshape(-1, 4).T
    return Counts(ints(low), ints(high), first_sure, last_sure, first, last)


def _within(rows: Rows, zone: int, now: int, within: int) -> tuple[list[int], list[int]]:
    sure, possible = [], []
    for i in range(len(rows)):
        youngest, oldest = now - int(rows.t_hi[i]), now - int(rows.t_lo[i])
        if rows.partition[i] == zone and rows.must[i] and youngest > 0 and oldest < within:
            sure.append(i)
        if rows.partition[i] == zone and rows.may[i] and oldest > 0 and youngest < within:
            possible.append(i)
    return sure, possible


def _ends(rows: Rows, chosen: list[int]) -> tuple[int, int]:
    if not chosen:
        return NOBODY, NOBODY
    return int(rows.row[chosen[0]]), int(rows.row[chosen[-1]])


def columnar(rows: Rows, ticks: Ticks, *, within: int) -> Counts:
    """Turn rows into stretches of ticks that see them, join them by incident, count two searches.

    A row is certainly seen from the microsecond after its latest instant until d after its
    earliest, exclusive; possibly seen from the microsecond after its earliest until d after its
    latest.
    """
    positive(within)
    window = Window(within, closed=False)
    if settled(rows) and apart(rows):
        return _known(rows.take(rows.may), ticks, window)
    return Counts(
        _seen(rows.take(rows.must & (rows.t_hi - rows.t_lo < within)), ticks, within, sure=True),
        _seen(rows.take(rows.may), ticks, within, sure=False),
        first_certain(rows, ticks, window),
        last_certain(rows, ticks, window),
        first_possible(rows, ticks, window),
        last_possible(rows, ticks, window),
    )


def _known(rows: Rows, ticks: Ticks, window: Window) -> Counts:
    """With known instants and one row an incident the window is a run of rows: two searches."""
    order, first, last = known_windows(rows, ticks, window)
    numbers = np.append(rows.row[order], NOBODY)
    number = last - first
    begin = np.where(number > 0, numbers[first], NOBODY)
    end = np.where(number > 0, numbers[last - 1], NOBODY)
    return Counts(number, number, begin, end, begin, end)


def _seen(rows: Rows, ticks: Ticks, within: int, *, sure: bool) -> Ints:
    start = (rows.t_hi if sure else rows.t_lo) + 1
    end = (rows.t_lo if sure else rows.t_hi) + within
    partition, start, end = _once_each(rows, start, end)
    keys = keys_over((partition, ticks.partition), (start, end))
    now = keys.rising(ticks.partition, ticks.time)
    begun = np.searchsorted(np.sort(keys.rising(partition, start)), now, side="right")
    over = np.searchsorted(np.sort(keys.rising(partition, end)), now, side="right")
    return begun - over


def _once_each(rows: Rows, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Join the stretches of one incident in a partition, so that no tick counts it twice."""
    if apart(rows):
        return rows.partition, start, end
    order = np.lexsort((rows.incident, rows.partition))
    partition, incident = rows.partition[order], rows.incident[order]
    fresh = np.append(True, (np.diff(partition) != 0) | (np.diff(incident) != 0))
    whole = joined(np.cumsum(fresh) - 1, start[order], end[order])
    return partition[fresh][whole.group], whole.start, whole.end


def sql(*, within: int) -> str:
    """Join every tick with the rows of its partition and count distinct incidents."""
    positive(within)
    sure = f"a.must AND a.t_hi < t.at_us AND t.at_us - a.t_lo < {within}"
    possible = f"a.may AND a.t_lo < t.at_us AND t.at_us - a.t_hi < {within}"
    return f"""
        SELECT count(DISTINCT CASE WHEN {sure} THEN a.incident END) AS low,
               count(DISTINCT CASE WHEN {possible} THEN a.incident END) AS high,
               coalesce(min(CASE WHEN {sure} THEN a.row_no END), {NOBODY}) AS must_first,
               coalesce(max(CASE WHEN {sure} THEN a.row_no END), {NOBODY}) AS must_last,
               coalesce(min(CASE WHEN {possible} THEN a.row_no END), {NOBODY}) AS may_first,
               coalesce(max(CASE WHEN {possible} THEN a.row_no END), {NOBODY}) AS may_last
        FROM ticks t LEFT JOIN acts a ON a.part = t.part
        GROUP BY t.q ORDER BY t.q"""  # noqa: S608


def by_sql(rows: Rows, ticks: Ticks, *, within: int) -> Counts:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    text = sql(within=within)
    return Counts(*asked(text, acts=table_of(rows), ticks=table_of(ticks)))


COUNT_WITHIN = Operator(
    name="count_within",
    sentence="the number of incidents with a row of an age below d before the tick",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts", "ticks"),
)
