"""What follows from an assessed violation, for whom, by whom, since when; or that nothing can.

1. Every norm with an assessed or found violation is looked at, violator by violator.
2. A consequence belongs to a norm when the norm names it, or when its own condition speaks of it.
3. If the deal names none, that is a result of its own; whether it is silent, leaves it open or says
   that there is none stays apart.
4. A consequence that needs a finding is not due from an assessment (02, 3.7). Where the deal names
   nobody who may determine, no finding can exist, and that is said (02, 4.8).
5. Due becomes overdue only when the deal gives a time (``within``). Then its ``then`` is due.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.value import Amount, Nothing, Undefined
from tregua.assessment.model import Answer
from tregua.assessment.powers import speakers
from tregua.assessment.steps import moved
from tregua.reports.model import Says
from tregua.status.conditions import holds, norms_in
from tregua.status.gates import asked_now
from tregua.status.model import Due
from tregua.status.people import guarantors_of, ids_in, who_may_determine
from tregua.status.truth import Truth, all_of
from tregua.status.violations import found
from tregua.status.wording import in_clause, left_open, listed
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Consequence, Norm
    from tregua.status.basis import Basis
    from tregua.status.events import Event
    from tregua.status.facts import Facts, NormFacts
    from tregua.status.model import ClockState


def dues_of(facts: Facts, clocks: tuple[ClockState, ...]) -> tuple[Due, ...]:
    """Return what is due, by norm in the order of the deal, then by violator."""
    return tuple(due for f in facts.norms for due in _of_norm(f, facts, clocks))


def _of_norm(of: NormFacts, facts: Facts, clocks: tuple[ClockState, ...]) -> list[Due]:
    violators = tuple(sorted({e.bearer for e in of.events if e.must} | _assessed(of, facts.basis)))
    if not violators:
        return []
    named = _named(of.norm, facts.basis)
    if not named:
        return [_none_named(of, violators, facts.basis)]
    return [
        due
        for violator in violators
        for consequence in named
        for due in _with_next(consequence, of, violator, facts, clocks)
    ]


def _assessed(of: NormFacts, basis: Basis) -> set[str]:
    """Return who is assessed as a violator where no incident stands behind it (a duty overdue)."""
    answers = basis.of_norm(of.norm.id)
    return {a.bearer for a in answers if a.answer is Answer.VIOLATED and not a.incidents}


def _named(norm: Norm, basis: Basis) -> tuple[Consequence, ...]:
    stated = ids_in(norm.consequences)
    return tuple(c for c in basis.agreement.consequences if c.id in stated or norm.id in _about(c))


def _about(consequence: Consequence) -> tuple[str, ...]:
    when = consequence.when if isinstance(consequence.when, tuple) else ()
    return norms_in(when, "violation", "finding")


def _none_named(of: NormFacts, violators: tuple[str, ...], basis: Basis) -> Due:
    norm, slot = of.norm, of.norm.consequences
    where = in_clause(norm.clause)
    if isinstance(slot, Nothing):
        says = f"the deal says that nothing follows from a violation of this norm{where}"
    elif isinstance(slot, Undefined):
        quoted = f': "{slot.phrase}"' if slot.phrase else ""
        says = f"the deal leaves open what follows from a violation of this norm{where}{quoted}"
    else:
        says = f"the deal names no consequence for this norm{where}"
    return Due(
        consequence="",
        norm=norm.id,
        clause=norm.clause,
        state="none-named",
        on_whom=violators,
        by_whom=(),
        since=_first(of, violators),
        says=says + _answered_for(violators, basis),
        assessments=_ids(of, violators, basis),
    )


def _with_next(
    consequence: Consequence,
    of: NormFacts,
    violator: str,
    facts: Facts,
    clocks: tuple[ClockState, ...],
) -> list[Due]:
    due = _due(consequence, of, violator, facts, clocks)
    if due.state != "overdue":
        return [due]
    after = [c for c in facts.basis.agreement.consequences if c.id in consequence.then]
    following = [
        replace(
            due,
            consequence=c.id,
            clause=c.clause,
            state="due",
            by_whom=ids_in(c.decided_by),
            since=_limit(consequence, due.since, facts.basis),
            says=f"{c.title or c.id}: follows because {consequence.id} was not done in time",
        )
        for c in after
        if c.id != consequence.id
    ]
    return [due, *following]


def _due(
    consequence: Consequence,
    of: NormFacts,
    violator: str,
    facts: Facts,
    clocks: tuple[ClockState, ...],
) -> Due:
    basis = facts.basis
    truth, answered = _condition(consequence, violator, facts, clocks)
    finding = found(of.norm.id, basis, None, basis.at, bearer=violator or None)
    state, why = _state(consequence, of.norm, truth, finding, basis)
    if state == "due" and answered:
        state, why = answered, f"{answered}, as those who decide have recorded"
    since = _since(state, consequence, truth, finding, of, violator)
    if state == "due" and _is_late(consequence, since, basis):
        state, why = "overdue", f"{why}; {_too_late(consequence, since, basis)}"
    by_whom = ids_in(consequence.decided_by)
    if not by_whom and state != "not-due":
        why += f"; by whom: {left_open(consequence.decided_by)}"
    return Due(
        consequence=consequence.id,
        norm=of.norm.id,
        clause=consequence.clause,
        state=state,
        on_whom=(violator,) if violator else (),
        by_whom=by_whom,
        since=since,
        says=f"{consequence.title or consequence.id}: {why}{_answered_for((violator,), basis)}",
        assessments=_ids(of, (violator,), basis),
    )


def _condition(
    consequence: Consequence, violator: str, facts: Facts, clocks: tuple[ClockState, ...]
) -> tuple[Truth, str]:
    """Return whether it follows, and how those who decide have answered it: done or waived.

    What came after their answer is new: the condition is asked again from that moment on.
    """
    slot = consequence.when
    if isinstance(slot, Nothing):
        return Truth(True, says=("no further condition",)), _answer(consequence, facts.basis)[0]
    if not isinstance(slot, tuple):
        return Truth(None, says=(f"when it follows: {left_open(slot)}",)), ""
    asked = replace(asked_now(facts, clocks), bearer=violator)
    answer, moment = _answer(consequence, facts.basis)
    if moment is not None:
        again = all_of(holds(c, replace(asked, start=moment)) for c in slot)
        if again.holds is True and again.since is not None and again.since > moment:
            return again, ""
    return all_of(holds(c, asked) for c in slot), answer


def _answer(consequence: Consequence, basis: Basis) -> tuple[str, datetime | None]:
    deciders, answer, moment = set(ids_in(consequence.decided_by)), "", None
    for said in basis.said(Says.DECIDES, Says.REJECTS, about=consequence.id):
        if speakers((said,), basis.agreement) & deciders:
            answer = "waived" if said.says is Says.REJECTS else "done"
            moment = said.when.start
    return answer, moment


def _state(
    consequence: Consequence, norm: Norm, truth: Truth, finding: Truth, basis: Basis
) -> tuple[str, str]:
    if truth.holds is not True:
        why = "; ".join(truth.says)
        words = "not due" if truth.holds is False else "whether it is due cannot be said"
        return "not-due", f"{words}: {why}"
    if consequence.needs != "assessment" and finding.holds is not True:
        differ = "; ".join(finding.says) if finding.holds is None else ""
        return "needs-finding", differ or _no_finding(norm, basis)
    return "due", "; ".join(truth.says)


def _no_finding(norm: Norm, basis: Basis) -> str:
    may = who_may_determine(basis.agreement)
    if may:
        return f"needs a finding by {listed(may, 'or')}; none about {norm.id} is recorded"
    return "needs a finding, and the deal names nobody who may determine"


def _since(
    state: str, consequence: Consequence, truth: Truth, finding: Truth, of: NormFacts, violator: str
) -> datetime | None:
    if state == "not-due":
        return None
    known = truth.since or _first(of, (violator,))
    if consequence.needs == "assessment" or finding.since is None or known is None:
        return known
    return max(known, finding.since)


def _limit(consequence: Consequence, since: datetime | None, basis: Basis) -> datetime | None:
    if since is None or not isinstance(consequence.within, Amount):
        return None
    return moved(since, consequence.within, zone=basis.agreement.zone)


def _is_late(consequence: Consequence, since: datetime | None, basis: Basis) -> bool:
    limit = _limit(consequence, since, basis)
    return limit is not None and limit <= basis.at


def _too_late(consequence: Consequence, since: datetime | None, basis: Basis) -> str:
    limit = _limit(consequence, since, basis)
    return "" if limit is None else f"the time ended at {show_time(limit, basis.agreement.zone)}"


def _answered_for(violators: tuple[str, ...], basis: Basis) -> str:
    guarantors = guarantors_of(basis.agreement, violators)
    return f"; guarantor of {listed(violators)}: {listed(guarantors)}" if guarantors else ""


def _first(of: NormFacts, violators: tuple[str, ...]) -> datetime | None:
    return min((e.since for e in _certain(of, violators)), default=None)


def _ids(of: NormFacts, violators: tuple[str, ...], basis: Basis) -> tuple[str, ...]:
    ids = {e.assessment for e in _certain(of, violators)}
    ids |= {
        a.id
        for a in basis.of_norm(of.norm.id)
        if a.answer is Answer.VIOLATED and a.bearer in violators and not a.incidents
    }
    return tuple(sorted(ids))


def _certain(of: NormFacts, violators: tuple[str, ...]) -> tuple[Event, ...]:
    return tuple(e for e in of.events if e.must and e.bearer in violators)
