"""Aid access: what was asked, allowed, delayed, delivered, and what the duties' answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Ident, Para, Table, Text, words
from tregua.bulletin.section import answer, clause, count, name_of
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture
    from tregua.reports.model import Observation

NAME = "aid"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the access duties and the reports of aid that they rest on."""
    head = Heading("Humanitarian access", "aid")
    chosen = [a for a in picture.assessments if a.id in picture.status.aid]
    if not chosen:
        return (head, Para(words("The deal has no duty of access in force by then.")))
    rows = tuple(_row(a, picture) for a in chosen)
    duties = Table(("duty", "clause", "owed by", "answer", "state", "reports"), rows)
    told = _reports(chosen, picture)
    return (head, duties, *told)


def _row(a: Assessment, picture: Picture) -> tuple[Line, ...]:
    norm = picture.agreement.norm(a.norm)
    return (
        (Text(f"{norm.title if norm else a.norm} ({a.norm}) "), Ident(a.id, a.id)),
        (clause(a.clause),),
        words(name_of(picture.agreement, a.bearer)),
        answer(a),
        words(a.state),
        (count(a.records, f"reports behind {a.id}", searched="all reports of aid acts"),),
    )


def _reports(chosen: list[Assessment], picture: Picture) -> tuple[Block, ...]:
    behind = {r for a in chosen for r in a.records}
    told = [
        o
        for a in picture.attributed
        for o in a.incident.observations
        if o.origin.id in behind
    ]
    if not told:
        return (Para(words("No report of an aid act stands behind these answers.")),)
    told.sort(key=lambda o: (o.when.start, o.origin.id))
    rows = tuple(_told(o) for o in told)
    columns = ("when", "what", "where", "who says so", "accused by the source", "in words")
    return (Table(columns, rows, caption="What was reported about aid"),)


def _told(o: Observation) -> tuple[Line, ...]:
    return (
        words(show_when(o.when)),
        words(o.what or "not stated"),
        words(str(o.place)),
        (Text(f"{o.origin.reporter} "), Ident(o.origin.id, o.origin.id)),
        words(", ".join(o.by) or "nobody"),
        words(o.origin.summary),
    )
