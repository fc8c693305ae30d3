"""How soon the command line answers: help, and the lint of a whole deal, as processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.measure import ROOT, Figure, best, python, tregua

if TYPE_CHECKING:
    from pathlib import Path

    from bench.measure import Run

TIMES = 10
DEAL = ROOT / "src" / "tregua" / "agreement" / "library" / "syria-2016-09.deal.md"
HELP_AIM, LINT_AIM = 150.0, 300.0  # milliseconds


def figures(_data: Path | None, _scratch: Path) -> list[Figure]:
    """Measure help and lint beside an interpreter that does nothing and one that imports typer."""
    nothing = best(python("-c", "pass"), times=TIMES)
    typer = best(python("-c", "import typer"), times=TIMES)
    shown = best(tregua("--help"), times=TIMES)
    linted = best(tregua("lint", str(DEAL)), times=TIMES)
    return [
        _figure("tregua --help", shown, "python -c pass", nothing, HELP_AIM),
        _figure("tregua --help", shown, 'python -c "import typer"', typer, HELP_AIM),
        _figure("tregua lint, September deal", linted, "python -c pass", nothing, LINT_AIM),
    ]


def _figure(name: str, ours: Run, peer: str, other: Run, aim: float) -> Figure:
    return Figure(
        name, ours.seconds * 1e3, "ms", peer, other.seconds * 1e3, ours.peak, aim, ours.busy
    )
