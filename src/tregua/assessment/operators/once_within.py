"""Was there some row in the last d?

At time T: some row at an age T - t from 0 to d; the ends say open (age < d) or closed (age <= d).
A tick stands before the rows of its own instant, so a row at T itself is not yet there. The
witness is the last such row in row order.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.columns import NOBODY, Answers, flags, ints, positive
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.operator import Operator
from tregua.assessment.windows import Window, last_rows

if TYPE_CHECKING:
    from tregua.assessment.columns import Rows, Ticks


def reference(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Look at every row for every tick, from the last to the first."""
    positive(within)
    certain, possible = [], []
    for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True):
        certain.append(_last(rows, zone, now, within + closed, sure=True))
        possible.append(_last(rows, zone, now, within + closed, sure=False))
    return Answers(
        flags([row != NOBODY for row in certain]),
        flags([row != NOBODY for row in possible]),
        ints(certain),
        ints(possible),
    )


def _last(rows: Rows, zone: int, now: int, below: int, *, sure: bool) -> int:
    for i in reversed(range(len(rows))):
        if rows.partition[i] != zone:
            continue
        youngest, oldest = now - int(rows.t_hi[i]), now - int(rows.t_lo[i])
        if sure and rows.must[i] and youngest > 0 and oldest < below:
            return int(rows.row[i])
        if not sure and rows.may[i] and oldest > 0 and youngest < below:
            return int(rows.row[i])
    return NOBODY


def columnar(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Search the last row before each tick and compare its age."""
    positive(within)
    certain, possible = last_rows(rows, ticks, Window(within, closed))
    return Answers(certain != NOBODY, possible != NOBODY, certain, possible)


def sql(*, within: int, closed: bool) -> str:
    """Join every tick with the rows of its partition and take the highest row number."""
    positive(within)
    below = within + closed
    return f"""
        WITH found AS (
            SELECT t.q,
                   max(CASE WHEN a.must AND a.t_hi < t.at_us AND t.at_us - a.t_lo < {below}
                            THEN a.row_no END) AS must_row,
                   max(CASE WHEN a.may AND a.t_lo < t.at_us AND t.at_us - a.t_hi < {below}
                            THEN a.row_no END) AS may_row
            FROM ticks t LEFT JOIN acts a ON a.part = t.part
            GROUP BY t.q)
        SELECT must_row IS NOT NULL AS must, may_row IS NOT NULL AS may,
               coalesce(must_row, {NOBODY}) AS must_row, coalesce(may_row, {NOBODY}) AS may_row
        FROM found ORDER BY q"""  # noqa: S608


def by_sql(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    text = sql(within=within, closed=closed)
    return Answers(*asked(text, acts=table_of(rows), ticks=table_of(ticks)))


ONCE_WITHIN = Operator(
    name="once_within",
    sentence="some row at an age from 0 to d; the witness is the last one",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts", "ticks"),
)
