"""Where: the place that a report gives, and the zones that the deal draws around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import any_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Json, Node


def place(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute a place from its zones."""
    zones = node.all("zone")
    need(node.path, [p.one("zone") for p in node.parts] == zones, "a zone is missing")
    return any_of(node, case, ())


def zone(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Say whether the place that a report gives lies in a zone, by name."""
    if node.one("zone") == "everywhere":
        return True
    raw = [case.known[r].get("place", {}) for r in reports]
    stated = [node.one(n) for n in ("name", "area", "lon", "lat", "radius")]
    need(node.path, stated in [_place_texts(p) for p in raw], "no report gives this place")
    if node.one("zone") in ("own-control", "controller"):
        return None
    called = {node.one("name"), node.one("area")} - {""}
    named = [g for g in node.all("named") if called & set(case.asks["zones"][g]["names"])]
    need(node.path, node.all("named") == named, "the place does not have this name")
    around = sorted({z for g in named for z in case.asks["zones"][g]["around"]})
    need(node.path, node.all("around") == around, "the deal gives other zones around it")
    inside = node.one("zone") in around
    need(node.path, node.one("by") == ("name" if inside else "outline"), "its zones say otherwise")
    return True if inside else node.holds


def _place_texts(place: Json) -> list[str]:
    numbers = [place.get(n) for n in ("lon", "lat", "radius_m")]
    texts = ["" if n is None else repr(float(n)) for n in numbers]
    return [place.get("name", ""), place.get("area", ""), *texts]
