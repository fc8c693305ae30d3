"""Explanations: nodes with a sentence each, and the tree of an assessment as lines of text.

A negative fact says what was searched; every node names its records; nothing here decides anything.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.facts import test
from tregua.assessment.model import Because

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.facts import Facts
    from tregua.assessment.model import Assessment

_MARK = {True: "yes", False: "no", None: "cannot be said"}


def node(
    says: str,
    atom: str,
    holds: bool | None,  # noqa: FBT001  (three values, the middle of the sentence)
    *,
    records: Iterable[str] = (),
    searched: str = "",
    clause: str = "",
    parts: tuple[Because, ...] = (),
    facts: Facts = (),
) -> Because:
    """Build one node; the records are sorted and stand once."""
    return Because(says, atom, holds, tuple(sorted(set(records))), searched, clause, parts, facts)


def assumptions(assumed: tuple[tuple[str, str], ...], clause: str) -> tuple[Because, ...]:
    """Build a node for each assumption of the drafter that an answer used."""
    return tuple(
        node(
            f"assumed by the drafter, {key}: {reason}",
            "assumption",
            None,
            clause=clause,
            facts=test("assumption", ("of", key), ("text", reason)),
        )
        for key, reason in assumed
    )


def all_records(nodes: Iterable[Because]) -> frozenset[str]:
    """Return the ids of every record that the nodes and their parts rest on."""
    found: set[str] = set()
    todo = list(nodes)
    while todo:
        one = todo.pop()
        found.update(one.records)
        todo.extend(one.parts)
    return frozenset(found)


def tree_lines(assessment: Assessment) -> list[str]:
    """Write the explanation as indented lines for ``tregua why``."""
    a = assessment
    reasons = f" because {', '.join(a.reasons)}" if a.reasons else ""
    bearer = a.bearer or "bearer undefined"
    lines = [f"{a.norm} {a.answer} by {bearer}{reasons}  ({a.id}, {a.instance}, {a.state})"]
    lines.append(f"possible {a.may}, certain {a.must}, between {a.low:.2f} and {a.high:.2f}")
    if (a.p.least, a.p.most) != (a.low, a.high):
        lines.append(f"a violation in {a.p}")
    lines += because_lines(a.because)
    lines += [f"  would change if: {text}" for text in a.would_change_if]
    if a.provisional:
        lines.append("  provisional: late reports are still expected")
    return lines


def because_lines(because: Iterable[Because]) -> list[str]:
    """Write nodes and their parts as indented lines."""
    return [line for part in because for line in _lines(part, 1)]


def _lines(because: Because, depth: int) -> list[str]:
    pad = "  " * depth
    clause = f"  § {because.clause}" if because.clause else ""
    lines = [f"{pad}[{because.atom}] {because.says}: {_MARK[because.holds]}{clause}"]
    if because.searched:
        lines.append(f"{pad}  searched: {because.searched}")
    if because.records:
        lines.append(f"{pad}  records: {', '.join(because.records)}")
    for part in because.parts:
        lines += _lines(part, depth + 1)
    return lines
