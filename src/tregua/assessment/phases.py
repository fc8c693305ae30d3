"""How long a phase lasts: start, planned end, extensions, suspensions, and an end by power.

The rules, in this order:

1. The start is every reading of ``starts``; conflicting ones make the time between them uncertain.
2. The planned end is ``lasts`` after the start or the moment ``ends``; if both stand, the earlier
   is certain and the later possible.
3. Extensions (``extensions.py``) move the certain and the possible end, each as far as declared.
4. A holder of a power to end the phase ends it; if others must join, only the certain end moves.
   Whoever holds no such power and says that it is over makes a claim, and nothing changes.
5. A holder of a power to suspend it makes a pause, until it is resumed.
6. ``on expiry: continues`` leaves the end open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Call, Instant, Named, Shifted
from tregua.assessment.explain import node
from tregua.assessment.extensions import End, extended
from tregua.assessment.facts import interval, test
from tregua.assessment.powers import (
    powers_over,
    record_ids,
    speakers,
    weight_of_power,
)
from tregua.assessment.readings import is_complete, readings
from tregua.assessment.spans import Pause, PhaseSpan
from tregua.assessment.steps import moved
from tregua.reports.model import Says
from tregua.terms.time import Precision, show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, Phase, Power
    from tregua.assessment.model import Because
    from tregua.assessment.spans import Moments
    from tregua.reports.model import Statement
    from tregua.terms.time import When


@dataclass(frozen=True, slots=True)
class _Start:
    first: datetime
    last: datetime
    certain: bool
    because: Because


def span_of(
    phase: Phase,
    agreement: Agreement,
    moments: Moments,
    statements: tuple[Statement, ...],
    *,
    at: datetime,
) -> PhaseSpan:
    """Return the span of one phase as it stands at ``at`` (UTC), from statements in time order."""
    start = _start(phase, agreement, moments)
    if isinstance(start, str):
        facts = test("step", ("phase", phase.id))
        open_start = node(start, "phase", None, clause=phase.clause, facts=facts)
        known = isinstance(phase.starts, Instant | Named | Shifted | Call)
        state = "not-begun" if known else "unknown"
        return PhaseSpan(phase.id, state, None, None, None, (open_start,))
    if at < start.first:
        return PhaseSpan(phase.id, "not-begun", None, None, None, (start.because,))
    made = tuple(s for s in statements if s.when.start <= at)
    planned = _planned(phase, agreement, moments, start)
    end, steps = extended(phase, agreement, planned, made)
    if phase.on_expiry == "continues":
        end = End(None, None)
    end, stopped = _stopped(phase, agreement, end, made)
    pauses, paused = _pauses(phase, agreement, made)
    ends = _end_nodes(phase, planned, agreement.zone)
    because = (start.because, *ends, *steps, *stopped, *paused)
    state = _state(at, start, planned, end, pauses, is_stopped=any(n.holds for n in stopped))
    return PhaseSpan(
        phase.id,
        state,
        start.first,
        end.possible,
        end.certain,
        because,
        certain_start=None if start.last == start.first else start.last,
        begun_certainly=start.certain,
        pauses=pauses,
    )


def _start(phase: Phase, agreement: Agreement, moments: Moments) -> _Start | str:
    """Return the start, or a sentence that says why there is none."""
    if not isinstance(phase.starts, Instant | Named | Shifted | Call):
        return f"the text leaves open when phase {phase.id} starts"
    found = readings(phase.starts, agreement, moments)
    if not found:
        return f"phase {phase.id} has not begun: its start is not fixed by anyone"
    first, last = found[0].start, max(w.start for w in found)
    certain = is_complete(phase.starts, moments)
    says = f"phase {phase.id} starts {show_time(first, agreement.zone)}"
    if last != first:
        says += f", by another account {show_time(last, agreement.zone)}"
    if not certain:
        says += "; not all who fix it together have declared it"
    names = phase.starts.name if isinstance(phase.starts, Named) else ""
    because = node(
        says,
        "phase",
        True if certain else None,
        records=moments.records(names),
        clause=phase.clause,
        facts=test("step", ("phase", phase.id), ("starts", interval(first, last))),
    )
    return _Start(first, last, certain, because)


def _planned(phase: Phase, agreement: Agreement, moments: Moments, start: _Start) -> End:
    zone = agreement.zone
    firsts: list[datetime] = []
    lasts: list[datetime] = []
    if isinstance(phase.lasts, Amount):
        for at in (start.first, start.last):
            end = moved(at, phase.lasts, zone=zone)
            firsts += [end] if end else []
        lasts += firsts
    if isinstance(phase.ends, Instant | Named | Shifted | Call):
        for when in readings(phase.ends, agreement, moments):
            firsts.append(when.start)
            lasts.append(latest(when))
    return End(min(firsts, default=None), max(lasts, default=None))


def latest(when: When) -> datetime:
    """Return the last instant an end may mean: the end of the day for a day, else its start."""
    exact = when.precision in (Precision.SECOND, Precision.MINUTE)
    return when.start if exact else when.end


def _end_nodes(phase: Phase, planned: End, zone: str) -> tuple[Because, ...]:
    if planned.certain is None:
        facts = test("step", ("phase", phase.id), ("ends", ""))
        return (node("the text gives no end", "phase", None, clause=phase.clause, facts=facts),)
    says = f"phase {phase.id} runs until {show_time(planned.certain, zone)} unless extended"
    facts = test("step", ("phase", phase.id), ("ends", interval(planned.certain, planned.possible)))
    return (node(says, "phase", True, clause=phase.clause, facts=facts),)


def _stopped(
    phase: Phase, agreement: Agreement, end: End, made: tuple[Statement, ...]
) -> tuple[End, tuple[Because, ...]]:
    """Apply rule 4: an end declared under a power that the deal gives."""
    powers = ending(phase, agreement)
    about = subjects(phase, powers)
    nodes: list[Because] = []
    so_far: tuple[Statement, ...] = ()
    for statement in (s for s in made if s.says is Says.ENDS and s.about in about):
        so_far = (*so_far, statement)
        weight = weight_of_power(powers, speakers(so_far, agreement))
        own = weight_of_power(powers, speakers((statement,), agreement))
        when = statement.at or statement.when
        who = " and ".join(statement.by)
        if own.possible:
            last = latest(when) if weight.certain else end.possible
            end = End(_earlier(end.certain, when.start), _earlier(end.possible, last))
        holds = (True if weight.certain else None) if own.possible else False
        says = f"{who} declares phase {phase.id} ended at {show_time(when.start, agreement.zone)}"
        says += "" if own.possible else "; the deal gives it no power to end it, so this is a claim"
        facts = test("step", ("phase", phase.id), ("says", statement.says))
        nodes.append(node(says, "phase", holds, records=(statement.origin.id,), facts=facts))
    return end, tuple(nodes)


def _pauses(
    phase: Phase, agreement: Agreement, made: tuple[Statement, ...]
) -> tuple[tuple[Pause, ...], tuple[Because, ...]]:
    """Apply rule 5: suspensions and resumptions, in time order."""
    powers = suspending(phase, agreement)
    about = subjects(phase, powers)
    pauses: list[Pause] = []
    nodes: list[Because] = []
    for statement in made:
        if statement.says not in (Says.SUSPENDS, Says.RESUMES) or statement.about not in about:
            continue
        weight = weight_of_power(powers, speakers((statement,), agreement))
        when = statement.at or statement.when
        holds = (True if weight.certain else None) if weight.possible else False
        says = f"{' and '.join(statement.by)} {statement.says} phase {phase.id}"
        facts = test("step", ("phase", phase.id), ("says", statement.says))
        nodes.append(node(says, "phase", holds, records=record_ids((statement,)), facts=facts))
        if not weight.possible:
            continue
        if statement.says is Says.SUSPENDS:
            pauses.append(Pause(when.start, None, weight.certain))
        elif pauses and pauses[-1].end is None and weight.certain:
            pauses[-1] = Pause(pauses[-1].start, when.start, pauses[-1].certain)
    return tuple(pauses), tuple(nodes)


def _state(
    at: datetime,
    start: _Start,
    planned: End,
    end: End,
    pauses: tuple[Pause, ...],
    *,
    is_stopped: bool,
) -> str:
    if end.possible is not None and at >= end.possible:
        return "ended" if is_stopped else "expired"
    if not start.certain or at < start.last or (end.certain is not None and at >= end.certain):
        return "unknown"
    now = [p for p in pauses if p.start <= at and (p.end is None or at < p.end)]
    if now:
        return "suspended" if any(p.certain for p in now) else "unknown"
    after_plan = planned.certain is not None and at >= planned.certain
    return "extended" if after_plan else "in-force"


def ending(phase: Phase, agreement: Agreement) -> tuple[Power, ...]:
    """Return the powers by which the phase is ended."""
    return powers_over(agreement, phase.id, "terminate", "end")


def suspending(phase: Phase, agreement: Agreement) -> tuple[Power, ...]:
    """Return the powers by which the phase is suspended and resumed."""
    named = tuple(p for p in agreement.powers if p.id in phase.suspended_by)
    return (*powers_over(agreement, phase.id, "suspend", "resume"), *named)


def subjects(phase: Phase, powers: tuple[Power, ...]) -> list[str]:
    """Return what a statement about the phase may name: the phase, or one of these powers."""
    return sorted({phase.id, *(p.id for p in powers)})


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((t for t in (one, other) if t is not None), default=None)
