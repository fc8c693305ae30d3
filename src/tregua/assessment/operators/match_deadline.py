"""Was it answered in time?

For each trigger: the first answer with the same key at or after it in row order. Kept when answer -
trigger <= d (closed), else overdue, and cured late when an answer comes at all. Here a partition is
the key: a request, a bearer. Triggers and answers are rows of one table and may be the same row.

* certain: some answer counts in every world, cannot come before the trigger, and even the farthest
  ends are at most d apart;
* possible: some answer counts in some world, may come at or after the trigger, and the nearest ends
  are at most d apart.

The witness is the first answer that keeps it; where none does, the first that comes at all, which
cures it late. Whether an open deadline is due yet is not said here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, Answers, flags, ints, positive, settled
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.keys import by_partition, first_at_least, keys_over
from tregua.assessment.operator import Operator

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints, Rows


def reference(triggers: Rows, answers: Rows, *, within: int) -> Answers:
    """Look at every answer for every trigger."""
    positive(within)
    certain = [_first(triggers, i, answers, within, sure=True) for i in range(len(triggers))]
    possible = [_first(triggers, i, answers, within, sure=False) for i in range(len(triggers))]
    return Answers(
        flags([kept for kept, _ in certain]),
        flags([kept for kept, _ in possible]),
        ints([row for _, row in certain]),
        ints([row for _, row in possible]),
    )


def _first(triggers: Rows, i: int, answers: Rows, within: int, *, sure: bool) -> tuple[bool, int]:
    number, first, last = triggers.row[i], triggers.t_lo[i], triggers.t_hi[i]
    late = NOBODY
    for j in range(len(answers)):
        start, end, row = answers.t_lo[j], answers.t_hi[j], int(answers.row[j])
        if answers.partition[j] != triggers.partition[i]:
            continue
        counts, after, apart = (
            (answers.must[j], (start, row) >= (last, number), end - first)
            if sure
            else (answers.may[j], (end, row) >= (first, number), start - last)
        )
        if counts and after and apart <= within:
            return True, row
        if counts and after and late == NOBODY:
            late = row
    return False, late


def columnar(triggers: Rows, answers: Rows, *, within: int) -> Answers:
    """Sort the answers by key and row, search the place of each trigger, measure the distance."""
    positive(within)
    if settled(answers) and np.array_equal(triggers.t_lo, triggers.t_hi):
        kept, row = _next(triggers, _Sorted(answers, answers.may), within)
        return Answers(kept, kept, row, row)
    must, must_row = _certain(triggers, _Sorted(answers, answers.must), within)
    may, may_row = _possible(triggers, _Sorted(answers, answers.may), within)
    return Answers(must, may, must_row, may_row)


def _next(triggers: Rows, answers: _Sorted, within: int) -> tuple[Flags, Ints]:
    """With known instants row order is the order of time: the next row decides."""
    index = answers.of_key(answers.from_row(triggers), triggers)
    apart = answers.starts(index) - triggers.t_lo
    return (index != NOBODY) & (apart <= within), answers.named(index)


class _Sorted:
    """Answers by key, then row order; one past the end, where -1 finds it too, is nobody's."""

    def __init__(self, answers: Rows, which: Flags) -> None:
        kept = np.flatnonzero(which)
        order = kept[by_partition(answers.partition[kept])]
        self.row, self.partition = answers.row[order], answers.partition[order]
        self.t_lo, self.t_hi = answers.t_lo[order], answers.t_hi[order]

    def of_key(self, index: Ints, triggers: Rows) -> Ints:
        """Return positions, or ``NOBODY`` for those past the trigger's key."""
        own = np.append(self.partition, NOBODY)[index] == triggers.partition
        return np.where(own, index, NOBODY)

    def from_row(self, triggers: Rows) -> Ints:
        """Return the position of the first answer at or after each trigger in row order."""
        keys = keys_over((self.partition, triggers.partition), (self.row,))
        return np.searchsorted(
            keys.rising(self.partition, self.row), keys.rising(triggers.partition, triggers.row)
        )

    def named(self, index: Ints) -> Ints:
        """Return row numbers instead of positions."""
        return np.append(self.row, NOBODY)[index]

    def starts(self, index: Ints) -> Ints:
        """Return the earliest instants; that of ``NOBODY`` says nothing."""
        return np.append(self.t_lo, NOBODY)[index]


def _certain(triggers: Rows, answers: _Sorted, within: int) -> tuple[Flags, Ints]:
    """An answer that cannot come before the trigger starts at or after its latest instant."""
    keys = keys_over((answers.partition, triggers.partition), (answers.t_lo, answers.t_hi))
    starts = keys.rising(answers.partition, answers.t_lo)
    by_time = np.searchsorted(starts, keys.rising(triggers.partition, triggers.t_hi))
    start = np.maximum(answers.from_row(triggers), by_time)
    turned, asked = (keys.last_first(p) for p in (answers.partition, triggers.partition))
    ends = keys.falling(turned, answers.t_hi)
    floor = keys.falling(asked, triggers.t_lo + within)
    kept = answers.of_key(first_at_least(ends, start, floor), triggers)
    first = answers.of_key(start, triggers)
    return kept != NOBODY, answers.named(np.where(kept != NOBODY, kept, first))


def _possible(triggers: Rows, answers: _Sorted, within: int) -> tuple[Flags, Ints]:
    """An answer that stands before the trigger may still come after it if it ends later.

    Answers rise with their earliest instant: if the first is too late, so are all.
    """
    keys = keys_over((answers.partition, triggers.partition), (answers.t_hi,))
    turned, asked = (keys.last_first(p) for p in (answers.partition, triggers.partition))
    start = np.searchsorted(answers.partition, triggers.partition)
    floor = keys.rising(asked, triggers.t_lo + 1)
    overlapping = first_at_least(keys.rising(turned, answers.t_hi), start, floor)
    by_row = answers.from_row(triggers)
    sooner = (overlapping >= 0) & (overlapping < by_row)
    first = answers.of_key(np.where(sooner, overlapping, by_row), triggers)
    apart = answers.starts(first) - triggers.t_hi
    return (first != NOBODY) & (apart <= within), answers.named(first)


def sql(*, within: int) -> str:
    """Join triggers with the answers of their key and take the lowest row numbers."""
    positive(within)
    return f"""
        WITH pairs AS (
            SELECT r.q, a.row_no,
                   a.must AND (a.t_lo > r.t_hi OR (a.t_lo = r.t_hi AND a.row_no >= r.row_no))
                       AS surely_after,
                   a.may AND (a.t_hi > r.t_lo OR (a.t_hi = r.t_lo AND a.row_no >= r.row_no))
                       AS maybe_after,
                   a.t_hi - r.t_lo AS farthest, a.t_lo - r.t_hi AS nearest
            FROM triggers r LEFT JOIN answers a ON a.part = r.part),
        found AS (
            SELECT q,
                   min(CASE WHEN surely_after AND farthest <= {within} THEN row_no END) AS sure,
                   min(CASE WHEN surely_after THEN row_no END) AS sure_late,
                   min(CASE WHEN maybe_after AND nearest <= {within} THEN row_no END) AS possible,
                   min(CASE WHEN maybe_after THEN row_no END) AS possible_late
            FROM pairs GROUP BY q)
        SELECT sure IS NOT NULL AS must, possible IS NOT NULL AS may,
               coalesce(sure, sure_late, {NOBODY}) AS must_row,
               coalesce(possible, possible_late, {NOBODY}) AS may_row
        FROM found ORDER BY q"""  # noqa: S608


def by_sql(triggers: Rows, answers: Rows, *, within: int) -> Answers:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    tables = {"triggers": table_of(triggers), "answers": table_of(answers)}
    return Answers(*asked(sql(within=within), **tables))


MATCH_DEADLINE = Operator(
    name="match_deadline",
    sentence="the first answer with the same key at or after the trigger, at most d later",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("triggers", "answers"),
)
