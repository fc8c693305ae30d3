"""State of the deal: phases and clocks, each with what the text leaves open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Heading, Line, Num, Para, Points, State, Table, Text, words
from tregua.bulletin.section import at_zone, clause, in_worlds, name_of

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Who
    from tregua.assessment.model import Because
    from tregua.bulletin.blocks import Block
    from tregua.centre import Picture
    from tregua.status.model import ClockState, PhaseState

NAME = "state"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose phases and clocks."""
    deal = picture.agreement
    clocks = [block for c in picture.status.clocks for block in _clock(c, picture)]
    return (
        Heading("State of the deal", "state"),
        _who(deal),
        Table(
            ("phase", "clause", "state", "from", "until", "because"),
            tuple(_phase(p, deal) for p in picture.status.phases),
            caption="Phases of the deal",
        ),
        *clocks,
    )


def _who(deal: Agreement) -> Table:
    rows = tuple(
        (words(w.id), words(w.kind), words(w.title()), words(_behind(w)))
        for w in deal.of_kind("party", "guarantor", "excluded", "body")
    )
    return Table(("id", "role", "who", "stands behind"), rows, caption="Who is who in this deal")


def _behind(who: Who) -> str:
    return ", ".join(who.of) if isinstance(who.of, tuple) else ""


def _phase(phase: PhaseState, deal: Agreement) -> tuple[Line, ...]:
    return (
        (Text(f"{phase.title} ({phase.id})"),),
        (clause(phase.clause),),
        (State(phase.state, phase.state),),
        words(at_zone(phase.start, deal)),
        words(at_zone(phase.end, deal) if phase.start else "not known"),
        _reasons(phase.because),
    )


def _reasons(because: tuple[Because, ...]) -> Line:
    runs: list[Text | Num] = []
    for node in because:
        runs.append(Text(("; " if runs else "") + node.says))
        if node.records:
            runs.append(Num(f"[{len(node.records)}]", f"records behind: {node.says}", node.records))
    return tuple(runs)


def _clock(clock: ClockState, picture: Picture) -> tuple[Block, ...]:
    deal = picture.agreement
    target = "" if clock.target is None else f" of {clock.target}"
    who = ", ".join(name_of(deal, w) for w in clock.certifier) or "nobody: the text names none"
    certified = "no figure" if clock.certified is None else f"{clock.certified:g} {clock.unit}"
    reached = {True: "reached", False: "not reached", None: "cannot be said whether reached"}
    first = (
        Text(f"{clock.title} ({clock.id}), clause {clock.clause or '-'}: "),
        Text(f"{clock.low}{target} {clock.unit} certain, up to {clock.high} possible; "),
        Text(f"target {reached[clock.reached]}; " if clock.target is not None else ""),
        *_reached_in(clock, picture),
        Text(f"certified by {who}: {certified}."),
    )
    left_open = tuple(words(point) for point in clock.open_points)
    return (Para(first, strong=True), *((Points(left_open),) if left_open else ()))


def _reached_in(clock: ClockState, picture: Picture) -> Line:
    share = in_worlds(clock.share, f"{clock.id} has reached its target", picture)
    return (Text("in "), *share, Text(" it is; ")) if share else ()
