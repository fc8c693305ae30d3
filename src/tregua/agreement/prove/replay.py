"""A story checked step by step in plain Python, without the solver and without its rules.

A story passes when

1. every step is an event of the system, at one of the moments looked at, and happens once;
2. at its moment all its needs hold, given what happened before (steps of one moment may be put in
   any order in which each finds its needs);
3. no event that happens by itself was left out or came late.

This file shares ``system.py`` with the search and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.prove.system import All, Either, Leaf, Not, Unless, leaves

if TYPE_CHECKING:
    from tregua.agreement.prove.system import Event, Formula, System

Waived = frozenset[tuple[str, int]]  # (event, number of the need) that counts as met


@dataclass(frozen=True, slots=True)
class Step:
    """An event happens, so many minutes after the first moment."""

    minute: int
    event: str


@dataclass(frozen=True, slots=True)
class Run:
    """What happened up to a last moment.

    Attributes:
        steps: sorted by minute; once replayed, in an order in which each finds its needs.
        stop: the last minute looked at.
        moments: every minute looked at, sorted; some may lie behind ``stop``.
    """

    steps: tuple[Step, ...]
    stop: int
    moments: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A run in causal order, and what is wrong with it; ``problem`` is empty when nothing is."""

    run: Run
    problem: str


@dataclass(frozen=True, slots=True)
class State:
    """What has happened so far, and the moments at which it was looked at.

    Attributes:
        happened: the minute of every event that has happened.
        here: what happens at the present moment, in whatever order.
    """

    moments: tuple[int, ...]
    happened: dict[str, int] = field(default_factory=dict)
    here: frozenset[str] = frozenset()

    def holds(self, formula: Formula, minute: int) -> bool:
        """Say whether a formula holds at a minute, given what has happened by then."""
        match formula:
            case Leaf():
                return self._leaf(formula, minute)
            case All(parts):
                return all(self.holds(p, minute) for p in parts)
            case Either(parts):
                return any(self.holds(p, minute) for p in parts)
            case Unless(events):
                return not any(e in self.happened or e in self.here for e in events)
            case Not(part):
                earlier = [m for m in self.moments if m < minute]
                return not earlier or not self._before(minute).holds(part, earlier[-1])

    def _leaf(self, leaf: Leaf, minute: int) -> bool:
        begun = self.happened.get(leaf.event)
        if begun is None or begun > minute or minute < begun + leaf.after:
            return False
        ended = self.happened.get(leaf.until)
        if ended is not None and ended < minute:
            return False
        spoilt = (self.happened.get(s) for s in leaf.spoiled_by)
        return not any(s is not None and minute - leaf.after < s < minute for s in spoilt)

    def _before(self, minute: int) -> State:
        return State(self.moments, {n: m for n, m in self.happened.items() if m < minute})

    def enabled(self, event: Event, minute: int, waived: Waived) -> bool:
        """Say whether an event could happen at a minute."""
        if event.at is not None and minute < event.at:
            return False
        return all(
            (event.name, number) in waived or self.holds(need.formula, minute)
            for number, need in enumerate(event.needs)
        )


def replay(system: System, run: Run, *, waived: Waived = frozenset()) -> Replayed:
    """Walk a run step by step."""
    events = {e.name: e for e in system.events}
    happened: dict[str, int] = {}
    ordered: list[Step] = []
    names = [s.event for s in run.steps]
    by_itself_first = sorted(system.events, key=lambda e: not e.auto)
    rank = {e.name: n for n, e in enumerate(by_itself_first)}
    strange = [s for s in run.steps if s.event not in events or s.minute not in run.moments]
    if strange or len(set(names)) != len(names):
        return Replayed(run, "a step is unknown, happens twice or at no moment looked at")
    for minute in (m for m in run.moments if m <= run.stop):
        here = sorted((s for s in run.steps if s.minute == minute), key=lambda s: rank[s.event])
        state = State(run.moments, happened, frozenset(s.event for s in here))
        while ready := [s for s in here if state.enabled(events[s.event], minute, waived)]:
            ordered.append(ready[0])
            happened[ready[0].event] = minute
            here.remove(ready[0])
        if here:
            return Replayed(run, f"minute {minute}: {here[0].event} does not find its needs")
        missed = _missed(system, state, minute, waived)
        if missed:
            return Replayed(run, f"minute {minute}: {missed} should have happened by itself")
    if len(ordered) != len(run.steps):
        return Replayed(run, "a step lies behind the last moment")
    return Replayed(
        Run(tuple(ordered), run.stop, run.moments), _between(system, happened, run, waived)
    )


def _missed(system: System, state: State, minute: int, waived: Waived) -> str:
    for event in system.events:
        if event.auto and event.name not in state.happened and state.enabled(event, minute, waived):
            return event.name
    return ""


def _between(system: System, happened: dict[str, int], run: Run, waived: Waived) -> str:
    """Return what would have happened by itself between two of the moments looked at."""
    autos = [e for e in system.events if e.auto]
    lengths = {leaf.after for e in autos for n in e.needs for leaf in leaves(n.formula)}
    between = {m + a for m in happened.values() for a in lengths} - set(run.moments)
    for minute in sorted(m for m in between if m < run.stop):
        until_then = {n: m for n, m in happened.items() if m <= minute}
        missed = _missed(system, State(run.moments, until_then), minute, waived)
        if missed:
            return f"minute {minute}: {missed} should have happened between two moments"
    return ""
