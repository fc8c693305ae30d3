"""Try a mutant: run the tests over a copy of the repository in which one file is changed.

Each trial is a fork of this process, which has already loaded what is slow to load and is never
changed. The copy is written to; the checkout never is.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import sys
import traceback
from typing import TYPE_CHECKING

import duckdb  # noqa: F401
import numpy as np  # noqa: F401
import pytest
import sybil.parsers.markdown  # noqa: F401
from hypothesis import Phase, settings

from tests.operators.mutants.mutant import Outcome
from tests.operators.mutants.plan import (
    EXAMPLES,
    FIRST_SECONDS,
    MEMORY,
    ROOM,
    ROOT,
    TIMES_LONGER,
    noticed_by,
)

if TYPE_CHECKING:
    from pathlib import Path

    from tests.operators.mutants.mutant import Mutant

SAID = "said.txt"

# One failure is enough: it is not made small, and nothing is kept from one trial to the next.
settings.register_profile(
    "mutants",
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=EXAMPLES,
    phases=(Phase.explicit, Phase.generate),
    report_multiple_bugs=False,
)


def copy_to(folder: Path) -> None:
    """Copy what the tests read, and run each selection once on the unchanged files.

    Raises:
        RuntimeError: when they fail without any mutant.
    """
    skipped = shutil.ignore_patterns("__pycache__")
    for name in ("src", "tests/operators"):
        shutil.copytree(ROOT / name, folder / name, ignore=skipped)
    for name in ("conftest.py", "pyproject.toml"):
        shutil.copy(ROOT / name, folder)


def proved(folder: Path, path: str) -> float:
    """Run the tests of a file before it is changed, and return how many seconds a trial may take.

    Raises:
        RuntimeError: when they fail without any mutant.
    """
    before = _worked()
    if _forked(folder, path, FIRST_SECONDS) is not Outcome.SURVIVED:
        said = (folder / SAID).read_text("utf-8", "replace")
        raise RuntimeError(f"the tests of {path} fail without any mutant:\n{said[-2000:]}")
    return TIMES_LONGER * (_worked() - before)


def _worked() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def tried(folder: Path, mutant: Mutant, seconds: float) -> Outcome:
    """Return what the tests say of the mutant; the copy is then as it was."""
    file = folder / ROOM / mutant.change.path
    original = file.read_text("utf-8")
    _write(file, mutant.text)
    try:
        return _forked(folder, mutant.change.path, seconds)
    finally:
        _write(file, original)


def _write(file: Path, text: str) -> None:
    """Write a module, and forget what was compiled from it: two of one second look alike."""
    for compiled in file.parent.glob(f"__pycache__/{file.stem}.*.pyc"):
        compiled.unlink()
    file.write_text(text, "utf-8")


def _forked(folder: Path, path: str, seconds: float) -> Outcome:
    child = os.fork()
    if not child:
        _child(folder, path, seconds)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        timed_out = os.WTERMSIG(status) == signal.SIGPROF
        return Outcome.TIMED_OUT if timed_out else Outcome.KILLED
    return Outcome.KILLED if os.WEXITSTATUS(status) else Outcome.SURVIVED


def _child(folder: Path, path: str, seconds: float) -> None:
    code = 70
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        said = os.open(folder / SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        for stream in (1, 2):
            os.dup2(said, stream)
        os.chdir(folder)
        for name in [name for name in sys.modules if name.split(".")[0] in ("tests", "tregua")]:
            del sys.modules[name]
        sys.path[:0] = [str(folder / "src"), str(folder)]
        os.environ["PYTHONPATH"] = os.pathsep.join(sys.path[:2])
        code = int(pytest.main(
            ["-x", "-q", "--rootdir=.", "--hypothesis-profile=mutants", "-p", "no:cacheprovider",
             "-W", "ignore::pytest.PytestAssertRewriteWarning", *noticed_by(path)]
        ))  # fmt: skip
    except BaseException:  # noqa: BLE001
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
