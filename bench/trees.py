"""Explanations of results and their independent check: a million events of workload T.

The norm asks of each severe attack whether it answers another actor's; each answer is explained
from its witness row, and each tree checked against the raw rows by the page that knows no engine.
Then every tree is spoilt in every way, a node out or a number changed, and each must be refused.
Making the two tables of rows is no part of the times; it is printed apart.
"""

from __future__ import annotations

import json
from statistics import median
from time import perf_counter, thread_time
from typing import TYPE_CHECKING, Any

import numpy as np

from bench.measure import Figure, run, work
from bench.workload_t import ATTACK, SEVERE, TEN_MINUTES, YEAR_SECONDS, events
from tregua.assessment.check_rows import RawRows
from tregua.assessment.columns import certain_rows
from tregua.assessment.explain_rows import ANSWERED, RowNorm, RowTrees
from tregua.assessment.operators import last_other

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run
    from tregua.assessment.columns import Ints

EVENTS, ROUNDS = 1_000_000, 5
AIM = 10.0  # microseconds a tree, for a hundred thousand a second
NORM = RowNorm("attacks", ANSWERED, ATTACK, ATTACK, ("zone",), TEN_MINUTES, least=SEVERE)


def figures(_data: Path | None, _scratch: Path) -> list[Figure]:
    """Measure trees and checks, each round in a process of its own."""
    runs = [run(work("trees", "explain", str(EVENTS))) for _ in range(ROUNDS)]
    said, best = runs[0].said, min(runs, key=lambda done: done.busy)
    if said["spoilt"] != said["refused"]:
        raise RuntimeError(f"trees: {said['spoilt'] - said['refused']} spoilt ones were not seen")
    return [
        *_lines(runs, f"trees, {said['trees']:,} of {EVENTS:,} events", "tree"),
        *_lines(runs, "checks of these", "check"),
        Figure("spoilt trees, all refused", said["refused"], "trees", peak=best.peak,
               busy=best.busy),
    ]  # fmt: skip


def _lines(runs: list[Run], what: str, step: str) -> list[Figure]:
    """Return the speed in seconds of one processor first: others at work do not change it."""
    peer, busy, least = "writing it as JSON", _best(runs, f"{step} busy"), _best(runs, "json busy")
    wall, other = _middle(runs, step), _middle(runs, "json")
    return [
        Figure(f"{what}, best of {ROUNDS}", 1e6 / busy, "a busy s", peer, 1e6 / least),
        Figure("  each, processor", busy, "us", peer, least, aim=AIM),
        Figure("  each, by the clock, median", wall, "us", peer, other, aim=AIM),
        Figure("  rows made ready", _best(runs, f"{step} ready"), "s"),
    ]


def _best(runs: list[Run], name: str) -> float:
    return float(min(done.said[name] for done in runs))


def _middle(runs: list[Run], name: str) -> float:
    return float(median(done.said[name] for done in runs))


def explain(size: str) -> dict[str, float]:
    """Explain every answer, check every tree, spoil every tree.

    Raises:
        RuntimeError: when the checker refuses a tree.
    """
    columns = _columns(int(size))
    asked = _decided(columns)
    explained, ready = _timed(lambda: RowTrees(NORM, columns))
    trees, took, busy = _each(lambda: [explained.answered(row, other) for row, other in asked])
    plain = {name: column.tolist() for name, column in columns.items()}
    checker, opened = _timed(lambda: RawRows(NORM.to_json(), plain))
    wrong, checked, worked = _each(
        lambda: [why for tree in trees if (why := checker.refused(tree))]
    )
    if wrong:
        raise RuntimeError(f"trees: {len(wrong)} were refused, the first: {wrong[0]}")
    _, written, dumped = _each(lambda: [json.dumps(tree) for tree in trees])
    answers = [bool(checker.refused(other)) for tree in trees for other in spoilt(tree)]
    each = 1e6 / len(trees)
    return {
        "trees": len(trees),
        "tree": took * each,
        "tree busy": busy * each,
        "tree ready": ready,
        "check": checked * each,
        "check busy": worked * each,
        "check ready": opened,
        "json": written * each,
        "json busy": dumped * each,
        "spoilt": len(answers),
        "refused": sum(answers),
    }


def _columns(size: int) -> dict[str, Ints]:
    drawn = events(size, YEAR_SECONDS)
    return {("amount" if name == "severity" else name): c for name, c in drawn.items()}


def _decided(columns: dict[str, Ints]) -> list[tuple[int, int]]:
    """Return each severe attack with its witness, as the columnar operator answers."""
    row = np.flatnonzero(columns["kind"] == ATTACK)
    acts = certain_rows(row, columns["zone"][row], columns["t"][row])
    found = last_other.columnar(acts, actor=columns["actor"][row], within=TEN_MINUTES)
    severe = columns["amount"][row] >= SEVERE
    return list(zip(row[severe].tolist(), found.may_row[severe].tolist(), strict=True))


def _timed(make: Callable[[], Any]) -> tuple[Any, float]:
    began = perf_counter()
    return make(), perf_counter() - began


def _each(make: Callable[[], list[Any]]) -> tuple[list[Any], float, float]:
    began, worked = perf_counter(), thread_time()
    made = make()
    return made, perf_counter() - began, thread_time() - worked


def spoilt(tree: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the tree without each node, with each number changed, with the other answer."""
    nodes = tree["because"]
    yield tree | {"kept": not tree["kept"]}
    yield tree | {"asked": {"row": tree["asked"]["row"] + 1}}
    for k, node in enumerate(nodes):
        yield tree | {"because": nodes[:k] + nodes[k + 1 :]}
        for name, value in node.items():
            if isinstance(value, int):
                other = node | {name: value + 1}
                yield tree | {"because": [*nodes[:k], other, *nodes[k + 1 :]]}
