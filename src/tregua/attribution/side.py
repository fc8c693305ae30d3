"""To which of two camps under comparison a reporter belongs.

A camp is given as ids of the deal, names of offices, or both. A reporter belongs to it by its
office or by whom it speaks for; only if it belongs to neither camp that way, by the sides behind
its guarantor. One that belongs to both camps is counted with neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.attribution.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.attribution.camps import Standing


class Side(StrEnum):
    """One of the two camps, or neither."""

    A = "A"
    B = "B"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Sides:
    """The two camps that are compared."""

    camp_a: tuple[str, ...]
    camp_b: tuple[str, ...]

    def of(self, standing: Standing) -> Side:
        """Return the camp of an office."""
        near = self._found(standing, standing.speaks_for)
        if near:
            return near[0] if len(near) == 1 else Side.NEITHER
        behind = self._found(standing, standing.camps)
        return behind[0] if len(behind) == 1 else Side.NEITHER

    def _found(self, standing: Standing, ids: Iterable[str]) -> list[Side]:
        camps = ((Side.A, self.camp_a), (Side.B, self.camp_b))
        return [side for side, camp in camps if _belongs(standing.office, ids, camp)]


def _belongs(office: str, ids: Iterable[str], camp: tuple[str, ...]) -> bool:
    return bool(set(ids) & set(camp)) or fold(office) in {fold(name) for name in camp}
