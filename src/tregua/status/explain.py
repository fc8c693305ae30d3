"""Why a clock shows what it shows: its days, what the text leaves open, and the possible worlds.

The nodes have the form of an answer's explanation; each names the records behind it, and nothing
here decides anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.explain import node
from tregua.assessment.facts import interval, test
from tregua.attribution.scale import scale_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.assessment.model import Because
    from tregua.attribution.model import Attributed
    from tregua.status.model import ClockState, DayCount, GateState, Share

GOOD = {"good": True, "bad": False, "open": None}


@dataclass(frozen=True, slots=True)
class Standing:
    """A clock or a gate as it stands, in one sentence, and why."""

    id: str
    says: str
    because: tuple[Because, ...]


def clock_standing(clock: ClockState, attributed: Iterable[Attributed]) -> Standing:
    """Return why a clock shows what it shows: day by day, then what is open, then the worlds.

    Args:
        clock: as it stands.
        attributed: the incidents behind it, and others.
    """
    items = {a.incident.id: a for a in attributed}
    target = "" if clock.target is None else f" of {clock.target}"
    says = f"{clock.id}: {clock.low}{target} {clock.unit} certain, up to {clock.high} possible"
    days = tuple(_day(d, items, clock) for d in clock.days)
    open_ = tuple(
        node(p, "undefined", None, clause=clock.clause, facts=test("left-open"))
        for p in clock.open_points
    )
    reached = f"{clock.id} has reached its target of {clock.target} {clock.unit}"
    return Standing(clock.id, says, (*days, *open_, *_worlds(clock.share, reached, items)))


def gate_standing(gate: GateState, attributed: Iterable[Attributed]) -> Standing:
    """Return why a gate stands as it does; the worlds in which its condition holds come last."""
    items = {a.incident.id: a for a in attributed}
    missing = "; ".join(gate.missing) or "nothing"
    worlds = _worlds(gate.share, f"the condition of {gate.id} holds", items)
    says = f"{gate.id}: {gate.state}; missing: {missing}"
    return Standing(gate.id, says, (*gate.because, *worlds))


def _worlds(share: Share | None, says: str, items: dict[str, Attributed]) -> tuple[Because, ...]:
    """Return in which share of worlds it holds, and for each incident who may have done it."""
    if share is None:
        return ()
    parts = tuple(_incident(items[i]) for i in share.incidents if i in items)
    offices = {o for i in share.incidents if i in items for o, _ in scale_of(items[i]).offices}
    told = f"{says} in {share.p}, by {len(offices)} offices that may be believed"
    return (node(told, "worlds", None, parts=parts, facts=test("worlds")),)


def _day(day: DayCount, items: dict[str, Attributed], clock: ClockState) -> Because:
    says = f"{day.day:%Y-%m-%d} counts: {'; '.join(day.why)}"
    hands = f"{says}; then {day.low} to {day.high} {clock.unit}"
    records = (r for i in day.incidents if i in items for r in items[i].incident.record_ids)
    length = (("low", str(day.low)), ("high", str(day.high)))
    facts = test("day", ("in", interval(day.start, day.end)), *length)
    return node(hands, "time", GOOD[day.counts], records=records, clause=clock.clause, facts=facts)


def _incident(item: Attributed) -> Because:
    who = ", ".join(f"{h.who} {h.share:.2f}" for h in item.actors if h.may)
    believed = "; ".join(
        f"{office} ({' or '.join(t.names)}) is believed in {share:.2f}"
        for t in scale_of(item).tellings
        for office, share in t.offices
    )
    says = f"{item.incident.id} was done by: {who}; {believed or 'nobody names anybody'}"
    facts = test("author", ("incident", item.incident.id))
    return node(says, "actor", None, records=item.incident.record_ids, facts=facts)
