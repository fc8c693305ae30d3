"""Norms: for each norm and bearer the answer over the whole period so far, with reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Ident, Para, Table, Text, words
from tregua.bulletin.section import answer, clause, count, name_of

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture

NAME = "norms"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the table of answers; single incidents are listed in the annex."""
    head = Heading("What was kept, what was violated, what cannot be said", "norms")
    rows = [a for a in picture.assessments if not a.incidents or a.instance == "whole"]
    whole = [a for a in rows if not a.instance.startswith("I-")]
    if not whole:
        return (head, Para(words("No norm of the deal was in force by then.")))
    sentence = _summary(whole)
    columns = ("norm", "clause", "owed by", "answer", "incidents", "reports", "what would change it")
    return (
        head,
        Para(sentence, strong=True),
        Table(columns, tuple(_row(a, picture) for a in whole), anchors=tuple(a.id for a in whole)),
    )


def _summary(whole: list[Assessment]) -> Line:
    def those(answer: str) -> tuple[tuple[str, ...], int]:
        found = [a for a in whole if a.answer == answer]
        return tuple(sorted({r for a in found for r in a.records})), len(found)

    runs: list[Text | object] = [Text("Of all norms and bearers: ")]
    for word in ("kept", "violated", "undetermined"):
        records, number = those(word)
        rule = f"norms and bearers whose answer is {word}"
        runs += [count(records, rule, value=number, searched="all assessments"), Text(f" {word}; ")]
    runs[-1] = Text(" undetermined. Undetermined is an answer: the reasons stand beside it.")
    return tuple(runs)  # type: ignore[arg-type]


def _row(a: Assessment, picture: Picture) -> tuple[Line, ...]:
    norm = picture.agreement.norm(a.norm)
    title = f"{norm.title} ({a.norm})" if norm is not None else a.norm
    extra = "" if a.instance == "whole" else f", instance {a.instance}, {a.state}"
    return (
        (Text(title + extra + " "), Ident(a.id, a.id)),
        (clause(a.clause),),
        words(name_of(picture.agreement, a.bearer)),
        answer(a),
        (count(a.records, f"incidents that may concern {a.norm}, {a.bearer}", value=len(a.incidents), searched="all incidents"),),
        (count(a.records, f"reports behind the answer on {a.norm}, {a.bearer}", searched="all reports"),),
        words("; ".join(a.would_change_if[:3])),
    )
