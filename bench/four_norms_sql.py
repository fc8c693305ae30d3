"""The four norms of workload T in DuckDB's SQL: ASOF joins and window functions, no operator."""

from __future__ import annotations

from time import perf_counter

import numpy as np

from bench.four_norms import Results
from bench.workload_t import (
    ACTORS,
    APPROVAL,
    ATTACK,
    DAY,
    MANY,
    REQUEST,
    SEVERE,
    TEN_MINUTES,
    TICKS,
    TWO_DAYS,
    WEEK,
    ZONES,
)
from tregua.assessment.in_duckdb import connect


def decide(path: str) -> dict[str, object]:
    """Decide them in SQL as one would write it for DuckDB: ASOF joins and window functions."""
    connect().close()
    began = perf_counter()
    with connect() as database:
        database.execute(
            """CREATE TABLE e AS SELECT file_row_number AS n, * FROM
               read_parquet(?, file_row_number = true) WHERE kind <> 0""",
            [path],
        )
        steps, found = {"read": perf_counter() - began}, {}
        for name, text in SQL.items():
            start = perf_counter()
            found[name] = np.asarray(database.execute(text).fetchnumpy()["found"])
            steps[name] = perf_counter() - start
    return Results(**found).said(perf_counter() - began, steps)


_TICKS = f"(SELECT d * {DAY} AS t FROM range(1, {TICKS + 1}) days(d))"
SQL = {
    "calm": f"""
        SELECT coalesce(k.t - a.t >= {WEEK}, true) AS found
        FROM (SELECT zone, t FROM range({ZONES}) z(zone), {_TICKS}) k
        ASOF LEFT JOIN (SELECT zone, t FROM e WHERE kind = {ATTACK} AND severity >= {SEVERE}) a
            ON a.zone = k.zone AND k.t > a.t
        ORDER BY k.zone, k.t""",
    "access": f"""
        SELECT r.request AS found
        FROM (SELECT * FROM e WHERE kind = {REQUEST}) r
        ASOF LEFT JOIN (SELECT * FROM e WHERE kind = {APPROVAL}) a
            ON a.request = r.request AND r.n <= a.n
        WHERE coalesce(a.t - r.t > {TWO_DAYS}, true)""",
    "attacks": f"""
        WITH marked AS (
            SELECT n, t, zone, actor, severity, lag(actor) OVER w AS by_whom, lag(t) OVER w AS prior
            FROM e WHERE kind = {ATTACK} WINDOW w AS (PARTITION BY zone ORDER BY n)),
        answered AS (
            SELECT n, t, severity,
                   last_value(CASE WHEN by_whom <> actor THEN prior END IGNORE NULLS) OVER (
                       PARTITION BY zone ORDER BY n ROWS UNBOUNDED PRECEDING) AS other
            FROM marked)
        SELECT n AS found FROM answered
        WHERE severity >= {SEVERE} AND coalesce(t - other > {TEN_MINUTES}, true)""",
    "count": f"""
        WITH a AS (
            SELECT zone::INTEGER * {ACTORS} + actor AS who, t,
                   row_number() OVER (PARTITION BY zone, actor ORDER BY n) AS so_far
            FROM e WHERE kind = {ATTACK}),
        k AS (SELECT who, t FROM range({ZONES * ACTORS}) w(who), {_TICKS}),
        upto AS (
            SELECT k.who, k.t, coalesce(a.so_far, 0) AS c
            FROM k ASOF LEFT JOIN a ON a.who = k.who AND k.t > a.t),
        gone AS (
            SELECT k.who, k.t, coalesce(a.so_far, 0) AS c
            FROM (SELECT who, t, t - {WEEK} AS since FROM k) k
            ASOF LEFT JOIN a ON a.who = k.who AND k.since >= a.t)
        SELECT upto.c - gone.c > {MANY} AS found
        FROM upto JOIN gone USING (who, t) ORDER BY who, t""",
}  # fmt: skip
