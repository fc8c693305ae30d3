"""Rows by partition, each with its two times: when it happened, and when the record knew it.

1. A line is one alternative of one version of an incident, a request or a watch.
2. ``known_from`` is the entry that brought the line, ``known_to`` the one that revised or withdrew
   it. Nothing is deleted.
3. As known at entry K: the lines with ``known_from <= K < known_to``.
4. Row order is (earliest instant, incident, alternative); it does not depend on arrival.
5. The sorted lines known now are a cache. It may be dropped at any time and changes no answer.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tregua.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable

OPEN = 2**63 - 1  # known_to of what nobody has revised


@dataclass(frozen=True, slots=True)
class Line:
    """One alternative of an incident, as one version of it tells it.

    Attributes:
        incident: its id.
        alternative: number among the alternatives of this incident.
        t_lo, t_hi: the earliest and the latest instant, microseconds UTC; of a watch its two ends.
        must, may: whether it counts in every world / in some.
        codes: dictionary codes and amounts, in the order that the norms know.
    """

    incident: str
    alternative: int
    t_lo: int
    t_hi: int
    must: bool
    may: bool
    codes: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            WrongUse: an end before its start; what counts in every world and not in some.
        """
        if self.t_hi < self.t_lo:
            raise WrongUse(f"{self.incident} ends before it starts")
        if self.must and not self.may:
            raise WrongUse(f"{self.incident} counts in every world, so it counts in some")

    @property
    def order(self) -> tuple[int, str, int]:
        """Return its place in row order."""
        return self.t_lo, self.incident, self.alternative


@dataclass(frozen=True, slots=True)
class Held:
    """A line and the entries between which it is what the record knows."""

    line: Line
    known_from: int
    known_to: int = OPEN


class Partition:
    """The lines of one partition, of all versions."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], Held] = {}
        self._closed: list[Held] = []
        self._now: Now | None = None

    def add(self, line: Line, entry: int) -> None:
        """Hold a line that an entry brought."""
        self._open[line.incident, line.alternative] = Held(line, entry)
        if self._now is not None:
            self._now.add(line)

    def close(self, line: Line, entry: int) -> None:
        """Set the entry from which on a line is no longer what is known."""
        held = self._open.pop((line.incident, line.alternative))
        self._closed.append(Held(held.line, held.known_from, entry))
        if self._now is not None:
            self._now.remove(line)

    def known_at(self, entry: int) -> Now:
        """Return the lines that were known when this entry was the last one."""
        held = chain(self._open.values(), self._closed)
        return Now(h.line for h in held if h.known_from <= entry < h.known_to)

    def now(self) -> Now:
        """Return the lines that are known now."""
        if self._now is None:
            self._now = Now(held.line for held in self._open.values())
        return self._now

    def forget(self) -> None:
        """Drop the cache."""
        self._now = None


class Now:
    """Lines in row order."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self.lines = sorted(lines, key=lambda line: line.order)
        self._keys = [line.order for line in self.lines]
        # The longest interval so far: how far before a stretch a line may start and still reach it.
        self._longest = max((line.t_hi - line.t_lo for line in self.lines), default=0)

    def add(self, line: Line) -> None:
        """Put a line into its place."""
        at = bisect_left(self._keys, line.order)
        self._keys.insert(at, line.order)
        self.lines.insert(at, line)
        self._longest = max(self._longest, line.t_hi - line.t_lo)

    def remove(self, line: Line) -> None:
        """Take a line out."""
        at = bisect_left(self._keys, line.order)
        del self._keys[at], self.lines[at]

    def reaching(self, start: int, end: int) -> range:
        """Return the places of the lines that reach into [start, end], and maybe of some others."""
        first = bisect_left(self._keys, (start - self._longest,))
        return range(first, max(first, bisect_right(self._keys, (end + 1,))))
