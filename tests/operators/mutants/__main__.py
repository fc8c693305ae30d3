"""`make mutants`: change each operator in many small ways; the tests must notice every one.

What they do not notice must have a reason on the page `docs/reference/mutants.md`. Names of files
on the command line limit the run to these.
"""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.operators.mutants.by_tool import by_tool
from tests.operators.mutants.by_words import by_words
from tests.operators.mutants.mutant import Outcome
from tests.operators.mutants.plan import REASONS, ROOM, ROOT, files
from tests.operators.mutants.reasons import read, written
from tests.operators.mutants.trial import copy_to, proved, tried

if TYPE_CHECKING:
    from tests.operators.mutants.mutant import Mutant
    from tests.operators.mutants.reasons import Reasons


def run(names: list[str]) -> int:
    """Try every mutant of the files named, or of all; return 1 when one survives unexplained."""
    os.nice(5)
    chosen = [path for path in files() if not names or Path(path).stem in names]
    explained = read()
    survivors: list[Mutant] = []
    total: Counter[str] = Counter()
    with TemporaryDirectory() as folder:
        copy_to(Path(folder))
        for path in chosen:
            total += _file(Path(folder), path, survivors, explained)
    print(f"{'together':32}{_figures(total)}")
    missing = any(mutant.change not in explained for mutant in survivors)
    stale = explained.stale(chosen, (mutant.change for mutant in survivors))
    for change in stale:
        print(f"\nno longer survives, take it off {REASONS}: {change.path}\n{written(change)}")
    return int(missing or bool(stale))


def _file(folder: Path, path: str, survivors: list[Mutant], explained: Reasons) -> Counter[str]:
    seconds = proved(folder, path)
    source = (ROOT / ROOM / path).read_text("utf-8")
    mutants = {m.text: m for m in chain(by_tool(path, source), by_words(path, source))}
    began = time.monotonic()
    counts: Counter[str] = Counter()
    for mutant in mutants.values():
        outcome = tried(folder, mutant, seconds)
        counts[outcome.value] += 1
        if outcome is Outcome.SURVIVED:
            survivors.append(mutant)
            counts["with a reason"] += mutant.change in explained
            if mutant.change not in explained:
                print(f"\n{path}:{mutant.line}\n{written(mutant.change)}", flush=True)
    print(f"{path:32}{_figures(counts)}, {time.monotonic() - began:.0f} s", flush=True)
    return counts


def _figures(counts: Counter[str]) -> str:
    made = sum(counts[outcome.value] for outcome in Outcome)
    kinds = (*(outcome.value for outcome in Outcome), "with a reason")
    return f"{made:5} made, " + ", ".join(f"{counts[kind]:4} {kind}" for kind in kinds)


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
