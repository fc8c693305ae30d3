"""Reading and linting the bundled September deal inside one process, after the imports."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from bench.measure import Figure, run, work
from bench.start import DEAL

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TIMES = 10


def figures(_data: Path | None, _scratch: Path) -> list[Figure]:
    """Measure reading and lint; the peer splits the same text into lines and words."""
    done = run(work("deal", "reading_and_lint"))
    said = done.said
    peer = "split into lines and words"
    return [
        Figure(
            "read the September deal, in process",
            said["read"],
            "ms",
            peer,
            said["split"],
            done.peak,
        ),
        Figure("lint it, once read", said["lint"], "ms", peer, said["split"], done.peak),
    ]


def reading_and_lint() -> dict[str, float]:
    """Return the best milliseconds for splitting, reading and linting."""
    from tregua.agreement.lint_deal import lint
    from tregua.agreement.read import read_deal

    reading = read_deal(DEAL)
    return {
        "split": _best(lambda: [line.split() for line in DEAL.read_text("utf-8").splitlines()]),
        "read": _best(lambda: read_deal(DEAL)),
        "lint": _best(lambda: lint(reading)),
    }


def _best(call: Callable[[], object]) -> float:
    return min(_once(call) for _ in range(TIMES)) * 1e3


def _once(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began
