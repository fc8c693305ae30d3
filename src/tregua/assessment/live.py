"""The live engine: a late, revised or withdrawn report re-assesses only what it touches.

1. An entry comes with the incidents that it changes, each with all its lines as they are now; an
   incident without lines is withdrawn. A new, a late, a revised and a withdrawn report take this
   one path.
2. Touched are the partitions of the old and of the new lines, for each norm that either concerns,
   and in them the questions within the norm's reach.
3. These are decided again by the columnar operators, the same that decide a whole table.
4. An answer that is equal keeps its version. One that is not gets the next version, the entry from
   which on it is known, and the reasons. A question that nobody asks any more is answered ``None``.
5. As known at entry K: the lines known then, the same operators.

Pure: no clock, file or network. Whoever holds an engine calls it from one thread at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.columns import NOBODY
from tregua.assessment.live_because import Because, moved
from tregua.assessment.live_norm import Question
from tregua.assessment.live_rows import OPEN, Partition
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tregua.assessment.live_norm import LiveNorm, Said
    from tregua.assessment.live_rows import Line

START = -1  # known from before the first entry


@dataclass(frozen=True, slots=True)
class Change:
    """An incident as an entry leaves it.

    Attributes:
        incident: its id.
        lines: all its alternatives, by number; none when it was withdrawn.
    """

    incident: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """One version of the answer to one question.

    Attributes:
        norm: id of the norm.
        question: what is asked.
        said: the answer; ``None`` when the question is no longer asked.
        version: from 1, one more with each change.
        known_from: index of the entry that made this version, ``START`` before the first.
        because: what moved it, in the order of the entry.
    """

    norm: str
    question: Question
    said: Said | None
    version: int
    known_from: int
    because: tuple[Because, ...]


class Live:
    """The norms of a deal over a growing record."""

    def __init__(self, norms: Sequence[LiveNorm], *, changed: tuple[str, ...]) -> None:
        """Begin with nothing known; the ticks of every norm are answered at once.

        Args:
            norms: what is asked, each with a name of its own.
            changed: the words for a change of each code of a line, such as "moved the place".

        Raises:
            WrongUse: two norms of one name.
        """
        if len({norm.name for norm in norms}) < len(norms):
            raise WrongUse("each norm has a name of its own")
        self._changed = changed
        self._running = [_Running(norm) for norm in norms]
        self._lines: dict[str, tuple[Line, ...]] = {}
        self._last, self._latest = START, -OPEN

    def take(self, entry: int, changes: Sequence[Change]) -> tuple[Result, ...]:
        """Take the incidents that an entry changes; return the answers that have a new version.

        Args:
            entry: index of the entry in the ledger, above those taken before.
            changes: one per incident.

        Returns:
            The new versions, in the order of the norms, then of the questions.

        Raises:
            WrongUse: an entry out of order, an incident twice, lines that are not its own. Nothing
                is taken then.
        """
        self._check(entry, changes)
        moves = [self._move(entry, change) for change in changes]
        self._last = entry
        for change in changes:
            self._lines[change.incident] = change.lines
            self._latest = max(self._latest, *(line.t_lo for line in change.lines), -OPEN)
        found: list[Result] = []
        for running in self._running:
            found += running.take(entry, [move for move in moves if move.because.moved])
        return tuple(found)

    def results(self) -> tuple[Result, ...]:
        """Return the last version of every answer, in the order of the norms and questions."""
        return tuple(
            result
            for running in self._running
            for _, result in sorted(running.results.items(), key=lambda item: item[0])
        )

    def as_of(self, entry: int) -> tuple[tuple[str, tuple[Said, ...]], ...]:
        """Return per norm what the answers were when this entry was the last one known."""
        return tuple((r.norm.name, r.known_at(entry)) for r in self._running)

    def forget(self) -> None:
        """Drop every cache. No answer, now or later, is another one for it."""
        for running in self._running:
            for partition in running.partitions.values():
                partition.forget()

    def _check(self, entry: int, changes: Sequence[Change]) -> None:
        if entry <= self._last:
            raise WrongUse(f"entry {entry} comes after entry {self._last}, which was taken already")
        if len({change.incident for change in changes}) < len(changes):
            raise WrongUse(f"entry {entry} changes an incident twice")
        for change in changes:
            numbers = [line.alternative for line in change.lines]
            if numbers != sorted(set(numbers)):
                raise WrongUse(f"the alternatives of {change.incident} are not in order, each once")
            if any(line.incident != change.incident for line in change.lines):
                raise WrongUse(f"a line of another incident stands under {change.incident}")
            if any(len(line.codes) != len(self._changed) for line in change.lines):
                raise WrongUse(f"{change.incident} does not have {len(self._changed)} codes")

    def _move(self, entry: int, change: Change) -> _Move:
        before, after = self._lines.get(change.incident, ()), change.lines
        words = moved(before, after, latest=self._latest, changed=self._changed)
        return _Move(
            tuple(line for line in before if line not in after),
            tuple(line for line in after if line not in before),
            Because(entry, change.incident, words),
        )


@dataclass(frozen=True, slots=True)
class _Move:
    """What an entry does to one incident: the lines that go, those that come, and why."""

    gone: tuple[Line, ...]
    come: tuple[Line, ...]
    because: Because


class _Touched:
    """What an entry moved in one partition: between which instants, and why."""

    def __init__(self, line: Line) -> None:
        self.start, self.end = line.t_lo, line.t_hi
        self.because: set[Because] = set()

    def add(self, line: Line, because: Because) -> None:
        self.start, self.end = min(self.start, line.t_lo), max(self.end, line.t_hi)
        self.because.add(because)


class _Running:
    """One norm with its partitions and the last version of each answer."""

    def __init__(self, norm: LiveNorm) -> None:
        self.norm = norm
        self.partitions = {code: Partition() for code in norm.partitions}
        self.results = {
            said.question: Result(norm.name, said.question, said, 1, START, ())
            for said in self.known_at(START)
        }

    def known_at(self, entry: int) -> tuple[Said, ...]:
        """Decide every partition whole, as it was known at an entry."""
        found = [
            said
            for code, partition in self.partitions.items()
            for said in self.norm.whole(code, partition.known_at(entry))
        ]
        return tuple(sorted(found, key=lambda said: said.question))

    def take(self, entry: int, moves: Sequence[_Move]) -> list[Result]:
        """Hold the lines, decide what they touch, return the answers that are not the same."""
        touched: dict[int, _Touched] = {}
        for move in moves:
            for line in move.gone:
                self._touch(touched, line, move.because, Partition.close, entry)
        for move in moves:
            for line in move.come:
                self._touch(touched, line, move.because, Partition.add, entry)
        gone = (Question(line.incident, line.alternative) for m in moves for line in m.gone)
        said: dict[Question, Said | None] = {q: None for q in gone if q in self.results}
        for code, what in touched.items():
            now = self.partitions[code].now()
            for one in self.norm.stretch(code, now, what.start, what.end):
                said[one.question] = one
        return self._new_versions(entry, moves, said, touched)

    def _touch(
        self,
        touched: dict[int, _Touched],
        line: Line,
        because: Because,
        hold: Callable[[Partition, Line, int], None],
        entry: int,
    ) -> None:
        code = self.norm.partition(line)
        if code == NOBODY:
            return
        touched.setdefault(code, _Touched(line)).add(line, because)
        hold(self.partitions.setdefault(code, Partition()), line, entry)

    def _new_versions(
        self,
        entry: int,
        moves: Sequence[_Move],
        said: dict[Question, Said | None],
        touched: dict[int, _Touched],
    ) -> list[Result]:
        found = []
        for question, answer in said.items():
            last = self.results.get(question)
            before = last.said if last else None
            if answer == before:
                continue
            where = {one.partition for one in (before, answer) if one is not None}
            causes = {b for code in where if code in touched for b in touched[code].because}
            because = tuple(move.because for move in moves if move.because in causes)
            version = last.version + 1 if last else 1
            result = Result(self.norm.name, question, answer, version, entry, because)
            self.results[question] = result
            found.append(result)
        return sorted(found, key=lambda result: result.question)
