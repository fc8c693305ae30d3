"""What a stretch of time does to a clock: bad, reset, paused, each of three values.

What the deal says, and what is done with what it leaves open:

1. ``bad day`` left open, ``resets on`` given: a day is bad when it resets; any other violation
   of the deal may make a day bad, none certainly does. Only the norms that reset need a watch.
2. ``resets on`` left open, ``bad day`` given: a bad day resets, or merely does not count. A count
   of total days or of elapsed time is not put back by what the deal does not name.
3. Both left open: whatever may violate any norm of the deal that forbids or maintains may reset;
   nothing certainly does.
4. ``pauses on`` left open: nothing is taken for a pause.
5. Time in which no norm that could tell was in force (before its phase, between two) has been
   judged by nobody: the lower hand stands still in it, the upper one may count.

Several conditions under one of these keys each do it alone: "resets on an attack, a taking of
ground" means that either resets. (Under ``opens when`` of a gate all are needed.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, is_open
from tregua.status.asked import Asked
from tregua.status.conditions import holds, norms_in
from tregua.status.effects import best, moves_in_worlds, worst
from tregua.status.hands import Blurred, Effect, Mark
from tregua.status.sentences import sentences_about
from tregua.status.truth import Truth, any_of, doubted
from tregua.status.violations import doubted_in, violated_in
from tregua.status.wording import left_open

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Clock, Condition, Ids, Slot
    from tregua.status.facts import Facts
    from tregua.status.runs import Run

NO = Truth(False)
NORM_CONDITIONS = ("violation", "finding", "kept")
STANDING = ("forbid", "maintain")
CONSECUTIVE = ("consecutive-days", "consecutive-hours")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A stretch with its effect on each hand and the three answers behind it."""

    mark: Mark
    bad: Truth
    reset: Truth
    pause: Truth
    is_judged: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one clock over the facts of a deal."""

    clock: Clock
    facts: Facts

    @property
    def norms(self) -> tuple[str, ...]:
        """Return the norms the clock depends on, sorted by id."""
        named = norms_in(
            _given(self.clock.bad_day) + _given(self.clock.resets_on), *NORM_CONDITIONS
        )
        return tuple(sorted({*named, *self._standing()}))

    @property
    def looked_at(self) -> Ids:
        """Return the norms whose violations may move a hand; by rule 1 those of the whole deal."""
        clock = self.clock
        if is_open(clock.bad_day) and clock.counts != "elapsed" and _given(clock.resets_on):
            return tuple(f.norm.id for f in self.facts.norms)
        return (*self.norms, *norms_in(_given(clock.pauses_on), "violation", "kept"))

    @property
    def open_points(self) -> tuple[str, ...]:
        """Return what the text leaves open about bad days, resets and pauses, in words."""
        clock, points = self.clock, []
        if is_open(clock.bad_day) and clock.counts != "elapsed":
            points.append(f"bad day: {left_open(clock.bad_day)}; any alleged violation may be one")
        if is_open(clock.resets_on) and clock.counts in CONSECUTIVE:
            points.append(
                f"reset: {left_open(clock.resets_on)}; "
                "a bad day resets the count or merely does not count"
            )
        if is_open(clock.pauses_on) and clock.pauses_on is not None:
            points.append(f"pause: {left_open(clock.pauses_on)}; no pause is counted")
        return (*points, *(f"{key}: assumed by the drafter: {why}" for key, why in clock.assumed))

    def weigh(self, start: datetime, end: datetime, run: Run, *, is_over: bool) -> Weighed:
        """Say what ``[start, end)`` does; a stretch that is not over counts for neither hand."""
        asked = Asked(self.facts, max(start, run.first), min(end, run.stop), is_over=is_over)
        bad, reset = self._bad(asked), self._reset(asked)
        if is_open(self.clock.resets_on) and self.clock.counts in CONSECUTIVE:
            reset = any_of([reset, doubted(bad)])
        pauses = [holds(c, asked) for c in _given(self.clock.pauses_on)]
        pause = any_of([*pauses, _suspended(asked, run)])
        low = worst(bad, reset, pause)
        high = best(bad, reset, pause)
        whole = is_over and end <= run.stop
        judged = self._is_judged(asked)
        sure = whole and judged and _is_sure(start, end, run)
        if not sure:
            low = min(low, Effect.STAND)
        if not whole:
            high = min(high, Effect.STAND)
        worlds = moves_in_worlds(bad, reset, pause, sure=sure, whole=whole)
        return Weighed(Mark(start, end, low, high, worlds), bad, reset, pause, judged)

    def blurred(self, run: Run, until: datetime) -> tuple[Blurred, ...]:
        """Return the certain resets up to ``until``, with the time in which each may have been.

        Where worlds are asked about, those that are certain in some of them stand among these.

        A clock that may have stood still is left out: its resets may have done nothing.
        """
        if _given(self.clock.pauses_on) or run.pauses:
            return ()
        norms = [
            facts
            for c in _given(self.clock.resets_on)
            if norms_in((c,), "violation") and _is_plain(c)
            if (facts := self.facts.of(norms_in((c,), "violation")[0])) is not None
        ]
        events = [e for f in norms for e in f.events if (e.must or e.worlds) and e.end <= until]
        return tuple(Blurred(e.start, e.end, e.in_worlds.must) for e in events)

    @property
    def only_resets(self) -> bool:
        """Say whether single violations that reset are all that holds the upper hand back."""
        clock = self.clock
        others = _given(clock.bad_day) + _given(clock.pauses_on)
        return not others and all(_is_plain(c) for c in _given(clock.resets_on))

    def _is_judged(self, asked: Asked) -> bool:
        """Say whether a norm that could tell was, or may have been, in force all the time.

        Elapsed time needs none, nor does a clock that findings or other records alone move.
        """
        given = _given(self.clock.bad_day) + _given(self.clock.resets_on)
        named = norms_in(given, "violation", "kept")
        if self.clock.counts == "elapsed" or (given and not named):
            return True
        told = (self.facts.of(n) for n in named or self._standing())
        start = asked.start or asked.end
        here = [p for f in told if f is not None for p in f.in_force_in(start, asked.end)]
        for period in sorted(here, key=lambda p: p.start):
            if period.start <= start and period.end is not None:
                start = max(start, period.end)
        return start >= asked.end

    def _bad(self, asked: Asked) -> Truth:
        given = _given(self.clock.bad_day)
        if given:
            return any_of(holds(c, asked) for c in given)
        if not is_open(self.clock.bad_day) or self.clock.counts == "elapsed":
            return NO
        if _given(self.clock.resets_on):
            return _maybe_bad(asked)
        return self._standing_truth(asked)

    def _reset(self, asked: Asked) -> Truth:
        return any_of(holds(c, asked) for c in _given(self.clock.resets_on))

    def _standing(self) -> tuple[str, ...]:
        """Return the norms of rule 3; none when the clock names its own or counts time alone."""
        clock = self.clock
        if clock.counts == "elapsed" or _given(clock.bad_day) or _given(clock.resets_on):
            return ()
        if not is_open(clock.bad_day):
            return ()
        return tuple(f.norm.id for f in self.facts.norms if f.norm.shape in STANDING)

    def _standing_truth(self, asked: Asked) -> Truth:
        truths = [
            violated_in(f, asked.start or asked.end, asked.end, is_over=asked.is_over)
            for f in self.facts.norms
            if f.norm.shape in STANDING
        ]
        return doubted(any_of(truths))


def _given(slot: Slot[tuple[Condition, ...]]) -> tuple[Condition, ...]:
    return slot if isinstance(slot, tuple) else ()


def _is_plain(condition: Condition) -> bool:
    """Say whether one violation alone makes the condition true."""
    if not isinstance(condition, Call) or condition.name != "violation":
        return False
    return condition.arg("count") is None


def _maybe_bad(asked: Asked) -> Truth:
    # A duty whose time the deal leaves open is no act of any one day; it would make every day open.
    here = asked.facts.events(asked.start or asked.end, asked.end)
    events = tuple(e for e in here if e.incidents or e.must)
    if not events:
        return NO
    return Truth(
        None,
        "act",
        sentences_about(events),
        tuple(sorted({e.assessment for e in events})),
        tuple(sorted({i for e in events for i in e.incidents})),
        worlds=doubted_in(events),
    )


def _suspended(asked: Asked, run: Run) -> Truth:
    """Say whether the phase was suspended in the stretch: whole, in part or perhaps, or not."""
    start, end = asked.start or asked.end, asked.end
    here = [p for p in run.pauses if p.start < end and (p.end is None or start < p.end)]
    if not here:
        return NO
    whole = any(p.certain and p.start <= start and (p.end is None or end <= p.end) for p in here)
    return Truth(True if whole else None, "phase", ("its phase is suspended",))


def _is_sure(start: datetime, end: datetime, run: Run) -> bool:
    begun = run.sure is not None and run.sure <= start
    return begun and (run.sure_end is None or end <= run.sure_end)
