"""Which observations may be linked with which, and how strongly; it follows what is told.

Two observations are compared when the later of them comes in, and not again while both stay. What
stands here depends on the observations alone, never on the order in which they came.
"""

from __future__ import annotations

from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING

from tregua.incidents.block import Blocks
from tregua.incidents.compare import strength

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.reports.model import Observation


class Links:
    """Observations by id, and the strength of every link that may be made between two."""

    def __init__(self) -> None:
        """Begin with none."""
        self.told: dict[str, Observation] = {}
        self._blocks = Blocks()
        self._strengths: dict[str, dict[str, int]] = {}

    def become(self, told: Mapping[str, Observation]) -> set[str]:
        """Follow to what is told now; return the ids of what came, went or was revised."""
        gone, come = _unlike(self.told, told), _unlike(told, self.told)
        for key in gone:
            self._take(key)
        for key in come:
            self._put(key, told[key])
        return {*gone, *come}

    def of(self, key: str) -> Mapping[str, int]:
        """Return the ids that an observation may be linked with, and how strongly."""
        return self._strengths[key]

    def of_matter(self, matter: str) -> tuple[str, ...]:
        """Return the ids of the observations that carry a key, in no order."""
        return tuple(o.origin.id for o in self._blocks.of_matter(matter))

    def _take(self, key: str) -> None:
        self._blocks.take(self.told.pop(key))
        for other in self._strengths.pop(key):
            del self._strengths[other][key]

    def _put(self, key: str, one: Observation) -> None:
        weighed = ((o.origin.id, _strength(one, o)) for o in self._blocks.beside(one))
        self._strengths[key] = {other: strong for other, strong in weighed if strong > 0}
        for other, strong in self._strengths[key].items():
            self._strengths[other][key] = strong
        self._blocks.put(one)
        self.told[key] = one


def _unlike(one: Mapping[str, Observation], other: Mapping[str, Observation]) -> list[str]:
    """Return the ids under which the other does not hold the same object."""
    return list(compress(one, map(is_not, one.values(), map(other.get, one))))


def _strength(one: Observation, other: Observation) -> int:
    # Always in the order of their ids: a distance may differ in its last digit the other way round.
    return strength(*sorted((one, other), key=lambda o: o.origin.id))
