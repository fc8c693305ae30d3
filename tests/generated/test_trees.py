"""P6 on drawn deals and ledgers: every tree holds, and none holds without one of its nodes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.explain.test_check_tree import at_way, rule_of, ways, without
from tests.generated.ledgers import World, worlds
from tests.generated.road import examples, store_of
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.assessment.to_tree import AsOf, trees_json
from tregua.centre import KnownAt, known_in, picture
from tregua.sharing.reading import lines_for
from tregua.status.clock_tree import clock_tree

if TYPE_CHECKING:
    from random import Random


NODES = 12  # deleted from one tree of each drawn world
# Protected by their number alone: docs/how-to/check-an-answer-alone.md says which and why.
BY_NUMBER = ("step", "done", "more", "refused", "waits", "left-open")


def trees_of(world: World) -> tuple[list[dict[str, Any]], Entries]:
    """Return the tree of every answer and clock as JSON gives it back, and the raw entries."""
    store = store_of(world)
    known = known_in(store, KnownAt())
    shown = picture(world.deal.agreement, known, at=world.at)
    as_of = AsOf(shown.at, known.size, known.root, known.instant)
    trees = [*trees_json(shown.assessments, (e.agreement for e in shown.editions), as_of)]
    pairs = zip(shown.agreement.clocks, shown.status.clocks, strict=True)
    trees += [clock_tree(clock, state, shown.facts, as_of) for clock, state in pairs]
    return json.loads(json.dumps(trees)), Entries(lines_for(store.entries(), store.bodies.all()))


@examples()
@given(worlds())
def test_every_tree_holds(world: World) -> None:
    """The checker, which knows nothing of the engine, comes to the same answer."""
    trees, entries = trees_of(world)
    assert [] == [(t["id"], why) for t in trees if (why := check(t, entries))]


@examples()
@given(worlds(), st.randoms(use_true_random=False))
def test_no_tree_holds_without_a_node(world: World, random: Random) -> None:
    """Deleting a node is refused; so it is when the number of nodes is corrected after it."""
    trees, entries = trees_of(world)
    assume(trees)
    tree = random.choice(trees)
    found = list(ways(tree))
    for way in random.sample(found, min(NODES, len(found))):
        assert check(without(tree, way, counted=False), entries)
        if rule_of(at_way(tree, way)) not in BY_NUMBER:
            assert check(without(tree, way, counted=True), entries), rule_of(at_way(tree, way))
