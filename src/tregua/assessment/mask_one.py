"""Which norms one row may concern: the kernel of `mask_kernel` in plain Python, for the live path.

The words are the same ones and the answer is the same bits; a test compares the two. Words of sets
of zones are worked out when a set is first met and kept.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from tregua.assessment.mask_tables import Compiled, words_of
from tregua.assessment.operators.select import NORM_BITS, NORMS
from tregua.assessment.zone_index import Members
from tregua.assessment.zone_point import PointLookUp

_ASKED = NORM_BITS
_TAKING = ~NORM_BITS
Key = tuple[int, Members, Members]


@dataclass(slots=True)
class OneRow:
    """What was compiled, made ready for single rows."""

    compiled: Compiled
    _words: tuple[list[int], ...] = field(init=False, repr=False)
    _bounds: list[int] = field(init=False, repr=False)
    _period: list[int] = field(init=False, repr=False)
    _radii: list[float] = field(init=False, repr=False)
    _points: tuple[PointLookUp, ...] = field(init=False, repr=False)
    _zones: dict[Key, int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        c = self.compiled
        self._words = tuple(pair.may.tolist() for pair in (c.kind, c.actor, c.target, c.weapon))
        self._bounds, self._period = c.bounds.tolist(), c.period.tolist()
        self._radii = [one.radius_m for one in c.classes]
        self._points = tuple(PointLookUp(one.index) for one in c.classes)
        self._zones = {}

    def mask(
        self,
        lon: float,
        lat: float,
        t: int,
        actor: int,
        target: int,
        kind: int,
        weapon: int,
        radius_m: float = 0.0,
    ) -> int:
        """Return the bits of the norms that the row possibly concerns.

        Args:
            lon: degrees east; not a number where there is no place.
            lat: degrees north, likewise.
            t: microseconds UTC.
            actor: code of who did it.
            target: code of against what.
            kind: code of the act.
            weapon: code of its class.
            radius_m: how far off the place may be, metres.
        """
        kinds, actors, targets, weapons = self._words
        word = kinds[kind] & actors[actor]
        if not word & _ASKED:
            return 0
        word &= targets[target] & weapons[weapon]
        if not word & _ASKED:
            return 0
        word &= self._period[bisect_right(self._bounds, t)]
        if word & _ASKED and word & self.compiled.zoned:
            word &= self._zone_word(lon, lat, radius_m)
        return self._without_excepted(word) if word & _TAKING else word & _ASKED

    def _zone_word(self, lon: float, lat: float, radius_m: float) -> int:
        # A radius that is not a number is smaller than nothing, and comes after the last class.
        known = radius_m == radius_m  # noqa: PLR0124
        which = bisect_left(self._radii, radius_m) if known else len(self._radii)
        if which == len(self._radii):
            return ~self.compiled.zoned | _ASKED
        certain, possible = self._points[which].zones_at(lon, lat)
        key = (which, certain, possible)
        word = self._zones.get(key)
        if word is None:
            word = self._zones[key] = self._worked_out(*key)
        return word

    def _worked_out(self, which: int, certain: Members, possible: Members) -> int:
        c = self.compiled
        pair = words_of((certain, possible), c.classes[which], c.zone, ~c.zoned)
        sure, maybe = (int(word) for word in pair.may)
        return (maybe & _ASKED) | (sure & _TAKING)

    def _without_excepted(self, word: int) -> int:
        norms = word & _ASKED
        for j, taken in enumerate(self.compiled.concerns.tolist()):
            if word >> (NORMS + j) & 1:
                norms &= ~taken
        return norms
