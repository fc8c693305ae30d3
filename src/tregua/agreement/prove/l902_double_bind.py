"""L902: a bearer that must and must not do one act, in a state that the deal can reach.

1. A duty and a prohibition meet when they share a bearer, the prohibition covers the act owed (in
   the tree of acts, and because leaving a place is a movement of force), and their places meet.
2. A duty to do something binds from its trigger to its limit of time; without a limit, as long as
   it is owed at all: to the end of its phase, or for ever. It is a double bind when no moment of
   that time is free of the prohibition.
3. A duty to keep something up is a double bind as soon as both are in force.
4. An exception of the prohibition frees the bearer when its conditions hold. What the bearer has in
   its own hands (a notice, a declaration, a procedure tried) counts as done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.acts import covers
from tregua.agreement.prove.abstract import draw
from tregua.agreement.prove.facts import quoted
from tregua.agreement.prove.places import inside
from tregua.agreement.prove.question import Counterexample, question
from tregua.agreement.prove.said import GIVEN, Said, ids_of, value_of
from tregua.agreement.prove.search import search
from tregua.agreement.prove.story import line, tell
from tregua.agreement.prove.system import All, Either, leaves, names_in
from tregua.agreement.questions import listed
from tregua.agreement.rule import miniature
from tregua.agreement.value import Call
from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Act, Agreement, ExceptionClause, Norm
    from tregua.agreement.prove.search import Found
    from tregua.agreement.prove.story import Line
    from tregua.agreement.prove.system import Event, Formula, System

# Forces that leave a place move; a ban on movement meets these duties although the tree of acts
# keeps them apart, because a permission to move is not a permission to disarm.
LEAVING = ("withdraw", "disengage", "vacate", "canton", "separate")
MOVING = "move-force"
OWN_HANDS = ("notified", "declared", "tried")

_BOTH = """
owed(T) :- named("owed",F), live(T), sat(F,T), not late({0},T).
both(T) :- owed(T), named("banned",G), sat(G,T), named("freed",H), not sat(H,T).
bind :- both(_).
:- not bind.
stand(T) :- T = #min {{ S : both(S) }}, bind.
#show stand/1.
"""
_DOING = """
:- at({0},_).
:- owed(T), not both(T).
closed :- stop(T), due({0},D), val(T,V), V >= D.
closed :- not limited, stop(T), not owed(T), both(S), S < T.
closed :- not limited, endless, stop(T), not val(T+1,_).
:- not closed.
"""


@dataclass(frozen=True, slots=True)
class Bind:
    """A double bind that was found.

    Attributes:
        system: the events that matter.
        event: what the duty asks for, ``done:<duty>``.
        owed, banned, freed: when the duty can be done, the act is forbidden, an exception holds.
        found: the run.
    """

    system: System
    event: str
    owed: Formula
    banned: Formula
    freed: Formula
    found: Found


def _look(deal: Agreement) -> Iterator[Counterexample]:
    bans = [n for n in deal.norms if n.kind == "prohibition"]
    for duty in (n for n in deal.norms if n.kind == "duty"):
        for ban in (b for b in bans if meets(deal, duty, b)):
            bind = double_bind(deal, duty, ban)
            if bind is not None:
                yield _told(bind, duty, ban)


def double_bind(deal: Agreement, duty: Norm, ban: Norm) -> Bind | None:
    """Return the shortest run into a double bind of a duty and a prohibition that meet.

    Raises:
        Undecided: when the search took too long.
    """
    said, name = Said(deal), f"done:{duty.id}"
    event = draw(deal, said).event(name)
    owed = said.in_force(duty) if event is None else All(tuple(n.formula for n in event.needs))
    banned = said.in_force(ban)
    freed = Either(
        tuple(_freed(deal, duty, e, said) for e in deal.exceptions if e.id in ban.exceptions)
    )
    named = {"owed": owed, "banned": banned, "freed": freed}
    speaks = [n for f in named.values() for n in names_in(f)]
    whole = draw(deal, said)  # once more, with what the exceptions met outside
    system = whole.cone([name, *speaks], limits=[name])
    found = search(system, _goal(system.event(name), owed, banned), named=named)
    return None if found is None else Bind(system, name, owed, banned, freed, found)


def _goal(event: Event | None, owed: Formula, banned: Formula) -> str:
    """Return the goal; a duty to keep something up, which is no event, is bound at once."""
    if event is None:
        return _BOTH.format(quoted(""))
    endless = not any(leaf.until for leaf in (*leaves(owed), *leaves(banned)))
    facts = ("limited." if event.limit is not None else "", "endless." if endless else "")
    return "\n".join(((_BOTH + _DOING).format(quoted(event.name)), *facts))


def _freed(deal: Agreement, duty: Norm, exception: ExceptionClause, said: Said) -> Formula:
    only = value_of(exception.only_in)
    if only is not None and not inside(deal, ids_of(duty.where), only):
        return Either()
    conditions = value_of(exception.when) or ()
    return All(
        tuple(
            GIVEN if isinstance(c, Call) and c.name in OWN_HANDS else said.condition(c)
            for c in conditions
        )
    )


# --- whether a duty and a prohibition can meet ---------------------------------------------------


def meets(deal: Agreement, duty: Norm, ban: Norm) -> bool:
    """Say whether a bearer of both, an act and a place are the same."""
    return bool(
        set(ids_of(duty.bearers)) & set(ids_of(ban.bearers))
        and _places_meet(deal, duty, ban)
        and any(_covers(deal, b, d) for b in ban.acts for d in duty.acts)
    )


def _covers(deal: Agreement, banned: Act, owed: Act) -> bool:
    kinds = [owed.kind, *([MOVING] if owed.kind in LEAVING else [])]
    if not any(covers(banned.kind, k, deal.act_parents) for k in kinds):
        return False
    arguments = dict(owed.args)
    return all(value == "any" or arguments.get(key) == value for key, value in banned.args)


def _places_meet(deal: Agreement, duty: Norm, ban: Norm) -> bool:
    """Say whether the duty is owed where the act is banned; unknown places meet only each other."""
    owed, banned = value_of(duty.where), value_of(ban.where)
    if banned is not None and "everywhere" in banned:
        return True
    if owed is None or banned is None:
        return owed is None and banned is None
    return inside(deal, owed, banned)


# --- telling -------------------------------------------------------------------------------------


def _told(bind: Bind, duty: Norm, ban: Norm) -> Counterexample:
    both = sorted(set(ids_of(duty.bearers)) & set(ids_of(ban.bearers)))
    said = f"{listed(both)} must and must not do one act: {duty.id} and {ban.id}"
    story = tuple(_story(bind, duty, ban, both))
    return Counterexample(duty.id, said, f"{ban.id} forbids it all that time", story)


def _story(bind: Bind, duty: Norm, ban: Norm, both: list[str]) -> Iterator[Line]:
    run, system = bind.found.run, bind.system
    stand = run.stop if bind.found.stand is None else bind.found.stand
    event = system.event(bind.event)
    limit = None if event is None else event.limit
    yield from tell(system, replace(run, steps=tuple(s for s in run.steps if s.minute <= stand)))
    owes = f"{listed(both)} {'owes' if len(both) == 1 else 'owe'} {duty.id}"
    yield line(system, stand, owes if limit is None else f"{owes} within the {limit.said}")
    yield line(system, stand, f"{ban.id} forbids the act and no exception frees from it")
    yield from tell(system, replace(run, steps=tuple(s for s in run.steps if s.minute > stand)))
    if limit is not None:
        yield line(system, run.stop, f"the {limit.said} is over; no moment of it was free")


QUESTION = question(
    "L902",
    _look,
    title="Must and must not on one act",
    severity=Severity.ERROR,
    catalogue=(),
    what="In a state that the deal can reach, a bearer owes an act that a prohibition on the same "
    "bearer forbids in the same place, for all the time in which the duty could be done, and no "
    "exception frees from it. Leaving a place counts as a movement of force.",
    why="South Sudan 2017, article 1, orders a freeze in place and immediate disengagement",
    help="except: <exception>  on the prohibition, with  when: in-force(<phase>)  and a priority",
    bad=miniature(
        """
phase truce "Ten days"
    starts: 2030-05-01T08:00
    lasts: 10 days

prohibition freeze "Forces stay where they are"
    on: a, b
    must not: move-force
    during: truce
    where: everywhere

duty disengage "Forces part"
    on: a, b
    must: disengage
    during: truce
    within: 24 hours
""",
        prose="Forces freeze for 10 days and disengage within 24 hours.",
    ),
    good=miniature(
        """
phase truce "Ten days"
    starts: 2030-05-01T08:00
    lasts: 10 days

prohibition freeze "Forces stay where they are"
    on: a, b
    must not: move-force
    during: truce
    where: everywhere
    except: parting

exception parting "Movements by which forces part"
    when: in-force(truce)
    result: outside
    priority: 1

duty disengage "Forces part"
    on: a, b
    must: disengage
    during: truce
    within: 24 hours
""",
        prose="Forces freeze for 10 days, save to disengage within 24 hours.",
    ),
)
