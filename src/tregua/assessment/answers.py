"""What was done towards a duty: acts in incidents, and declarations that are acts themselves.

An acceptance or a recommitment is done by declaring it. A completion is certain when those whom the
deal names certify it; that the bearer says so himself makes it possible. What answers a request, or
follows another duty or a gate, does so only if it lies after that: what certainly lies before it is
no answer, what may lie before it is no certain one. The key of a request binds an act without that.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tregua.assessment.candidates import candidates
from tregua.assessment.columns import Rows, Ticks, flags, ints
from tregua.assessment.element import all_of, element, reasons_of, said
from tregua.assessment.evidence import edges
from tregua.assessment.explain import all_records, node
from tregua.assessment.facts import every, interval, reasons, test, value
from tregua.assessment.model import Why
from tregua.assessment.names import ids_meant
from tregua.assessment.operator import Form
from tregua.assessment.operators.once_within import ONCE_WITHIN
from tregua.assessment.place_test import place_element
from tregua.assessment.rules import is_limited, owed
from tregua.assessment.table import microseconds
from tregua.assessment.who_test import actor_element
from tregua.reports.model import Says

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Act, Norm
    from tregua.assessment.columns import Answers as Found
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.assessment.model import Because
    from tregua.assessment.triggers import Trigger
    from tregua.attribution.model import Attributed
    from tregua.terms.time import When

_EVER = 2**62  # microseconds: further back than anything
_SHOWN = 10  # uncertain acts shown one by one; all others are counted, with their records
_BY_WORD = frozenset({"accept", "recommit"})
_SAYS_DONE = frozenset({Says.DECLARES, Says.DECIDES, Says.CLAIMS_STATE})


@dataclass(frozen=True, slots=True)
class Done:
    """Something that may be the act owed, between ``first`` and ``last`` (UTC)."""

    first: datetime
    last: datetime
    certain: bool
    why: tuple[Why, ...]
    because: Because


@dataclass(frozen=True, slots=True)
class Answers:
    """What was done for each act of a duty, in the order of its acts; and refusals declared."""

    per_act: tuple[tuple[Done, ...], ...]
    refusals: tuple[Because, ...] = ()
    form: Form = Form.COLUMNAR

    def by(self, moment: datetime) -> bool:
        """Say whether every act was certainly done by then (closed)."""
        return bool(self.per_act) and bool(self._done_by(moment).must.all())

    def may_be_by(self, moment: datetime) -> bool:
        """Say whether every act may have been done by then (closed)."""
        return bool(self.per_act) and bool(self._done_by(moment).may.all())

    def _done_by(self, moment: datetime) -> Found:
        """Ask for each act whether anything was ever done before the next microsecond."""
        acts = np.arange(len(self.per_act))
        ticks = Ticks(acts, np.full(len(acts), microseconds(moment) + 1))
        return ONCE_WITHIN.in_form(self.form)(self._rows(), ticks, within=_EVER)

    def _rows(self) -> Rows:
        """Return what was done as rows by time, each act a partition of its own."""
        lines = sorted(
            (microseconds(d.first), microseconds(d.last), n, d.certain)
            for n, acts in enumerate(self.per_act)
            for d in acts
        )
        number = np.arange(len(lines))
        return Rows(
            row=number,
            partition=ints([act for _, _, act, _ in lines]),
            t_lo=ints([first for first, *_ in lines]),
            t_hi=ints([last for _, last, *_ in lines]),
            must=flags([certain for *_, certain in lines]),
            may=flags([True] * len(lines)),
            incident=number,
        )

    def reasons(self, moment: datetime) -> set[Why]:
        """Return why it cannot be said whether it was done by then."""
        open_acts = [a for a in self.per_act if not any(d.certain and d.last <= moment for d in a)]
        found = {w for acts in open_acts for d in acts if d.first <= moment for w in d.why}
        straddles = any(d.first <= moment < d.last for acts in open_acts for d in acts)
        return found | ({Why.WHEN} if straddles else set())

    def nodes(self) -> tuple[Because, ...]:
        """Return the nodes of what was done: all certain ones, and the first of the others."""
        found = [(n, d) for n, acts in enumerate(self.per_act) for d in acts]
        certain = tuple(_shown(n, d) for n, d in found if d.certain)
        others = [(n, d) for n, d in found if not d.certain]
        shown = tuple(_shown(n, d) for n, d in others[:_SHOWN])
        rest = (_rest(others[_SHOWN:]),) if others[_SHOWN:] else ()
        return (*certain, *shown, *rest, *self.refusals)


def _shown(act: int, done: Done) -> Because:
    """Return the node of something done, for the act of that number in the duty."""
    facts = (*_line(act, done), *reasons(done.why))
    return replace(done.because, facts=facts)


def _rest(others: list[tuple[int, Done]]) -> Because:
    lines = (json.dumps([*(text for _, text in _line(n, d)[1:]), *d.why]) for n, d in others)
    return node(
        f"{len(others)} more that may be it",
        "act",
        None,
        records=all_records(d.because for _, d in others),
        facts=(*test("more"), *every("one", lines)),
    )


def _line(act: int, done: Done) -> Facts:
    at, certain = interval(done.first, done.last), value(done.certain)
    return test("done", ("act", str(act)), ("at", at), ("certain", certain))


def answers_to(norm: Norm, bearer: str, trigger: Trigger, evidence: Evidence) -> Answers:
    """Find what the bearer did towards this instance of a duty."""
    certified = _certified(norm, evidence) if not trigger.asked else ()
    per_act = []
    for number, act in enumerate(norm.acts):
        items = candidates(owed(norm, bearer, number), evidence)
        done = _acts(items, act, norm, bearer, trigger, evidence)
        words = (*_words(act, norm, bearer, evidence), *certified)
        per_act.append((*done, *(w for d in words if (w := _said_after(d, trigger)))))
    return Answers(tuple(per_act), _refusals(norm, bearer, evidence), evidence.form)


def _acts(
    items: tuple[Attributed, ...],
    act: Act,
    norm: Norm,
    bearer: str,
    trigger: Trigger,
    evidence: Evidence,
) -> tuple[Done, ...]:
    found = []
    for item in items:
        if not _may_answer(item, trigger):
            continue
        done = _done(item, act, norm, bearer, trigger, evidence)
        if done is not None:
            found.append(done)
    return tuple(found)


def _may_answer(item: Attributed, trigger: Trigger) -> bool:
    """Say whether an act may answer this trigger: the same request, or not certainly before it."""
    if trigger.asked:
        return any(o.asked == trigger.asked for o in item.incident.observations)
    return not trigger.comes_first or edges(item.incident.when)[1] >= trigger.first


def _after(when: When, trigger: Trigger) -> Element:
    """Return the element "it was not before what set the duty off" (closed)."""
    first, last = edges(when)
    facts = test(
        "after",
        ("when", interval(when.start, when.end)),
        ("precision", when.precision),
        ("since", interval(trigger.first, trigger.last)),
    )
    return said(
        f"it was not done before this: {trigger.because.says}",
        "time",
        Why.WHEN,
        must=first >= trigger.last,
        may=last >= trigger.first,
        facts=facts,
    )


def _said_after(done: Done, trigger: Trigger) -> Done | None:
    """Return what was declared as far as it may lie after the trigger; ``None`` if it cannot."""
    if not trigger.comes_first or done.first >= trigger.last:
        return done
    if done.last < trigger.first:
        return None
    because = replace(done.because, holds=None)
    why = tuple(sorted({*done.why, Why.WHEN}))
    return replace(done, certain=False, why=why, because=because)


def _done(
    item: Attributed, act: Act, norm: Norm, bearer: str, trigger: Trigger, evidence: Evidence
) -> Done | None:
    incident = item.incident
    who = actor_element(item, bearer, evidence)
    tests = [who, _kind(item, act, evidence)]
    if isinstance(norm.where, tuple):
        tests.append(place_element(incident.place, norm.where, evidence))
    if trigger.comes_first and not trigger.asked:
        tests.append(_after(incident.when, trigger))
    together = all_of(tests, f"{act.kind} by {bearer} in {incident.id}", "act")
    if not together.may:
        return None
    because = node(
        together.because.says,
        "act",
        together.because.holds,
        records=incident.record_ids,
        parts=together.because.parts,
    )
    return Done(*edges(incident.when), together.must, reasons_of(tests), because)


def _kind(item: Attributed, act: Act, evidence: Evidence) -> Element:
    kinds = item.incident.kinds
    limited = is_limited(act)
    covered = bool(kinds) and all(evidence.covers(act.kind, k) for k in kinds)
    must = item.happened_must and covered and not limited
    says = f"{act.kind} was done; reported as {', '.join(kinds) or 'an act not stated'}"
    if limited:
        says += "; whether as the text asks, no report says"
    facts = test("done-kind", ("act", act.kind), ("happened", value(item.happened_must)))
    facts += (*every("reported", kinds), *(() if must else reasons((Why.WHAT,))))
    because = node(says, "act", True if must else None, facts=facts)
    return element(because, Why.WHAT, must=must, may=True)


def _words(act: Act, norm: Norm, bearer: str, evidence: Evidence) -> tuple[Done, ...]:
    """Return what the bearer did, or says that it did, by declaring it."""
    found = []
    for statement in evidence.statements:
        own = bearer in ids_meant(statement.by, evidence.agreement)
        by_word = act.kind in _BY_WORD and statement.says is Says.ACCEPTS
        claims = statement.says in _SAYS_DONE and statement.about == norm.id
        if not own or not (by_word or claims):
            continue
        says = f"{bearer} {statement.says}" + (f": {statement.claim}" if statement.claim else "")
        because = node(says, "act", True if by_word else None, records=(statement.origin.id,))
        why = () if by_word else (Why.WHAT,)
        found.append(Done(*edges(statement.at or statement.when), by_word, why, because))
    return tuple(found)


def _refusals(norm: Norm, bearer: str, evidence: Evidence) -> tuple[Because, ...]:
    """Return the bearer's own refusals of a duty that is done by declaring it."""
    if not any(a.kind in _BY_WORD for a in norm.acts):
        return ()
    refused = (
        s
        for s in evidence.statements
        if s.says is Says.REJECTS and bearer in ids_meant(s.by, evidence.agreement)
    )
    return tuple(
        node(
            f"{bearer} declares that it refuses",
            "act",
            True,
            records=(s.origin.id,),
            facts=test("refused"),
        )
        for s in refused
    )


def _certified(norm: Norm, evidence: Evidence) -> tuple[Done, ...]:
    name = f"done({norm.id})"
    when = evidence.moments.at(name)
    if when is None:
        return ()
    certain = name not in evidence.moments.uncertain
    because = node(
        f"{norm.id} is certified as done",
        "act",
        True if certain else None,
        records=evidence.moments.records(name),
    )
    return (Done(*edges(when), certain, () if certain else (Why.NEEDS_DECISION,), because),)
