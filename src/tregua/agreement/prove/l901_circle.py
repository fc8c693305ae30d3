"""L901, exact: duties, phases or gates that wait for each other in a state that can be reached.

Each bearer insists: of two duties that are to be done together neither begins before the other. A
circle is a smallest set of events of which each has a need that only events of the set could meet;
a need with another way out (`any`, a date, a gate that opens by itself) does not count.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.prove.abstract import abstract
from tregua.agreement.prove.facts import facts, quoted
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.search import search
from tregua.agreement.prove.solve import solve
from tregua.agreement.prove.story import line, name_of, tell
from tregua.agreement.prove.system import All, Either, Leaf, leaves
from tregua.agreement.questions import listed
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement
    from tregua.agreement.prove.search import Found
    from tregua.agreement.prove.story import Line
    from tregua.agreement.prove.system import Event, Formula, System

_SUBJECTS = ("done", "open", "start")

_CIRCLE = """
{ in(E) } :- event(E).
:- not in(E), target(E).
blocked(F) :- leaf(F,E,_), in(E).
blocked(F) :- all(F), part(F,G), blocked(G).
blocked(F) :- either(F), part(F,_), blocked(G) : part(F,G).
waits(E) :- in(E), need(E,_,F), blocked(F).
:- in(E), not waits(E).
other(F) :- leaf(F,E,_), in(E), not target(E).
other(F) :- all(F), part(F,G), other(G).
other(F) :- either(F), part(F,_), other(G) : part(F,G).
alone(E) :- in(E), not target(E), need(E,_,F), other(F).
closed :- in(E), not target(E), not alone(E).
closed :- 1 = #count { E : in(E) }.
:- not closed.
#minimize { 1@2,E : in(E) }.
#maximize { 1@1,E : in(E), unowed(E) }.
#show in/1.
"""
_REACHED = """
:- at(E,_), in(E).
{ stand(T) : live(T) } = 1.
missing(E,N) :- in(E), need(E,N,F), not circular(E,N), stand(T), not sat(F,T).
#minimize { 1@5,E,N : missing(E,N) }.
#minimize { 1@4,E : ends(E), not at(E,_) }.
#minimize { T@0 : stand(T) }.
#show stand/1.
"""


def _look(deal: Agreement) -> Iterator[Counterexample]:
    system = abstract(deal).insisting()
    for event in system.of_kind(*_SUBJECTS):
        circle = circle_of(system, event.name)
        if circle:
            yield _told(system, event, circle)


def circle_of(system: System, target: str) -> tuple[str, ...]:
    """Return the smallest circle through an event, its names sorted; empty when there is none."""
    cone = system.cone([target])
    unowed = [f"unowed({quoted(e.name)})." for e in cone.of_kind("done") if not e.hands]
    program = (facts(cone, (0,), {}), f"target({quoted(target)}).", *unowed, _CIRCLE)
    answer = solve("\n".join(program))
    return () if answer is None else tuple(name for (name,) in answer.of("in"))


def blocked(formula: Formula, circle: tuple[str, ...]) -> bool:
    """Say whether only events of the circle could make a formula hold."""
    match formula:
        case Leaf(event):
            return event in circle
        case All(parts):
            return any(blocked(p, circle) for p in parts)
        case Either(parts):
            return bool(parts) and all(blocked(p, circle) for p in parts)
    return False


def _told(system: System, event: Event, circle: tuple[str, ...]) -> Counterexample:
    found = reached(system, circle)
    members = [e for e in system.events if e.name in circle and e.what in _SUBJECTS]
    names = [name_of(e) for e in members]
    said = (
        f"{listed(names)} wait for each other"
        if len(names) > 1
        else f"{name_of(event)} waits for itself"
    )
    if found is None:
        return Counterexample(event.of, said, _marker(members))
    return Counterexample(event.of, said, _marker(members), tuple(_story(system, circle, found)))


def _marker(members: list[Event]) -> str:
    return f"none of {listed([e.of for e in members])} has to go first"


def reached(system: System, circle: tuple[str, ...]) -> Found | None:
    """Return the shortest run after which the events of the circle wait for nothing else."""
    cone = system.cone(circle)
    lines = [f"in({quoted(name)})." for name in circle]
    for event in cone.events:
        if event.name in circle:
            lines += [
                f"circular({quoted(event.name)},{n})."
                for n, need in enumerate(event.needs)
                if blocked(need.formula, circle)
            ]
            lines += [f"ends({quoted(e)})." for e in _ends(cone, event)]
    return search(cone, "\n".join((*lines, _REACHED)))


def _ends(system: System, event: Event) -> Iterator[str]:
    """Yield what ends by itself the phases that an event of the circle needs."""
    for need in event.needs:
        for leaf in leaves(need.formula):
            end = system.event(leaf.until)
            ways = [] if end is None else [w for n in end.needs for w in leaves(n.formula)]
            if any(w.event.partition(":")[0] not in ("power", "free") for w in ways):
                yield leaf.until


def _story(system: System, circle: tuple[str, ...], found: Found) -> Iterator[Line]:
    run, members = found.run, [e for e in system.events if e.name in circle]
    stand = run.stop if found.stand is None else found.stand
    yield from tell(system, replace(run, steps=tuple(s for s in run.steps if s.minute <= stand)))
    for event in members:
        waits = [n.said for n in event.needs if blocked(n.formula, circle)]
        yield line(system, stand, f"{name_of(event)} waits for {listed(waits)}")
        if event.what == "done" and not event.hands:
            yield line(system, stand, f"nobody is named who owes {name_of(event)}")
    after = tuple(s for s in run.steps if s.minute > stand)
    if after:
        yield from tell(system, replace(run, steps=after))
        names = [name_of(e) for e in members if e.what in _SUBJECTS]
        yield line(system, run.stop, f"nothing has come of {listed(names)}")


QUESTION = question(
    "L901",
    _look,
    title="Duties, phases or gates wait for each other",
    severity=Severity.ERROR,
    catalogue=("B09",),
    what="In a state that the deal can reach, each of several duties, gates or phases has a need "
    "that only the others could meet. Needs are `after`, `together with` of different bearers, "
    "triggers, `during`, conditions of gates and starts of phases. A need with another way out "
    "does not count. The story leads to that state; from then on nobody has to go first.",
    why="Castello Road 2016: the checkpoints were never set up, each withdrawal waited for the "
    "other",
    help="after: <duty>  in one direction, or a third party that starts it",
    bad=miniature(
        """
phase truce "Two days"
    starts: 2030-05-01T08:00
    lasts: 48 hours

duty leave-bank "Leaves the river bank"
    on: a
    must: withdraw
    when: open(crossing)
    during: truce

gate crossing "The crossing is opened"
    opens when: any(done(leave-hill), done(leave-bank))
    decided by: a, b
    mode: joint
    leads to: leave-bank

duty leave-hill "Leaves the hill"
    on: b
    must: withdraw
    together with: leave-bank
    during: truce
"""
    ),
    good=miniature(
        """
phase truce "Two days"
    starts: 2030-05-01T08:00
    lasts: 48 hours

duty leave-bank "Leaves the river bank"
    on: a
    must: withdraw
    when: open(crossing)
    during: truce

gate crossing "The crossing is opened"
    opens when: any(done(leave-hill), done(leave-bank))
    decided by: a, b
    mode: joint
    leads to: leave-bank

duty leave-hill "Leaves the hill"
    on: b
    must: withdraw
    during: truce
"""
    ),
)
