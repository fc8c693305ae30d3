"""Groups of records that grow link by link, and never against a pair that cannot stand together.

The rule (complete linkage): two groups become one only if **every** record of the one can stand
with every record of the other. So no chain of links holds two records together that contradict
each other. Links are taken in a stated order; the result depends on nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Pair: TypeAlias = tuple[int, int]  # indices, the smaller first


class Groups:
    """A partition of records 0..n-1, with the links that were used to make it."""

    def __init__(self, members: Iterable[int]) -> None:
        self._group_of = {m: [m] for m in members}
        self.used: list[Pair] = []

    def of(self, member: int) -> tuple[int, ...]:
        """Return the group of a record, sorted."""
        return tuple(sorted(self._group_of[member]))

    def together(self, first: int, second: int) -> bool:
        """Say whether two records are in one group."""
        return self._group_of[first] is self._group_of[second]

    def join(self, link: Pair, *, may_stand: Callable[[int, int], bool]) -> bool:
        """Make one group of two if every pair across may stand together; say whether it was."""
        mine, other = (self._group_of[i] for i in link)
        if mine is other or not all(may_stand(a, b) for a in mine for b in other):
            return False
        mine.extend(other)
        for member in other:
            self._group_of[member] = mine
        self.used.append(link)
        return True

    def all(self) -> tuple[tuple[int, ...], ...]:
        """Return every group, sorted, in the order of its smallest record."""
        return tuple(sorted({self.of(m) for m in self._group_of}))

    def replace(self, group: tuple[int, ...], parts: Groups) -> None:
        """Put the parts of a group in its place, with the links that hold them."""
        inside = set(group)
        self.used = [u for u in self.used if u[0] not in inside] + parts.used
        for part in parts.all():
            shared = list(part)
            for member in part:
                self._group_of[member] = shared
