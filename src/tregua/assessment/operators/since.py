"""Has a held ever since b?

At tick T: b happened, and a has held in every row after it. The witness is the row of b. A row
that may not have happened, or not yet, speaks against a only as far as it may:

* certain: take the last row before T, certainly, in which b is certain; no row that may come after
  it and before T lets a fail, even possibly;
* possible: some row, possibly before T, in which b is possible; in every row that certainly comes
  after it and before T, a is possible.

"After" is certain when the intervals do not overlap; at the same known instant row order decides.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, Answers, flags, ints, same_length
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.keys import by_partition, keys_over, last_at_least
from tregua.assessment.operator import Operator

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints, Rows, Ticks, Truth
    from tregua.assessment.keys import Keys


def reference(rows: Rows, ticks: Ticks, *, a: Truth, b: Truth) -> Answers:
    """Look at every pair of rows for every tick."""
    certain, possible = [], []
    for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True):
        own = [i for i in range(len(rows)) if rows.partition[i] == zone]
        certain.append(_certain(rows, own, now, a, b))
        possible.append(_possible(rows, own, now, a, b))
    return Answers(
        flags([row != NOBODY for row in certain]),
        flags([row != NOBODY for row in possible]),
        ints(certain),
        ints(possible),
    )


def _certain(rows: Rows, own: list[int], now: int, a: Truth, b: Truth) -> int:
    begun = [i for i in own if rows.must[i] and b.must[i] and rows.t_hi[i] < now]
    if not begun:
        return NOBODY
    j = begun[-1]
    failing = [i for i in own if rows.may[i] and not a.must[i] and rows.t_lo[i] < now and i != j]
    after = [k for k in failing if (rows.t_hi[k], k) > (rows.t_lo[j], j)]
    return NOBODY if after else int(rows.row[j])


def _possible(rows: Rows, own: list[int], now: int, a: Truth, b: Truth) -> int:
    failing = [i for i in own if rows.must[i] and not a.may[i] and rows.t_hi[i] < now]
    for j in reversed(own):
        if not (rows.may[j] and b.may[j] and rows.t_lo[j] < now):
            continue
        if not [k for k in failing if (rows.t_lo[k], k) > (rows.t_hi[j], j)]:
            return int(rows.row[j])
    return NOBODY


def columnar(rows: Rows, ticks: Ticks, *, a: Truth, b: Truth) -> Answers:
    """Lay the last row of b beside the last row that fails a; running maxima do both."""
    same_length(rows, a, b)
    order = by_partition(rows.partition)
    table = _Ordered(rows, order, ticks)
    sure = table.certain(rows.must & b.must, rows.may & ~a.must)
    possible = table.possible(rows.may & b.may, rows.must & ~a.may)
    return Answers(sure != NOBODY, possible != NOBODY, table.named(sure), table.named(possible))


class _Ordered:
    """Rows by partition, then row order; positions in that order stand for rows."""

    def __init__(self, rows: Rows, order: Ints, ticks: Ticks) -> None:
        self.order, self.row = order, rows.row[order]
        self.partition, self.t_lo, self.t_hi = (
            column[order] for column in (rows.partition, rows.t_lo, rows.t_hi)
        )
        self.ticks = ticks
        self.keys: Keys = keys_over((self.partition, ticks.partition), (self.t_lo, self.t_hi))
        starts = self.keys.rising(self.partition, self.t_lo)
        self.before = np.searchsorted(starts, self.keys.rising(ticks.partition, ticks.time))
        self.start = np.searchsorted(self.partition, ticks.partition)

    def named(self, index: Ints) -> Ints:
        """Return row numbers instead of positions; NOBODY stands last, where -1 finds it."""
        return np.append(self.row, NOBODY)[index]

    def certain(self, begins: Flags, fails: Flags) -> Ints:
        """Return the last certain row of b, unless a failing row may come after it."""
        j = self._last_over(begins)
        if not len(self.row):
            return j
        starts, ends = (self.keys.rising(self.partition, t) for t in (self.t_lo, self.t_hi))
        # The latest end among the failing rows that stand before each row.
        reach = np.append(NOBODY, _running(fails[self.order], ends)[:-1])
        after = (self._last_started(fails) > j) | (reach[j] > starts[j])
        return np.where(after, NOBODY, j)

    def possible(self, begins: Flags, fails: Flags) -> Ints:
        """Return the last possible row of b that no certainly later row fails."""
        worst, j = self._last_over(fails), self._last_started(begins)
        asking = np.flatnonzero(j < worst)
        starts, ends = (self.keys.rising(self.partition, t) for t in (self.t_lo, self.t_hi))
        overlapping = np.where(begins[self.order], ends, NOBODY)
        j[asking] = last_at_least(overlapping, worst[asking], starts[worst[asking]] + 1)
        return j

    def _last_started(self, which: Flags) -> Ints:
        """Return the last marked row that may be before each tick."""
        last = _running(which[self.order], np.arange(len(self.row)))
        found = np.append(NOBODY, last)[self.before]
        return np.where(found >= self.start, found, NOBODY)

    def _last_over(self, which: Flags) -> Ints:
        """Return the last marked row that is certainly before each tick."""
        ends = np.where(which[self.order], self.keys.falling(self.partition, self.t_hi), NOBODY)
        floor = self.keys.falling(self.ticks.partition, self.ticks.time - 1)
        return last_at_least(ends, self.before, floor)


def _running(which: Flags, numbers: Ints) -> Ints:
    """Return the greatest marked number up to each place, or ``NOBODY``."""
    return np.maximum.accumulate(np.where(which, numbers, NOBODY))


def sql() -> str:
    """Join ticks, rows of b and failing rows; the acts carry a and b as four more columns."""
    return f"""
        WITH begun AS (
            SELECT t.q, t.part, t.at_us,
                   max(CASE WHEN x.must AND x.b_must AND x.t_hi < t.at_us
                            THEN x.row_no END) AS row_no
            FROM ticks t LEFT JOIN acts x ON x.part = t.part
            GROUP BY t.q, t.part, t.at_us),
        sure AS (
            SELECT g.q, CASE WHEN count(k.row_no) = 0 THEN g.row_no END AS row_no
            FROM begun g
            LEFT JOIN acts j ON j.row_no = g.row_no
            LEFT JOIN acts k ON k.part = g.part AND k.may AND NOT k.a_must AND k.t_lo < g.at_us
                AND k.row_no <> j.row_no
                AND (k.t_hi > j.t_lo OR (k.t_hi = j.t_lo AND k.row_no > j.row_no))
            GROUP BY g.q, g.row_no),
        tried AS (
            SELECT t.q, j.row_no, count(k.row_no) AS failing
            FROM ticks t
            JOIN acts j ON j.part = t.part AND j.may AND j.b_may AND j.t_lo < t.at_us
            LEFT JOIN acts k ON k.part = t.part AND k.must AND NOT k.a_may AND k.t_hi < t.at_us
                AND (k.t_lo > j.t_hi OR (k.t_lo = j.t_hi AND k.row_no > j.row_no))
            GROUP BY t.q, j.row_no),
        possible AS (
            SELECT q, max(row_no) AS row_no FROM tried WHERE failing = 0 GROUP BY q)
        SELECT s.row_no IS NOT NULL AS must, p.row_no IS NOT NULL AS may,
               coalesce(s.row_no, {NOBODY}) AS must_row, coalesce(p.row_no, {NOBODY}) AS may_row
        FROM sure s LEFT JOIN possible p ON p.q = s.q ORDER BY s.q"""  # noqa: S608


def by_sql(rows: Rows, ticks: Ticks, *, a: Truth, b: Truth) -> Answers:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    acts = table_of(rows, a_must=a.must, a_may=a.may, b_must=b.must, b_may=b.may)
    return Answers(*asked(sql(), acts=acts, ticks=table_of(ticks)))


SINCE = Operator(
    name="since",
    sentence="b happened and a has held in every row after it; the witness is the row of b",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts", "ticks"),
)
