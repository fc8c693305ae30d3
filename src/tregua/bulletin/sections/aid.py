"""Aid access: what was asked, allowed, delayed, delivered, and what the duties' answers are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Ident, Para, Table, Text, words
from tregua.bulletin.section import answer, clause, count, grouped, idents, short_names
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.bulletin.blocks import Block, Line
    from tregua.bulletin.section import Same
    from tregua.centre import Picture
    from tregua.reports.model import Observation

NAME = "aid"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the access duties and the reports of aid that they rest on."""
    head = Heading("Humanitarian access", "aid")
    chosen = [
        a
        for a in picture.assessments
        if a.id in picture.status.aid and not a.instance.startswith("I-")
    ]
    if not chosen:
        return (head, Para(words("The deal has no duty of access in force by then.")))
    groups = grouped(chosen)
    rows = tuple(_row(g, picture) for g in groups)
    duties = Table(("duty", "clause", "owed by", "answer", "instances", "reports"), rows)
    told = _reports(chosen, picture)
    return (head, duties, *told)


def _row(same: Same, picture: Picture) -> tuple[Line, ...]:
    a = same.first
    norm = picture.agreement.norm(a.norm)
    number = len(same.assessments)
    return (
        (Text(f"{norm.title if norm else a.norm} ({a.norm}) "), *idents(same)),
        (clause(a.clause),),
        words(short_names(same.bearers)),
        answer(a),
        (
            count(
                same.records,
                f"instances of {a.norm}, {a.state}",
                value=number,
                searched="all assessments",
            ),
        ),
        (count(same.records, f"reports behind {a.norm}", searched="all reports of aid acts"),),
    )


def _reports(chosen: list[Assessment], picture: Picture) -> tuple[Block, ...]:
    behind = {r for a in chosen for r in a.records}
    told = [o for a in picture.attributed for o in a.incident.observations if o.origin.id in behind]
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
