"""Gates: what each waits for; consequences: what is due, by whom, or that none is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Para, State, Table, Text, words
from tregua.bulletin.section import at_zone, clause, count, in_worlds, short_names

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture
    from tregua.status.model import Due, GateState

NAME = "gates"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose gates and consequences."""
    return (*_gates(picture), *_dues(picture))


def _gates(picture: Picture) -> tuple[Block, ...]:
    head = Heading("Gates", "gates")
    if not picture.status.gates:
        return (head, Para(words("The deal has no gate.")))
    rows = tuple(_gate(g, picture) for g in picture.status.gates)
    return (head, Table(("gate", "clause", "state", "decided by", "what is missing"), rows))


def _gate(gate: GateState, picture: Picture) -> tuple[Line, ...]:
    deciders = short_names(gate.deciders)
    return (
        words(f"{gate.title} ({gate.id})"),
        (clause(gate.clause),),
        (State(gate.state, gate.state),),
        words(deciders),
        (*words("; ".join(gate.missing) or "nothing"), *_holds_in(gate, picture)),
    )


def _holds_in(gate: GateState, picture: Picture) -> Line:
    share = in_worlds(gate.share, f"the condition of {gate.id} holds", picture)
    return (Text("; the condition holds in "), *share) if share else ()


def _dues(picture: Picture) -> tuple[Block, ...]:
    head = Heading("Consequences", "consequences")
    dues = picture.status.dues
    if not dues:
        text = "No violation is assessed, so no consequence is due."
        if not picture.agreement.consequences:
            text += " None ever could be: the deal names no consequence for any norm."
        return (head, Para(words(text), strong=True))
    named = [d for d in dues if d.state != "none-named"]
    first = (
        f"{len(named)} consequences follow from assessed violations."
        if named
        else "No consequence is due: the deal names none for any norm that is assessed as violated."
    )
    rows = tuple(_due(d, picture) for d in dues)
    columns = ("norm", "clause", "state", "on whom", "by whom", "since", "what the deal says")
    return (head, Para(words(first), strong=True), Table(columns, rows))


def _due(due: Due, picture: Picture) -> tuple[Line, ...]:
    behind = {a.id: a.records for a in picture.assessments}
    records = tuple(sorted({r for a in due.assessments for r in behind.get(a, ())}))
    number = count(due.assessments, f"assessments behind: {due.says}")
    return (
        words(due.norm + (f" -> {due.consequence}" if due.consequence else "")),
        (clause(due.clause),),
        (State(due.state, due.state.replace("-", " ")),),
        words(short_names(due.on_whom)),
        words(short_names(due.by_whom)),
        words("-" if due.since is None else at_zone(due.since, picture.agreement)),
        (
            Text(f"{due.says} "),
            Text("assessments: "),
            type(number)(number.value, number.rule, records or (), "all assessments"),
        ),
    )
