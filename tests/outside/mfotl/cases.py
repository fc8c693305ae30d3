"""One case of another monitor, decided in two ways of our own and laid beside what was printed."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.outside.mfotl.answered_by_operators import ByOperators
from tests.outside.mfotl.evaluate import Evaluator, ended, resolved
from tests.outside.mfotl.formula import (
    EmptyIntervalError,
    Formula,
    NotSupportedError,
    negated,
)
from tests.outside.mfotl.log import Log, Printed, read_log, read_printed, read_signature, shown
from tests.outside.mfotl.order import binds
from tests.outside.mfotl.read_formula import read_formula

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.outside.mfotl.log import Tuple

    Found = dict[int, frozenset[Tuple]]

EMPTY = "negative or empty interval"
KNOWN_FLAGS = {"-verbose", "-nonewlastts", "-nofilteremptytp", "-unfold_let", "-no_rw"}


@dataclass
class Tally:
    """What came of the cases of one folder.

    Attributes:
        agreeing: cases in which both of our ways give what was printed.
        points: time points compared.
        refused: cases that both sides refuse, by reason.
        outside: cases that are not decided, by reason.
        alone: cases decided by the operators only, by reason.
        differing: what differs, one line each.
        asked: questions that each operator answered, by form.
    """

    folder: str
    read: int = 0
    agreeing: int = 0
    points: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    outside: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)
    asked: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return the counts as lines of text."""
        decided = f"{self.agreeing} decided and agreeing ({self.points} time points)"
        lines = [f"{self.folder}: {self.read} read, {decided}, {len(self.differing)} disagreeing"]
        for title, counts in (
            ("refused by both", self.refused),
            ("not supported", self.outside),
            ("by the operators alone", self.alone),
        ):
            lines += [f"  {title}: {n} ({reason})" for reason, n in sorted(counts.items())]
        lines += [f"  disagreeing: {line}" for line in self.differing]
        asked = ", ".join(f"{name} {n}" for name, n in sorted(self.asked.items()))
        return [*lines, f"  questions put to operators: {asked or 'none'}"]

    def balanced(self) -> bool:
        """Return whether every case that was read is counted once."""
        counted = self.agreeing + self.refused.total() + self.outside.total()
        return self.read == counted + len(self.differing)


def json_cases(file: Path) -> Iterator[dict[str, object]]:
    """Read the cases of a file, one a line."""
    for line in file.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def decide(formula: Formula, log: Log, tally: Tally, *, printed: bool = True) -> Found:
    """Decide by the operators and, where that is not too much, by the plain evaluator.

    Both must find the same; where the peer printed nothing, there is nothing else to compare with.
    The end that is added to the log is not part of the result.
    """
    found = decide_by_operators(formula, log, tally)
    try:
        plain = _points(Evaluator(ended(log, formula)).satisfied(formula), log)
    except NotSupportedError as reason:
        if not printed:
            raise
        tally.alone[str(reason)] += 1
    else:
        assert plain == found, "the operators and the plain evaluator differ"
    return found


def decide_by_operators(formula: Formula, log: Log, tally: Tally) -> Found:
    """Decide by the operators alone."""
    operators = ByOperators(ended(log, formula))
    found = _points(operators.satisfied(formula), log)
    tally.asked += operators.asked
    return found


def _points(found: dict[int, set[Tuple]], log: Log) -> Found:
    return {
        point: frozenset(tuple(map(shown, row)) for row in rows)
        for point, rows in sorted(found.items())
        if rows and point < len(log.times)
    }


def answerable(formula: Formula) -> Formula:
    """Return the formula, or its negation where only that has finitely many answers."""
    for candidate in (formula, negated(formula)):
        if binds(candidate) is not None:
            return candidate
    raise NotSupportedError("not range-restricted")


def differences(
    found: Found, printed: dict[int, Printed], log: Log, *, final: int, complete: bool
) -> list[str]:
    """Compare at the time points that both sides answer.

    Args:
        final: how many time points are final, whatever comes after the log.
        complete: whether the peer leaves out a point only when nothing holds there. Otherwise it
            prints empty answers too, and only what it printed is compared.
    """
    wrong = []
    for point, line in sorted(printed.items()):
        if point >= len(log.times) or log.times[point] != line.time:
            wrong.append(f"time point {point}: no such time point with this stamp")
        elif found.get(point, frozenset()) != line.values:
            mine = sorted(found.get(point, frozenset()), key=repr)
            wrong.append(f"time point {point}: {mine}, printed {sorted(line.values, key=repr)}")
    if complete:
        silent = [p for p in found if p < final and p not in printed]
        wrong += [f"time point {p}: {sorted(found[p], key=repr)}, nothing printed" for p in silent]
    return wrong


def compare_case(case: dict[str, object], tally: Tally) -> None:
    """Count one case of a file: signature, formula, log, flags and what was printed."""
    tally.read += 1
    flags = _strings(case.get("flags"))
    output = _strings(case["verdicts"] if "verdicts" in case else case["expected"])
    said = "\n".join(output)
    empty = EMPTY in said
    try:
        formula, log = _read(case, flags, said)
        if empty:
            tally.differing.append(f"case {case['n']}: an empty interval was not refused")
            return
        found = decide(formula, log, tally)
        binding = "flags" not in case or "-nonewlastts" in flags
        final = resolved(formula, log) if binding else len(log.times)
        printed, complete = read_printed(output), "-verbose" not in flags
        wrong = differences(found, printed, log, final=final, complete=complete)
    except EmptyIntervalError as reason:
        (tally.refused if empty else tally.outside)[str(reason)] += 1
    except NotSupportedError as reason:
        tally.outside[str(reason)] += 1
    except AssertionError as reason:
        tally.differing.append(f"case {case['n']}: {reason}")
    else:
        tally.points += len(set(printed) | set(range(final if complete else 0)))
        tally.agreeing += not wrong
        tally.differing += [f"case {case['n']}: {line}" for line in wrong[:1]]


def _read(case: dict[str, object], flags: tuple[str, ...], said: str) -> tuple[Formula, Log]:
    if "-check" in flags:
        raise NotSupportedError("types are checked, nothing is decided")
    if other := sorted(set(flags) - KNOWN_FLAGS):
        raise NotSupportedError(f"called with {other[0]}")
    formula = read_formula(str(case["formula"]))
    log = read_log(str(case["log"]), read_signature(str(case["sig"])))
    if "NOT monitorable" in said:
        raise NotSupportedError("the peer refuses it as not monitorable")
    if "Fatal error" in said and EMPTY not in said:
        raise NotSupportedError("the peer stops with an error")
    return formula, log


def _strings(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()
