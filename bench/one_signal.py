"""One signal for a week, sample by sample, beside monitors written for that.

Each minute a sample says whether there was a violation; the answer at each sample is whether there
was none in the last 10,080. Ours decides all ticks of the signal at once, as it decides T; Reelay
and RTAMT read sample by sample. A monitor that is not installed is left out with the reason.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from importlib.metadata import version
from importlib.util import find_spec
from time import perf_counter
from typing import Any

import numpy as np

from bench.measure import Figure, Run, run, work
from tregua.assessment.columns import Ticks, certain_rows
from tregua.assessment.operators import none_within

WEEK = 10_080  # samples
SEED, CHANCE = 0, 1e-4
ROUNDS = 3
# RTAMT takes time that grows with the window, so it is asked about fewer samples.
MANY, FEW = 1_000_000, 12_000
PEERS = {"reelay": MANY, "rtamt": FEW}


def figures() -> list[Figure]:
    """Measure ours beside each monitor that is installed."""
    found = []
    for peer, size in PEERS.items():
        if find_spec(peer) is None:
            print(f"left out: {peer} is not installed (group bench)")
            continue
        turns = [
            (run(work("one_signal", "ours", str(size))), run(work("one_signal", peer, str(size))))
            for _ in range(ROUNDS)
        ]
        found.append(_figure(peer, size, turns))
    return found


def _figure(peer: str, size: int, turns: list[tuple[Run, Run]]) -> Figure:
    digests = {done.said["digest"] for turn in turns for done in turn}
    if len(digests) > 1:
        raise RuntimeError(f"one signal: {peer} and ours answer differently")
    mine, theirs = (min(turn[k].said["seconds"] for turn in turns) for k in range(2))
    name = f"one signal, {size:,} samples, none in a week"
    beside = f"{peer} {turns[0][1].said['version']}"
    return Figure(name, size / mine, "samples/s", beside, size / theirs, turns[0][0].peak)


def signal(size: int) -> np.ndarray:
    """Return whether each sample is a violation."""
    return np.random.default_rng(SEED).random(size) < CHANCE


def _said(began: float, answers: np.ndarray, version: str = "") -> dict[str, Any]:
    seconds = perf_counter() - began
    digest = hashlib.sha256(np.asarray(answers, np.uint8).tobytes()).hexdigest()
    return {"seconds": seconds, "digest": digest, "version": version}


def ours(size: str) -> dict[str, Any]:
    """Ask after each sample about it and the 10,080 before it."""
    bad = signal(int(size))
    began = perf_counter()
    row = np.flatnonzero(bad)
    zero = np.zeros(len(bad), np.int64)
    ticks = Ticks(zero, np.arange(1, len(bad) + 1))
    rows = certain_rows(row, zero[: len(row)], row)
    return _said(began, none_within.columnar(rows, ticks, within=WEEK + 2).must)


def reelay(size: str) -> dict[str, Any]:
    """Feed Reelay's discrete monitor."""

    samples = [{"bad": bool(bad)} for bad in signal(int(size))]
    began = perf_counter()
    monitor = import_module("reelay").discrete_timed_monitor(
        pattern=f"historically[0:{WEEK}](!{{bad}})", semantics="boolean", condense=False
    )
    answers = [monitor.update(sample)["value"] for sample in samples]
    return _said(began, np.array(answers), version("reelay"))


def rtamt(size: str) -> dict[str, Any]:
    """Feed RTAMT's online monitor of discrete time; its robustness is positive where it holds."""

    samples = np.where(signal(int(size)), -1.0, 1.0).tolist()
    began = perf_counter()
    monitor = import_module("rtamt").StlDiscreteTimeOnlineSpecification()
    monitor.declare_var("good", "float")
    monitor.spec = f"historically[0:{WEEK}](good >= 0)"
    monitor.parse()
    answers = [monitor.update(k, [("good", value)]) > 0 for k, value in enumerate(samples)]
    return _said(began, np.array(answers), version("rtamt"))
