"""L903: a phase or a gate that no course of events can reach.

Everybody helps in this search: people decide, nobody commits a violation unless a condition asks
for one, every fact from outside comes when it is wanted. What cannot be reached even so cannot be
reached at all. The story is the one with the fewest conditions taken as met although they cannot
be; it ends by naming them. Latest dates of gates are left to L904.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.prove.abstract import abstract
from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.search import WAIVING, search
from tregua.agreement.prove.solve import Undecided
from tregua.agreement.prove.story import line, name_of, tell
from tregua.agreement.questions import listed
from tregua.agreement.rule import miniature
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement
    from tregua.agreement.prove.search import Found
    from tregua.agreement.prove.story import Line
    from tregua.agreement.prove.system import Event, Need, System


def _look(deal: Agreement) -> Iterator[Counterexample]:
    system = abstract(deal)
    for event in system.of_kind("start", "open"):
        found = nearest(system, event)
        if found is not None and found.waived:
            yield _told(system, event, found)


def nearest(system: System, event: Event) -> Found | None:
    """Return the run that reaches an event with the fewest needs waived; none if it can be reached.

    Raises:
        Undecided: when not every moment could be looked at and needs had to be waived.
    """
    goal = f"{WAIVING}\n:- not at({quoted(event.name)},_)."
    found = search(system.cone([event.name]), goal)
    if found is not None and found.waived and not found.whole:
        raise Undecided("not decided: too many lengths of time in one chain")
    return found


def _told(system: System, event: Event, found: Found) -> Counterexample:
    said = f"{name_of(event)} can never be reached"
    missing = [n.said for n in _waived(system, found)]
    story = (*tell(system, found.run), *_lines(system, found))
    return Counterexample(event.of, said, f"not without {listed(missing)}", story)


def _waived(system: System, found: Found) -> Iterator[Need]:
    for name, number in sorted(found.waived):
        event = system.event(name)
        assert event is not None
        yield event.needs[number]


def _lines(system: System, found: Found) -> Iterator[Line]:
    for name, number in sorted(found.waived):
        held = system.event(name)
        assert held is not None
        step = next(s for s in found.run.steps if s.event == name)
        said = f"{name_of(held)} needs {held.needs[number].said}, which nothing can bring about"
        yield line(system, step.minute, said)


QUESTION = question(
    "L903",
    _look,
    title="A phase or a gate can never be reached",
    severity=Severity.WARNING,
    catalogue=("B07",),
    what="No course of events reaches the phase or the gate, although everybody helps: people "
    "decide in time, nothing is violated, every request and notice comes. The story tells the "
    "course that comes nearest and the condition that nothing can meet.",
    why="the joint centre of September 2016 was to open after seven days of calm, and the first "
    "period lasted two days unless both Sides prolonged it",
    help="look at the gate's condition and at the length of the phases that it counts in",
    bad=miniature(
        """
phase truce "Two days"
    starts: 2030-05-01T08:00
    lasts: 48 hours

permission relief "Convoys pass"
    on: a
    may: deliver(passage: humanitarian)
    unhindered: yes
    owed by: b
    during: truce
    where: everywhere

gate hub "The centre opens"
    opens when: kept(relief, for: 7 days)
    decided by: a, b
    mode: joint
    leads to: joint-work

phase joint-work "Joint work"
    starts: opened(hub)
"""
    ),
    good=miniature(
        """
phase truce "Two days, then longer"
    starts: 2030-05-01T08:00
    lasts: 48 hours
    extended by: prolong

power prolong "Prolongs the two days"
    holder: a, b
    mode: joint
    does: extend
    over: truce

permission relief "Convoys pass"
    on: a
    may: deliver(passage: humanitarian)
    unhindered: yes
    owed by: b
    during: truce
    where: everywhere

gate hub "The centre opens"
    opens when: kept(relief, for: 7 days)
    decided by: a, b
    mode: joint
    leads to: joint-work

phase joint-work "Joint work"
    starts: opened(hub)
"""
    ),
)
