"""Workload W: selection, zones, names and days over a million events, or ten, beside its peers.

Everything is measured against the time that it takes to just read the columns. Each implementation
runs in a process of its own, in turns; all must give the same digest before a time is printed.
Start-up, and building index or tree, stand apart: they are done once per version of the map.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bench import w_events
from bench.measure import Figure, Run, run, work

ROUNDS = 3
# SHA-256 of inputs and results, fixed when all implementations first agreed.
FIXED = {
    1_000_000: (
        "42d63556f29611dfc1bfadc13d0356aa1ec74d8396e66bc0894055d2425fbc7c",
        "4475ecfc42fa45be93febea1acf828518228791bf9aa330bfcede32ff3119087",
    ),
    10_000_000: (
        "698c93ad4d74785c69dc1108d5e18eb6a3b4ee2b2221aae805e09f2f2ec28bc2",
        "d752b8a631f4611e484029653d490ea00da64d79a0b04a46ec9cace64bdd5017",
    ),
}
MODULES = {"ours": "w_ours", "read_pyarrow": "w_read", "read_duckdb": "w_read"}
PEERS = {
    "tree": ("plain NumPy + shapely STRtree, prepared", ("shapely",)),
    "with_polars": ("Polars + shapely STRtree, prepared", ("polars",)),
    "with_pandas": ("pandas + geopandas sjoin", ("pandas", "geopandas", "pyarrow")),
}


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure the read limit, our engine and the peers that are installed, in turns."""
    del data  # real events are not to be shipped, and the constants are those of the generated ones
    return _figures(1_000_000, scratch)


def large_figures(data: Path | None, scratch: Path) -> list[Figure]:
    """The same with ten million events."""
    del data
    return _figures(10_000_000, scratch)


def _figures(rows: int, scratch: Path) -> list[Figure]:
    folder = scratch / f"w-{rows}"
    # In a process of its own: a child's peak memory begins with what its parent holds.
    given = run(work("workload_w", "made", str(folder), str(rows))).said["digest"]
    limit = "read_pyarrow" if find_spec("pyarrow") else "read_duckdb"
    peers = [name for name, (_, needs) in PEERS.items() if all(map(find_spec, needs))]
    for name, (what, needs) in PEERS.items():
        if name not in peers:
            print(f"skipped: {what}: {', '.join(needs)} must be installed")
    runs: dict[str, list[Run]] = {}
    for number in range(ROUNDS):
        for name in (limit, "ours", *peers):
            kept = str(scratch / f"{name}-{rows}-{number}")
            runs.setdefault(name, []).append(
                run(work(MODULES.get(name, "w_peers"), name, str(folder), kept))
            )
    _same(rows, given, {n: r for n, r in runs.items() if n != limit})
    best = {name: min(r, key=lambda one: one.said["seconds"]) for name, r in runs.items()}
    return [*_lines(rows, limit, best), _live(folder)]


def _live(folder: Path) -> Figure:
    done = run(work("w_ours", "one_by_one", str(folder)))
    text = "W, one event decided singly: masks, zones, exceptions"
    peer = "json.loads of the same report, some 600 bytes"
    return Figure(text, done.said["ours"], "us", peer, done.said["json"], done.peak, 1.0)


def made(folder: str, rows: str) -> dict[str, str]:
    """Write the events and return the digest of their columns."""
    return {"digest": w_events.write(Path(folder), int(rows))}


def _same(rows: int, given: str, runs: dict[str, list[Run]]) -> None:
    digests = {name: {r.said["digest"] for r in of} for name, of in runs.items()}
    found = set().union(*digests.values())
    if len(found) != 1:
        raise RuntimeError(f"the implementations differ: {digests}")
    if FIXED.get(rows, (given, *found)) != (given, *found):
        raise RuntimeError(f"inputs {given} or results {found} are not those that were fixed")


def _lines(rows: int, limit: str, best: dict[str, Run]) -> list[Figure]:
    said = best[limit].said
    reading = f"reading 8 columns, {said['by']}"
    ours = best["ours"]
    told = ours.said
    size = f"W, {rows:,} events"
    concerns = f"{told['rows']:,} rows, runs {told['runs']}, gate {told['gate']}"
    named = {"ours": f"{size}: our NumPy kernel, DuckDB reads ({concerns})"}
    named |= {
        name: f"{size}: {what} {best[name].said['by']}"
        for name, (what, _) in PEERS.items()
        if name in best
    }
    lines = [
        _line(text, best[name], reading, said["seconds"], _aim(rows, name))
        for name, text in named.items()
    ]
    prepared = Figure(f"{size}: our zones and masks compiled, once", told["prepare"], "s")
    return [*lines, prepared]


def _aim(rows: int, name: str) -> float:
    """Return how many times the read limit ours may take: asked of ten million events."""
    return 3.5 if name == "ours" and rows == 10_000_000 else 0.0


def _line(text: str, one: Run, peer: str, limit: float, aim: float) -> Figure:
    said = one.said
    return Figure(text, said["seconds"], "s", peer, limit, one.peak, aim * limit, said["busy"])
