"""Conditions of a deal, three-valued: the closed list of 02, 2.4.

Clocks, gates and consequences share them.

A condition is asked of a stretch of time. A clock asks about each of its days; a gate or a
consequence asks about everything up to a moment (``start`` is ``None``). Conditions about a single
act (``prior``, ``target-in``, ``place-in``, ``authorised``, ``tried``, ``notified``) are answered
where that act is assessed; asked of the deal as a whole they cannot be said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Call, Compare
from tregua.agreement.value import Item, Number, Op, Word
from tregua.assessment.model import Answer
from tregua.assessment.powers import speakers
from tregua.assessment.steps import moved
from tregua.reports.model import Says
from tregua.status.basis import WHOLE
from tregua.status.lengths import compare, in_unit
from tregua.status.people import ids_in, ids_of
from tregua.status.phases import RUNNING
from tregua.status.truth import Truth, all_of, any_of, negated
from tregua.status.violations import found, violated_in, violated_often
from tregua.status.wording import listed, many, why_not_settled
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.agreement.model import Condition, Ids
    from tregua.status.facts import Facts, NormFacts
    from tregua.status.model import ClockState, GateState


WIDEST = {"months": timedelta(days=31), "years": timedelta(days=366)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Of what a condition is asked.

    Attributes:
        facts: what is known.
        start: of the stretch, UTC; ``None`` = from the beginning.
        end: of the stretch, UTC.
        bearer: whose violations are meant; ``None`` = anybody's.
        is_over: whether the stretch is over, so that a gap in the watch counts.
        clock: gives the state of a clock.
        gate: gives the state of a gate.
    """

    facts: Facts
    start: datetime | None
    end: datetime
    bearer: str | None = None
    is_over: bool = True
    clock: Callable[[str], ClockState | None] = lambda _: None
    gate: Callable[[str], GateState | None] = lambda _: None


def holds(condition: Condition, asked: Asked) -> Truth:
    """Say whether the condition holds of what is asked."""
    if isinstance(condition, Compare):
        return _compared(condition, asked)
    answer = _ANSWERS.get(condition.name)
    if answer is None:
        return _of_an_act(condition)
    return answer(condition, asked)


def all_hold(conditions: tuple[Condition, ...], asked: Asked) -> Truth:
    """Say whether all conditions hold (a comma in the deal means "and")."""
    return all_of(holds(c, asked) for c in conditions)


def norms_in(conditions: tuple[Condition, ...], *names: str) -> tuple[str, ...]:
    """Return the norms that the conditions speak about, in conditions of these names, sorted."""
    named = set()
    for condition in conditions:
        if not isinstance(condition, Call):
            continue
        if condition.name in names:
            named.add(_first(condition))
        named.update(norms_in(_nested(condition), *names))
    return tuple(sorted(named - {""}))


def _nested(call: Call) -> tuple[Condition, ...]:
    if call.name not in ("not", "any", "all"):
        return ()
    return tuple(c for item in call.plain() if (c := _condition(item)) is not None)


def _condition(item: Item) -> Condition | None:
    match item.atoms:
        case (Call() as call,):
            return call
        case (Word(name), Op(sign), Amount() as amount):
            return Compare(name, sign, amount)
    return None


def _first(call: Call) -> str:
    return next((item.word for item in call.plain()), "")


def _words(item: Item | None) -> Ids:
    return () if item is None else tuple(a.name for a in item.atoms if isinstance(a, Word))


# --- logic --------------------------------------------------------------------------------------


def _not(call: Call, asked: Asked) -> Truth:
    return negated(all_of(holds(c, asked) for c in _nested(call)))


def _any(call: Call, asked: Asked) -> Truth:
    return any_of(holds(c, asked) for c in _nested(call))


def _all(call: Call, asked: Asked) -> Truth:
    return all_of(holds(c, asked) for c in _nested(call))


# --- clocks, gates, phases, duties --------------------------------------------------------------


def _compared(condition: Compare, asked: Asked) -> Truth:
    state = asked.clock(condition.clock)
    if state is None:
        return Truth(None, "time", (f"clock {condition.clock} is not known",))
    bound = in_unit(condition.amount, state.unit)
    if bound is None:
        says = (
            f"{condition.clock} counts {state.unit}; {condition.amount} cannot be compared with it"
        )
        return Truth(None, "time", (says,))
    says = (
        f"{condition.clock}: {state.low} of {bound:g} {state.unit} certain, "
        f"at most {state.high} possible"
    )
    incidents = tuple(sorted({i for d in state.days if d.counts == "open" for i in d.incidents}))
    return Truth(
        compare(state.low, state.high, condition.op, bound), "time", (says,), (), incidents
    )


def _open(call: Call, asked: Asked) -> Truth:
    state = asked.gate(_first(call))
    if state is None or state.state == "unknown":
        return Truth(None, "trigger", (f"whether gate {_first(call)} is open cannot be said",))
    return Truth(state.state == "open", "trigger", (f"gate {state.id} is {state.state}",))


def _in_force(call: Call, asked: Asked) -> Truth:
    span = asked.facts.basis.moments.phase(_first(call))
    if span is None or span.state == "unknown" or span.start is None:
        known = span is not None and span.state == "not-begun"
        return Truth(
            False if known else None, "phase", (f"phase {_first(call)} has not begun as known",)
        )
    begun = span.start < asked.end
    sure = span.certain_end is None or asked.end <= span.certain_end
    maybe = span.end is None or asked.end <= span.end
    if not begun or not maybe or span.state not in (*RUNNING, "expired", "ended"):
        return Truth(False, "phase", (f"phase {span.id} is not in force",))
    says = (
        f"phase {span.id} is in force" if sure else f"whether phase {span.id} has ended is disputed"
    )
    return Truth(True if sure else None, "phase", (says,), since=span.start)


def _done(call: Call, asked: Asked) -> Truth:
    duty = _first(call)
    answers = asked.facts.basis.of_norm(duty)
    ids = tuple(sorted(a.id for a in answers))
    if answers and all(
        a.state in ("kept", "cured-late") or a.answer is Answer.KEPT for a in answers
    ):
        return Truth(True, "trigger", (f"{duty} is done",), ids)
    if any(a.answer is Answer.VIOLATED or a.state == "overdue" for a in answers):
        return Truth(False, "trigger", (f"{duty} is not done",), ids)
    reasons = why_not_settled(r for a in answers for r in a.reasons)
    return Truth(None, "trigger", (f"whether {duty} is done cannot be said: {reasons}",), ids)


# --- violations and findings --------------------------------------------------------------------


def _violation(call: Call, asked: Asked) -> Truth:
    facts = asked.facts.of(_first(call))
    if facts is None:
        return Truth(None, "act", (f"norm {_first(call)} is not known",))
    start = asked.start or _beginning(facts, asked)
    if start is None:
        return Truth(False, "act", (f"{facts.norm.id} has not come into force as known",))
    count, window = call.arg("count"), call.arg("in")
    if count is None or not isinstance(count.only, Number):
        return violated_in(facts, start, asked.end, bearer=asked.bearer, is_over=asked.is_over)
    back = None
    if window is not None and isinstance(window.only, Amount):
        zone = asked.facts.basis.agreement.zone
        back = partial(_earlier, amount=window.only, zone=zone)
    return violated_often(
        facts,
        start,
        asked.end,
        count=int(count.only.value),
        back=back,
        bearer=asked.bearer,
        is_over=asked.is_over,
    )


def _earlier(at: datetime, amount: Amount, zone: str) -> datetime:
    """Return the start of a window that ends at ``at``.

    A month step that does not exist is refused when the deal is read (D014); reached from another
    end it takes the widest month, so that no violation falls out of the window.
    """
    found = moved(at, amount, zone=zone, sign=-1)
    return (
        at - float(amount.value) * WIDEST.get(amount.unit, timedelta()) if found is None else found
    )


def _beginning(facts: NormFacts, asked: Asked) -> datetime | None:
    """Return when the norm came into force, as far as its phases are known."""
    moments = asked.facts.basis.moments
    phases = ids_in(facts.norm.during) or tuple(p.id for p in moments.phases)
    spans = [s for p in phases if (s := moments.phase(p)) is not None]
    starts = [s.start for s in spans if s.start is not None]
    starts += [e.start for e in facts.events]
    return min((t for t in starts if t < asked.end), default=None)


def _finding(call: Call, asked: Asked) -> Truth:
    return found(_first(call), asked.facts.basis, asked.start, asked.end)


def _kept(call: Call, asked: Asked) -> Truth:
    facts = asked.facts.of(_first(call))
    span = call.arg("for")
    if facts is None:
        return Truth(None, "act", (f"norm {_first(call)} is not known",))
    if span is None or not isinstance(span.only, Amount):
        return _kept_so_far(facts, asked)
    zone = asked.facts.basis.agreement.zone
    start = _earlier(asked.end, span.only, zone)
    began = _beginning(facts, asked)
    if began is None or began > start:
        since = (
            "has not come into force" if began is None else f"runs since {show_time(began, zone)}"
        )
        says = f"{_named(facts)} not kept for {span.only}: it {since}"
        return Truth(False, "time", (says + _undetermined(facts, asked),))
    truth = negated(violated_in(facts, start, asked.end, bearer=asked.bearer))
    if truth.holds:
        return replace(truth, says=(f"{_named(facts)} kept for {span.only}",))
    says = f"{_named(facts)} not shown as kept for {span.only}{_undetermined(facts, asked)}"
    return replace(truth, says=(says, *truth.says))


def _kept_so_far(facts: NormFacts, asked: Asked) -> Truth:
    answers = asked.facts.basis.of_norm(facts.norm.id, asked.bearer)
    ids = tuple(sorted(a.id for a in answers))
    if any(a.answer is Answer.VIOLATED for a in answers):
        return Truth(False, "act", (f"{_named(facts)} not kept: assessed as violated",), ids)
    wholes = [a for a in answers if a.instance == WHOLE] or answers
    if wholes and all(a.answer is Answer.KEPT for a in wholes):
        return Truth(True, "act", (f"{_named(facts)} kept",), ids)
    return Truth(
        None, "act", (f"{_named(facts)} not shown as kept{_undetermined(facts, asked)}",), ids
    )


def _named(facts: NormFacts) -> str:
    return f"{facts.norm.title} ({facts.norm.id})" if facts.norm.title else facts.norm.id


def _undetermined(facts: NormFacts, asked: Asked) -> str:
    answers = asked.facts.basis.of_norm(facts.norm.id, asked.bearer)
    reasons = sorted({r for a in answers for r in a.reasons})
    return f": undetermined because {', '.join(reasons)}" if reasons else ""


# --- what people have recorded ------------------------------------------------------------------


def _declared(call: Call, asked: Asked) -> Truth:
    by = _words(call.arg("by"))
    made = asked.facts.basis.said(Says.DECLARES, Says.DECIDES, Says.STARTS, Says.ENDS)
    deal = asked.facts.basis.agreement
    about = _first(call)
    mine = [
        s
        for s in made
        if set(by) <= set(ids_of(deal, s.by))
        and (not about or s.about == about)
        and s.when.start < asked.end
    ]
    records = tuple(sorted(s.origin.id for s in mine))
    if not mine:
        return Truth(False, "trigger", (f"declaration of {listed(by)}: not recorded",))
    return Truth(
        True, "trigger", (f"declared by {listed(by)}",), records=records, since=mine[0].when.start
    )


def _judged(call: Call, asked: Asked) -> Truth:
    basis, term = asked.facts.basis, _first(call)
    block = next((t for t in basis.agreement.terms if t.id == term), None)
    deciders = _words(call.arg("by")) or (ids_in(block.decided_by) if block else ())
    if not deciders:
        says = f"{term}: the deal names nobody who may say that it applies"
        return Truth(None, "trigger", (says,))
    said = basis.said(Says.JUDGES, Says.REJECTS, about=term)
    against = tuple(s for s in said if s.says is Says.REJECTS or s.claim.startswith("not "))
    made = tuple(s for s in said if s not in against)
    yes, no = (speakers(made, basis.agreement), speakers(against, basis.agreement))
    records = tuple(sorted(s.origin.id for s in said))
    if any(d in no for d in deciders):
        says = f"{term}: refused by {listed(d for d in deciders if d in no)}"
        return Truth(None if yes & set(deciders) else False, "trigger", (says,), records=records)
    missing = [d for d in deciders if d not in yes]
    if missing:
        says = f"{term}: decision of {listed(missing)} is not recorded"
        return Truth(None, "trigger", (says,), records=records)
    return Truth(True, "trigger", (f"{term}: judged by {listed(deciders)}",), records=records)


def _request(call: Call, asked: Asked) -> Truth:
    kind, basis = _first(call), asked.facts.basis
    made = [s.origin.id for s in basis.statements if s.about == kind and s.when.start < asked.end]
    made += [
        o.origin.id
        for x in basis.attributed
        for o in x.incident.observations
        if o.asked and o.when.start < asked.end
    ]
    says = f"{many(len(made), 'record')} of a request ({kind})"
    return Truth(bool(made), "trigger", (says,), records=tuple(sorted(made)))


def _of_an_act(call: Call) -> Truth:
    says = f"{call.name}({_first(call)}) speaks about a single act; of the deal it cannot be said"
    return Truth(None, "trigger", (says,))


_ANSWERS: dict[str, Callable[[Call, Asked], Truth]] = {
    "all": _all,
    "any": _any,
    "declared": _declared,
    "done": _done,
    "finding": _finding,
    "in-force": _in_force,
    "judged": _judged,
    "kept": _kept,
    "not": _not,
    "open": _open,
    "opened": _open,
    "request": _request,
    "violation": _violation,
}
