"""When a norm holds: its phases with every step, its pauses, and how long its words held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.check_tree.refused import need
from tregua.assessment.check_tree.three_valued import as_stated
from tregua.assessment.check_tree.times import cut, given, moment, span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tregua.assessment.check_tree.nodes import Case, Node
    from tregua.assessment.check_tree.times import Span


def period(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Compute a time in force from its steps and from how long the words held."""
    some, sure = span(node.one("in some reading")), span(node.one("in every reading"))
    _beginning(node, case, some[0], sure[0])
    need(node.path, sure[0] is None or sure[0] >= given(some[0]), "it is sure before it begins")
    need(node.path, not (some[1] and sure[1] and sure[1] > some[1]), "it is sure after it ends")
    held, surely = _words(case)
    if case.asks["during"]:
        need(node.path, node.one("phase") in case.asks["during"], "the norm names no such phase")
        start, last = begun(node, node.one("phase"), case)
        need(node.path, some[0] == cut(max, start, held[0]), "its first step begins it elsewhere")
        begins = {None, *(cut(max, t, surely[0]) for t in (start, last))}
        need(node.path, sure[0] in begins, "it is sure from another time")
        ends = [span(s.one("ends")) for s in node.parts if s.one("ends")]
        stopped = any(s.one("says") == "ends" for s in node.parts)
        for n, (end, by) in enumerate(((sure[1], surely[1]), (some[1], held[1]))):
            known = {cut(min, e, by) for e in (*(e[n] for e in ends), None)}
            need(node.path, stopped or end in known, "no step gives this end")
        _paused(node, case)
    else:
        need(node.path, not node.parts, "it has steps and no phase")
        inside = sure[0] is None or sure == (
            cut(max, some[0], surely[0]), cut(min, some[1], surely[1])
        )  # fmt: skip
        need(node.path, inside, "it is sure from another time")
    return True if sure[0] else None


def _beginning(node: Node, case: Case, start: datetime | None, sure: datetime | None) -> None:
    """Check that a time in force has a beginning, or says that nobody fixed it."""
    stated = case.asks["during"] is not None or case.asks["effective"]
    if node.one("begins") == "open":
        need(node.path, not stated, "the deal says when it begins")
        need(node.path, sure is None, "it is sure although nobody fixed its beginning")
        return
    need(node.path, start is not None, "it has no start")
    need(node.path, bool(stated or sure or case.asks["held"]), "nobody fixed its beginning")


def _words(case: Case) -> tuple[Span, Span]:
    """Return how long the norm's words held, in some reading and in every one."""
    held = case.asks["held"]
    if held is None or case.asks["shape"] == "achieve":
        return (None, None), (None, None)
    return span(held[0]), span("/" if held[1] == "never" else held[1])


def held(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check how long the words of the norm held."""
    stated = [node.one("in some reading"), node.one("surely")]
    need(node.path, stated == case.asks["held"], "the words held at another time")
    return None if node.one("surely") == "never" else True


def begun(node: Node, phase: str, case: Case) -> Span:
    """Return when the steps of a phase begin it; one of them tells of its end."""
    same = all(s.one("phase") == phase for s in node.parts)
    need(node.path, same, "a step is of another phase")
    starts = [s.one("starts") for s in node.parts if s.one("starts")]
    need(node.path, len(starts) == 1, "the step that begins it is missing")
    need(node.path, any("ends" in s.facts for s in node.parts), "no step tells of its end")
    _complete(node, phase, case)
    return span(starts[0])


def _complete(node: Node, phase: str, case: Case) -> None:
    """Check that every statement that moves the phase has its step."""
    told = {r for s in node.parts if s.one("says") for r in s.records}
    open_end = any(not span(s.one("ends") or "/")[1] for s in node.parts if "ends" in s.facts)
    for record, body in case.known.items():
        about = case.asks["moved by"][phase].get(body.get("says"), [])
        if body["record"] != "statement" or body.get("about") not in about:
            continue
        made = moment(body["when"]["start"])
        if made < case.at and not (open_end and body["says"] == "extends"):
            need(node.path, record in told, f"no step tells of {record}")


def _paused(node: Node, case: Case) -> None:
    """Check that every pause begins and ends with a statement of a step."""
    moments: dict[str, set[datetime]] = {"suspends": set(), "resumes": set()}
    for step in (s for s in node.parts if s.one("says") in moments):
        raw = [case.raw(step, r, "statement") for r in step.records]
        moments[step.one("says")] |= {moment((b.get("at") or b["when"])["start"]) for b in raw}
    for text in node.all("paused"):
        start, end = span(text.rpartition(" ")[0])
        known = start in moments["suspends"] and (end is None or end in moments["resumes"])
        need(node.path, known, "no step gives this pause")


def step(node: Node, case: Case, _: Sequence[str]) -> bool | None:
    """Check that a step says what its record says; its end is taken as stated."""
    for record in node.records if node.one("says") else ():
        said = case.raw(node, record, "statement")["says"]
        need(node.path, said == node.one("says"), f"{record} says something else")
    for name in ("starts", "ends"):
        span(node.one(name) or "/")
    return as_stated(node)
