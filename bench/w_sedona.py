"""Workload W in SedonaDB's SQL: names by joins, zones by its spatial join, rules as conditions.

SedonaDB uses all processors, which is how it comes; ours and the read limit use one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.w_names import PARTIES
from bench.w_peers import named_zones
from bench.w_plain import FIELDS
from bench.w_read import CODES, files_in, spellings
from bench.w_result import Result
from bench.w_rules import DAY_US, DAYS, EXCEPTIONS, NORMS, PHASES, START_US

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.masks import RowException, RowNorm

RULES: tuple[RowNorm | RowException, ...] = (*NORMS, *EXCEPTIONS)
ZONED = sorted({kind for rule in RULES for kind in rule.zones})


def with_sedona(folder: str, kept: str) -> dict[str, Any]:
    """Decide file by file; the tables of names and zones are put in before."""
    import sedonadb

    database = sedonadb.connect()
    _put_tables(database)
    result = Result(Path(kept))
    for path in files_in(folder):
        database.read_parquet(path).to_view("events", overwrite=True)
        database.sql(_CHEAP).to_memtable().to_view("cheap", overwrite=True)
        found = database.sql(_FOUND).to_arrow_table()
        columns = {name: found[name].to_numpy() for name in found.column_names}
        hits = np.stack([columns[norm.id.lower()] for norm in NORMS], axis=1)
        row, norm = np.nonzero(hits)
        party = columns["party"][row].astype(np.int8)
        report, time = columns["report_id"][row], columns["time"][row]
        (events,) = database.sql("SELECT count(*) AS n FROM events").to_arrow_table()["n"]
        result.add(events.as_py(), report, norm.astype(np.int8), party, time)
    return result.ended(by=f"{sedonadb.__version__}, all processors")


def _put_tables(database: Any) -> None:
    import geopandas
    import pandas as pd

    kinds, shapes = named_zones()
    tables: dict[str, Any] = {
        "zones": geopandas.GeoDataFrame({"zone": kinds}, geometry=shapes),
        **{
            f"{column}_names": pd.DataFrame(
                {"text": list(codes), "word": [CODES[column][code] for code in codes.values()]}
            )
            for column, codes in spellings().items()
            if column in ("actor", "target")
        },
    }
    for name, table in tables.items():
        database.create_data_frame(table).to_memtable().to_view(name)


def _any(conditions: Iterable[str]) -> str:
    return "(" + " OR ".join(conditions) + ")"


def _without_zones(rule: RowNorm | RowException) -> str:
    asked = [
        f"{column} IN ({', '.join(repr(value) for value in getattr(rule, field))})"
        for field, column in FIELDS.items()
        if getattr(rule, field)
    ]
    if rule.periods:
        ends = [START_US + day * DAY_US for day in (*PHASES, DAYS)]
        asked.append(
            _any(f"(time >= {ends[int(p)]} AND time < {ends[int(p) + 1]})" for p in rule.periods)
        )
    return " AND ".join(asked)


def _whole(rule: RowNorm | RowException) -> str:
    """Return the condition that a rule holds, its zones included."""
    return f"({rule.id} AND {_any(rule.zones)})" if rule.zones else rule.id


def _left(norm: RowNorm) -> str:
    """Return the condition that a norm holds and no exception takes it away."""
    taken = "".join(f" AND NOT {_whole(e)}" for e in EXCEPTIONS if norm.id in e.concerns)
    return f"{_whole(norm)}{taken}"


_PARTY = " ".join(f"WHEN '{party}' THEN {code}" for code, party in enumerate(PARTIES))
_CHEAP = f"""
    WITH named AS (
        SELECT report_id, CAST(t_event AS BIGINT) AS time, lon, lat, event_type AS kind, weapon,
               coalesce(a.word, 'UNKNOWN') AS actor, coalesce(t.word, 'UNKNOWN') AS target
        FROM events
        LEFT JOIN actor_names a ON a.text = events.actor
        LEFT JOIN target_names t ON t.text = events.target)
    SELECT report_id, time, lon, lat, CASE actor {_PARTY} END AS party,
           {", ".join(f"{_without_zones(rule)} AS {rule.id}" for rule in RULES)}
    FROM named"""
_FOUND = f"""
    WITH points AS (
        SELECT report_id, ST_Point(lon, lat) AS place FROM cheap
        WHERE {_any(rule.id for rule in RULES if rule.zones)}),
    inside AS (
        SELECT report_id, {", ".join(f"bool_or(zone = '{kind}') AS {kind}" for kind in ZONED)}
        FROM points JOIN zones ON ST_Intersects(zones.geometry, points.place)
        GROUP BY report_id),
    placed AS (
        SELECT cheap.*, {", ".join(f"coalesce(i.{kind}, false) AS {kind}" for kind in ZONED)}
        FROM cheap LEFT JOIN inside i ON i.report_id = cheap.report_id)
    SELECT report_id, time, party, {", ".join(f"{_left(norm)} AS {norm.id}" for norm in NORMS)}
    FROM placed WHERE {_any(norm.id for norm in NORMS)} ORDER BY report_id"""
