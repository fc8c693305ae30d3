"""The tree of a clock: the checker moves the hands again, in every world, and refuses another."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings

from tests.assessment.test_probability import START, named
from tests.explain.ledgers import sealed
from tests.status.test_shares import DEAL, ELSE, END, SHOTS, A, B, deal, told
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.assessment.to_tree import AsOf
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Origin, Watch
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for
from tregua.status.clock_tree import clock_tree
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.status.test_shares import Shot
    from tregua.reports.model import Record

    Tree = dict[str, Any]

DESK = new_desk(("PUBLIC",))


def clocks(shots: Sequence[Shot], text: str = DEAL) -> tuple[dict[str, Tree], Entries]:
    """Return the tree of each clock after these shots, as JSON gives it back, and the entries."""
    when = When(START, END, Precision.PERIOD)
    watch = Watch(Origin("w", "own", "monitors", END), when, Place("everywhere"), "patrol")
    records: list[Record] = [named("monitors"), watch]
    records += [o for n, shot in enumerate(shots) for o in told(n, shot)]
    agreement, store = deal(text), MemoryStore()
    take_in(store, [(r, body_of(r)) for r in records], DESK, agreement=agreement)
    shown = picture(agreement, known_in(store, KnownAt()), at=END)
    as_of = AsOf(shown.at, shown.known.size, shown.known.root)
    pairs = zip(agreement.clocks, shown.status.clocks, strict=True)
    found = [clock_tree(clock, state, shown.facts, as_of) for clock, state in pairs]
    trees = {t["id"]: t for t in json.loads(json.dumps(found))}
    return trees, Entries(lines_for(store.entries(), store.bodies.all()))


SHOT_BY = (("k", A), ("l", B))
CROWD = tuple((f"office {n}", (A, B, ELSE)[n % 3]) for n in range(24))
MADE: dict[str, tuple[Shot, ...]] = {
    "nothing": (),
    "one": ((90, True, SHOT_BY),),
    "two": (
        (90, True, SHOT_BY),
        (60, True, (("k", B), ("m", ELSE))),
        (80, True, (("l", ("a", "b")),)),
    ),
    "blurred": ((50, False, SHOT_BY), (52, True, (("a", A), ("k", A)))),
    "tied": ((90, True, SHOT_BY), (80, True, (("k", B), ("l", A)))),
    "drawn": ((95, True, CROWD), (70, True, SHOT_BY)),
}


@pytest.mark.parametrize("name", MADE)
def test_every_tree_of_a_clock_holds(name: str) -> None:
    """Without a shot, with certain, open, blurred and many voiced ones, and where it is drawn."""
    trees, entries = clocks(MADE[name])
    assert dict.fromkeys(trees, "") == {i: check(tree, entries) for i, tree in trees.items()}
    assert (name == "drawn") == any(tree["drawn"] for tree in trees.values())


@settings(max_examples=8, deadline=None)
@given(SHOTS)
def test_every_tree_of_a_drawn_ledger_holds(shots: list[Shot]) -> None:
    """Whatever the reports say, the checker comes to the same hands and the same share."""
    trees, entries = clocks(shots)
    assert [] == [why for tree in trees.values() if (why := check(tree, entries))]


def places(value: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every single value of a tree."""
    if isinstance(value, dict | list):
        for key in value if isinstance(value, dict) else range(len(value)):
            yield from places(value[key], (*way, key))
    else:
        yield way


def changed(tree: Tree, way: tuple[Any, ...], value: object) -> Tree:
    made = copy.deepcopy(tree)
    at = made
    for key in way[:-1]:
        at = at[key]
    at[way[-1]] = value
    return sealed(made)


@pytest.mark.parametrize("field", ["low", "high", "reached", "p", "drawn", "target", "begun"])
@pytest.mark.parametrize("name", ["one", "drawn"])
def test_another_hand_or_share_is_refused(field: str, name: str) -> None:
    """What the clock shows follows from its stretches and authors, or is refused."""
    trees, entries = clocks(MADE[name])
    tree = trees["quiet"]
    others: dict[str, list[object]] = {
        "low": [tree["low"] + 1],
        "high": [tree["high"] - 1, tree["high"] + 1],
        "reached": [True, False],
        "p": [None, [tree["p"][0] - 1e-6, tree["p"][1]], [tree["p"][0], tree["p"][1] + 1e-6]],
        "drawn": [256 - tree["drawn"]],
        "target": [None, 1.0, 31.0],
        "begun": [False],
    }
    assert tree["p"] is not None
    for value in others[field]:
        assert check(changed(tree, (field,), value), entries), (field, value)


def test_a_stretch_that_does_something_else_is_refused() -> None:
    """Every effect and every formula of every stretch counts, in each reading."""
    trees, entries = clocks(MADE["one"])
    tree = trees["calm"]
    assert "" == check(tree, entries)
    for r, reading in enumerate(tree["readings"]):
        for m, mark in enumerate(reading["marks"]):
            for hand, effect in enumerate(mark["hands"]):
                for other in {"reset", "stand", "count"} - {effect}:
                    way = ("readings", r, "marks", m, "hands", hand)
                    why = check(changed(tree, way, other), entries)
                    assert why or is_undone(tree, r, m, hand, {effect, other}), way


def is_undone(tree: Tree, reading: int, place: int, hand: int, effects: set[str]) -> bool:
    """Say whether a later stretch puts the hand back anyway, or the first one changes nothing."""
    later = tree["readings"][reading]["marks"][place + 1 :]
    untouched = effects == {"reset", "stand"} and hand_at(tree, reading, place, hand) == 0
    return untouched or any(m["hands"][hand] == "reset" for m in later)


def hand_at(tree: Tree, reading: int, place: int, hand: int) -> int:
    gone = 0
    for mark in tree["readings"][reading]["marks"][:place]:
        gone = {"reset": 0, "stand": gone, "count": gone + 1}[mark["hands"][hand]]
    return gone


def test_another_author_office_or_class_is_refused() -> None:
    """Who names whom with what share, and who is alike for the clock, decides the share."""
    trees, entries = clocks(MADE["tied"])  # of one shot each share is that of its author anyway
    tree = trees["quiet"]
    incident, _ = tree["authors"]
    stated = tree["authors"][incident]
    names, offices = stated["told"][0]
    for key, value in (
        ("hypotheses", stated["hypotheses"][1:]),
        ("told", [[names, [[offices[0][0], offices[0][1] * 0.9]]], *stated["told"][1:]]),
        ("told", stated["told"][1:]),
        ("classes", stated["classes"][::-1]),
        ("classes", [[who for of in stated["classes"] for who in of]]),
        ("reports", []),
        ("reports", ["own:nowhere"]),
    ):
        assert check(changed(tree, ("authors", incident, key), value), entries), key


def test_a_deleted_node_is_refused() -> None:
    """P6: a day, what is left open, or the worlds, whether the count is corrected or not."""
    trees, entries = clocks(MADE["two"])
    for tree in trees.values():
        for n, node in enumerate(tree["because"]):
            rest = [*tree["because"][:n], *tree["because"][n + 1 :]]
            assert check(sealed({**tree, "because": rest}), entries)
            if node["facts"][0][1] != "left-open":  # sentences about the text, kept by their number
                parts = tree["parts"] - 1
                assert check(sealed({**tree, "because": rest, "parts": parts}), entries)


def test_a_missing_stretch_is_refused() -> None:
    """The stretches of a reading follow each other from its beginning to its end."""
    trees, entries = clocks(MADE["two"])
    for tree in trees.values():
        for r, reading in enumerate(tree["readings"]):
            for m in range(len(reading["marks"])):
                made = copy.deepcopy(tree)
                del made["readings"][r]["marks"][m]
                assert check(sealed(made), entries), (tree["id"], r, m)
