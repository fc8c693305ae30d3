"""Since, until, once and eventually, answered by the operators of the engine.

1. A key (values of the variables) is a partition; a time point at which a key is reached is a row.
2. A unit of the log is a million microseconds. Time points that share a time stamp follow each
   other by one microsecond, so row order stays as it is; `slack` is the longest such run.
3. A tick stands before the rows of its own instant, so a question is asked one microsecond after
   its time point. An interval that starts at a > 0 is asked at a tick that lies a earlier.
4. once: `once_within`, refuted by `none_within`. since: `since` on rows that are reached or fail,
   the last of them young enough by `once_within`; with a > 0 none that fails after the shifted
   tick, by `none_within` with an open end.
5. eventually: `match_deadline`, and `once_within` on the mirrored log. until: since, mirrored.
6. Each operator is asked in its columnar form; where the product of rows and ticks is small, in its
   reference form too. Any difference, also in witnesses, ends the run.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from tests.outside.mfotl.evaluate import Evaluator
from tests.outside.mfotl.formula import TRUE, NotSupportedError
from tregua.assessment.columns import Rows, Ticks, Truth, certain_rows, ints
from tregua.assessment.operators.match_deadline import MATCH_DEADLINE
from tregua.assessment.operators.none_within import NONE_WITHIN
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.operators.since import SINCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.outside.mfotl.evaluate import Asked
    from tests.outside.mfotl.log import Tuple
    from tregua.assessment.columns import Answers, Flags, Ints
    from tregua.assessment.operator import Operator

UNIT = 1_000_000
LONGEST = 2**61  # microseconds
SMALL = 20_000  # rows times ticks up to which the quadratic form is asked too


@dataclass
class ByOperators(Evaluator):
    """The plain evaluator, with the walk replaced.

    Attributes:
        asked: how many questions each operator answered, per form.
    """

    limit: int = 4_000_000
    asked: Counter[str] = field(default_factory=Counter)

    def answer(self, asked: Asked) -> set[tuple[int, Tuple]]:
        """Put the questions to the operators."""
        if not asked.pairs:
            return set()
        node, times = asked.node, self.log.times
        if (times[-1] - times[0]) * UNIT > LONGEST:
            raise NotSupportedError("a time stamp that no column of microseconds holds")
        table = _Table.of(asked, times, mirrored=node.ahead)
        high = node.high if node.high is not None else times[-1] - times[0] + node.low
        if node.held == TRUE:
            yes = self._once(table, node.low, high)
            if node.ahead:
                ahead = _Table.of(asked, times, mirrored=False)
                _same(yes, self._eventually(ahead, node.low, high))
        else:
            yes = self._since(table, node.low, high)
        return {pair for pair, holds in zip(asked.pairs, yes.tolist(), strict=True) if holds}

    def _once(self, table: _Table, low: int, high: int) -> Flags:
        rows, ticks = table.reached(), table.ticks(low)
        within = (high - low) * UNIT + table.slack + 1
        found = self._ask(ONCE_WITHIN, rows, ticks, within=within, closed=True)
        none = self._ask(NONE_WITHIN, rows, ticks, within=within, closed=True)
        _same(found, ~none)
        return found

    def _eventually(self, table: _Table, low: int, high: int) -> Flags:
        triggers, answers, place = table.triggers_and_answers(low)
        # A window of zero is refused; the next time stamp is a million microseconds away.
        within = max(1, (high - low) * UNIT + table.slack)
        kept = self._ask(MATCH_DEADLINE, triggers, answers, within=within)
        return kept[place]

    def _since(self, table: _Table, low: int, high: int) -> Flags:
        rows, reached, fails = table.reached_or_failing()
        held = Truth(~fails, ~fails)
        found = self._ask(SINCE, rows, table.ticks(low), a=held, b=Truth(reached, reached))
        found = found & self._once(table, low, high)
        if low > 0:
            within = low * UNIT + 1 - table.slack
            found &= self._ask(NONE_WITHIN, rows.take(fails), table.ticks(0), within=within)
        return found

    def _ask(
        self, operator: Operator[..., Answers], rows: Rows, ticks: Ticks | Rows, **how: object
    ) -> Flags:
        self.asked[f"{operator.name} columnar"] += len(ticks)
        found = operator.columnar(rows, ticks, **how)
        _same(found.must, found.may)  # nothing here is uncertain
        if len(rows) * len(ticks) <= SMALL:
            self.asked[f"{operator.name} reference"] += len(ticks)
            plain = operator.reference(rows, ticks, **how)
            for name in ("must", "may", "must_row", "may_row"):
                _same(getattr(found, name), getattr(plain, name))
        return found.must


def _same(one: Ints | Flags, other: Ints | Flags) -> None:
    assert one.tolist() == other.tolist()


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    """Questions and keys as columns; mirrored for what looks ahead."""

    asked: Asked
    times: tuple[int, ...]
    ranks: tuple[int, ...]
    codes: dict[Tuple, int]
    mirrored: bool

    @classmethod
    def of(cls, asked: Asked, times: tuple[int, ...], *, mirrored: bool) -> _Table:
        if mirrored:
            times = tuple(times[-1] - time for time in reversed(times))
        ranks = [0] * len(times)
        for i in range(1, len(times)):
            ranks[i] = ranks[i - 1] + 1 if times[i] == times[i - 1] else 0
        codes = {key: code for code, key in enumerate(sorted(asked.reached))}
        return cls(asked, times, tuple(ranks), codes, mirrored)

    @property
    def slack(self) -> int:
        return max(self.ranks)

    def _point(self, point: int) -> int:
        return len(self.times) - 1 - point if self.mirrored else point

    def _rows(self, cells: Iterable[tuple[int, int]]) -> Rows:
        ordered = sorted(cells)
        points, codes = (ints([cell[i] for cell in ordered]) for i in (0, 1))
        return certain_rows(np.arange(len(ordered)), codes, self._instants()[points])

    def _instants(self) -> Ints:
        return ints(self.times) * UNIT + ints(self.ranks)

    def _reached(self) -> set[tuple[int, int]]:
        reached = self.asked.reached.items()
        return {(self._point(p), self.codes[key]) for key, points in reached for p in points}

    def reached(self) -> Rows:
        return self._rows(self._reached())

    def reached_or_failing(self) -> tuple[Rows, Flags, Flags]:
        reached = self._reached()
        failing = {
            (self._point(p), code)
            for key, code in self.codes.items()
            for p in self.asked.failing(key)
        }
        cells = sorted(reached | failing)
        is_reached, fails = (
            np.array([cell in which for cell in cells], np.bool_) for which in (reached, failing)
        )
        return self._rows(cells), is_reached, fails

    def ticks(self, earlier: int) -> Ticks:
        """Ask after each question's time point, or so much earlier, after all of that stamp."""
        points = ints([self._point(point) for point, _ in self.asked.pairs])
        codes = ints([self.codes[key] for _, key in self.asked.pairs])
        stamps = ints(self.times)[points] - earlier
        ranks = self.slack if earlier else ints(self.ranks)[points]
        return Ticks(codes, stamps * UNIT + ranks + 1)

    def triggers_and_answers(self, later: int) -> tuple[Rows, Rows, Ints]:
        """Return the questions, so much later, and the answers as rows of one table.

        At the same instant a question comes before every answer. Also return where each question
        stands among the questions.
        """
        instants, cells = self._instants().tolist(), sorted(self._reached())
        asked = [
            ((self.times[point] + later) * UNIT if later else instants[point], 0, i)
            for i, (point, _) in enumerate(self.asked.pairs)
        ]
        answers = [(instants[point], 1, i) for i, (point, _) in enumerate(cells)]
        number = {line: n for n, line in enumerate(sorted(asked + answers))}
        order = sorted(asked)
        place = {line: n for n, line in enumerate(order)}
        questions = certain_rows(
            ints([number[line] for line in order]),
            ints([self.codes[self.asked.pairs[i][1]] for _, _, i in order]),
            ints([instant for instant, _, _ in order]),
        )
        reached = certain_rows(
            ints([number[line] for line in answers]),
            ints([code for _, code in cells]),
            ints([instant for instant, _, _ in answers]),
        )
        return questions, reached, ints([place[line] for line in asked])
