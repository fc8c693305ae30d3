"""The operators beside other monitors: formulas, logs and answers of six public collections.

Every formula is decided twice here: by a plain quadratic evaluator, and by the operators of the
engine in place of its walk. Both must agree with each other and with what the other monitors
printed. What is outside the fragment is listed by reason. Nothing of the data is kept.
"""

from __future__ import annotations

import gzip
import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.outside.mfotl.cases import (
    Tally,
    answerable,
    compare_case,
    decide,
    decide_by_operators,
    differences,
    json_cases,
)
from tests.outside.mfotl.evaluate import resolved
from tests.outside.mfotl.formula import Formula, NotSupportedError, negated
from tests.outside.mfotl.log import read_log, read_printed, read_signature
from tests.outside.mfotl.patterns import log_of_propositions, log_of_rows, pattern_in_mfotl
from tests.outside.mfotl.read_formula import read_formula

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = [pytest.mark.outside, pytest.mark.slow]
# Two monitors and a kernel of ours found a single violation in this log before.
MEASURED = {"prop2 over 10,000 events": 1}


@pytest.fixture
def benchmarks(shared_data: Path) -> Path:
    folder = shared_data / "monitor-benchmarks"
    if not folder.is_dir():
        pytest.skip("monitor-benchmarks is not among the real data")
    return folder


def existing(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"{path.name} is not among the real data")
    return path


def text(path: Path) -> str:
    """Read a file, packed or not."""
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")


def concluded(tally: Tally) -> None:
    """Print the counts; nothing may disagree, nothing may be lost, something must be decided."""
    print("\n" + "\n".join(tally.lines()))
    assert [] == tally.differing
    assert tally.balanced()
    assert tally.agreeing > 0


@pytest.mark.parametrize("folder", ["random-mfotl", "monpoly-cram"])
def test_cases_of_two_monitors(benchmarks: Path, folder: str) -> None:
    """Every supported case of the file gives what the other monitors printed."""
    tally = Tally(folder)
    for case in json_cases(existing(benchmarks / folder / "cases.jsonl")):
        compare_case(case, tally)
    concluded(tally)


def attempt(tally: Tally, name: str, compare: Callable[[], list[str]]) -> None:
    """Count one case: agreeing, disagreeing, or not supported."""
    tally.read += 1
    try:
        wrong = compare()
    except NotSupportedError as reason:
        tally.outside[f"{reason}: {name}"] += 1
    except AssertionError as reason:
        tally.differing.append(f"{name}: {reason}")
    else:
        tally.agreeing += not wrong
        tally.differing += [f"{name}: {line}" for line in wrong[:1]]


def test_privacy_policies_over_a_real_log(benchmarks: Path) -> None:
    """Each policy gives the printed answers, line by line, over all time points of the log."""
    folder = existing(benchmarks / "enfguard-gdpr")
    signature = next(folder.rglob("monpoly/signature.sig"))
    log = read_log(text(folder / "expected/log_as_run.log"), read_signature(text(signature)))
    tally, counts = Tally("enfguard-gdpr"), {}
    for file in sorted((folder / "expected").glob("*.mfotl")):
        formula = read_formula(text(file))
        output = text(next(file.parent.glob(f"{file.stem}.monpoly.out*"))).splitlines()

        def compare(formula: Formula = formula, output: list[str] = output) -> list[str]:
            found, printed = decide(formula, log, tally), read_printed(output)
            final = resolved(formula, log)
            tally.points += len(log.times)
            return differences(found, printed, log, final=final, complete=True)

        attempt(tally, file.stem, compare)
        counts[file.stem] = len(read_printed(output))
    print(f"\nlines: {counts}")
    concluded(tally)


def test_ten_patterns_over_time(benchmarks: Path) -> None:
    """Each pattern fails at the time points at which the other monitor says it fails."""
    folder, tally = existing(benchmarks / "timescales-small"), Tally("timescales-small")
    expected = json.loads((folder / "expected_violations_monpoly.json").read_text("utf-8"))
    for name, wanted in sorted(expected.items()):
        pattern = re.search(r'pattern\s*:\s*"(.*)"', text(folder / f"{name}.yaml"))
        assert pattern is not None

        def compare(
            name: str = name, rule: str = pattern[1], wanted: list[int] = wanted["violations"]
        ) -> list[str]:
            log = log_of_propositions(text(folder / f"{name}.jsonl.gz").splitlines())
            found = decide(negated(read_formula(pattern_in_mfotl(rule))), log, tally)
            tally.points += len(log.times)
            return [] if wanted == sorted(found) else [f"{sorted(found)[:5]}, expected {wanted}"]

        attempt(tally, name, compare)
    concluded(tally)


def test_properties_of_programs(benchmarks: Path) -> None:
    """A property fails at the same points of a log in the forms of two monitors.

    The collection prints no answers: the two forms of one log are laid beside each other, and the
    operators beside the plain evaluator.
    """
    folder = existing(benchmarks / "dejavu/src/test/scala/tests_fmsd")
    tally = Tally("dejavu")
    for signature in sorted(folder.glob("*/*.sig")):
        types = read_signature(text(signature))
        for file in sorted(signature.parent.glob("*.mfotl")):
            for rows in sorted(signature.parent.glob("*/log-dejavu.txt*")):
                name = f"{file.stem} over {rows.parent.name} events"

                def compare(
                    file: Path = file,
                    rows: Path = rows,
                    name: str = name,
                    types: dict[str, tuple[str, ...]] = types,
                ) -> list[str]:
                    formula = answerable(negated(read_formula(text(file))))
                    one = log_of_rows(text(rows).splitlines())
                    found = decide(formula, one, tally, printed=False)
                    tally.points += len(one.times)
                    print(f"\n  {name}: fails at {len(found)}, first {list(found)[:1]}", end="")
                    assert MEASURED.get(name, len(found)) == len(found)
                    return other_form(formula, rows, types, list(found), tally)

                attempt(tally, name, compare)
    concluded(tally)


def other_form(
    formula: Formula,
    rows: Path,
    types: dict[str, tuple[str, ...]],
    found: list[int],
    tally: Tally,
) -> list[str]:
    """Decide over the same log in the other monitor's form, if it is there."""
    other = rows.with_name("log-monpoly.txt")
    if not other.exists():
        return []
    points = list(decide_by_operators(formula, read_log(text(other), types), tally))
    return [] if found == points else [f"fails at {found[:5]} and at {points[:5]}"]


def beside(file: Path, suffix: str) -> Path:
    """Return the file of the longest name that this one's contains, or the only one."""
    there = sorted(file.parent.glob(f"*{suffix}"))
    named = [path for path in there if path.stem in file.stem]
    if not named and len(there) != 1:
        raise NotSupportedError(f"no {suffix[1:]} of its own")
    return max(named, key=lambda path: len(path.stem), default=there[0])


def test_examples_of_explanations(benchmarks: Path) -> None:
    """The operators and the plain evaluator agree; the collection prints no answers."""
    folder, tally = existing(benchmarks / "whymon-examples"), Tally("whymon-examples")
    for file in sorted(folder.rglob("*.mfotl")):

        def compare(file: Path = file) -> list[str]:
            formula = answerable(read_formula(text(file)))
            types = read_signature(text(beside(file, ".sig")))
            log = read_log(text(beside(file, ".log")), types)
            decide(formula, log, tally, printed=False)
            tally.points += len(log.times)
            return []

        attempt(tally, file.relative_to(folder).as_posix(), compare)
    concluded(tally)
