"""Trees of norms of which nobody fixed the beginning: they hold, and hide nothing of it."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

import pytest

from tests.explain.ledgers import AT, DEAL, START, Told, sealed, trees
from tregua.agreement.read import read_deal_text
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Origin, Watch
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for
from tregua.terms.place import Place
from tregua.terms.time import When

if TYPE_CHECKING:
    from collections.abc import Callable

Node = dict[str, Any]
ASKED = """
prohibition raids "No raids"
    on: a
    must not: raid
    where: everywhere

duty maps "Maps"
    on: a
    must: share
    within: 1 days
"""


@pytest.fixture(scope="module")
def quiet() -> Told:
    """Return the trees of a deal without a first moment, watched from one day to now."""
    before, _, after = DEAL.partition("effective: 2030-09-12T00:00 UTC\n")
    text = f"{before}{after}".rstrip().removesuffix("```") + ASKED + "```\n"
    reading = read_deal_text(text, file="small.deal.md")
    assert [] == [n.said for n in reading.notes if n.severity == "error"]
    origin = Origin("w", "own", "monitors", AT)
    watch = Watch(origin, When(START, AT), Place(name="everywhere"), "patrol")
    store = MemoryStore()
    take_in(store, [(watch, body_of(watch))], new_desk(("PUBLIC",)), agreement=reading.agreement)
    shown = picture(reading.agreement, known_in(store, KnownAt()), at=AT)
    return Told(shown, trees(shown), Entries(lines_for(store.entries(), store.bodies.all())))


def tree_of(told: Told, norm: str) -> dict[str, Any]:
    """Return a copy of the tree of a norm."""
    return copy.deepcopy(next(t for t in told.trees if t["norm"] == norm))


def node_of(tree: dict[str, Any], rule: str) -> Node:
    """Return the node at the top with that rule."""
    return next(n for n in tree["because"] if ["test", rule] in n["facts"])


def test_its_trees_hold(quiet: Told) -> None:
    """The checker comes to the same answers: undetermined, because when among other reasons."""
    assert [] == [why for t in quiet.trees if (why := check(t, quiet.entries))]
    raids, maps = tree_of(quiet, "raids"), tree_of(quiet, "maps")
    assert ["no-coverage", "when"] == raids["reasons"]
    assert (["when"], "", "") == (maps["reasons"], maps["start"], maps["due"])


def starts(node: Node) -> None:
    """Give the time in force the start of the watch."""
    node["facts"] = [
        [name, "2030-09-12T00:00:00Z/" if name == "in some reading" else text]
        for name, text in node["facts"]
    ]


def begins(node: Node) -> None:
    """Hide that nobody fixed the beginning."""
    node["facts"] = [f for f in node["facts"] if f[0] != "begins"]


@pytest.mark.parametrize(
    ("rule", "forge"), [("period", starts), ("period", begins), ("no-time", begins)]
)
def test_a_beginning_is_not_made_up(quiet: Told, rule: str, forge: Callable[[Node], None]) -> None:
    """Nobody may hide that the beginning is open, or lay the watch over a time of his own."""
    tree = tree_of(quiet, "maps" if rule == "no-time" else "raids")
    forge(node_of(tree, rule))
    assert check(sealed(tree), quiet.entries)
