"""What is checked: a tree, its nodes, the facts of a node; and how a node is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.times import moment

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tregua.assessment.check_tree.entries import Entries

Json: TypeAlias = "dict[str, Any]"
Rule: TypeAlias = "Callable[[Node, Case, Sequence[str]], bool | None]"

REASONS = {  # for "undetermined": the closed list of the deal language, 4.5
    *("not-due", "who", "what", "where", "when", "exception-claimed", "no-coverage"),
    *("contested", "needs-decision"),
}


class Node:
    """One node, with its facts by name."""

    def __init__(self, tree: Json, path: str) -> None:
        self.facts: dict[str, list[str]] = {}
        for name, text in tree["facts"]:
            self.facts.setdefault(name, []).append(text)
        self.test = self.one("test")
        self.path = f"{path} {self.test}"
        self.holds, self.records, self.searched = tree["holds"], tree["records"], tree["searched"]
        self.parts = [Node(p, f"{self.path} >") for p in tree["because"]]
        need(self.path, tree["parts"] == len(self.parts), "a part is missing")
        need(self.path, self.holds in (True, False, None), "its value is none of the three")

    def flag(self, name: str) -> bool:
        """Return a fact that is yes or no."""
        need(self.path, self.one(name) in ("yes", "no"), f"{name} is neither yes nor no")
        return self.one(name) == "yes"

    def one(self, name: str) -> str:
        """Return the text of a fact that stands once; empty when there is none."""
        return (self.facts.get(name) or [""])[0]

    def all(self, name: str) -> list[str]:
        """Return the texts of all facts of that name."""
        return self.facts.get(name, [])

    @property
    def may(self) -> bool:
        """Say whether it holds in some reading."""
        return self.holds is not False


class Case:
    """A tree under check: what the norm asks, what was known, the nodes at the top."""

    def __init__(self, tree: Json, entries: Entries) -> None:
        self.tree, self.asks, self.at = tree, tree["asks"], moment(tree["at"])
        self.known = entries.known(tree["as_of"]["seq"], tree["as_of"]["until"])
        self.nodes = [Node(n, f"because[{i}]") for i, n in enumerate(tree["because"])]
        need("the tree", tree["parts"] == len(self.nodes), "a node is missing")

    def top(self, *tests: str) -> list[Node]:
        """Return the nodes at the top with one of these rules."""
        return [n for n in self.nodes if n.test in tests]

    def the(self, *tests: str) -> Node:
        """Return the one node at the top with one of these rules."""
        found = self.top(*tests)
        need("the tree", len(found) == 1, f"{len(found)} nodes for {' or '.join(tests)}, not one")
        return found[0]

    def raw(self, node: Node, record: str, kind: str) -> Json:
        """Return the raw body of a record that was known."""
        body = self.known.get(record)
        need(node.path, body is not None, f"no entry known then holds {record}")
        assert body is not None
        need(node.path, body["record"] == kind, f"{record} is no {kind}")
        return body
