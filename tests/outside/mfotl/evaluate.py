"""A plain evaluator: which values satisfy a formula at which time points.

1. A question is a time point with values of the variables known so far. Every part of a formula
   answers all questions at once, by adding variables or by dropping questions.
2. A negation and a comparison need their variables known; what others bind comes first.
3. Since and until are answered by walking from time point to time point: quadratic, and easily laid
   beside the definition. `answered_by_operators.py` replaces that walk and nothing else.
4. Nothing is known after the end of the log: `resolved` says how far answers are final.
"""

from __future__ import annotations

import operator
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.outside.mfotl.formula import (
    And,
    Atom,
    Compare,
    Exists,
    Fixed,
    Formula,
    Lasting,
    Not,
    NotSupportedError,
    Or,
    Step,
    columns,
    free,
    negated,
    parts,
    reach,
)
from tests.outside.mfotl.order import NONE, UNSAFE, binds, given, in_order
from tests.outside.mfotl.values import TYPES, bind, compute

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tests.outside.mfotl.log import Log, Tuple

TOO_LONG = "the plain evaluator walks too long"
LONGEST_WALK = 60_000_000  # time points, in one case
TOO_LARGE = "too many values to try one by one"
TESTS = {"=": operator.eq, "<": operator.lt, "<=": operator.le}


@dataclass(frozen=True, slots=True)
class Questions:
    """Time points, each with values of the named variables."""

    names: tuple[str, ...]
    rows: frozenset[tuple[int, Tuple]]

    def only(self, names: tuple[str, ...]) -> Questions:
        places = [self.names.index(n) for n in names]
        return Questions(
            names, frozenset((t, tuple(row[p] for p in places)) for t, row in self.rows)
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """What a walk needs.

    Attributes:
        node: since or until.
        pairs: the questions: a time point and a key each.
        reached: the time points at which each key is reached.
        failing: the time points at which what must hold fails, for a key.
    """

    node: Lasting
    pairs: list[tuple[int, Tuple]]
    reached: dict[Tuple, set[int]]
    failing: Callable[[Tuple], Iterable[int]]


@dataclass
class Evaluator:
    """Evaluates formulas over one log, to which an end without events is added.

    Attributes:
        limit: how many steps it takes before it gives up.
        steps, walked: how many it took, and how many time points it passed.
        by_name: where each predicate holds, and for what values.
    """

    log: Log
    limit: int = 2_500_000
    steps: int = 0
    walked: int = 0
    by_name: dict[str, list[tuple[int, Tuple]]] = field(init=False)

    def __post_init__(self) -> None:
        self.by_name = defaultdict(list)
        for point, events in enumerate(self.log.events):
            for name, values in events:
                self.by_name[name].append((point, values))

    def satisfied(self, formula: Formula) -> dict[int, set[Tuple]]:
        """Return the satisfying values per time point, in the order of `columns`."""
        found: dict[int, set[Tuple]] = defaultdict(set)
        for point, row in self.extend(formula, self.everywhere()).only(columns(formula)).rows:
            found[point].add(row)
        return found

    def everywhere(self) -> Questions:
        return Questions((), frozenset((t, ()) for t in range(len(self.log.times))))

    def spend(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self.limit:
            raise NotSupportedError(TOO_LARGE)

    def extend(self, formula: Formula, asked: Questions) -> Questions:
        """Answer all questions: the ones that hold, with the formula's variables added."""
        self.spend(len(asked.rows))
        if isinstance(formula, Atom):
            return self._atom(formula, asked)
        if isinstance(formula, Compare):
            return _compare(formula, asked)
        if isinstance(formula, Fixed):
            return asked if formula.holds else Questions(asked.names, frozenset())
        if isinstance(formula, Not):
            return self._not(formula, asked)
        if isinstance(formula, And):
            for part in in_order(formula, frozenset(asked.names)):
                asked = self.extend(part, asked)
            return asked
        if isinstance(formula, Or):
            left, right = self.extend(formula.left, asked), self.extend(formula.right, asked)
            if set(left.names) != set(right.names):
                raise NotSupportedError(UNSAFE)
            return Questions(left.names, left.rows | right.only(left.names).rows)
        if isinstance(formula, Exists):
            found = self.extend(formula.body, asked)
            return found.only(tuple(n for n in found.names if n not in formula.names))
        if isinstance(formula, Step):
            return self._step(formula, asked)
        return self._last(formula, asked)

    def _atom(self, atom: Atom, asked: Questions) -> Questions:
        known = [n for n in asked.names if n in free(atom)]
        fresh = tuple(n for n in columns(atom) if n not in known)
        index: dict[tuple[int, Tuple], list[Tuple]] = defaultdict(list)
        for point, values in self.by_name[atom.name]:
            bound = bind(atom, values)
            if bound is not None:
                key = (point, tuple(bound[n] for n in known))
                index[key].append(tuple(bound[n] for n in fresh))
        places = [asked.names.index(n) for n in known]
        return Questions(
            asked.names + fresh,
            frozenset(
                (t, row + more)
                for t, row in asked.rows
                for more in index.get((t, tuple(row[p] for p in places)), ())
            ),
        )

    def _not(self, formula: Not, asked: Questions) -> Questions:
        if free(formula) <= set(asked.names):
            own = asked.only(tuple(n for n in asked.names if n in free(formula)))
            true = self.extend(formula.body, own).only(own.names).rows
            places = [asked.names.index(n) for n in own.names]
            kept = [(t, r) for t, r in asked.rows if (t, tuple(r[p] for p in places)) not in true]
            return Questions(asked.names, frozenset(kept))
        if isinstance(formula.body, And):
            opened = Or(negated(formula.body.left), negated(formula.body.right))
            return self.extend(opened, asked)
        raise NotSupportedError(UNSAFE)

    def _step(self, formula: Step, asked: Questions) -> Questions:
        times, kept = self.log.times, set()
        for t, row in asked.rows:
            if 0 <= (other := t + formula.by) < len(times) and _within(
                formula, abs(times[t] - times[other])
            ):
                kept.add((other, row))
        found = self.extend(formula.body, Questions(asked.names, frozenset(kept)))
        return Questions(found.names, frozenset((t - formula.by, row) for t, row in found.rows))

    def _last(self, node: Lasting, asked: Questions) -> Questions:
        if node.ahead and node.high is None:
            raise NotSupportedError("unbounded future")
        reached = self._at_all_points(node, asked)
        keys: dict[Tuple, set[int]] = defaultdict(set)
        for point, row in reached.rows:
            keys[row].add(point)
        shared = [n for n in asked.names if n in reached.names]
        fresh = tuple(n for n in reached.names if n not in shared)
        own, added = ([reached.names.index(n) for n in names] for names in (shared, fresh))
        by_shared: dict[Tuple, list[Tuple]] = defaultdict(list)
        for key in keys:
            by_shared[tuple(key[p] for p in own)].append(key)
        places = [asked.names.index(n) for n in shared]
        self.spend(sum(len(by_shared.get(tuple(r[p] for p in places), ())) for _, r in asked.rows))
        wanted = [
            (t, row, key)
            for t, row in asked.rows
            for key in by_shared.get(tuple(row[p] for p in places), ())
        ]
        pairs = sorted({(t, key) for t, _, key in wanted})
        failing = self._failing(node, reached.names, keys)
        yes = self.answer(Asked(node, pairs, keys, failing))
        kept = [(t, row + tuple(k[p] for p in added)) for t, row, k in wanted if (t, k) in yes]
        return Questions(asked.names + fresh, frozenset(kept))

    def _at_all_points(self, node: Lasting, asked: Questions) -> Questions:
        """Find what is reached, at every time point; known values help only where they must."""
        known: tuple[str, ...] = ()
        if not (free(node.held) <= free(node.reached) <= (binds(node.reached) or NONE)):
            known = tuple(n for n in asked.names if n in free(node))
        rows = {row for _, row in asked.only(known).rows} if known else {()}
        self.spend(len(rows) * len(self.log.times))
        everywhere = [(t, row) for row in rows for t in range(len(self.log.times))]
        found = self.extend(node.reached, Questions(known, frozenset(everywhere)))
        if not free(node.held) <= set(found.names):
            raise NotSupportedError(UNSAFE)
        return found

    def _failing(
        self, node: Lasting, names: tuple[str, ...], keys: Iterable[Tuple]
    ) -> Callable[[Tuple], Iterable[int]]:
        """Tell where the left side fails; a negation is looked up, and not asked for every key."""
        if node.held == Fixed(holds=True):
            return lambda _key: ()
        negative = isinstance(node.held, Not) and binds(node.held.body) is not None
        body = node.held.body if negative and isinstance(node.held, Not) else node.held
        own = tuple(n for n in names if n in free(body))
        places = [names.index(n) for n in own]
        if binds(body) is not None:
            found = self.extend(body, self.everywhere()).only(own)
        else:
            projected = {tuple(key[p] for p in places) for key in keys}
            self.spend(len(projected) * len(self.log.times))
            rows = [(t, row) for row in projected for t in range(len(self.log.times))]
            found = self.extend(body, Questions(own, frozenset(rows))).only(own)
        points: dict[Tuple, set[int]] = defaultdict(set)
        for point, row in found.rows:
            points[row].add(point)
        whole = set(range(len(self.log.times)))

        def true(key: Tuple) -> set[int]:
            return points.get(tuple(key[p] for p in places), set())

        return true if negative else (lambda key: whole - true(key))

    def answer(self, asked: Asked) -> set[tuple[int, Tuple]]:
        """Walk from each question to where its key is reached, unless something fails before."""
        failing = {key: set(asked.failing(key)) for key in {key for _, key in asked.pairs}}
        return {pair for pair in asked.pairs if self._walk(asked, *pair, failing[pair[1]])}

    def _walk(self, asked: Asked, start: int, key: Tuple, failing: set[int]) -> bool:
        times, node, reached = self.log.times, asked.node, asked.reached[key]
        high = times[-1] - times[0] if node.high is None else node.high
        points = range(start, len(times)) if node.ahead else range(start, -1, -1)
        for point in points:
            distance = abs(times[point] - times[start])
            if distance > high:
                return self._walked(start, point, holds=False)
            if distance >= node.low and point in reached:
                return self._walked(start, point, holds=True)
            if point in failing:
                return self._walked(start, point, holds=False)
        return self._walked(start, points[-1], holds=False)

    def _walked(self, start: int, point: int, *, holds: bool) -> bool:
        self.walked += abs(point - start) + 1
        if self.walked > LONGEST_WALK:
            raise NotSupportedError(TOO_LONG)
        return holds


def _within(formula: Step, distance: int) -> bool:
    return distance >= formula.low and (formula.high is None or distance <= formula.high)


def ended(log: Log, formula: Formula) -> Log:
    """Return the log with an end far enough away for every interval of the formula."""
    last = log.times[-1] if log.times else 0
    return log.then(last + reach(formula) + 1)


def resolved(formula: Formula, log: Log) -> int:
    """Return how many time points of the log are final, whatever comes after its end."""
    inner = min((resolved(part, log) for part in parts(formula)), default=len(log.times))
    if isinstance(formula, Step):
        return max(0, min(inner - formula.by, len(log.times)))
    if not isinstance(formula, Lasting) or not formula.ahead:
        return inner
    if formula.high is None:
        return 0
    seen = log.times[: inner + 1]
    latest = seen[-1] if seen else 0
    return sum(time + formula.high < latest for time in log.times)


def _compare(formula: Compare, asked: Questions) -> Questions:
    missing = free(formula) - set(asked.names)
    if not missing:
        kept = []
        for t, row in asked.rows:
            values = dict(zip(asked.names, row, strict=True))
            left, right = compute(formula.left, values), compute(formula.right, values)
            if isinstance(left, str) != isinstance(right, str):
                raise NotSupportedError(TYPES)
            if TESTS[formula.operator](left, right):
                kept.append((t, row))
        return Questions(asked.names, frozenset(kept))
    side = given(formula, frozenset(asked.names))
    if side is None:
        raise NotSupportedError(UNSAFE)
    name, term = side
    return Questions(
        (*asked.names, name),
        frozenset(
            (t, (*row, compute(term, dict(zip(asked.names, row, strict=True)))))
            for t, row in asked.rows
        ),
    )
