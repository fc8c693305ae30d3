"""Workload W with the product: DuckDB reads, the kernel selects; and one event at a time."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.w_peers import Coded, Tree
from bench.w_plain import concerned
from bench.w_read import CODES, files_in, groups_of, part_of, with_names
from bench.w_result import Result
from bench.w_rules import rules
from bench.w_zones import zones
from tregua.assessment.operators.select import NORM_BITS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import duckdb
    from numpy.typing import NDArray

    from tregua.assessment.mask_tables import Compiled
    from tregua.assessment.operators.select import Chosen

    Part = dict[str, NDArray[Any]]

SINGLE = 100_000
ASKED = ("lon", "lat", "time", "actor", "target", "kind", "weapon")


def ours(folder: str, kept: str) -> dict[str, Any]:
    """Let DuckDB read and look names up, and the engine's kernel do the rest, chunk by chunk."""
    return _decided(folder, kept, _by_duckdb, fast=False)


def compiled(folder: str, kept: str) -> dict[str, Any]:
    """The same with the kernel as machine code (extra fast)."""
    return _decided(folder, kept, _by_duckdb, fast=True)


def compiled_pyarrow(folder: str, kept: str) -> dict[str, Any]:
    """Machine code over what pyarrow reads, group by group: the way of a host that has pyarrow."""
    return _decided(folder, kept, _by_pyarrow, fast=True)


def _decided(
    folder: str,
    kept: str,
    reader: Callable[[str, Compiled], Iterator[tuple[int, Part]]],
    *,
    fast: bool,
) -> dict[str, Any]:
    from tregua.assessment.mask_kernel import masks
    from tregua.assessment.mask_tables import compile_masks
    from tregua.assessment.zone_classes import build_classes

    shapes = zones()
    began = perf_counter()
    compiled = compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,)))
    prepare = perf_counter() - began
    geometry = Tree()
    cold, read_off = _warm(compiled, reader(folder, compiled)) if fast else (0.0, matches)
    parts = reader(folder, compiled)
    result = Result(Path(kept))
    for events, part in parts:
        chosen = masks(compiled, *(part[name] for name in ASKED), fast=fast)
        row, norm = read_off(_on_edges_too(chosen, part, geometry))
        party = part["actor"][row].astype(np.int8)
        result.add(events, part["report"][row], norm, party, part["time"][row])
        if fast:  # machine code fills new columns; the plain kernel is quicker over used memory
            del part, chosen, row, norm, party
    return result.ended(prepare=prepare, cold=cold, by="")


def _warm(
    compiled: Compiled, parts: Iterator[tuple[int, Part]]
) -> tuple[float, Callable[[NDArray[np.int64]], tuple[NDArray[Any], NDArray[np.int8]]]]:
    """Have machine code made for columns like these, and say how many seconds that took."""
    from bench.w_fast import matches as read_off
    from tregua.assessment.mask_kernel import masks

    _, part = next(parts)
    began = perf_counter()
    read_off(masks(compiled, *(part[name] for name in ASKED), fast=True).may)
    return perf_counter() - began, read_off


def _by_duckdb(folder: str, compiled: Compiled) -> Iterator[tuple[int, Part]]:
    """Return the rows of each file that the cheap masks leave, and of how many they are."""
    database = with_names()
    _put_words(database, compiled)
    count = "SELECT count(*) FROM read_parquet(?)"
    return (
        (
            database.execute(count, [path]).fetchall()[0][0],
            part_of(database, path, f"WHERE {_CHEAP} <> 0"),
        )
        for path in files_in(folder)
    )


def _by_pyarrow(folder: str, compiled: Compiled) -> Iterator[tuple[int, Part]]:
    """Return all rows of each group; picking some out of them would cost more than it saves."""
    del compiled
    return ((len(part["time"]), part) for part in groups_of(folder))


def one_by_one(folder: str) -> dict[str, float]:
    """Decide events singly, as they come in live, beside reading each from a line of JSON."""
    from tregua.assessment.mask_one import OneRow
    from tregua.assessment.mask_tables import compile_masks
    from tregua.assessment.zone_classes import build_classes

    shapes = zones()
    part = part_of(with_names(), files_in(folder)[0])
    rows = list(zip(*(part[name][:SINGLE].tolist() for name in ASKED), strict=True))
    row = OneRow(compile_masks(rules(tuple(shapes)), build_classes(shapes, radii_m=(0.0,))))
    lines = [json.dumps({"text": "x" * 480, **dict(zip(ASKED, r, strict=True))}) for r in rows]
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


def _on_edges_too(chosen: Chosen, part: Part, geometry: Tree) -> NDArray[np.int64]:
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
