"""Measuring: each run in a process of its own, its wall time, its peak memory, the best of some."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]
KIB_PER_MIB = 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One process.

    Attributes:
        seconds: wall time from start to end.
        busy: seconds that a processor worked for it; what else the machine does hardly adds here.
        peak: most memory that the process held, MiB.
        said: the JSON value on the last line of its output; empty when it printed none.
    """

    seconds: float
    busy: float
    peak: float
    said: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    Attributes:
        name: what was measured.
        value: the number, in ``unit``.
        peer: what stands beside it; empty when nothing plain does the same.
        peer_value: the peer's number in the same unit.
        peak: most memory of our process, MiB.
        aim: the bound that we want to keep, in ``unit``; zero when there is none.
        busy: seconds of processor time of our whole process.
        least: the ratio to the peer that we want at least; zero when there is none.
    """

    name: str
    value: float
    unit: str
    peer: str = ""
    peer_value: float = 0.0
    peak: float = 0.0
    aim: float = 0.0
    busy: float = 0.0
    least: float = 0.0

    @property
    def ratio(self) -> float:
        """Return our number divided by the peer's; zero without a peer."""
        return self.value / self.peer_value if self.peer_value else 0.0


def run(command: list[str], *, folder: Path | None = None) -> Run:
    """Run a command to its end and measure it.

    Codes 0 and 1 are results, 1 only of a command that says something; others are faults.

    Raises:
        RuntimeError: when the command failed.
    """
    here = os.pathsep.join((str(ROOT / "src"), str(ROOT)))  # this checkout, whatever is installed
    place = {**os.environ, "PYTHONPATH": here, "NO_COLOR": "1"}
    began = perf_counter()
    child = subprocess.Popen(command, cwd=folder or ROOT, env=place, stdout=subprocess.PIPE)
    assert child.stdout is not None
    output = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    seconds = perf_counter() - began
    child.returncode = code = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if code not in (0, 1) or (code == 1 and not output):
        raise RuntimeError(f"{' '.join(command[:3])} ended with {code}")
    busy = usage.ru_utime + usage.ru_stime
    return Run(seconds, busy, usage.ru_maxrss / KIB_PER_MIB, _last_json(output))


def _last_json(output: bytes) -> dict[str, Any]:
    last = output.strip().rpartition(b"\n")[2]
    try:
        said = json.loads(last)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def best(command: list[str], *, times: int, folder: Path | None = None) -> Run:
    """Return the quickest of several runs: what else the machine does only ever adds."""
    return min((run(command, folder=folder) for _ in range(times)), key=lambda r: r.seconds)


def python(*words: str) -> list[str]:
    """Return a command for this interpreter."""
    return [sys.executable, *words]


def tregua(*words: str) -> list[str]:
    """Return a command line of ours: the script that a user calls."""
    return [str(Path(sys.executable).with_name("tregua")), *words]


def work(module: str, function: str, *given: str) -> list[str]:
    """Return a command that calls a function of a bench in a process of its own."""
    call = (
        f"import json; from bench.{module} import {function} as f; print(json.dumps(f(*{given!r})))"
    )
    return python("-c", call)
