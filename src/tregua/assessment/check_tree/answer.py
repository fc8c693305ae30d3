"""The rule of the standard (deal language, 4.5), and that the tree gives what follows."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need

if TYPE_CHECKING:
    from tregua.assessment.check_tree.nodes import Case
    from tregua.assessment.check_tree.who import Bounds


def by_standard(
    case: Case, chance: Bounds, why: set[str], *, covered: bool, people: bool
) -> tuple[str, set[str]]:
    """Apply the rule of the standard (deal language, 4.5)."""
    must, may, low, high = chance
    violated_at, kept_at = case.asks["violated at"], case.asks["kept at"]
    if people:
        return "undetermined", {*why, "needs-decision"}
    if must or (violated_at is not None and low >= violated_at):
        return "violated", set()
    if covered and (not may or (kept_at is not None and high <= kept_at)):
        return "kept", set()
    why = why if covered else {*why, "no-coverage"}
    return "undetermined", why or {"needs-decision"}


def agree(
    case: Case,
    chance: Bounds,
    answer: str,
    why: set[str],
    *,
    p: tuple[float, ...] = (),
    drawn: int = 0,
) -> None:
    """Check that the tree gives the answer that follows; p is its bounds where no more is known."""
    tree, (must, may, low, high) = case.tree, chance
    need("the answer", tree["assessment"] == answer, f"the nodes give {answer}")
    need("the answer", tree["reasons"] == sorted(why), f"the reasons are {', '.join(sorted(why))}")
    need("the answer", (answer == "undetermined") == bool(why), "a reason is missing")
    need("the answer", [tree["must"], tree["may"]] == [must, may], "certain or possible differ")
    for name, wanted in (("bounds", (low, high)), ("p", p or (low, high))):
        close = all(isclose(a, b, abs_tol=1e-9) for a, b in zip(tree[name], wanted, strict=True))
        need("the answer", close, f"{name}: {wanted[0]} and {wanted[1]} follow")
    need("the answer", tree["drawn"] == drawn, f"{drawn} worlds are drawn")
