"""The small tables that the operators read and write: frozen records of NumPy columns.

1. Times are whole microseconds UTC, as ``int64``. ``t_lo = t_hi`` when the instant is known.
2. Row order is part of the meaning: at the same instant, "before" is the earlier row number. Row
   numbers rise, and the earliest possible instant never falls, from one row to the next.
3. ``must`` says that a row counts in every world, ``may`` that it counts in some. What must, may.
4. A partition is what an operator never looks across: a zone, a zone and an actor, a request.
   Any split of the rows by partition gives the same answers.
5. A witness is a row number; ``NOBODY`` (-1) stands where there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Sequence, Sized

Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
NOBODY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Selected rows of the incident table, in row order.

    Attributes:
        row: number in the incident table, rising.
        partition: code of the partition, zero or more.
        t_lo, t_hi: the earliest and the latest instant at which it may have been.
        must, may: whether it counts in every world / in some.
        incident: code of the incident; alternatives of one incident share it.
    """

    row: Ints
    partition: Ints
    t_lo: Ints
    t_hi: Ints
    must: Flags
    may: Flags
    incident: Ints

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            WrongUse: columns of unequal length, rows out of order, an end before its start.
        """
        same_length(self.row, self.partition, self.t_lo, self.t_hi, self.must, self.may)
        same_length(self.row, self.incident)
        if (np.diff(self.row) <= 0).any() or (np.diff(self.t_lo) < 0).any():
            raise WrongUse("rows stand in the order of their numbers and of their earliest instant")
        if (self.t_hi < self.t_lo).any():
            raise WrongUse("a row ends before it starts")
        if (self.must & ~self.may).any():
            raise WrongUse("what counts in every world counts in some")
        if (self.partition < 0).any():
            raise WrongUse("codes of partitions are zero or more")

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Flags) -> Rows:
        """Return the rows for which the flag is set, in the same order."""
        return Rows(
            self.row[which],
            self.partition[which],
            self.t_lo[which],
            self.t_hi[which],
            self.must[which],
            self.may[which],
            self.incident[which],
        )


def settled(rows: Rows) -> bool:
    """Return whether nothing is uncertain: instants known, what may count counts."""
    return np.array_equal(rows.t_lo, rows.t_hi) and np.array_equal(rows.must, rows.may)


def apart(rows: Rows) -> bool:
    """Return whether each row is an incident of its own."""
    # Mostly their codes rise, and nothing need be sorted.
    rising = (np.diff(rows.incident) > 0).all()
    return bool(rising or np.diff(np.sort(rows.incident)).all())


def certain_rows(row: Ints, partition: Ints, time: Ints) -> Rows:
    """Return rows that all happened at a known instant, each an incident of its own."""
    sure = np.ones(len(row), np.bool_)
    return Rows(row, partition, time, time, sure, sure, row)


@dataclass(frozen=True, slots=True, eq=False)
class Ticks:
    """Instants at which something is asked about a partition.

    A tick stands before the rows of its own instant. To ask after them, give the next microsecond
    and a window that is one microsecond longer.
    """

    partition: Ints
    time: Ints

    def __post_init__(self) -> None:
        """Refuse columns of unequal length and negative codes.

        Raises:
            WrongUse: see above.
        """
        same_length(self.partition, self.time)
        if (self.partition < 0).any():
            raise WrongUse("codes of partitions are zero or more")

    def __len__(self) -> int:
        return len(self.time)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches of time [start, end), each in a partition: hours watched, periods asked about."""

    partition: Ints
    start: Ints
    end: Ints

    def __post_init__(self) -> None:
        """Refuse empty stretches.

        Raises:
            WrongUse: an end that is not after its start, unequal length, negative codes.
        """
        same_length(self.partition, self.start, self.end)
        if (self.end <= self.start).any():
            raise WrongUse("a stretch of time ends after it starts")
        if (self.partition < 0).any():
            raise WrongUse("codes of partitions are zero or more")

    def __len__(self) -> int:
        return len(self.start)


@dataclass(frozen=True, slots=True, eq=False)
class Truth:
    """A statement about each row, or an operator's answer to each question.

    Attributes:
        must, may: whether it holds in every world / in some.
    """

    must: Flags
    may: Flags

    def __post_init__(self) -> None:
        """Refuse columns of unequal length.

        Raises:
            WrongUse: see above.
        """
        same_length(self.must, self.may)

    def __len__(self) -> int:
        return len(self.must)


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """What an operator answers, one line per question, and the rows it rests on.

    Attributes:
        must, may: whether it holds in every world / in some.
        must_row, may_row: the witness of each, or ``NOBODY``.
    """

    must: Flags
    may: Flags
    must_row: Ints
    may_row: Ints


def same_length(first: Sized, *others: Sized) -> None:
    """Refuse columns of unequal length.

    Raises:
        WrongUse: when they differ.
    """
    if any(len(other) != len(first) for other in others):
        raise WrongUse("columns of one table have the same length")


def positive(within: int, /) -> None:
    """Refuse a window that holds no instant.

    Args:
        within: length in microseconds.

    Raises:
        WrongUse: when it is zero or less.
    """
    if within <= 0:
        raise WrongUse("a window is longer than zero")


def ints(values: Sequence[int]) -> Ints:
    """Return whole numbers as a column."""
    return np.array(values, dtype=np.int64)


def flags(values: Sequence[bool]) -> Flags:
    """Return truths as a column."""
    return np.array(values, dtype=np.bool_)
