"""Run the benches, print one table: ``python -m bench [NAME...] [--data PATH] [--save NAME]``."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench import (
    appends,
    deal,
    intake,
    late,
    live_road,
    record,
    signed,
    start,
    status,
    trees,
    workload_t,
    workload_w,
    zones,
)
from bench.generate import SEED
from bench.measure import ROOT
from tregua import __version__

if TYPE_CHECKING:
    from bench.measure import Figure

BENCHES = {
    "start": start,
    "deal": deal,
    "intake": intake,
    "appends": appends,
    "status": status,
    "t": workload_t,
    "w": workload_w,
    "zones": zones,
    "late": late,
    "live_road": live_road,
    "trees": trees,
    "record": record,
    "signed": signed,
}
LARGE = {"t": workload_t.large_figures, "w": workload_w.large_figures}


def main() -> None:
    """Measure what was asked for, in the order of the list."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument("names", nargs="*", help=f"of: {', '.join(BENCHES)}; default: all")
    asked.add_argument("--data", type=Path, help="folder of real data; without it rows are made")
    asked.add_argument("--large", action="store_true", help="only t and w, with ten million events")
    asked.add_argument("--save", default="", help="write bench/results/NAME.json")
    given = asked.parse_args()
    unknown = [name for name in given.names if name not in BENCHES]
    if unknown:
        asked.error(f"no bench {unknown[0]}; there are: {', '.join(BENCHES)}")
    if given.data is not None and not given.data.is_dir():
        asked.error(f"{given.data} is no folder")
    if given.save and not given.save.isidentifier():
        asked.error(f"--save {given.save}: write a plain name of letters and digits")
    found: list[Figure] = []
    with TemporaryDirectory() as scratch:
        steps = LARGE if given.large else {name: bench.figures for name, bench in BENCHES.items()}
        for name in [name for name in given.names or steps if name in steps]:
            sys.stderr.write(f"measuring {name} ...\n")
            found += steps[name](given.data, Path(scratch))
    print("\n".join(table(found)))
    if given.save:
        save(found, given.save, with_data=given.data is not None)


def table(found: list[Figure]) -> list[str]:
    """Return the figures as lines of equal columns."""
    head = ("figure", "value", "unit", "aim", "beside", "its value", "ratio", "busy s", "MiB")
    rows = [head, *(_row(figure) for figure in found)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    left = {0, 2, 4}
    return [
        "  ".join(
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _row(figure: Figure) -> tuple[str, ...]:
    return (
        figure.name,
        _number(figure.value),
        figure.unit,
        _kept(figure),
        figure.peer,
        _number(figure.peer_value),
        _number(figure.ratio),
        _number(figure.busy),
        f"{figure.peak:.0f}" if figure.peak else "",
    )


def _kept(figure: Figure) -> str:
    if figure.aim:
        return f"{figure.aim:g} {'kept' if figure.value <= figure.aim else 'MISSED'}"
    if figure.least:
        return f"ratio {figure.least:g} {'kept' if figure.ratio >= figure.least else 'MISSED'}"
    return ""


def _number(value: float) -> str:
    if not value:
        return ""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def save(found: list[Figure], name: str, *, with_data: bool) -> None:
    """Write the figures with what is needed to read them: machine in words, versions, seed."""
    target = ROOT / "bench" / "results" / f"{name}.json"
    target.parent.mkdir(exist_ok=True)
    machine = {
        "processors": os.cpu_count(),
        "kind": platform.machine(),
        "system": platform.system(),
    }
    value = {
        "tregua": __version__,
        "python": platform.python_version(),
        "machine": machine,
        "data": "real" if with_data else f"generated, seed {SEED}",
        "figures": [{**asdict(f), "ratio": f.ratio} for f in found],
    }
    target.write_text(json.dumps(value, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"written: {target.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
