"""Workload W: selection, zones, names and days over a million events, or ten, beside its peers.

Everything is measured against the time that it takes to just read the columns, in the same round:
rounds differ in what else the machine does. Each implementation runs in a process of its own, in
turns; all must give the same digest before a time is printed. Start-up, building index or tree, and
making machine code stand apart: they are done once per version of the map, or once per process.

Not here: DuckDB's spatial extension. Its package fits one older version of DuckDB alone, and would
need an environment of its own beside this one.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bench import w_events
from bench.measure import Figure, Run, run, work

ROUNDS, PEER_ROUNDS = 5, 3
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
# Ours: what it is, what must be installed, and how often the read limit it may take, of 10,000,000.
OURS = {
    "ours": ("our NumPy kernel, DuckDB reads", (), 3.5),
    "compiled": ("our compiled kernel (extra fast), DuckDB reads", ("numba",), 0.0),
    "compiled_pyarrow": (
        "our compiled kernel (extra fast), pyarrow reads",
        ("numba", "pyarrow"),
        2.0,
    ),
}
PEERS = {
    "tree": ("plain NumPy + shapely STRtree, prepared", ("shapely",)),
    "with_polars": ("Polars + shapely STRtree, prepared", ("polars",)),
    "with_sedona": ("SedonaDB SQL", ("sedonadb", "geopandas", "pyarrow")),
    "with_pandas": ("pandas + geopandas sjoin", ("pandas", "geopandas", "pyarrow")),
}
MODULES = {"read_pyarrow": "w_read", "read_duckdb": "w_read", "with_sedona": "w_sedona"}
MODULES |= dict.fromkeys(OURS, "w_ours")
MOST_MIB = 400


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
    ours = _installed({name: (what, needs) for name, (what, needs, _) in OURS.items()})
    peers = _installed(PEERS)
    runs: dict[str, list[Run]] = {}
    for number in range(ROUNDS):
        for name in (limit, *ours, *(peers if number < PEER_ROUNDS else ())):
            kept = str(scratch / f"{name}-{rows}-{number}")
            runs.setdefault(name, []).append(
                run(work(MODULES.get(name, "w_peers"), name, str(folder), kept))
            )
    _same(rows, given, {n: r for n, r in runs.items() if n != limit})
    return [*_lines(rows, limit, runs), _live(folder)]


def _installed(ways: dict[str, tuple[str, tuple[str, ...]]]) -> list[str]:
    """Return the ways whose packages are there; name the others with what they lack."""
    found = []
    for name, (what, needs) in ways.items():
        if all(map(find_spec, needs)):
            found.append(name)
        else:
            print(f"skipped: {what}: {', '.join(needs)} must be installed")
    return found


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


def _lines(rows: int, limit: str, runs: dict[str, list[Run]]) -> list[Figure]:
    told = runs["ours"][0].said
    concerns = f"{told['rows']:,} rows, runs {told['runs']}, gate {told['gate']}"
    lines = [Figure(f"W, {rows:,} events: {concerns}", told["events"], "events")]
    large = rows == max(FIXED)  # ten million are what the aims speak of
    for name, (what, _, aim) in OURS.items():
        if name in runs:
            pairs = _by_ratio(runs[name], runs[limit])
            for text, pair in (("best", pairs[0]), ("median", pairs[len(pairs) // 2])):
                lines.append(_line(f"  {what}, {text} of {len(pairs)}", *pair, large * aim))
            lines.append(_busy(runs[name], runs[limit]))
            most = max(one.peak for one in runs[name])
            lines.append(Figure("    most memory", most, "MiB", aim=large * MOST_MIB))
    for name, (what, _) in PEERS.items():
        if name in runs:
            pairs = _by_ratio(runs[name], runs[limit])
            text = f"  {what} {runs[name][0].said['by']}, median of {len(pairs)}"
            lines.append(_line(text, *pairs[len(pairs) // 2], 0.0))
    once = {"our zones and masks compiled, once": ("ours", "prepare")}
    once |= {"our kernel turned into machine code, once per process": ("compiled", "cold")}
    return lines + [
        Figure(f"  {text}", min(one.said[step] for one in runs[name]), "s")
        for text, (name, step) in once.items()
        if name in runs
    ]


def _by_ratio(ours: list[Run], limit: list[Run]) -> list[tuple[Run, Run]]:
    """Return each run with the read limit of its round, by rising ratio."""
    pairs = zip(ours, limit, strict=False)  # peers run in the first rounds only
    return sorted(pairs, key=lambda pair: pair[0].said["seconds"] / pair[1].said["seconds"])


def _busy(ours: list[Run], limit: list[Run]) -> Figure:
    """Return processor seconds, in the median round: they feel less of what else is running."""
    pairs = [(o.said["busy"], read.said["busy"]) for o, read in zip(ours, limit, strict=True)]
    one, read = sorted(pairs, key=lambda pair: pair[0] / pair[1])[len(pairs) // 2]
    return Figure("    processor time, median", one, "s", "that of reading", read)


def _line(text: str, one: Run, limit: Run, aim: float) -> Figure:
    said, read = one.said, limit.said
    peer, bound = f"reading 8 columns, {read['by']}", aim * read["seconds"]
    return Figure(text, said["seconds"], "s", peer, read["seconds"], one.peak, bound, said["busy"])
