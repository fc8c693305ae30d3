"""What a deal can go through, made abstract: events that happen once, and what each of them needs.

A deal becomes a small transition system:

1. An *event* is the start or end of a phase, the opening of a gate, a duty done, a moment set, a
   power used, a violation, or something from outside (a request, a word that is judged to apply).
   Each happens at most once.
2. An event may happen when all its *needs* hold. An event that is ``auto`` happens by itself at the
   first moment at which they hold; any other happens when somebody chooses.
3. A need is a *formula* over events that have happened: so long ago, not yet ended, not spoiled by
   a violation within the time that a clock counts.
4. Time is counted in minutes from a first moment. A month counts 30 days, a year 365.
5. ``not`` looks at the moment before, so that nothing hangs on itself.

What the abstraction leaves out: instances of a recurrent duty, suspension, amendments, windows of
the day. What it leaves to choice: every act of people and every fact from outside.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Leaf:
    """``event`` happened at least ``after`` minutes ago, and what it began still runs.

    Attributes:
        event: name of the event that must have happened.
        after: minutes that must have gone by since.
        until: name of the event that ends it, empty when nothing does; at the end's own moment it
            still holds.
        spoiled_by: events that set the count of ``after`` minutes back to zero.
    """

    event: str
    after: int = 0
    until: str = ""
    spoiled_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds; without parts it is true."""

    parts: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part holds; without parts it is false."""

    parts: tuple[Formula, ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """The part did not hold at the moment before."""

    part: Formula


@dataclass(frozen=True, slots=True)
class Unless:
    """None of these events has happened, the present moment included.

    Only for the end of a phase that a power may still prolong at its last moment; what is named
    here never waits for that end.
    """

    events: tuple[str, ...]


Formula: TypeAlias = Leaf | All | Either | Not | Unless


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that an event waits for, and the words of the deal for it."""

    said: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Limit:
    """A last moment for an event: ``after`` minutes from when ``anchor`` first holds."""

    said: str
    anchor: Formula
    after: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """Something that can happen once.

    Attributes:
        name: ``what:id``, e.g. ``start:truce``, ``done:lists``, ``free:request(visit)``.
        hands: who brings it about, sorted by id; empty when nobody is named or needed.
        needs: all must hold.
        together: what each bearer may insist on before moving, although nothing demands an order.
        auto: whether it happens by itself at the first moment at which the needs hold.
        at: the fixed minute of a dated moment.
        limit: the last moment that the text allows for it.
    """

    name: str
    hands: tuple[str, ...] = ()
    needs: tuple[Need, ...] = ()
    together: tuple[Need, ...] = ()
    auto: bool = False
    at: int | None = None
    limit: Limit | None = None

    @property
    def what(self) -> str:
        """Return the part before the colon: start, end, open, done, set, power, free ..."""
        return self.name.partition(":")[0]

    @property
    def of(self) -> str:
        """Return the part behind the colon: mostly the id of a block."""
        return self.name.partition(":")[2]


@dataclass(frozen=True, slots=True)
class System:
    """The events of a deal, in the order of the file.

    Attributes:
        begins: what minute 0 is on the calendar, ``None`` when the text fixes no date.
        zone: IANA zone in which days are shown.
    """

    events: tuple[Event, ...]
    begins: datetime | None = None
    zone: str = "UTC"

    def event(self, name: str) -> Event | None:
        """Return the event of that name."""
        return next((e for e in self.events if e.name == name), None)

    def of_kind(self, *kinds: str) -> tuple[Event, ...]:
        """Return the events of these kinds, in order."""
        return tuple(e for e in self.events if e.what in kinds)

    def insisting(self) -> System:
        """Return the system in which each bearer of a joint step waits for the other."""
        changed = tuple(replace(e, needs=(*e.needs, *e.together), together=()) for e in self.events)
        return replace(self, events=changed)

    def cone(self, targets: Iterable[str], limits: Iterable[str] = ()) -> System:
        """Return the events that the targets can depend on, themselves included.

        Limits of time are kept for the events named in ``limits`` and left out for all others.
        """
        waiting, kept, wanted = list(targets), set[str](), set(limits)
        own = (e if e.name in wanted else replace(e, limit=None) for e in self.events)
        by_name = {e.name: e for e in own}
        while waiting:
            name = waiting.pop()
            if name in by_name and name not in kept:
                kept.add(name)
                waiting += depends_on(by_name[name])
        return replace(self, events=tuple(e for n, e in by_name.items() if n in kept))


def depends_on(event: Event) -> tuple[str, ...]:
    """Return the names of all events that an event's needs and limit speak of."""
    formulas = [n.formula for n in (*event.needs, *event.together)]
    formulas += [event.limit.anchor] if event.limit else []
    return tuple(n for f in formulas for n in names_in(f))


def names_in(formula: Formula) -> Iterator[str]:
    """Yield the name of every event that a formula speaks of."""
    match formula:
        case Leaf(event, _, until, spoiled_by):
            yield from (n for n in (event, until, *spoiled_by) if n)
        case Unless(events):
            yield from events
        case Not(part):
            yield from names_in(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from names_in(part)


def leaves(formula: Formula) -> Iterator[Leaf]:
    """Yield the leaves of a formula, from left to right."""
    match formula:
        case Leaf():
            yield formula
        case Not(part):
            yield from leaves(part)
        case All(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)


def later(formula: Formula, minutes: int) -> Formula:
    """Return the moment that comes so many minutes after a moment."""
    match formula:
        case Leaf(_, after):
            return replace(formula, after=after + minutes)
        case All(parts):
            return All(tuple(later(p, minutes) for p in parts))
        case Either(parts):
            return Either(tuple(later(p, minutes) for p in parts))
        case Not() | Unless():
            return formula
