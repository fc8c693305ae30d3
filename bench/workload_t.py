"""Workload T: four norms over time, from a Parquet file to results, beside DuckDB's own SQL.

Events of a year in fifty zones, generated from a seed and written once. Each run is a process of
its own; ours and the peer take turns; a time is printed only after the digests of their results
were equal and the constants of the workload came out. Monitors that cannot be run here are quoted
(`elsewhere`).

* calm: per zone and daily tick, no attack of severity 3 or more in the last 7 days;
* access: a request without an approval within 48 hours;
* attacks: an attack of severity 3 or more with none there by another actor in the last 10 minutes;
* count: per zone, actor and daily tick, more than 3 attacks in 7 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from bench import elsewhere, one_signal
from bench.measure import Figure, Run, run, work
from tregua.assessment.in_duckdb import connect

if TYPE_CHECKING:
    from tregua.assessment.columns import Ints

SEED = 1
SECOND = 1_000_000  # the columns hold microseconds
DAY = 86_400 * SECOND
YEAR_SECONDS, ZONES, ACTORS, TICKS = 365 * 86_400, 50, 6, 364
WEEK, TWO_DAYS, TEN_MINUTES = 7 * DAY, 2 * DAY, 600 * SECOND
SEVERE, MANY = 3, 3
NOISE, ATTACK, REQUEST, APPROVAL = range(4)
ROUNDS, SIZES, LARGE_SIZES = 5, (10_000, 100_000, 1_000_000), (10_000_000,)
AIM = 1e9 / 12e6  # nanoseconds an event, for twelve million events a second
LEAST_FOR_AIM = 1_000_000  # events; below, the daily ticks weigh more than the events


@dataclass(frozen=True, slots=True)
class Constants:
    """What a rebuilt generator and every implementation must find."""

    kinds: tuple[int, int, int]
    seconds: int
    calm: int
    access: int
    attacks: tuple[int, int]
    count: int


EXPECTED = {
    10_000: Constants((304, 522, 471), 157_922_266_300, 17_084, 482, (168, 168), 0),
    100_000: Constants((3_233, 5_031, 4_978), 1_575_919_658_517, 9_467, 2_904, (1_949, 1_945), 9),
    1_000_000: Constants(
        (31_813, 50_247, 49_894), 15_766_810_913_265, 3_498, 18_725, (19_116, 18_888), 21_713
    ),
    10_000_000: Constants(
        (319_984, 500_827, 500_612),
        157_690_992_742_054,
        2_305,
        185_731,
        (191_569, 168_618),
        87_220,
    ),
}


def generate(path: str, size: str) -> dict[str, int]:
    """Write the events of a year as Parquet, and hold them against the constants."""
    n = int(size)
    columns = events(n, YEAR_SECONDS)
    _write(path, columns)
    kinds = tuple(int((columns["kind"] == k).sum()) for k in (ATTACK, REQUEST, APPROVAL))
    _must_be(EXPECTED[n].kinds, kinds, "numbers of attacks, requests, approvals")
    _must_be(EXPECTED[n].seconds, int((columns["t"] // SECOND).sum()), "sum of t")
    return {"events": n}


def events(n: int, within: int) -> dict[str, Ints]:
    """Return events of so many seconds; draws stand in the order that the workload prescribes."""
    draw = np.random.default_rng(SEED)
    seconds = np.sort(draw.integers(0, within, n))
    zone, actor = draw.integers(0, ZONES, n), draw.integers(0, ACTORS, n)
    kind = draw.choice(4, n, p=[0.86, 0.04, 0.05, 0.05])
    quiet = (draw.random(n) < 0.995) & (zone < 10) & (kind == ATTACK)
    kind[quiet] = NOISE
    severity = draw.integers(1, 6, n)
    request = np.cumsum(kind == REQUEST)
    approval = np.flatnonzero(kind == APPROVAL)
    back = draw.geometric(0.03, len(approval))
    # The first request has number 0; an approval before any request names it all the same.
    number = np.where(kind == REQUEST, request - 1, -1)
    number[approval] = np.maximum(request[approval] - back, 0)
    columns = {"t": seconds * SECOND, "zone": zone, "actor": actor, "kind": kind}
    return {**columns, "severity": severity, "request": number}


def _must_be(expected: object, found: object, what: str) -> None:
    if expected != found:
        raise RuntimeError(f"workload T: {what}: {found} instead of {expected}")


def _write(path: str, columns: dict[str, Ints]) -> None:
    with connect() as database:
        database.register("events", columns)
        database.execute(f"""
            COPY (SELECT t, zone::UTINYINT AS zone, actor::UTINYINT AS actor,
                         kind::UTINYINT AS kind, severity::UTINYINT AS severity,
                         request::INTEGER AS request FROM events)
            TO '{path}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 500000)""")


def figures(_data: Path | None, scratch: Path) -> list[Figure]:
    """Measure the three sizes that run in seconds, then one signal beside monitors."""
    return [line for size in SIZES for line in _of_size(size, scratch)] + one_signal.figures()


def large_figures(_data: Path | None, scratch: Path) -> list[Figure]:
    """Measure ten million events."""
    return [line for size in LARGE_SIZES for line in _of_size(size, scratch)]


def _of_size(size: int, scratch: Path) -> list[Figure]:
    path = str(scratch / f"t-{size}.parquet")
    if not Path(path).is_file():
        run(work("workload_t", "generate", path, str(size)))
    sides = ("four_norms", "four_norms_sql")
    turns = [[run(work(side, "decide", path)) for side in sides] for _ in range(ROUNDS)]
    _check(size, [done for turn in turns for done in turn])
    mine, theirs = zip(*turns, strict=True)
    best, peer = (min(runs, key=_seconds) for runs in (mine, theirs))
    middle, other = (median(map(_seconds, runs)) for runs in (mine, theirs))
    name, beside = f"T, four norms from Parquet, {size:,}", "DuckDB SQL"
    return [
        _speed(f"{name}, best of {ROUNDS}", size, best, _seconds(best), _seconds(peer)),
        _speed(f"{name}, median", size, best, middle, other),
        Figure(
            "  per event, best",
            _seconds(best) * 1e9 / size,
            "ns",
            beside,
            _seconds(peer) * 1e9 / size,
            aim=AIM if size >= LEAST_FOR_AIM else 0.0,
        ),
        *(
            Figure(f"  of it: {step}", took * 1e3, "ms", beside, peer.said["steps"][step] * 1e3)
            for step, took in best.said["steps"].items()
        ),
        *elsewhere.quoted(size, best),
    ]


def _seconds(done: Run) -> float:
    return float(done.said["seconds"])


def _speed(name: str, size: int, best: Run, ours: float, theirs: float) -> Figure:
    peer, speed = "DuckDB SQL", size / theirs
    return Figure(name, size / ours, "events/s", peer, speed, best.peak, busy=best.busy)


def _check(size: int, runs: list[Run]) -> None:
    """Refuse to print a time whose results differ from another's, or from the constants."""
    wanted = EXPECTED[size]
    _must_be(1, len({done.said["digest"] for done in runs}), "digests of the results")
    found = tuple(runs[0].said["found"])
    _must_be((wanted.calm, wanted.access, wanted.attacks[1], wanted.count), found, "results")
