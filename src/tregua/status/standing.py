"""Conditions about how things stand: clocks, gates, phases, duties done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.model import Answer
from tregua.status.asked import first_word
from tregua.status.lengths import compare, compare_in_worlds, in_unit
from tregua.status.truth import Truth
from tregua.status.wording import why_not_settled

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Call, Compare
    from tregua.assessment.moments import PhaseSpan
    from tregua.status.asked import Asked

DONE = ("kept", "cured-late")


def compared(condition: Compare, asked: Asked) -> Truth:
    """Compare a clock's interval with an amount: ``calm >= 7 days``."""
    state = asked.clock(condition.clock)
    if state is None:
        return Truth(None, "time", (f"clock {condition.clock} is not known",))
    bound = in_unit(condition.amount, state.unit)
    if bound is None:
        says = f"{condition.clock} counts {state.unit}, not comparable with {condition.amount}"
        return Truth(None, "time", (says,))
    says = (
        f"{condition.clock}: {state.low} of {bound:g} {state.unit} certain, "
        f"at most {state.high} possible"
    )
    incidents = tuple(sorted({i for d in state.days if d.counts == "open" for i in d.incidents}))
    answer = compare(state.low, state.high, condition.op, bound)
    hands = asked.hands(condition.clock)
    worlds = None if hands is None else compare_in_worlds(hands, condition.op, bound)
    return Truth(answer, "time", (says,), incidents=incidents, worlds=worlds)


def open_gate(call: Call, asked: Asked) -> Truth:
    """Say whether another gate is open."""
    state = asked.gate(first_word(call))
    if state is None or state.state == "unknown":
        return Truth(None, "trigger", (f"whether gate {first_word(call)} is open cannot be said",))
    return Truth(state.state == "open", "trigger", (f"gate {state.id} is {state.state}",))


def in_force(call: Call, asked: Asked) -> Truth:
    """Say whether a phase is in force at the end of what is asked."""
    phase = first_word(call)
    span = asked.facts.basis.moments.phase(phase)
    if span is None or span.state == "unknown":
        return Truth(None, "phase", (f"the start of phase {phase} is not known",))
    sure, maybe = _is_running(span, asked.end)
    if sure:
        return Truth(True, "phase", (f"phase {phase} is in force",), since=span.start)
    if maybe:
        return Truth(None, "phase", (f"whether phase {phase} is in force is not settled",))
    return Truth(False, "phase", (f"phase {phase} is not in force",))


def _is_running(span: PhaseSpan, at: datetime) -> tuple[bool, bool]:
    """Say whether the phase runs just before ``at`` in every reading, and in some."""
    if span.start is None or at <= span.start or (span.end is not None and span.end < at):
        return False, False
    paused = [p for p in span.pauses if p.start < at and (p.end is None or at <= p.end)]
    if any(p.certain for p in paused):
        return False, False
    begun = span.begun_certainly and (span.certain_start or span.start) < at
    running = span.certain_end is None or at <= span.certain_end
    return begun and running and not paused, True


def done(call: Call, asked: Asked) -> Truth:
    """Say whether every instance of a duty was done."""
    duty = first_word(call)
    answers = asked.facts.basis.of_norm(duty)
    ids = tuple(sorted(a.id for a in answers))
    if answers and all(a.state in DONE or a.answer is Answer.KEPT for a in answers):
        return Truth(True, "trigger", (f"{duty} is done",), ids)
    if any(a.answer is Answer.VIOLATED or a.state == "overdue" for a in answers):
        return Truth(False, "trigger", (f"{duty} is not done",), ids)
    reasons = why_not_settled(r for a in answers for r in a.reasons)
    return Truth(None, "trigger", (f"whether {duty} is done cannot be said: {reasons}",), ids)
