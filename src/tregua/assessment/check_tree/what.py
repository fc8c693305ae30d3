"""What happened: the reports of an incident, and the kinds of act that they give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node


def happened(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check the reports of an incident and the replies to it."""
    seen, replies = node.all("observation"), node.all("reply")
    need(node.path, bool(seen) and node.records == sorted({*seen, *replies}), "other records")
    for kind, records in (("observation", seen), ("statement", replies)):
        for record in records:
            case.raw(node, record, kind)
    need(node.path, node.one("incident") == case.tree["instance"], "it is another incident")
    return None if node.all("why") else True


def kind(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compare the kinds of act that the reports give with those of the norm."""
    raw = sorted({case.raw(node, r, "observation").get("what", "") for r in reports})
    need(node.path, node.all("reported") == raw, "the reports give other kinds of act")
    return True if all(k in _covered(case) for k in raw) else None


def done_kind(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compare the kinds of act that the reports give with what the duty asks for."""
    seen = [case.known[r] for r in reports if case.known[r]["record"] == "observation"]
    raw = sorted({body.get("what", "") for body in seen})
    need(node.path, node.all("reported") == raw, "the reports give other kinds of act")
    known = node.one("act") in {a["kind"] for a in case.asks["acts"]}
    need(node.path, known, "the norm asks for no such act")
    sure = node.flag("happened") and all(k in _covered(case, node.one("act")) for k in raw)
    return True if sure else None


def _covered(case: Case, act: str = "") -> set[str]:
    acts = [a for a in case.asks["acts"] if not act or a["kind"] == act]
    return {kind for a in acts if not a["limited"] for kind in a["covers"]}
