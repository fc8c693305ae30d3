"""Duties: one instance per trigger; pending, kept, overdue, cured late.

The deadline is closed: done exactly at the end of the time is in time. Where the text gives no time
a duty is never late: while it is not done people must decide, and once it is done it is kept.
Where nobody fixed when the norm began, no time after its beginning has certainly run out or not.
A duty of which no act is known when its time has passed is overdue, which is a violation: whoever
owes an act has done it in some known report or not at all. How far anyone watched for it is shown
beside it, since a late report may still turn the answer (coverage only ever decides about "kept").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Call, Instant, Named, Nothing, Shifted, Undefined
from tregua.assessment.answers import answers_to
from tregua.assessment.coverage import coverage_of
from tregua.assessment.explain import all_records, node
from tregua.assessment.facts import EVER, interval, known, test
from tregua.assessment.in_force import covers_time
from tregua.assessment.made import assessment_id, is_provisional
from tregua.assessment.model import Answer, Assessment, Probability, Why
from tregua.assessment.phases import latest
from tregua.assessment.readings import readings
from tregua.assessment.steps import moved, span_length
from tregua.assessment.triggers import not_sure, triggers_of
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.answers import Answers
    from tregua.assessment.coverage import Coverage
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.forbid import Setting
    from tregua.assessment.model import Because
    from tregua.assessment.triggers import Trigger


_ELAPSED = ("seconds", "minutes", "hours")  # longer units are steps of the calendar


@dataclass(frozen=True, slots=True)
class _Due:
    """When an instance is due: in every reading by ``last``, in some already at ``first`` (UTC)."""

    first: datetime | None
    last: datetime | None
    because: Because


@dataclass(frozen=True, slots=True)
class _Outcome:
    state: str
    answer: Answer
    reasons: frozenset[Why] = frozenset()


def duty_assessments(
    setting: Setting, bearer: str, belongs: Callable[[Trigger], tuple[bool, bool]]
) -> tuple[Assessment, ...]:
    """Return one assessment for each instance of the duty.

    Args:
        setting: the duty.
        bearer: who owes it; may be empty (undefined).
        belongs: whether an instance is judged by these words of the duty, surely and possibly.
    """
    found = []
    for trigger in triggers_of(setting.norm, setting.periods, setting.evidence):
        must, may = belongs(trigger)
        in_force = covers_time(trigger.first, trigger.last, setting.periods)
        must = must and (in_force[0] or not trigger.comes_first)
        if may and in_force[1]:
            found.append(_assessed(setting, bearer, trigger if must else not_sure(trigger)))
    return tuple(found)


def is_timed(norm: Norm) -> bool:
    """Say whether it is due a stated time after the trigger, not at a fixed moment."""
    fixed = isinstance(norm.deadline, Instant | Named | Shifted | Call)
    return not fixed and isinstance(norm.within, Amount)


def seconds_within(norm: Norm) -> str:
    """Return the time after the trigger in seconds; empty for a fixed moment or calendar steps."""
    within = norm.within
    fixed = isinstance(norm.deadline, Instant | Named | Shifted | Call)
    if fixed or not isinstance(within, Amount) or within.unit not in _ELAPSED:
        return ""
    length = span_length(within)
    return "" if length is None else repr(length.total_seconds())


def unstated(norm: Norm) -> str:
    """Say why a duty has no instant at which it is due, where it has none."""
    if isinstance(norm.deadline, Instant | Named | Shifted | Call) or isinstance(
        norm.within, Amount
    ):
        return "unfixed"
    return "none" if isinstance(norm.within, Nothing) else "open"


def _assessed(setting: Setting, bearer: str, trigger: Trigger) -> Assessment:
    norm, evidence = setting.norm, setting.evidence
    due = _due(norm, trigger, evidence)
    answers = answers_to(norm, bearer, trigger, evidence)
    waits = _waits_for(norm, evidence)
    coverage = _coverage(norm, trigger, due, evidence)
    outcome = _outcome(norm, trigger, due, answers, evidence.at)
    if waits and outcome.answer is not Answer.KEPT:
        outcome = _Outcome("pending", Answer.UNDETERMINED, frozenset({Why.NOT_DUE}))
    outcome = _opened(outcome, setting, bearer, trigger)
    done = answers.nodes() or (_nothing_done(norm, bearer, evidence),)
    watched = () if coverage is None else (coverage.because,)
    because = (trigger.because, due.because, *waits, *done, *watched, *setting.shown)
    return _made(setting, bearer, trigger, due, outcome, because)


def _due(norm: Norm, trigger: Trigger, evidence: Evidence) -> _Due:
    """Find when the instance is due, from a fixed deadline or from the time after the trigger."""
    zone = evidence.agreement.zone
    if isinstance(norm.deadline, Instant | Named | Shifted | Call):
        found = readings(norm.deadline, evidence.agreement, evidence.moments)
        first = min((w.start for w in found), default=None)
        last = max((latest(w) for w in found), default=None)
        # A day as a deadline runs to its end; conflicting readings leave the time between open.
        first = last if len(found) == 1 else first
    elif isinstance(norm.within, Amount) and trigger.first == EVER:
        says = "nobody fixed when the norm began, so no moment is fixed at which it is due"
        facts = test("no-time", ("text", unstated(norm)), ("begins", "open"))
        return _Due(None, None, node(says, "deadline", None, clause=norm.clause, facts=facts))
    elif isinstance(norm.within, Amount):
        first = moved(trigger.first, norm.within, zone=zone)
        last = moved(trigger.last, norm.within, zone=zone)
    else:
        return _Due(None, None, _no_time(norm))
    if first is None or last is None:
        says = "the moment of the deadline is not fixed yet"
        facts = test("no-time", ("text", unstated(norm)))
        return _Due(None, None, node(says, "deadline", None, clause=norm.clause, facts=facts))
    says = f"due by {show_time(first, zone)}"
    says += f", by another reading {show_time(last, zone)}" if last != first else ""
    facts = test("deadline", ("due", interval(first, last)), ("after", seconds_within(norm)))
    return _Due(first, last, node(says, "deadline", True, clause=norm.clause, facts=facts))


def _no_time(norm: Norm) -> Because:
    if isinstance(norm.within, Nothing):
        says = "the text says that there is no time limit"
        facts = test("no-time", ("text", unstated(norm)))
        return node(says, "deadline", None, clause=norm.clause, facts=facts)
    phrase = norm.within.phrase if isinstance(norm.within, Undefined) else ""
    says = f'the text gives no time, only "{phrase}"' if phrase else "the text gives no time"
    facts = test("no-time", ("text", unstated(norm)))
    return node(says, "undefined", None, clause=norm.clause, facts=facts)


def _coverage(norm: Norm, trigger: Trigger, due: _Due, evidence: Evidence) -> Coverage | None:
    """Return how far anyone watched for the act while it was owed; ``None`` while it is not due."""
    if due.last is None or due.last >= evidence.at:
        return None
    measured = trigger.first != EVER and due.last > trigger.first
    times = ((trigger.first, due.last),) if measured else ()
    key = ("owed", norm.id, times)
    return evidence.cached(key, lambda: coverage_of(norm, times, evidence))


def _outcome(norm: Norm, trigger: Trigger, due: _Due, answers: Answers, at: datetime) -> _Outcome:
    if due.first is None or due.last is None:
        return _without_time(norm, trigger, answers, at)
    if answers.by(due.first):
        return _Outcome("kept", Answer.KEPT)
    if at <= due.first:
        return _Outcome("pending", Answer.UNDETERMINED, frozenset({Why.NOT_DUE}))
    if answers.may_be_by(min(at, due.last)):
        why = answers.reasons(due.first) | answers.reasons(due.last) or {Why.WHEN}
        return _Outcome("pending", Answer.UNDETERMINED, frozenset(why))
    if at <= due.last:
        return _Outcome("pending", Answer.UNDETERMINED, frozenset({Why.WHEN}))
    state = "cured-late" if answers.by(at) else "overdue"
    if trigger.certain:
        return _Outcome(state, Answer.VIOLATED)
    return _Outcome(state, Answer.UNDETERMINED, frozenset({Why.WHEN}))


def _without_time(norm: Norm, trigger: Trigger, answers: Answers, at: datetime) -> _Outcome:
    """Apply the rows "within, deadline" of the table: never overdue, people decide."""
    within = norm.within
    unfixed = isinstance(norm.deadline, Instant | Named | Shifted | Call)
    if is_timed(norm) and trigger.first == EVER:
        return _Outcome("pending", Answer.UNDETERMINED, frozenset({Why.WHEN}))
    if answers.by(at):
        return _Outcome("kept", Answer.KEPT)
    why = {Why.NOT_DUE} if unfixed or isinstance(within, Nothing) else {Why.NEEDS_DECISION}
    if answers.may_be_by(at):
        why |= answers.reasons(at)
    return _Outcome("pending", Answer.UNDETERMINED, frozenset(why))


def _opened(outcome: _Outcome, setting: Setting, bearer: str, trigger: Trigger) -> _Outcome:
    """Take back an answer that the machine may not give: no bearer, no trigger, people's check."""
    why = set()
    if not bearer:
        return _Outcome("pending", Answer.UNDETERMINED, frozenset({Why.WHO}))
    if setting.by_person or not trigger.decided:
        why.add(Why.NEEDS_DECISION)
    if not why:
        return outcome
    return _Outcome(outcome.state, Answer.UNDETERMINED, outcome.reasons | why)


def _waits_for(norm: Norm, evidence: Evidence) -> tuple[Because, ...]:
    """Return a node for each duty that must be done first and is not known to be done."""
    return tuple(
        node(
            f"{duty} must be done first and is not recorded as done",
            "trigger",
            False,
            searched=f"{len(evidence.statements)} statements",
            clause=norm.clause,
            facts=test("waits", ("for", duty)),
        )
        for duty in norm.after
        if evidence.moments.at(f"done({duty})") is None
    )


def _nothing_done(norm: Norm, bearer: str, evidence: Evidence) -> Because:
    acts = ", ".join(a.kind for a in norm.acts)
    total = len(evidence.that_may_be(norm.acts))
    return node(
        f"{bearer or 'nobody named'} did {acts}",
        "act",
        False,
        searched=f"{total} incidents that may be {acts}, {len(evidence.statements)} statements",
        facts=test("nothing-done", ("searched", str(total))),
    )


def _made(
    setting: Setting,
    bearer: str,
    trigger: Trigger,
    due: _Due,
    outcome: _Outcome,
    because: tuple[Because, ...],
) -> Assessment:
    norm, evidence = setting.norm, setting.evidence
    records = all_records(because)
    violated, kept = outcome.answer is Answer.VIOLATED, outcome.answer is Answer.KEPT
    low, high = 1.0 if violated else 0.0, 0.0 if kept else 1.0
    end = due.last if violated or kept else None
    return Assessment(
        id=assessment_id(norm.id, bearer, trigger.instance, setting.number),
        norm=norm.id,
        clause=norm.clause,
        bearer=bearer,
        instance=trigger.instance,
        answer=outcome.answer,
        reasons=tuple(sorted(outcome.reasons)),
        state=outcome.state,
        start=known(trigger.first),
        end=end,
        due=due.last,
        must=violated,
        may=not kept,
        low=low,
        high=high,
        p=Probability(low, high),
        because=because,
        would_change_if=_would_change(norm, bearer, outcome),
        records=tuple(sorted(records)),
        incidents=evidence.incidents_of(records),
        provisional=is_provisional(norm, end, evidence),
        text=evidence.agreement.model_digest,
        held=setting.held,
    )


def _would_change(norm: Norm, bearer: str, outcome: _Outcome) -> tuple[str, ...]:
    acts = " and ".join(a.kind for a in norm.acts)
    if not bearer:
        return ("it became certain who owes it",)
    if outcome.answer is Answer.KEPT:
        return (f"it became uncertain that {bearer} did {acts} in time",)
    texts = [f"a report showed that {bearer} did {acts} in time"]
    if Why.NEEDS_DECISION in outcome.reasons:
        texts.append("those whom the text names decided whether it was kept in time")
    if Why.NOT_DUE in outcome.reasons:
        texts.append("the deadline passed")
    return tuple(texts)
