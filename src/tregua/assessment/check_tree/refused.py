"""How a tree is refused: the node, and why it does not hold."""

from __future__ import annotations


class Refused(Exception):
    """A node that does not hold, and why not."""


def need(path: str, holds: bool, why: str) -> None:  # noqa: FBT001
    """Refuse the tree at this node unless it holds."""
    if not holds:
        raise Refused(f"{path}: {why}")
