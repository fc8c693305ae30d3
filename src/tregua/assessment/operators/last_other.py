"""Is this act an answer to another side's act?

For each row: the latest row in its partition, by a different actor, of another incident, at most d
earlier (closed: an age of exactly d is still an answer), and earlier in row order.

* certain: the other row counts in every world, cannot come after this one, and even its farthest
  end is at most d away;
* possible: it counts in some world, may come before this one, and its nearest end is at most d
  away.

Alternatives of one incident never answer each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from tregua.assessment.columns import (
    NOBODY,
    Answers,
    apart,
    flags,
    ints,
    positive,
    same_length,
    settled,
)
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.keys import by_partition, keys_over, last_at_least
from tregua.assessment.operator import Operator

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints, Rows


class _Line(NamedTuple):
    """One row, in plain numbers."""

    row: int
    partition: int
    t_lo: int
    t_hi: int
    must: bool
    may: bool
    incident: int
    actor: int


def reference(rows: Rows, *, actor: Ints, within: int) -> Answers:
    """Look at every other row of the partition for every row, from the last to the first."""
    positive(within)
    columns = (getattr(rows, name) for name in _Line._fields[:-1])
    lines = [_Line(*cells) for cells in zip(*(c.tolist() for c in (*columns, actor)), strict=True)]
    own: dict[int, list[_Line]] = {}
    for line in lines:
        own.setdefault(line.partition, []).append(line)
    certain = [_last(own[i.partition], i, within, sure=True) for i in lines]
    possible = [_last(own[i.partition], i, within, sure=False) for i in lines]
    return Answers(
        flags([row != NOBODY for row in certain]),
        flags([row != NOBODY for row in possible]),
        ints(certain),
        ints(possible),
    )


def _last(own: list[_Line], i: _Line, within: int, *, sure: bool) -> int:
    for j in reversed(own):
        if j.actor == i.actor or j.incident == i.incident:
            continue
        nearest, farthest = i.t_lo - j.t_hi, i.t_hi - j.t_lo
        never_after = (j.t_hi, j.row) < (i.t_lo, i.row)
        maybe_before = (j.t_lo, j.row) < (i.t_hi, i.row)
        if sure and j.must and never_after and farthest <= within:
            return j.row
        if not sure and j.may and maybe_before and nearest <= within:
            return j.row
    return NOBODY


def columnar(rows: Rows, *, actor: Ints, within: int) -> Answers:
    """Look at the row before; while it is by the same actor, jump over that actor's run."""
    positive(within)
    same_length(rows.row, actor)
    if settled(rows) and apart(rows) and rows.may.all():
        found = _known(rows, actor, within)
        return Answers(found != NOBODY, found != NOBODY, found, found)
    certain = _certain(_Acts.of(rows, actor, rows.must), rows, actor, within)
    possible = _possible(_Acts.of(rows, actor, rows.may), rows, actor, within)
    return Answers(certain != NOBODY, possible != NOBODY, certain, possible)


@dataclass(frozen=True, slots=True, eq=False)
class _Acts:
    """The rows that may be answered, by partition, then row order.

    Attributes:
        order: which of all rows each is.
        run: where the run of rows by the same actor begins in which each row stands.
    """

    order: Ints
    row: Ints
    partition: Ints
    t_lo: Ints
    t_hi: Ints
    incident: Ints
    actor: Ints
    run: Ints

    @classmethod
    def of(cls, rows: Rows, actor: Ints, which: Flags) -> _Acts:
        kept = np.flatnonzero(which)
        order = kept[by_partition(rows.partition[kept])]
        partition, by = rows.partition[order], actor[order]
        fresh = np.ones(len(order), np.bool_)
        # A run may begin in the partition before: what is found there is no answer.
        fresh[1:] = np.diff(by) != 0
        run = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
        return cls(
            order,
            rows.row[order],
            partition,
            rows.t_lo[order],
            rows.t_hi[order],
            rows.incident[order],
            by,
            run,
        )

    def earlier(self, rows: Rows) -> Ints:
        """Return per row how many of these stand before it, over all partitions up to its."""
        keys = keys_over((self.partition, rows.partition), (self.row,))
        return np.searchsorted(
            keys.rising(self.partition, self.row), keys.rising(rows.partition, rows.row)
        )


def _known(rows: Rows, actor: Ints, within: int) -> Ints:
    """With known instants the run before ends with the answer, if it is young enough."""
    acts = _Acts.of(rows, actor, rows.may)
    found = np.full(len(rows), NOBODY, np.int64)
    if not len(rows):
        return found
    prior = np.maximum(acts.run - 1, 0)
    answers = (acts.run > 0) & (acts.partition[prior] == acts.partition)
    answers &= acts.t_lo - acts.t_lo[prior] <= within
    found[acts.order] = np.where(answers, acts.row[prior], NOBODY)
    return found


def _certain(acts: _Acts, rows: Rows, actor: Ints, within: int) -> Ints:
    keys = keys_over((acts.partition, rows.partition), (acts.t_hi,))
    ends = keys.falling(acts.partition, acts.t_hi)
    floor = keys.falling(rows.partition, rows.t_lo)
    return _jump(acts, rows, actor, ends, acts.earlier(rows), floor, rows.t_hi - within)


def _possible(acts: _Acts, rows: Rows, actor: Ints, within: int) -> Ints:
    keys = keys_over((acts.partition, rows.partition), (acts.t_lo, acts.t_hi))
    starts = keys.rising(acts.partition, acts.t_lo)
    before = np.searchsorted(starts, keys.rising(rows.partition, rows.t_hi))
    ends = keys.rising(acts.partition, acts.t_hi)
    floor = keys.rising(rows.partition, rows.t_lo - within)
    oldest = np.full(len(rows), np.iinfo(np.int64).min)
    return _jump(acts, rows, actor, ends, np.maximum(before, acts.earlier(rows)), floor, oldest)


def _jump(
    acts: _Acts,
    rows: Rows,
    actor: Ints,
    ends: Ints,
    before: Ints,
    floor: Ints,
    oldest: Ints,
) -> Ints:
    """Search backwards per row until another actor's act is met, or none that is young enough.

    Each round jumps over a whole run of one actor, or over one alternative of the same incident.
    """
    found = np.full(len(rows), NOBODY, np.int64)
    asking = np.arange(len(rows))
    while len(asking) and len(acts.row):
        j = last_at_least(ends, before[asking], floor[asking])
        seen = (j >= 0) & (acts.t_lo[j] >= oldest[asking])
        asking, j = asking[seen], j[seen]
        same = acts.actor[j] == actor[asking]
        passed = same | (acts.incident[j] == rows.incident[asking])
        found[asking[~passed]] = acts.row[j[~passed]]
        before[asking] = np.where(same, acts.run[j], j)
        asking = asking[passed]
    return found


def sql(*, within: int) -> str:
    """Join every act with those of its partition; the acts carry the actor as one more column."""
    positive(within)
    return f"""
        SELECT count(CASE WHEN sure THEN 1 END) > 0 AS must,
               count(CASE WHEN possible THEN 1 END) > 0 AS may,
               coalesce(max(CASE WHEN sure THEN other END), {NOBODY}) AS must_row,
               coalesce(max(CASE WHEN possible THEN other END), {NOBODY}) AS may_row
        FROM (
            SELECT i.row_no, j.row_no AS other,
                   j.must AND i.t_hi - j.t_lo <= {within}
                       AND (j.t_hi < i.t_lo OR (j.t_hi = i.t_lo AND j.row_no < i.row_no)) AS sure,
                   j.may AND i.t_lo - j.t_hi <= {within}
                       AND (j.t_lo < i.t_hi OR (j.t_lo = i.t_hi AND j.row_no < i.row_no))
                       AS possible
            FROM acts i LEFT JOIN acts j ON j.part = i.part
                AND j.actor <> i.actor AND j.incident <> i.incident) pairs
        GROUP BY row_no ORDER BY row_no"""  # noqa: S608


def by_sql(rows: Rows, *, actor: Ints, within: int) -> Answers:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    return Answers(*asked(sql(within=within), acts=table_of(rows, actor=actor)))


LAST_OTHER = Operator(
    name="last_other",
    sentence="the latest row in the partition by a different actor, at most d earlier",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts",),
)
