"""Who did an incident in a world, and what follows: for clocks, which ask more than "any of them".

The offices that are believed may leave it open, or to several; then a point of its own decides.
"""

from __future__ import annotations

from itertools import accumulate
from math import isclose
from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.worlds import owed_of

if TYPE_CHECKING:
    from tregua.assessment.check_tree.nodes import Json
    from tregua.assessment.check_tree.worlds import Points

_ALIKE = 1e-9  # so near to no chance, or to certainty, a sum of shares comes by rounding alone
Did: TypeAlias = "dict[str, int]"  # by which class of its authors each incident was done


class Author:
    """An incident with those who may have done it, in classes that are alike."""

    def __init__(self, incident: str, stated: Json) -> None:
        self.path, self.point = f"authors of {incident}", f"\0{incident}"
        self.told, self.classes = stated["told"], stated["classes"]
        split = (line.rsplit(" ", 2) for line in stated["hypotheses"])
        shares = {who: float(share) for who, _, share in split}
        need(self.path, isclose(sum(shares.values()), 1, abs_tol=1e-6), "its shares are not one")
        listed = sorted(who for of in self.classes for who in of)
        need(self.path, listed == sorted(shares), "somebody is in no class, or in two")
        need(self.path, len(self.classes) > 1, "its author decides nothing")
        named = [dict.fromkeys(names, 1 / len(names)) for names, _ in self.told]
        self.ends = [self._ends(chances) for chances in (*named, owed_of(self.told, shares))]

    def _ends(self, chances: dict[str, float]) -> list[float]:
        """Return where on the point each class ends, where these chances hold."""
        of = (sum(chances.get(who, 0.0) for who in names) for names in self.classes)
        return [0.0 if e < _ALIKE else 1.0 if e > 1 - _ALIKE else e for e in accumulate(of)]

    def offices(self) -> list[tuple[str, float]]:
        """Return all points that matter, with the shares at which something changes."""
        own = [(self.point, end) for ends in self.ends for end in ends if 0 < end < 1]
        return [(office, share) for _, offices in self.told for office, share in offices] + own

    def did(self, points: Points) -> int:
        """Return which class did it in a world."""
        believed = [
            k
            for k, (_, offices) in enumerate(self.told)
            if any(points[office] < share for office, share in offices)
        ]
        ends = self.ends[believed[0] if len(believed) == 1 else -1]
        return next(k for k, end in enumerate(ends) if points.get(self.point, 0.0) < end)


def holds_in(formula: Any, did: Did) -> bool:  # noqa: ANN401 - nested lists of JSON
    """Say whether a formula holds in a world: lists that begin with what joins their parts."""
    if isinstance(formula, bool):
        return formula
    how, *parts = formula
    if how == "did":
        return did[parts[0]] == int(parts[1])
    if how == "at least":
        return sum(holds_in(part, did) for part in parts[1:]) >= int(parts[0])
    held = [holds_in(part, did) for part in parts]
    return {"any": any(held), "all": all(held), "not": not held[0]}[how]


def incidents_in(formula: Any) -> set[str]:  # noqa: ANN401 - nested lists of JSON
    """Return the incidents that a formula speaks of."""
    if not isinstance(formula, list):
        return set()
    return {formula[1]} if formula[0] == "did" else set().union(*map(incidents_in, formula[1:]))
