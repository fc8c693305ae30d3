"""What a norm tells the live engine: its partitions, its reach in time, and how it is decided.

The decision is made by the operators as they are, in their columnar form, on the rows of one
partition. What comes out is plain: numbers, and the lines that they rest on.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from tregua.assessment.columns import NOBODY, Flags, Ints, Rows, Ticks, flags, ints

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tregua.assessment.live_rows import Line, Now

Column: TypeAlias = "Ints | Flags"


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What is asked: about an alternative of an incident, or about a partition at an instant.

    Attributes:
        incident, alternative: of a row; the empty id and ``NOBODY`` when a partition is asked.
        partition, time: of a tick, microseconds UTC; ``NOBODY`` and zero when a row is asked.
    """

    incident: str
    alternative: int = NOBODY
    partition: int = NOBODY
    time: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """An operator's answer to one question.

    Attributes:
        question: what was asked.
        partition: where it was looked for.
        numbers: the values, in the order of the operator's columns; a truth is 0 or 1.
        asked: the row that was asked about; ``None`` for a tick.
        witnesses: the rows that the values rest on, ``None`` where there is none.
    """

    question: Question
    partition: int
    numbers: tuple[int, ...]
    asked: Line | None
    witnesses: tuple[Line | None, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a row is felt by an answer, in microseconds.

    Attributes:
        back: the answer looks this far back, so a row is felt this long after it.
        ahead: the answer looks this far ahead.
    """

    back: int = 0
    ahead: int = 0


@dataclass(frozen=True, slots=True)
class LiveNorm:
    """A norm, ready for the live engine.

    Attributes:
        name: its id.
        partition: the code of the partition of a line, zero or more; ``NOBODY`` where the norm
            cannot concern it. It must be a function of the line alone.
        decide: what the operators answer, for the rows and ticks of a part that are asked.
        reach: how far a row is felt; ``None`` when there is no bound and the partition is decided
            whole (a witness may be any number of days old).
        partitions, times: each of these partitions is asked at each of these rising instants.
    """

    name: str
    partition: Callable[[Line], int]
    decide: Callable[[Part], tuple[Said, ...]]
    reach: Reach | None = None
    partitions: tuple[int, ...] = ()
    times: tuple[int, ...] = ()

    def whole(self, partition: int, now: Now) -> tuple[Said, ...]:
        """Decide a partition, all questions."""
        every = range(len(now.lines))
        return self.decide(Part(partition, now.lines, every, self._times(partition)))

    def stretch(self, partition: int, now: Now, start: int, end: int) -> tuple[Said, ...]:
        """Decide the questions that rows between two instants may have moved."""
        if self.reach is None:
            return self.whole(partition, now)
        back, ahead = self.reach.back, self.reach.ahead
        asked = now.reaching(start - ahead, end + back)
        times = self._times(partition)
        times = times[bisect_left(times, start - ahead) : bisect_right(times, end + back)]
        lines = [now.lines[i] for i in asked]
        first = min([*times[:1], *(line.t_lo for line in lines[:1])], default=start)
        last = max([*times[-1:], *(line.t_hi for line in lines)], default=end)
        seen = now.reaching(first - back, last + ahead)
        inside = range(asked.start - seen.start, asked.stop - seen.start)
        return self.decide(Part(partition, now.lines[seen.start : seen.stop], inside, times))

    def _times(self, partition: int) -> tuple[int, ...]:
        return self.times if partition in self.partitions else ()


class Part:
    """Lines of one partition as the columns that operators read, and what is asked about them.

    Within a part the partition has the code zero, rows are numbered from zero.
    """

    def __init__(
        self, partition: int, lines: Sequence[Line], asked: range, times: tuple[int, ...]
    ) -> None:
        self.partition, self.lines, self.asked, self.times = partition, lines, asked, times
        names: dict[str, int] = {}
        self.rows = Rows(
            np.arange(len(lines)),
            np.zeros(len(lines), np.int64),
            ints([line.t_lo for line in lines]),
            ints([line.t_hi for line in lines]),
            flags([line.must for line in lines]),
            flags([line.may for line in lines]),
            ints([names.setdefault(line.incident, len(names)) for line in lines]),
        )

    @property
    def ticks(self) -> Ticks:
        """Return the instants at which the partition is asked."""
        return Ticks(np.zeros(len(self.times), np.int64), ints(self.times))

    def code(self, number: int) -> Ints:
        """Return one code of each line as a column."""
        return ints([line.codes[number] for line in self.lines])

    def of_rows(
        self, row: Ints, numbers: tuple[Column, ...], witnesses: tuple[Ints, ...] = ()
    ) -> tuple[Said, ...]:
        """Return what was said of rows, one line of the columns per row; others than asked go."""
        return tuple(
            Said(Question(line.incident, line.alternative), self.partition, values, line, found)
            for i, values, found in self._lines_of(row.tolist(), numbers, witnesses)
            if i in self.asked
            for line in (self.lines[i],)
        )

    def of_ticks(
        self, numbers: tuple[Column, ...], witnesses: tuple[Ints, ...] = ()
    ) -> tuple[Said, ...]:
        """Return what was said at each tick, one line of the columns per tick."""
        return tuple(
            Said(Question("", NOBODY, self.partition, time), self.partition, values, None, found)
            for time, values, found in self._lines_of(self.times, numbers, witnesses)
        )

    def _lines_of(
        self, keys: Sequence[int], numbers: tuple[Column, ...], witnesses: tuple[Ints, ...]
    ) -> list[tuple[int, tuple[int, ...], tuple[Line | None, ...]]]:
        values = list(zip(*(map(int, column.tolist()) for column in numbers), strict=True))
        found = [[self._line(i) for i in column.tolist()] for column in witnesses]
        rows = list(zip(*found, strict=True)) if found else [()] * len(keys)
        return list(zip(keys, values, rows, strict=True))

    def _line(self, row: int) -> Line | None:
        return None if row == NOBODY else self.lines[row]
