"""The answer about one incident, from its elements and exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.answer import agree, by_standard
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import reasons
from tregua.assessment.check_tree.who import among

if TYPE_CHECKING:
    from tregua.assessment.check_tree.nodes import Case, Node
    from tregua.assessment.check_tree.who import Bounds

_SHOWN = ("exception", "held", "period", "tolerance", "passed", "people", "assumption", "standard")


def incident(case: Case) -> None:
    """Compute the answer for one incident from its elements and exceptions."""
    asks = case.asks
    case.the("standard")
    wanted = [["happened"], ["kind", "left-to-people"], ["actor", "held-back"]]
    wanted += [["target", "everyone"], ["place", "where-open"], ["time"]]
    for tests in wanted:
        case.the(*tests)
    elements = [n for n in case.nodes if n.test not in _SHOWN]
    need("the tree", len(elements) == len(wanted) + asks["conditions"], "a condition is missing")
    need("the tree", all(e.may for e in elements), "an element certainly does not hold")
    excuses = case.top("exception")
    ids = [e["id"] for e in asks["exceptions"]]
    need("the tree", [e.one("id") for e in excuses] == ids, "an exception is missing")
    outside = any(e.holds and e.one("result") == "outside" for e in excuses)
    need("the tree", not outside, "the norm never applied")
    agree(case, *_incident_chance(case, elements, excuses))


def _incident_chance(
    case: Case, elements: list[Node], excuses: list[Node]
) -> tuple[Bounds, str, set[str]]:
    excused, may = any(e.may for e in excuses), not any(e.holds for e in excuses)
    must = all(e.holds for e in elements) and not excused
    bounds = [_bounds(e, case) for e in elements]
    low = 0.0 if excused else max(0.0, sum(b[0] for b in bounds) - len(bounds) + 1)
    high = min(b[1] for b in bounds) if may else 0.0
    why = {*reasons(elements), *reasons(excuses)}
    chance = (must, may, 1.0 if must else min(low, high), high)
    answer, why = by_standard(case, chance, why, covered=True, people=case.asks["people"] and may)
    if may and case.asks["tolerance"] and case.the("passed").holds is None:
        chance, answer, why = (False, may, 0.0, high), "undetermined", {*why, "what"}
    return chance, answer, why


def _bounds(node: Node, case: Case) -> tuple[float, float]:
    if node.holds is not None:
        return float(node.holds), float(node.holds)
    return among(node, case)[2:] if node.test in ("actor", "target", "held-back") else (0.0, 1.0)
