"""When: the time of an incident from its reports, laid on the time in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import three
from tregua.assessment.check_tree.times import edges, given, meets, moment, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tregua.assessment.check_tree.nodes import Case, Node


def happened_at(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compute the time of an incident from its reports, and lay it on the time in force."""
    first, last = _reported(node, case, reports)
    ends = (case.tree["start"], case.tree["end"])
    need(node.path, tuple(map(moment, ends)) == span(node.one("when")), "the tree gives another")
    sure = last <= case.at and any(within(first, last, n) for n in case.top("period"))
    possible = any(_touches(first, last, n) for n in case.top("period"))
    return True if sure and possible else None if possible or sure else False


def _reported(node: Node, case: Case, reports: Sequence[str]) -> tuple[datetime, datetime]:
    """Compute the time of an incident from its reports: its first and its last instant."""
    seen = [r for r in reports if case.known[r]["record"] == "observation"]
    raw = [case.raw(node, r, "observation")["when"] for r in seen]
    times = sorted(((moment(w["start"]), moment(w["end"])) for w in raw), key=lambda w: w[1] - w[0])
    start, end = times[0]
    if any(start < s or e < end for s, e in times):
        start, end = min(s for s, _ in times), max(e for _, e in times)
    need(node.path, span(node.one("when")) == (start, end), "the reports give another time")
    given = {w.get("precision", "minute") for w in raw}
    need(node.path, node.one("precision") in given, "no report is so precise")
    return edges(start, end, node.one("precision"))


def after(node: Node, case: Case, reports: Sequence[str]) -> bool | None:
    """Compare the time of an act with that of the request which it is to answer."""
    since = case.the("trigger").one("at")
    need(node.path, node.one("since") == since, "it was asked for at another time")
    asked, still = map(given, span(since))
    first, last = _reported(node, case, reports)
    return three((first >= still, last >= asked))


def moment_of(case: Case) -> tuple[datetime, datetime]:
    """Return the first and the last instant of the act under question."""
    node = case.the("time")
    start, end = map(given, span(node.one("when")))
    return edges(start, end, node.one("precision"))


def within(first: datetime, last: datetime, period: Node) -> bool:
    """Say whether a time lies in the time in force, whatever the reading."""
    start, end = span(period.one("in every reading"))
    if start is None or first < start or (end and last >= end):
        return False
    return not any(meets(first, last, p.rpartition(" ")[0]) for p in period.all("paused"))


def _touches(first: datetime, last: datetime, period: Node) -> bool:
    if not meets(first, last, period.one("in some reading")):
        return False
    words = {p.rpartition(" ")[2] for p in period.all("paused")}
    need(period.path, words <= {"certain", "possible"}, "a pause is neither certain nor possible")
    pauses = [p.removesuffix(" certain") for p in period.all("paused") if p.endswith("certain")]
    spans = [(given(start), end) for start, end in map(span, pauses)]
    return not any(first >= start and (end is None or last < end) for start, end in spans)
