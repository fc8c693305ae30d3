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
SIDES = """\
party a "North"
    is: armed-force

party b "South"
    is: armed-group

phase truce "Truce"
    starts: 2030-09-12T00:00 UTC
    lasts: 96 hours
"""
BLOCKS = """\
zone valley-{n} "Valley {n}"
    is: area
    geometry: undefined "to be agreed"
    aliases: "the valley of {n}", "valley no. {n}"

prohibition attacks-{n} "No attacks in valley {n}"
    on: a, b
    must not: attack(weapon: any), seize-ground
    during: truce
    where: valley-{n}
    tolerance: undefined
    evidence: report, photo
"""


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
        Figure(
            "read a deal of 10,000 lines",
            said["long"],
            "ms",
            "a tenth of it, ten times",
            said["short"] * 10,
            done.peak,
        ),
    ]


def reading_and_lint() -> dict[str, float]:
    """Return the best milliseconds for splitting, reading and linting."""
    from tregua.agreement.lint_deal import lint
    from tregua.agreement.read import read_deal, read_deal_text

    reading = read_deal(DEAL)
    return {
        "split": _best(lambda: [line.split() for line in DEAL.read_text("utf-8").splitlines()]),
        "read": _best(lambda: read_deal(DEAL)),
        "lint": _best(lambda: lint(reading)),
        "short": _best(lambda: read_deal_text(long_deal(1_000), file="long")),
        "long": _best(lambda: read_deal_text(long_deal(10_000), file="long")),
    }


def long_deal(lines: int) -> str:
    """Return a deal of about that many lines, every block whole, every name declared once."""
    head = DEAL.read_text("utf-8").split("# ", 1)[0].split("---")[1]
    blocks = "\n".join(BLOCKS.format(n=n) for n in range(lines // (BLOCKS.count("\n") + 1)))
    return f"---{head}---\n\n```deal\n{SIDES}\n{blocks}```\n"


def _best(call: Callable[[], object]) -> float:
    return min(_once(call) for _ in range(TIMES)) * 1e3


def _once(call: Callable[[], object]) -> float:
    began = perf_counter()
    call()
    return perf_counter() - began
