"""Was there no row in the last d?

The negation of `once_within`, with must and may exchanged: it is certain that there was none when
there was none even possibly. Where the answer is yes, the witness is the last row that may have
been before the tick, however old: it, or the start of the record, is how far back was searched.
Where the answer is no, the witness is the row that refutes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, Answers, flags, ints, positive
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.operator import Operator
from tregua.assessment.windows import Window, last_before, last_rows

if TYPE_CHECKING:
    from tregua.assessment.columns import Rows, Ticks


def reference(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Look at every row for every tick; what speaks against it, and what came last."""
    positive(within)
    against = [
        _against(rows, zone, now, within + closed)
        for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True)
    ]
    return Answers(
        flags([possible == NOBODY for _, possible, _ in against]),
        flags([certain == NOBODY for certain, _, _ in against]),
        ints([last if possible == NOBODY else possible for _, possible, last in against]),
        ints([last if certain == NOBODY else certain for certain, _, last in against]),
    )


def _against(rows: Rows, zone: int, now: int, below: int) -> tuple[int, int, int]:
    """Return the last row certainly within, possibly within, and possibly before."""
    certain = possible = last = NOBODY
    for i in range(len(rows)):
        number, first, end = int(rows.row[i]), int(rows.t_lo[i]), int(rows.t_hi[i])
        if rows.partition[i] != zone or first >= now:
            continue
        if rows.may[i]:
            last = number
        if rows.may[i] and now - end < below:
            possible = number
        if rows.must[i] and end < now and now - first < below:
            certain = number
    return certain, possible, last


def columnar(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Search what speaks against it; where nothing does, name the last row before the tick."""
    positive(within)
    certain, possible = last_rows(rows, ticks, Window(within, closed))
    last = last_before(rows, ticks)
    return Answers(
        possible == NOBODY,
        certain == NOBODY,
        np.where(possible == NOBODY, last, possible),
        np.where(certain == NOBODY, last, certain),
    )


def sql(*, within: int, closed: bool) -> str:
    """Join every tick with the rows before it in its partition and take three highest numbers."""
    positive(within)
    below = within + closed
    return f"""
        WITH found AS (
            SELECT t.q,
                   max(CASE WHEN a.must AND a.t_hi < t.at_us AND t.at_us - a.t_lo < {below}
                            THEN a.row_no END) AS sure,
                   max(CASE WHEN a.may AND t.at_us - a.t_hi < {below}
                            THEN a.row_no END) AS possible,
                   max(CASE WHEN a.may THEN a.row_no END) AS latest
            FROM ticks t LEFT JOIN acts a ON a.part = t.part AND a.t_lo < t.at_us
            GROUP BY t.q)
        SELECT possible IS NULL AS must, sure IS NULL AS may,
               coalesce(possible, latest, {NOBODY}) AS must_row,
               coalesce(sure, latest, {NOBODY}) AS may_row
        FROM found ORDER BY q"""  # noqa: S608


def by_sql(rows: Rows, ticks: Ticks, *, within: int, closed: bool = False) -> Answers:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    text = sql(within=within, closed=closed)
    return Answers(*asked(text, acts=table_of(rows), ticks=table_of(ticks)))


NONE_WITHIN = Operator(
    name="none_within",
    sentence="no row at an age from 0 to d; the witness is the last row before",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts", "ticks"),
)
