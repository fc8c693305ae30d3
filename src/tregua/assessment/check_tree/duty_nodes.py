"""A duty, node by node: what set it off, its deadline, what was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.assessment.check_tree.in_force import begun
from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import reasons
from tregua.assessment.check_tree.times import given, moment, span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.assessment.check_tree.nodes import Case, Node


def trigger(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check what set the duty off, and when."""
    need(node.path, node.one("instance") == case.tree["instance"], "it is another instance")
    first, last = span(node.one("at"))
    told = moment(case.tree["start"]) if case.tree["start"] else None
    need(node.path, first == told and (not first or first <= given(last)), "another time")
    instance = node.one("instance")
    periods = [p for p in node.parts if p.test == "period"]
    if periods:
        need(node.path, span(periods[0].one("in some reading"))[0] == first, "another time")
    elif instance.startswith("in-force("):
        phase = instance.removeprefix("in-force(").removesuffix(")")
        same = begun(node, phase, case) == (first, last)
        need(node.path, same, "the phase begins at another time")
    need(node.path, bool(periods) == case.asks["from start"], "what set it off is missing")
    need(node.path, node.one("certain") in ("yes", "no", "open"), "whether it did is not said")
    return True if node.one("certain") == "yes" else None


def deadline(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute until when it was to be done."""
    due = span(node.one("due"))
    need(node.path, node.one("after") == case.asks["within"], "the norm gives another time")
    if node.one("after"):
        length = timedelta(seconds=float(node.one("after")))
        moved = tuple(given(t) + length for t in span(case.the("trigger").one("at")))
        need(node.path, due == moved, "the time after the trigger ends at another instant")
    need(node.path, given(due[0]) <= given(due[1]), "it ends before it begins")
    need(node.path, due[1] == moment(case.tree["due"]), "the tree gives another deadline")
    return True


def no_time(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that the deal gives the duty no time."""
    need(node.path, node.one("text") == case.asks["no time"], "the text says another thing")
    since = span(case.the("trigger").one("at"))[0]
    open_ = node.one("begins") == "open"
    need(node.path, not open_ or (since is None and node.one("text") == "unfixed"), "it has begun")
    ever = since is None and case.tree["instance"] in ("in-force", "trigger")
    need(node.path, not (ever and not open_ and case.asks["timed"]), "nobody fixed since when")
    return None


def waits(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that the norm waits for this before it is due."""
    need(node.path, node.one("for") in case.asks["after"], "the norm does not wait for it")
    return False


def done(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Say whether an act towards the duty is certain, from its parts."""
    first, last = map(given, span(node.one("at")))
    need(node.path, first <= last, "it ends before it begins")
    certain = node.flag("certain")
    if any(case.known[r]["record"] == "observation" for r in reports):
        wanted = ["actor", "done-kind", *(["place"] if case.asks["where"] else [])]
        wanted += ["after"] if _comes_first(case) and not _has_key(case) else []
        need(node.path, [p.test for p in node.parts] == wanted, "a part of it is missing")
        act = case.asks["acts"][int(node.one("act"))]["kind"]
        need(node.path, node.parts[1].one("act") == act, "it is another act")
        need(node.path, certain == all(p.holds for p in node.parts), "its parts say otherwise")
        need(node.path, node.all("why") == reasons(node.parts), "its parts give other reasons")
    elif certain and _comes_first(case):
        asked = given(span(case.the("trigger").one("at"))[1])
        need(node.path, first >= asked, "it may have been before what it is to answer")
    return True if certain else None


def _comes_first(case: Case) -> bool:
    """Say whether an act before what set the duty off is no answer to it."""
    instance = case.tree["instance"]
    started = instance in ("deadline", "in-force", "trigger")
    return not started and not instance.startswith("in-force(")


def _has_key(case: Case) -> bool:
    """Say whether answers carry the key of the request instead of coming after it."""
    return case.asks["by key"] and bool(case.known[case.tree["instance"]].get("asked"))
