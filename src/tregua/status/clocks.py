"""Clocks: an interval, never one number: "4 days certain, up to 7 possible" (02, 4.6).

1. What the deal leaves open is worked out in ``runs.py`` (from when, until when),
   ``rules.py`` (bad days, resets, pauses), ``readings.py`` (which day); each widens the interval.
2. Every calendar day in the clock's zone is shown with what it did and why, whatever the unit.
3. What the certifier has declared stands beside the two hands and moves neither.
4. Where it cannot be said whether the target is reached, the share of possible worlds in which it
   is stands beside them (``shares.py``).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.model import is_open
from tregua.assessment.powers import speakers
from tregua.reports.model import Says
from tregua.status.lengths import compare, in_unit, unit_of
from tregua.status.model import ClockState, DayCount
from tregua.status.people import ids_in, ids_of
from tregua.status.readings import hands_at, readings_of
from tregua.status.rules import Rules, Weighed
from tregua.status.runs import run_of
from tregua.status.shares import reached_share
from tregua.status.wording import left_open, listed
from tregua.terms.time import days_between, start_of_day

if TYPE_CHECKING:
    from datetime import date, datetime

    from tregua.agreement.model import Clock
    from tregua.reports.model import Statement
    from tregua.status.facts import Facts
    from tregua.status.readings import Reading
    from tregua.status.runs import Run


def clock_states(facts: Facts) -> tuple[ClockState, ...]:
    """Return where every clock of the deal stands, in the order of the deal."""
    return tuple(_with_share(c, facts) for c in facts.basis.agreement.clocks)


def _with_share(clock: Clock, facts: Facts) -> ClockState:
    state = clock_state(clock, facts)
    is_unsettled = state.target is not None and state.reached is None
    return replace(state, share=reached_share(clock, facts)) if is_unsettled else state


def clock_state(clock: Clock, facts: Facts) -> ClockState:
    """Return the two hands of a clock, its days, and what the text leaves open about it."""
    unit, rules = unit_of(clock), Rules(clock, facts)
    run, points = run_of(clock, rules.norms, facts)
    low, high = 0, 0
    days: tuple[DayCount, ...] = ()
    if run is not None:
        readings = readings_of(clock, rules, run, unit)
        low, high = hands_at(readings, rules, run, run.stop)
        days = tuple(
            _day(d, clock, rules, run, readings)
            for d in days_between(run.first, run.stop, clock.zone)
        )
    target = None if clock.target is None else in_unit(clock.target, unit)
    certified, certified_points = _certified(clock, facts, unit)
    return ClockState(
        id=clock.id,
        title=clock.title,
        clause=clock.clause,
        unit=unit,
        low=low,
        high=high,
        target=None if target is None else -int(-target // 1),
        reached=None if target is None else compare(low, high, ">=", target),
        certified=certified,
        certifier=ids_in(clock.certified_by),
        days=days,
        open_points=(*points, *_day_point(clock, unit), *rules.open_points, *certified_points),
    )


def _day_point(clock: Clock, unit: str) -> tuple[str, ...]:
    if unit == "hours":
        return ()
    points = []
    if is_open(clock.day):
        points.append(
            f"day: {left_open(clock.day)}; calendar days and 24 hours from the start are both shown"
        )
    if clock.day != "24-hours":
        points.append("first day: only the upper hand counts the day on which the clock starts")
    return tuple(points)


def _day(
    day: date, clock: Clock, rules: Rules, run: Run, readings: tuple[Reading, ...]
) -> DayCount:
    start = max(run.first, start_of_day(day, clock.zone))
    midnight = start_of_day(day + timedelta(days=1), clock.zone)
    end = min(run.stop, midnight)
    is_over = midnight <= run.at or run.is_over
    weighed = rules.weigh(start, end, run, is_over=is_over)
    low, high = hands_at(readings, rules, run, end)
    truths = (weighed.reset, weighed.bad, weighed.pause)
    return DayCount(
        day=day,
        start=start,
        end=end,
        counts=_counts(weighed, run, start, end, is_over=is_over),
        why=_why(weighed, end, run, is_over=is_over),
        assessments=tuple(sorted({i for t in truths for i in t.assessments})),
        incidents=tuple(sorted({i for t in truths for i in t.incidents})),
        low=low,
        high=high,
    )


def _counts(weighed: Weighed, run: Run, start: datetime, end: datetime, *, is_over: bool) -> str:
    if weighed.bad.holds or weighed.reset.holds:
        return "bad"
    settled = weighed.bad.holds is False and weighed.reset.holds is False and weighed.is_judged
    running = run.sure_end is None or end <= run.sure_end
    begun = run.sure is None or run.sure <= start
    paused = weighed.pause.holds is not False
    return "good" if settled and is_over and running and begun and not paused else "open"


def _why(weighed: Weighed, end: datetime, run: Run, *, is_over: bool) -> tuple[str, ...]:
    says = [
        sentence
        for truth in (weighed.reset, weighed.bad)
        if truth.holds is not False
        for sentence in truth.says
    ]
    if weighed.pause.holds is not False:
        says += ["the clock stands still" if weighed.pause.holds else "the clock may stand still"]
        says += weighed.pause.says
    if not weighed.is_judged:
        says.append("no norm that the clock asks about was in force all the time")
    if not is_over:
        says.append("the day is not over")
    if run.sure_end is not None and end > run.sure_end:
        says.append("whether the clock still runs is disputed")
    return tuple(dict.fromkeys(says)) or ("watched, and nothing against it is reported",)


def _certified(clock: Clock, facts: Facts, unit: str) -> tuple[float | None, tuple[str, ...]]:
    basis = facts.basis
    made = basis.said(Says.CERTIFIES, about=clock.id)
    certifiers = ids_in(clock.certified_by)
    if not certifiers:
        said = [f"{listed(ids_of(basis.agreement, s.by))} said {_figure(s)}" for s in made]
        tail = f"; {'; '.join(said)}, which binds nobody" if said else ""
        return None, (f"certified by: {left_open(clock.certified_by)}{tail}",)
    mine = [s for s in made if speakers((s,), basis.agreement) & set(certifiers)]
    return (_in(mine[-1], unit) if mine else None), ()


def _figure(statement: Statement) -> str:
    if statement.quantity is None:
        return statement.claim or "that it has run"
    return f"{statement.quantity:g} {statement.unit}".rstrip()


def _in(statement: Statement, unit: str) -> float | None:
    if statement.quantity is None:
        return None
    factor = {("days", "hours"): 24.0, ("hours", "days"): 1 / 24}.get((statement.unit, unit), 1.0)
    return statement.quantity * factor
