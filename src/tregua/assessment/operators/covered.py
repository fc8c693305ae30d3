"""How much of a stretch of time was watched?

For each stretch [from, to) asked about in a partition: the microseconds that at least one source
watched, certainly and possibly, and whether they reach the share. A zone that is watched part by
part is asked part by part. The witnesses are the gaps: what nobody certainly watched.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.columns import NOBODY, Spans, flags, ints, same_length
from tregua.assessment.in_duckdb import asked as answer_to
from tregua.assessment.in_duckdb import table_of
from tregua.assessment.keys import keys_over
from tregua.assessment.operator import Operator
from tregua.assessment.stretches import joined
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from fractions import Fraction

    from tregua.assessment.columns import Flags, Ints, Truth
    from tregua.assessment.stretches import Joined


@dataclass(frozen=True, slots=True, eq=False)
class Covered:
    """How much was watched, one line per stretch asked about; and the gaps, one line each.

    Attributes:
        must, may: whether the share is certainly / possibly reached.
        low, high: microseconds certainly / possibly watched.
        gap_of: number of the stretch asked about in which a gap lies, rising.
        gap_start, gap_end: what nobody certainly watched, [start, end).
    """

    must: Flags
    may: Flags
    low: Ints
    high: Ints
    gap_of: Ints
    gap_start: Ints
    gap_end: Ints


def reference(watches: Spans, asked: Spans, *, counts: Truth, share: Fraction) -> Covered:
    """Cut each stretch at every start and end of a watch and look at each piece.

    Args:
        watches: hours watched.
        asked: stretches asked about.
        counts: whether each watch certainly / possibly took place.
        share: from above zero to one.
    """
    _check(share)
    low, high, gaps = [], [], []
    for q, (zone, start, end) in enumerate(_lines(asked)):
        own = [i for i, (where, _, _) in enumerate(_lines(watches)) if where == zone]
        sure = _pieces(watches, [i for i in own if counts.must[i]], start, end)
        possible = _pieces(watches, [i for i in own if counts.may[i]], start, end)
        low.append(sum(b - a for a, b, watched in sure if watched))
        high.append(sum(b - a for a, b, watched in possible if watched))
        gaps += [(q, a, b) for a, b, watched in sure if not watched]
    total = [end - start for _, start, end in _lines(asked)]
    of, begun, over = np.array(gaps, np.int64).reshape(-1, 3).T
    return Covered(
        flags([watched >= share * whole for watched, whole in _pairs(low, total)]),
        flags([watched >= share * whole for watched, whole in _pairs(high, total)]),
        ints(low),
        ints(high),
        of,
        begun,
        over,
    )


def _pairs(watched: list[int], total: list[int]) -> list[tuple[int, int]]:
    return list(zip(watched, total, strict=True))


def _lines(spans: Spans) -> list[tuple[int, int, int]]:
    return list(
        zip(spans.partition.tolist(), spans.start.tolist(), spans.end.tolist(), strict=True)
    )


def _pieces(watches: Spans, own: list[int], start: int, end: int) -> list[tuple[int, int, bool]]:
    """Return the pieces between the cuts; at each cut a watch starts or ends: no two are gaps."""
    within = [(int(watches.start[i]), int(watches.end[i])) for i in own]
    cuts = sorted({start, end, *(min(max(t, start), end) for pair in within for t in pair)})
    return [
        (a, b, any(first <= a and b <= last for first, last in within)) for a, b in pairwise(cuts)
    ]


def _check(share: Fraction) -> None:
    if not 0 < share <= 1:
        raise WrongUse("a share of coverage lies above zero and is at most one")


def columnar(watches: Spans, asked: Spans, *, counts: Truth, share: Fraction) -> Covered:
    """Join the watches, sum what lies before each end asked about, subtract.

    Args and errors are those of ``reference``.
    """
    _check(share)
    same_length(watches, counts)
    sure, possible = _union(watches, counts.must), _union(watches, counts.may)
    low, high = _watched(sure, asked), _watched(possible, asked)
    total = asked.end - asked.start
    # In Python's own whole numbers: a fine share of a long time does not fit into 64 bits.
    limit = [-(-share.numerator * whole // share.denominator) for whole in total.tolist()]
    gap_of, gap_start, gap_end = _gaps(sure, asked)
    return Covered(low >= ints(limit), high >= ints(limit), low, high, gap_of, gap_start, gap_end)


def _union(watches: Spans, which: Flags) -> Joined:
    return joined(watches.partition[which], watches.start[which], watches.end[which])


def _watched(union: Joined, asked: Spans) -> Ints:
    return _before(union, asked.partition, asked.end) - _before(union, asked.partition, asked.start)


def _before(union: Joined, partition: Ints, time: Ints) -> Ints:
    """Return what was watched before each instant, summed over all partitions up to its own."""
    keys = keys_over((union.group, partition), (union.start,))
    begun = np.searchsorted(keys.rising(union.group, union.start), keys.rising(partition, time))
    sums = np.append(0, np.cumsum(union.end - union.start))
    # Where none began, -1 finds what stands last and is nobody's.
    group, end = (np.append(column, NOBODY)[begun - 1] for column in (union.group, union.end))
    return sums[begun] - np.where(group == partition, np.maximum(end - time, 0), 0)


def _gaps(union: Joined, asked: Spans) -> tuple[Ints, Ints, Ints]:
    """Return what lies between the joined watches, cut to each stretch asked about."""
    keys = keys_over((union.group, asked.partition), (union.start, union.end))
    starts, ends = (keys.rising(union.group, t) for t in (union.start, union.end))
    first = np.searchsorted(ends, keys.rising(asked.partition, asked.start))
    last = np.searchsorted(starts, keys.rising(asked.partition, asked.end))
    pieces = last - first + 1
    of = np.repeat(np.arange(len(asked)), pieces)
    place = np.arange(len(of)) - np.repeat(np.cumsum(pieces) - pieces, pieces)
    left = first[of] + place
    start = np.where(place == 0, asked.start[of], np.append(NOBODY, union.end)[left])
    closing = place == pieces[of] - 1
    end = np.where(closing, asked.end[of], np.append(union.start, NOBODY)[left])
    kept = start < end
    return of[kept], start[kept], end[kept]


def sql(*, share: Fraction) -> str:
    """Find gaps by window functions; one line per gap, or one with ``NOBODY`` where none is.

    The watches carry ``must`` and ``may`` as two more columns.
    """
    _check(share)
    # As decimals: a fine share of a long time does not fit into 64 bits.
    whole = "CAST(s.end_us - s.start_us AS DECIMAL(19, 0))"
    reached = f"AS DECIMAL(19, 0)) * {share.denominator} >= {share.numerator} * {whole}"
    return f"""
        WITH {_watched_by("must")}, {_watched_by("may")}
        SELECT s.q, CAST(low.watched {reached} AS must, CAST(high.watched {reached} AS may,
               low.watched AS low, high.watched AS high,
               coalesce(g.gap_start, {NOBODY}) AS gap_start,
               coalesce(g.gap_end, {NOBODY}) AS gap_end
        FROM asked s JOIN must_lengths low ON low.q = s.q JOIN may_lengths high ON high.q = s.q
            LEFT JOIN must_gaps g ON g.q = s.q
        ORDER BY s.q, g.gap_start"""  # noqa: S608


def _watched_by(word: str) -> str:
    """Return tables of the gaps between watches that certainly (or possibly) took place.

    A gap reaches from the furthest end so far to the next start. The start and the end of the
    stretch asked about stand among the watches, as watches of no length.
    """
    return f"""
        {word}_marks AS (
            SELECT s.q, w.start_us, w.end_us
            FROM asked s JOIN watches w ON w.part = s.part AND w.{word}
                AND w.end_us > s.start_us AND w.start_us < s.end_us
            UNION ALL SELECT q, start_us, start_us FROM asked
            UNION ALL SELECT q, end_us, end_us FROM asked),
        {word}_pieces AS (
            SELECT q, max(end_us) OVER (PARTITION BY q ORDER BY start_us) AS gap_start,
                   lead(start_us) OVER (PARTITION BY q ORDER BY start_us) AS gap_end
            FROM {word}_marks),
        {word}_gaps AS (SELECT q, gap_start, gap_end FROM {word}_pieces WHERE gap_start < gap_end),
        {word}_lengths AS (
            SELECT s.q, s.end_us - s.start_us
                   - CAST(coalesce(sum(g.gap_end - g.gap_start), 0) AS BIGINT) AS watched
            FROM asked s LEFT JOIN {word}_gaps g ON g.q = s.q
            GROUP BY s.q, s.start_us, s.end_us)"""  # noqa: S608


def by_sql(watches: Spans, asked: Spans, *, counts: Truth, share: Fraction) -> Covered:
    """Run the text on these columns. Args and errors are those of ``reference``."""
    tables = {
        "watches": table_of(watches, must=counts.must, may=counts.may),
        "asked": table_of(asked),
    }
    q, must, may, low, high, start, end = answer_to(sql(share=share), **tables)
    first = np.searchsorted(q, np.arange(len(asked)))
    gap = start != NOBODY
    line = (must[first], may[first], low[first], high[first])
    return Covered(*line, q[gap], start[gap], end[gap])


COVERED = Operator(
    name="covered",
    sentence="the share of [from, to) that at least one source watched; gaps are witnesses",
    reference=reference,
    columnar=columnar,
    sql=sql,
    by_sql=by_sql,
    tables=("watches", "asked"),
)
