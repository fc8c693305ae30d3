"""What stands at the top of every tree: all records, and what the text leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node


def records(case: Case) -> None:
    """Check that the tree names the records of its nodes."""
    found = set()
    todo = list(case.nodes)
    while todo:
        node = todo.pop()
        found.update(node.records)
        todo.extend(node.parts)
    need(
        "the tree", case.tree["records"] == sorted(found), "its records are not those of its nodes"
    )
    later = [next(iter(line)) for line in case.tree["not considered"]]
    need("not considered", later == sorted(set(later)), "it is not in order")


def shown(case: Case) -> None:
    """Check that what the text leaves open, and what was assumed, stands at the top."""
    asks = case.asks
    case.the("tolerance")
    need("the tree", len(case.top("people")) == int(asks["people"]), "who judges is missing")
    assumed = [[n.one("of"), n.one("text")] for n in case.top("assumption")]
    need("the tree", assumed == asks["assumed"], "an assumption is missing")
    need("the tree", bool(case.top("period")), "no time in force")
    changed = asks["held"] is not None
    need("the tree", len(case.top("held")) == int(changed), "how long the words held is missing")


def tolerance(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check the tolerance of the norm."""
    allowed = case.asks["tolerance"]
    need(node.path, node.one("allowed") == ("" if allowed is None else str(allowed)), "another one")
    return None if allowed is None else True


def passed(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compare the number of incidents with the tolerance."""
    possible = int(node.one("possible"))
    need(node.path, possible > case.asks["tolerance"], "it stays within the tolerance")
    need(node.path, possible >= int(node.one("certain")), "more are certain than possible")
    return True if int(node.one("certain")) > case.asks["tolerance"] else None


def standard(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check the standard of proof."""
    for name in ("violated at", "kept at"):
        stated = case.asks[name]
        need(node.path, node.one(name) == ("" if stated is None else repr(stated)), "another one")
    return True if node.one("violated at") or node.one("kept at") else None


def group(node: Node, *_: object) -> bool | None:
    """Return the value of incidents with one answer."""
    return {"kept": False, "violated": True, "undetermined": None}[node.one("answer")]


def counted(node: Node, *_: object) -> bool | None:
    """Check a search that found nothing: it says how many it looked through."""
    need(node.path, node.searched.startswith(f"{node.one('searched')} "), "another number")
    return False
