"""How long has it been good, without a bad row?

Two hands. The lower one counts what is certain to be good: it is reset by every row that may be
bad, and by every stretch without coverage. The upper one counts what is possibly good: it is reset
only by a row that is certainly bad. A hand stands at

* whole days ended by the tick, since the day of the last bad moment; the days are those given, of
  23, 24 or 25 hours in a zone, or of 24 hours from the start instant;
* microseconds since the last bad moment, or since the start.

The last bad moment is, for the lower hand, the latest instant before the tick that a row or a gap
may reach; for the upper hand, the earliest instant of the last row that is certainly over. A row
at the tick's own instant is not yet there; what lies before the start resets nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, Rows
from tregua.assessment.in_duckdb import asked, table_of
from tregua.assessment.operator import Operator
from tregua.assessment.windows import last_over, latest_end
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.assessment.columns import Flags, Ints, Spans, Ticks
    from tregua.assessment.in_duckdb import Column


@dataclass(frozen=True, slots=True, eq=False)
class Runs:
    """The two hands, one line per tick.

    Attributes:
        low_days, high_days: whole days certainly / possibly good.
        low_time, high_time: microseconds since the last bad moment, for each hand.
        may_row: the row that reset the lower hand, or ``NOBODY``.
        must_row: the row that reset the upper hand, or ``NOBODY``.
        gap: the number of the stretch without coverage that reset the lower hand, or ``NOBODY``.
    """

    low_days: Ints
    high_days: Ints
    low_time: Ints
    high_time: Ints
    may_row: Ints
    must_row: Ints
    gap: Ints


def reference(rows: Rows, ticks: Ticks, gaps: Spans, *, days: Ints) -> Runs:
    """Look at every row and every gap for every tick, then count the days one by one.

    Args:
        rows: the bad rows.
        ticks: when each hand is read.
        gaps: stretches without coverage, by start.
        days: where each day starts and, last, where the last one ends; the first is the start.
    """
    _check(ticks, gaps, days)
    hands = [
        (*_lower(rows, gaps, zone, now, days.tolist()), *_upper(rows, zone, now, days.tolist()))
        for zone, now in zip(ticks.partition.tolist(), ticks.time.tolist(), strict=True)
    ]
    table = np.array(hands, np.int64).reshape(-1, 7).T
    low_days, low_time, may_row, gap, high_days, high_time, must_row = table
    return Runs(low_days, high_days, low_time, high_time, may_row, must_row, gap)


def _lower(
    rows: Rows, gaps: Spans, zone: int, now: int, days: list[int]
) -> tuple[int, int, int, int]:
    acts = [
        (min(int(rows.t_hi[i]), now - 1), int(rows.row[i]), NOBODY)
        for i in range(len(rows))
        if rows.partition[i] == zone and rows.may[i] and rows.t_lo[i] < now
    ]
    unwatched = [
        (min(int(gaps.end[k]), now) - 1, NOBODY, k)
        for k in range(len(gaps))
        if gaps.partition[k] == zone and gaps.start[k] < now
    ]
    moments = [moment for moment in (*acts, *unwatched) if moment[0] >= days[0]]
    if not moments:
        return (*_since(None, now, days), NOBODY, NOBODY)
    moment, row, gap = max(moments)
    return (*_since(moment, now, days), row, gap)


def _upper(rows: Rows, zone: int, now: int, days: list[int]) -> tuple[int, int, int]:
    moment, row = None, NOBODY
    for i in range(len(rows)):
        over = rows.must[i] and rows.t_hi[i] < now
        if rows.partition[i] == zone and over and rows.t_lo[i] >= days[0]:
            moment, row = int(rows.t_lo[i]), int(rows.row[i])
    return (*_since(moment, now, days), row)


def _since(moment: int | None, now: int, days: list[int]) -> tuple[int, int]:
    """Return the whole days after the day of the moment, and the time since it."""
    ended = [(start, end) for start, end in pairwise(days) if end <= now]
    good = [day for day in ended if moment is None or moment < day[0]]
    return len(good), now - (days[0] if moment is None else moment)


def _check(ticks: Ticks, gaps: Spans, days: Ints) -> None:
    if (np.diff(gaps.start) < 0).any():
        raise WrongUse("gaps stand in the order of their start")
    if not len(days) or (np.diff(days) <= 0).any():
        raise WrongUse("days follow each other, and there is at least a start")
    if len(ticks) and (ticks.time.min() < days[0] or ticks.time.max() > days[-1]):
        raise WrongUse("a hand is read between the start of the first day and the end of the last")


def columnar(rows: Rows, ticks: Ticks, gaps: Spans, *, days: Ints) -> Runs:
    """Find the last bad moment of each hand by running maxima, then subtract days.

    Args and errors are those of ``reference``.
    """
    _check(ticks, gaps, days)
    (moment, may_row), (end, gap) = latest_end(rows, ticks), latest_end(_as_rows(gaps), ticks)
    started, must_row = last_over(rows, ticks)
    acted, unwatched, reset = (
        (which != NOBODY) & (at >= days[0])
        for at, which in ((moment, may_row), (end, gap), (started, must_row))
    )
    by_row = acted & ~(unwatched & (end > moment))
    by_gap = unwatched & ~by_row
    low_days, low_time = _passed(np.where(by_row, moment, end), by_row | by_gap, ticks, days)
    high_days, high_time = _passed(started, reset, ticks, days)
    return Runs(
        low_days,
        high_days,
        low_time,
        high_time,
        np.where(by_row, may_row, NOBODY),
        np.where(reset, must_row, NOBODY),
        np.where(by_gap, gap, NOBODY),
    )


def _as_rows(gaps: Spans) -> Rows:
    """Return gaps as rows that may be bad, numbered by their place."""
    number = np.arange(len(gaps), dtype=np.int64)
    sure = np.zeros(len(gaps), np.bool_)
    return Rows(number, gaps.partition, gaps.start, gaps.end - 1, sure, ~sure, number)


def _passed(moment: Ints, reset: Flags, ticks: Ticks, days: Ints) -> tuple[Ints, Ints]:
    ended = np.searchsorted(days, ticks.time, side="right") - 1
    bad = np.where(reset, np.searchsorted(days, moment, side="right"), 0)
    return np.maximum(ended - bad, 0), ticks.time - np.where(reset, moment, days[0])


def sql() -> str:
    """Take the last bad moment by aggregates, then count the days after it.

    The table ``days`` holds where each day starts (``start_us``) and ends (``end_us``).
    """
    first = "(SELECT min(start_us) FROM days)"
    return f"""
        WITH acted AS (
            SELECT t.q, a.row_no, least(a.t_hi, t.at_us - 1) AS moment
            FROM ticks t JOIN acts a ON a.part = t.part AND a.may AND a.t_lo < t.at_us),
        unwatched AS (
            SELECT t.q, g.q AS gap, least(g.end_us, t.at_us) - 1 AS moment
            FROM ticks t JOIN gaps g ON g.part = t.part AND g.start_us < t.at_us),
        bad AS (
            SELECT q, moment, row_no, {NOBODY} AS gap FROM acted WHERE moment >= {first}
            UNION ALL
            SELECT q, moment, {NOBODY} AS row_no, gap FROM unwatched WHERE moment >= {first}),
        ranked AS (
            SELECT q, moment, row_no, gap,
                   row_number() OVER (PARTITION BY q ORDER BY moment DESC, row_no DESC, gap DESC)
                       AS place
            FROM bad),
        over AS (
            SELECT t.q, max(a.row_no) AS row_no, max(a.t_lo) AS moment
            FROM ticks t JOIN acts a ON a.part = t.part AND a.must AND a.t_hi < t.at_us
                AND a.t_lo >= {first}
            GROUP BY t.q),
        hands AS (
            SELECT t.q, t.at_us, r.moment AS low, o.moment AS high,
                   coalesce(r.row_no, {NOBODY}) AS may_row,
                   coalesce(o.row_no, {NOBODY}) AS must_row, coalesce(r.gap, {NOBODY}) AS gap
            FROM ticks t LEFT JOIN ranked r ON r.q = t.q AND r.place = 1
                LEFT JOIN over o ON o.q = t.q)
        SELECT count(CASE WHEN low IS NULL OR d.start_us > low THEN d.start_us END) AS low_days,
               count(CASE WHEN high IS NULL OR d.start_us > high THEN d.start_us END) AS high_days,
               h.at_us - coalesce(low, {first}) AS low_time,
               h.at_us - coalesce(high, {first}) AS high_time,
               may_row, must_row, gap
        FROM hands h LEFT JOIN days d ON d.end_us <= h.at_us
        GROUP BY h.q, h.at_us, low, high, may_row, must_row, gap ORDER BY h.q"""  # noqa: S608


def by_sql(rows: Rows, ticks: Ticks, gaps: Spans, *, days: Ints) -> Runs:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    between: dict[str, Column] = {"start_us": days[:-1], "end_us": days[1:]}
    acts, asked_at, unwatched = table_of(rows), table_of(ticks), table_of(gaps)
    return Runs(*asked(sql(), acts=acts, ticks=asked_at, gaps=unwatched, days=between))


RUN_LENGTH = Operator(
    name="run_length",
    sentence="consecutive good days and time since the last bad row, certain and possible",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("acts", "ticks", "gaps", "days"),
)
