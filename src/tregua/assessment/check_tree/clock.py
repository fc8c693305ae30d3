"""A clock: its two hands moved again, stretch by stretch, and in each possible world.

What the watches, the pauses and the words of the deal do in each stretch is taken as stated; which
incident lies where follows from the reports.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from math import isclose
from typing import TYPE_CHECKING, Any

from tregua.assessment.check_tree.nodes import Node
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.times import given, moment, span
from tregua.assessment.check_tree.who_did import Author, holds_in, incidents_in
from tregua.assessment.check_tree.worlds import worlds_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.assessment.check_tree.entries import Entries
    from tregua.assessment.check_tree.nodes import Json

    Hands = tuple[int, int]

_LEAST = 1e-12  # what is neither certain nor excluded never looks as if it were


def clock(tree: Json, entries: Entries) -> None:
    """Check the hands of a clock, what is said of its target, its share of worlds, its nodes."""
    known = entries.known(tree["as_of"]["seq"], tree["as_of"]["until"])
    authors = {i: Author(i, stated) for i, stated in tree["authors"].items()}
    begins = {i: _begins(i, stated, known) for i, stated in tree["authors"].items()}
    for reading in tree["readings"]:
        _stretches(reading, begins)
    hands = _hands(tree, _without_worlds)
    need("the clock", hands == (tree["low"], tree["high"]), f"its hands are {hands[0]}, {hands[1]}")
    _target(tree, authors)
    _because(tree, known)


def _begins(incident: str, stated: Json, known: dict[str, Json]) -> Any:  # noqa: ANN401 - a time
    """Return when an incident may first have been, from its reports."""
    path = f"authors of {incident}"
    for report in stated["reports"]:
        need(path, report in known, f"no entry known then holds {report}")
        need(path, known[report]["record"] == "observation", f"{report} is no observation")
    need(path, bool(stated["reports"]), "nobody reports it")
    return min(moment(known[r]["when"]["start"]) for r in stated["reports"])


def _stretches(reading: Json, begins: dict[str, Any]) -> None:
    """Check that the stretches follow each other, and whom and what they speak of."""
    path, spans = f"reading {reading['name']}", [span(m["in"]) for m in reading["marks"]]
    edges = [span(reading["runs"])[0], *(end for _, end in spans)]
    gaps = [end for (_, end), (start, _) in pairwise(spans) if end != start]
    need(path, not gaps, "a stretch is missing")
    need(path, all(given(a) < given(b) for a, b in pairwise(edges)), "its times are not in order")
    need(path, not spans or edges[-1] == span(reading["runs"])[1], "it ends at another time")
    for mark, (_, end) in zip(reading["marks"], spans, strict=True):
        for incident in incidents_in([*mark["back"], *mark["counts"]]):
            need(path, begins[incident] < given(end), f"{incident} came after {mark['in']}")


def _hands(tree: Json, does: Callable[[Json, str, int], bool]) -> Hands:
    """Return both hands: the lowest and the highest of all readings."""
    found = [_in_reading(reading, does) for reading in tree["readings"]]
    low = min((low for low, _ in found), default=0)
    return (low if tree["begun"] else 0), max((high for _, high in found), default=0)


def _in_reading(reading: Json, does: Callable[[Json, str, int], bool]) -> Hands:
    marks, hands = reading["marks"], [0, 0]
    for mark in marks:
        for k in (0, 1):
            moved = hands[k] + does(mark, "counts", k)
            hands[k] = 0 if does(mark, "back", k) else moved
    resets = [given(span(r["in"])[0]) for r in reading["resets"] if does(r, "certain", 1)]
    for reset in resets:  # it was in one of the stretches, at the earliest in the first of them
        behind = [m for m in marks if given(span(m["in"])[1]) > reset][1:]
        if behind or any(given(span(m["in"])[1]) > reset for m in marks):
            hands[1] = min(hands[1], sum(does(m, "counts", 1) for m in behind))
    if resets and reading["anew after"] is not None:
        first, stop = map(given, span(reading["runs"]))
        unit = timedelta(seconds=reading["anew after"])
        hands[1] = max(hands[1], (stop - max(first, *resets)) // unit)
    return hands[0], hands[1]


def _without_worlds(stated: Json, what: str, hand: int) -> bool:
    """Say what a stretch does by its own words; a reset counts that is certain in every world."""
    if what == "certain":
        return stated[what] is True
    return bool(stated["hands"][hand] == {"counts": "count", "back": "reset"}[what])


def _in_world(did: dict[str, int]) -> Callable[[Json, str, int], bool]:
    def does(stated: Json, what: str, hand: int) -> bool:
        return holds_in(stated[what] if what == "certain" else stated[what][hand], did)

    return does


def _target(tree: Json, authors: dict[str, Author]) -> None:
    """Check whether the target is reached, and in which share of worlds where that is open."""
    target, path = tree["target"], "the clock"
    low, high = tree["low"], tree["high"]
    reached = None if target is None else True if low >= target else None
    reached = False if target is not None and high < target else reached
    need(path, tree["reached"] is reached, f"that it is reached: {reached}")
    p, drawn = None, 0
    if target is not None and reached is None and authors:
        p, drawn = _share(tree, authors, target)
    need(path, (p is None) == (tree["p"] is None), "whether there is a share")
    need(path, tree["drawn"] == drawn, f"{drawn} worlds are drawn")
    for stated, wanted in zip(tree["p"] or (), p or (), strict=True):
        need(path, isclose(stated, wanted, abs_tol=1e-9), f"p: {wanted} follows")


def _share(
    tree: Json, authors: dict[str, Author], target: float
) -> tuple[tuple[float, float] | None, int]:
    """Walk through the worlds; return in which share the lower and the upper hand reach it."""
    offices = [o for author in authors.values() for o in author.offices()]
    worlds, drawn = worlds_of(offices, bytes.fromhex(tree["as_of"]["head"]))
    alike: dict[tuple[int, ...], float] = {}  # worlds in which the same did the same are one
    for weight, points in worlds:
        did = tuple(author.did(points) for author in authors.values())
        alike[did] = alike.get(did, 0.0) + weight
    ends, total = [0.0, 0.0], sum(alike.values())
    for classes, weight in alike.items():
        hands = _hands(tree, _in_world(dict(zip(authors, classes, strict=True))))
        inside = tree["low"] <= hands[0] <= hands[1] <= tree["high"]
        need("the clock", inside, "in some world its hands pass the two that it shows")
        ends = [
            end + weight / total * (hand >= target) for end, hand in zip(ends, hands, strict=True)
        ]
    least, most = ends
    if least < _LEAST and most > 1 - _LEAST:
        return None, 0
    return (min(least, 1 - _LEAST), max(most, _LEAST)), drawn


def _because(tree: Json, known: dict[str, Json]) -> None:
    """Check that every day has its node, that the share has one, and which records they name."""
    nodes = [Node(n, f"because[{i}]") for i, n in enumerate(tree["because"])]
    need("the tree", tree["parts"] == len(nodes), "a node is missing")
    days = [n for n in nodes if n.test == "day"]
    spans = [span(n.one("in")) for n in days]
    runs = {span(r["runs"]) for r in tree["readings"]}
    need("the tree", bool(days) == bool(runs), "its days are missing")
    need("the tree", all(a[1] == b[0] for a, b in pairwise(spans)), "a day is missing")
    need("the tree", not days or {(spans[0][0], spans[-1][1])} == runs, "a day is missing")
    last = [days[-1].one("low"), days[-1].one("high")] if days else ["0", "0"]
    need("the tree", last == [str(tree["low"]), str(tree["high"])], "the last day ends elsewhere")
    worlds = [n for n in nodes if n.test == "worlds"]
    need("the tree", len(worlds) == int(tree["p"] is not None), "the worlds are missing")
    told = [p.one("incident") for n in worlds for p in n.parts]
    need("the tree", not worlds or told == list(tree["authors"]), "an incident is missing")
    records = {r for n in nodes for part in (n, *n.parts) for r in part.records}
    need("the tree", tree["records"] == sorted(records), "its records are not those of its nodes")
    need("the tree", all(r in known for r in records), "a record is not among the entries")
