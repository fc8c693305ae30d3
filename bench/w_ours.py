"""Workload W with the product: DuckDB reads, the kernel selects; and one event at a time."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.w_peers import Coded, Tree
from bench.w_plain import concerned
from bench.w_read import CODES, files_in, part_of, with_names
from bench.w_result import Result
from bench.w_rules import rules
from bench.w_zones import zones
from tregua.assessment.operators.select import NORM_BITS

if TYPE_CHECKING:
    from collections.abc import Callable

    import duckdb
    from numpy.typing import NDArray

    from tregua.assessment.mask_tables import Compiled
    from tregua.assessment.operators.select import Chosen

SINGLE = 100_000


def ours(folder: str, kept: str) -> dict[str, Any]:
    """Let DuckDB read and look names up, and the engine's kernel do the rest, chunk by chunk."""
    from tregua.assessment.mask_kernel import masks
    from tregua.assessment.mask_tables import compile_masks
    from tregua.assessment.zone_classes import build_classes

    shapes = zones()
    began = perf_counter()
    compiled = compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,)))
    prepare = perf_counter() - began
    geometry = Tree()
    database = with_names()
    _put_words(database, compiled)
    result = Result(Path(kept))
    for path in files_in(folder):
        (events,) = database.execute("SELECT count(*) FROM read_parquet(?)", [path]).fetchall()[0]
        part = part_of(database, path, f"WHERE {_CHEAP} <> 0")
        chosen = masks(
            compiled,
            part["lon"],
            part["lat"],
            part["time"],
            part["actor"],
            part["target"],
            part["kind"],
            part["weapon"],
        )
        row, norm = matches(_on_edges_too(chosen, part, geometry))
        party = part["actor"][row].astype(np.int8)
        result.add(events, part["report"][row], norm, party, part["time"][row])
    return result.ended(prepare=prepare, by="")


def one_by_one(folder: str) -> dict[str, float]:
    """Decide events singly, as they come in live, beside reading each from a line of JSON."""
    from tregua.assessment.mask_one import OneRow
    from tregua.assessment.mask_tables import compile_masks
    from tregua.assessment.zone_classes import build_classes

    shapes = zones()
    part = part_of(with_names(), files_in(folder)[0])
    names = ("lon", "lat", "time", "actor", "target", "kind", "weapon")
    rows = list(zip(*(part[name][:SINGLE].tolist() for name in names), strict=True))
    row = OneRow(compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,))))
    lines = [json.dumps({"text": "x" * 480, **dict(zip(names, r, strict=True))}) for r in rows]
    return {"ours": _per_item(lambda r: row.mask(*r), rows), "json": _per_item(json.loads, lines)}


def _per_item(ask: Callable[[Any], Any], items: list[Any]) -> float:
    """Return microseconds per item, best of five."""
    times = []
    for _ in range(5):
        began = perf_counter()
        for item in items:
            ask(item)
        times.append(perf_counter() - began)
    return min(times) / len(items) * 1e6


def _on_edges_too(
    chosen: Chosen, part: dict[str, NDArray[Any]], geometry: Tree
) -> NDArray[np.int64]:
    """Return the norms of each row; those that the engine leaves open are decided by shapely.

    The engine decides nothing within 1e-7 degree of a border. Its peers do, so here as well: some
    ten rows of ten million.
    """
    if chosen.must is chosen.may:
        return chosen.may
    bits = chosen.may.copy()
    some = np.flatnonzero(chosen.must != chosen.may)
    bits[some] = 0
    if len(some):
        row, norm = concerned(
            Coded({name: column[some] for name, column in part.items()}, geometry)
        )
        np.bitwise_or.at(bits, some[row], np.int64(1) << norm.astype(np.int64))
    return bits


def matches(bits: NDArray[np.int64]) -> tuple[NDArray[np.intp], NDArray[np.int8]]:
    """Return row and norm of every bit, by row and norm: each pass takes the lowest bit left."""
    rows = np.flatnonzero(bits)
    left = bits[rows]
    count = np.bitwise_count(left).astype(np.int64)
    at = np.cumsum(count) - count
    norm = np.empty(int(count.sum()), np.int8)
    found = np.repeat(rows, count)
    while len(left):
        norm[at] = np.bitwise_count((left & -left) - 1)
        left &= left - 1
        more = np.flatnonzero(left)
        left, at = left[more], at[more] + 1
    return found, norm


def _put_words(database: duckdb.DuckDBPyConnection, compiled: Compiled) -> None:
    """Put the norms that each name may concern beside it, so that reading can pass over rows."""
    for column in CODES:
        words = (getattr(compiled, column).may & NORM_BITS).tolist()[:-1]
        database.execute(
            f"UPDATE {column}_names SET may = [{', '.join(map(str, words))}][code + 1]"
        )


_CHEAP = "(coalesce(a.may, -1) & coalesce(t.may, -1) & k.may & w.may)"
