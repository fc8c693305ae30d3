"""Norms: for each norm and bearer the answer over the whole period so far, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Para, Table, Text, words
from tregua.bulletin.section import answer, clause, count, grouped, idents, short_names, words_held

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block, Line, Run
    from tregua.bulletin.section import Same
    from tregua.centre import Picture

NAME = "norms"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the table of answers; single incidents are listed in their own section."""
    head = Heading("What was kept, what was violated, what cannot be said", "norms")
    whole = [a for a in picture.assessments if not a.instance.startswith("I-")]
    if not whole:
        return (head, Para(words("No norm of the deal was in force by then.")))
    groups = grouped(whole)
    columns = (
        "norm",
        "clause",
        "owed by",
        "answer",
        "incidents",
        "reports",
        "what would change it",
    )
    rows = tuple(_row(g, picture) for g in groups)
    anchors = tuple(g.first.id for g in groups)
    return (head, Para(_summary(whole), strong=True), Table(columns, rows, anchors=anchors))


def _summary(whole: list[Assessment]) -> Line:
    runs: list[Run] = [Text("Of all norms, bearers and instances: ")]
    for word in ("kept", "violated", "undetermined"):
        found = [a for a in whole if a.answer == word]
        records = tuple(sorted({r for a in found for r in a.records}))
        rule = f"norms, bearers and instances whose answer is {word}"
        runs.append(count(records, rule, value=len(found), searched="all assessments"))
        runs.append(Text(f" {word}, " if word != "undetermined" else f" {word}."))
    return tuple(runs)


def _row(same: Same, picture: Picture) -> tuple[Line, ...]:
    a = same.first
    norm = picture.agreement.norm(a.norm)
    instances = "" if a.instance == "whole" else f", {len(same.assessments)} instances, {a.state}"
    instances += words_held(a, picture.agreement)
    rule = f"{a.norm} ({a.answer})"
    return (
        (Text(f"{norm.title if norm else a.norm} ({a.norm}{instances}) "), *idents(same)),
        (clause(a.clause),),
        words(short_names(same.bearers)),
        answer(a),
        (
            count(
                same.records,
                f"incidents that may concern {rule}",
                value=len(same.incidents),
                searched="all incidents",
            ),
        ),
        (count(same.records, f"reports behind the answer on {rule}", searched="all reports"),),
        words("; ".join(a.would_change_if[:3])),
    )
