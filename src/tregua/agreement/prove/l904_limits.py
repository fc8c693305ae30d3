"""L904: two limits of time that cannot both be met.

Two forms are looked for:

1. A duty or gate cannot come within its own limit in any course of events, although it can come
   later: a deadline lies before the start of what it needs, a clock needs longer than a latest date
   allows.
2. One bearer takes all the time that its own limit allows, is on time, and by that the limit of a
   duty that had to wait for it is over. Everything that has no limit of its own happens at once in
   this search, so that nothing but the two limits stands against each other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove.abstract import abstract
from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.search import search
from tregua.agreement.prove.solve import Undecided
from tregua.agreement.prove.story import line, name_of, tell
from tregua.agreement.prove.system import All, Leaf
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement
    from tregua.agreement.prove.search import Found
    from tregua.agreement.prove.system import Event, Formula, System

_IN_TIME = """
:- not at({0},_).
costly :- at({0},T), late({0},T).
#minimize {{ 1@5 : costly }}.
"""
_SQUEEZED = """
:- at({0},_).
:- not at({1},_).
:- at(E,T), late(E,T), limited(E).
limited(E) :- limit(E,_,_).
passed :- at({1},T), due({0},D), val(T,V), V > D.
:- not passed.
:- choice(E), not limited(E), at(E,T), enabled(E,T-1), T > 0.
"""


def _look(deal: Agreement) -> Iterator[Counterexample]:
    system = abstract(deal)
    limited = [e for e in system.of_kind("done", "open") if e.limit is not None]
    for event in limited:
        found = first_form(system, event)
        if found is not None:
            yield _late(system, event, found)
            continue
        for other in (e for e in limited if e.name in required(system, event)):
            squeezed = second_form(system, event, other)
            if squeezed is not None:
                yield _squeezed(system, event, other, squeezed)
                break


def first_form(system: System, event: Event) -> Found | None:
    """Return the shortest run in which an event comes late, when none lets it come in time."""
    found = search(
        system.cone([event.name], limits=[event.name]), _IN_TIME.format(quoted(event.name))
    )
    if found is None or not found.costly:
        return None
    if not found.whole:
        raise Undecided("not decided: too many lengths of time in one chain")
    return found


def second_form(system: System, event: Event, other: Event) -> Found | None:
    """Return a run in which ``other`` is in time and the limit of ``event`` is over by that."""
    goal = _SQUEEZED.format(quoted(event.name), quoted(other.name))
    limits = [event.name, *required(system, event)]
    return search(system.cone([event.name], limits=limits), goal)


def required(system: System, event: Event) -> frozenset[str]:
    """Return the events without which an event cannot happen, whatever way is taken."""
    waiting, found = [event], set[str]()
    while waiting:
        for need in waiting.pop().needs:
            for name in _sure(need.formula):
                known = system.event(name)
                if name not in found and known is not None:
                    found.add(name)
                    waiting.append(known)
    return frozenset(found)


def _sure(formula: Formula) -> tuple[str, ...]:
    match formula:
        case Leaf(event):
            return (event,)
        case All(parts):
            return tuple(n for p in parts for n in _sure(p))
    return ()


def _late(system: System, event: Event, found: Found) -> Counterexample:
    assert event.limit is not None
    step = next(s for s in found.run.steps if s.event == event.name)
    said = f"{name_of(event)} cannot come within its limit of time"
    over = line(system, step.minute, f"the {event.limit.said} is over; there is no earlier way")
    story = (*tell(system, found.run), over)
    return Counterexample(event.of, said, f"the {event.limit.said} is over before", story)


def _squeezed(system: System, event: Event, other: Event, found: Found) -> Counterexample:
    assert event.limit is not None
    assert other.limit is not None
    said = (
        f"{name_of(event)} cannot be in time when {name_of(other)}, for which it waits, "
        "takes all its time"
    )
    story = (
        *tell(system, found.run),
        line(system, found.run.stop, f"{name_of(other)} was within the {other.limit.said}"),
        line(system, found.run.stop, f"the {event.limit.said} is over, and it could not begin"),
    )
    return Counterexample(event.of, said, f"waits for {other.of}", story)


QUESTION = question(
    "L904",
    _look,
    title="Two limits of time cannot both be met",
    severity=Severity.WARNING,
    catalogue=("B08",),
    what="A duty or gate cannot come within its limit in any course of events; or one bearer takes "
    "all the time that the text gives it, and by that the time of a duty that had to wait is over. "
    "What has no limit of its own happens at once in this search.",
    why="the text of 2025 counts a release of 72 hours from a withdrawal that has 24 hours from an "
    "approval: it holds only as a chain",
    help="when: done(<the duty before>)  and  within: <span>, so that both count in one chain",
    bad=miniature(
        """
power approve "Approval"
    holder: a
    mode: alone
    does: set
    sets: approval

duty leave "Leaves the town"
    on: a
    must: withdraw
    deadline: approval + 96 hours

duty free-all "Frees those it holds"
    on: b
    must: release
    after: leave
    deadline: approval + 72 hours
""",
        prose="Withdrawal within 96 hours and then release within 72 hours.",
    ),
    good=miniature(
        """
power approve "Approval"
    holder: a
    mode: alone
    does: set
    sets: approval

duty leave "Leaves the town"
    on: a
    must: withdraw
    deadline: approval + 24 hours

duty free-all "Frees those it holds"
    on: b
    must: release
    when: done(leave)
    within: 72 hours
""",
        prose="Withdrawal within 24 hours and then release within 72 hours.",
    ),
)
