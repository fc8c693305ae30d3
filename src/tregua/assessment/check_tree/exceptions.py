"""Exceptions: every condition that the norm asks for, the burden, what was assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import reasons, three

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node


def exception(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute an exception from its tests, and which reasons it gives."""
    notes = [p for p in node.parts if p.test in ("burden", "assumption")]
    tests = [p for p in node.parts if p not in notes]
    machine = tests[: int(node.one("decided by the machine"))]
    people = tests[len(machine) :]
    numbers = [str(len(machine)), str(len(people))]
    stated = [node.one("decided by the machine"), node.one("left to people")]
    need(node.path, numbers == stated, "a condition is missing")
    asked = next((e for e in case.asks["exceptions"] if e["id"] == node.one("id")), None)
    need(node.path, asked is not None, "the norm has no such exception")
    assert asked is not None
    for name in ("result", "burden"):
        need(node.path, node.one(name) == asked[name], f"the norm gives another {name}")
    need(node.path, [_form(t) for t in tests] == asked["conditions"], "a condition is missing")
    burdens = [p.one("on") for p in notes if p.test == "burden"]
    wanted = [] if node.one("result") == "outside" else [node.one("burden")]
    need(node.path, burdens == wanted, "the burden is missing")
    assumed = [[p.one("of"), p.one("text")] for p in notes if p.test == "assumption"]
    need(node.path, assumed == asked["assumed"], "an assumption is missing")
    value = three((all(p.holds for p in tests), all(p.may for p in tests)))
    if value is None:
        need(node.path, node.all("why") == _excuse_reasons(node, machine, people), "other reasons")
    return value


def _form(node: Node) -> list[Any]:
    """Return the form of a condition: its parts, or what it asks."""
    if node.test in ("all", "any", "not"):
        return [_form(p) for p in node.parts]
    names = {"prior": ("act", "on", "within seconds"), "judged": ("term", "decider")}
    names["notified"] = ("lead seconds",)
    return [text for n in names.get(node.test, ()) for text in node.all(n)]


def _excuse_reasons(node: Node, machine: list[Node], people: list[Node]) -> list[str]:
    if all(p.holds for p in machine):
        return reasons(people)
    why = set(reasons(machine))
    accuser = node.flag("claimed") or node.one("burden") == "accusing-party"
    if node.one("result") == "justified" and accuser:
        why.add("exception-claimed")
    return sorted(why)


def assumption(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that the deal states this assumption."""
    known = [a for e in case.asks["exceptions"] for a in e["assumed"]] + case.asks["assumed"]
    stated = [node.one("of"), node.one("text")]
    need(node.path, stated in known, "the deal states no such assumption")
    return None
