"""Who did it in each world, in bits: for what is more than "any of several incidents".

Which offices are believed may leave an incident open, or to several whom one telling names. Where
only the chance of "any" is asked, what is open is reckoned with its chances (``worlds.py``). A run
of days has no such product: there the incident gets **a point of its own** in each world, beside
those of the offices, and who did it follows from where the point lies.

Between sides that matter alike nothing is decided: authors are put together into classes, and the
classes stand in an order that names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from itertools import accumulate, pairwise
from math import fsum
from typing import TYPE_CHECKING

import numpy as np

from tregua.attribution.worlds import ALL, NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.attribution.scale import Office, Scale
    from tregua.attribution.worlds import Words, Worlds

_ALIKE = 1e-9  # so near to no chance, or to certainty, a sum of shares comes by rounding alone


@dataclass(frozen=True, slots=True)
class Split:
    """An incident with its possible authors in classes; within a class it is all the same."""

    scale: Scale
    classes: tuple[frozenset[str], ...]

    @property
    def point(self) -> str:
        """Return the name of the incident's own point; no office can have it."""
        return f"\0{self.scale.incident}"

    @property
    def offices(self) -> tuple[Office, ...]:
        """Return all points that matter, each with the shares at which something changes."""
        ends = {end for of in self._ends() for end in of if 0 < end < 1}
        return (*self.scale.offices, *((self.point, end) for end in sorted(ends)))

    def in_worlds(self, worlds: Worlds) -> tuple[Words, ...]:
        """Return for each class in which worlds one of it did it; every world has one class."""
        believed = worlds.believed
        heard = [_any(believed[o] for o in t.offices) for t in self.scale.tellings]
        alone = [_alone(heard, k) for k in range(len(heard))]
        found = [NONE] * len(self.classes)
        for here, ends in zip((*alone, ~_any(alone)), self._ends(), strict=True):
            below = [_below(believed, self.point, end) for end in (0.0, *ends)]
            ways = zip(found, pairwise(below), strict=True)
            found = [so_far | here & end & ~start for so_far, (start, end) in ways]
        return tuple(found)

    def _ends(self) -> list[tuple[float, ...]]:
        """Return where the classes end: for each telling that is alone believed, and left open."""
        told = [dict.fromkeys(t.names, 1 / len(t.names)) for t in self.scale.tellings]
        return [self._ends_of(chances) for chances in (*told, dict(self.scale.owed))]

    def _ends_of(self, chances: dict[str, float]) -> tuple[float, ...]:
        sums = accumulate(
            fsum(chance for who, chance in chances.items() if who in of) for of in self.classes
        )
        return tuple(0.0 if e < _ALIKE else 1.0 if e > 1 - _ALIKE else e for e in sums)


def _any(parts: Iterable[Words]) -> Words:
    return reduce(np.bitwise_or, parts, NONE)


def _alone(heard: list[Words], k: int) -> Words:
    return heard[k] & ~_any(heard[:k] + heard[k + 1 :])


def _below(believed: dict[Office, Words], point: str, end: float) -> Words:
    """Return in which worlds the point lies below the end."""
    if 0 < end < 1:
        return believed[point, end]
    return ALL if end else NONE
