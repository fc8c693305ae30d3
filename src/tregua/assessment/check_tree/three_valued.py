"""Yes, no and "cannot be said": all of, any of, not, and the reasons for the third."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.check_tree.nodes import Node, Rule


def three(value: tuple[bool, bool]) -> bool | None:
    """Return yes, no or "cannot be said" from what is certain and what is possible."""
    must, may = value
    return True if must else None if may else False


def all_of(node: Node, *_: object) -> bool | None:
    """All parts hold."""
    _same_reasons(node)
    return three((all(p.holds for p in node.parts), all(p.may for p in node.parts)))


def any_of(node: Node, *_: object) -> bool | None:
    """Some part holds."""
    _same_reasons(node)
    return three((any(p.holds for p in node.parts), any(p.may for p in node.parts)))


def not_(node: Node, *_: object) -> bool | None:
    """Its part does not hold."""
    _same_reasons(node)
    value = node.parts[0].holds
    return None if value is None else not value


def _same_reasons(node: Node) -> None:
    wanted = reasons(node.parts) if node.holds is None else []
    need(node.path, node.all("why") == wanted, "its parts give other reasons")


def reasons(nodes: Iterable[Node]) -> list[str]:
    """Return the reasons of those that cannot be said, sorted."""
    return sorted({w for n in nodes if n.holds is None for w in n.all("why")})


def always(value: bool | None) -> Rule:  # noqa: FBT001
    """Return the rule of a node that has one value."""
    return lambda *_: value


def as_stated(node: Node, *_: object) -> bool | None:
    """Take the value of a node that rests on a weighing or a decision of people."""
    return bool(node.holds) if node.holds is not None else None
