"""Incidents: the map, and every incident with all claims side by side. Nothing is averaged."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Figure, Heading, Ident, Para, State, Table, Text, words
from tregua.bulletin.map_svg import Mark, map_svg
from tregua.bulletin.section import count, grouped, short_names
from tregua.terms.time import show_when

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed, Hypothesis
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture

NAME = "incidents"
MOST_ROWS = 400  # a page must open on a small machine; the rest is named, and in the JSON form


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose the map and the table of incidents in the time of the deal."""
    shown = _in_time(picture)
    head = Heading("Incidents", "incidents")
    if not shown:
        return (head, Para(words("No incident is recorded in the time of the deal.")))
    answers = _answers(picture)
    marks = _marks(shown, answers, picture)
    unplaced = sum(not a.incident.place.has_point for a in shown)
    caption = (
        f"Incidents by place. {unplaced} of {len(shown)} have no usable point and are not drawn."
    )
    rows = tuple(_row(a, answers, picture) for a in shown[:MOST_ROWS])
    left = len(shown) - len(rows)
    rest = (Para(words(f"{left} further incidents are in the JSON form.")),) if left else ()
    return (
        head,
        _sentence(shown, picture),
        Figure(map_svg(marks), caption, caption=caption),
        Table(
            _COLUMNS,
            rows,
            caption="Every incident, all claims side by side",
            anchors=tuple(a.incident.id for a in shown[:MOST_ROWS]),
        ),
        *rest,
    )


_COLUMNS = ("incident", "when", "where", "what", "who, in shares", "killed", "told by", "answers")


def _in_time(picture: Picture) -> list[Attributed]:
    starts = [p.start for p in picture.status.phases if p.start is not None]
    first = min(starts, default=None)
    if first is None:
        return list(picture.attributed)
    shown = [a for a in picture.attributed if a.incident.when.end > first]
    return sorted(shown, key=lambda a: (a.incident.when.start, a.incident.id))


def _answers(picture: Picture) -> dict[str, list[Assessment]]:
    found: dict[str, list[Assessment]] = {}
    for a in picture.assessments:
        if a.instance.startswith("I-"):
            found.setdefault(a.instance, []).append(a)
    return found


def _state(incident: str, answers: dict[str, list[Assessment]]) -> str:
    given = {str(a.answer) for a in answers.get(incident, ())}
    return next((s for s in ("violated", "undetermined") if s in given), "outside")


def _marks(
    shown: list[Attributed], answers: dict[str, list[Assessment]], picture: Picture
) -> tuple[Mark, ...]:
    placed = [a for a in shown if a.incident.place.has_point]
    placed.sort(key=_spot)
    return tuple(_mark(list(group), answers, picture) for _, group in groupby(placed, key=_spot))


def _spot(a: Attributed) -> tuple[float, float]:
    return round(a.incident.place.lon or 0.0, 2), round(a.incident.place.lat or 0.0, 2)


def _mark(here: list[Attributed], answers: dict[str, list[Assessment]], picture: Picture) -> Mark:
    del picture
    states = {_state(a.incident.id, answers) for a in here}
    place = here[0].incident.place
    label = f"{place}: " + "; ".join(
        f"{a.incident.id} {show_when(a.incident.when)}" for a in here[:6]
    )
    return Mark(
        lon=place.lon or 0.0,
        lat=place.lat or 0.0,
        radius_m=place.radius_m or 0.0,
        state=next(s for s in ("violated", "undetermined", "outside") if s in states),
        label=label,
        target=here[0].incident.id,
        count=len(here),
    )


def _sentence(shown: list[Attributed], picture: Picture) -> Para:
    records = tuple(sorted({r for a in shown for r in a.incident.record_ids}))
    del picture
    return Para(
        (
            count(records, "incidents in the time of the deal", value=len(shown)),
            Text(" incidents, told in "),
            count(records, "records about incidents in the time of the deal"),
            Text(" records. Most allegations are not found to be violations; this is no finding."),
        )
    )


def _row(a: Attributed, answers: dict[str, list[Assessment]], picture: Picture) -> tuple[Line, ...]:
    i = a.incident
    return (
        (Ident(i.id, i.id),),
        words(show_when(i.when)),
        words(str(i.place)),
        words(", ".join(k or "not stated" for k in i.kinds) or "not stated"),
        _who(a, picture),
        words(str(i.killed)),
        (count(i.record_ids, f"records of {i.id}"), Text(f" by {len(a.voices)} offices")),
        _given(answers.get(i.id, ())),
    )


def _who(a: Attributed, picture: Picture) -> Line:
    def one(h: Hypothesis) -> str:
        mark = " (certain)" if h.must else ""
        return f"{_short(picture, h.who)} {h.share:.0%}{mark}"

    told = ", ".join(one(h) for h in a.actors if h.may)
    return words(told + ("; contested" if a.contested else ""))


def _short(picture: Picture, who: str) -> str:
    found = picture.agreement.anyone(who)
    return found.id if found is not None else who


def _given(given: list[Assessment] | tuple[()]) -> Line:
    """Write the answers about one incident; bearers with the same answer stand together."""
    if not given:
        return words("under no norm of the deal")
    runs: list[Text | State] = []
    for same in grouped(given):
        reasons = ", ".join(str(r) for r in same.first.reasons)
        answer = str(same.first.answer)
        runs.append(Text(f"{same.first.norm} by {short_names(same.bearers)}: "))
        runs.append(State(answer, answer + (f" ({reasons})" if reasons else "")))
        runs.append(Text(" "))
    return tuple(runs)
