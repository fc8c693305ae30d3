"""The conditions of an exception, asked for one incident and one bearer, three-valued.

Facts of the record (an authorisation, a notification, a declaration) are true when they are
recorded and false when they are not, and say what was searched. Whether a clock has run, or
another norm was kept, is not known in this room: it stays open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Compare
from tregua.agreement.value import Call
from tregua.assessment.element import all_of, any_of, negated, said
from tregua.assessment.evidence import edges
from tregua.assessment.facts import every, instant, interval, test
from tregua.assessment.judgements import judged_element
from tregua.assessment.model import Why
from tregua.assessment.names import expanded, ids_meant
from tregua.assessment.notices import notified_element
from tregua.assessment.place_test import place_element
from tregua.assessment.prior import prior_element
from tregua.assessment.steps import span_length
from tregua.assessment.who_test import among, facts_of
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tregua.agreement.model import Condition, Ids, Slot
    from tregua.agreement.value import Item
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement


@dataclass(frozen=True, slots=True)
class Question:
    """A condition is asked about this incident, for this bearer (empty: for anyone)."""

    item: Attributed
    bearer: str
    decided_by: Slot[Ids]
    evidence: Evidence


def condition_element(condition: Condition, question: Question) -> Element:
    """Return the value of one condition."""
    if isinstance(condition, Compare):
        return _open(f"how far clock {condition.clock} has run is not known here")
    if condition.name in ("not", "any", "all"):
        return _logic(condition, question)
    ask = _ASK.get(condition.name)
    return (
        _open(f"{condition.name} is not decided here") if ask is None else ask(condition, question)
    )


def plain_words(call: Call) -> tuple[str, ...]:
    """Return the arguments without a name."""
    return tuple(i.word for i in call.plain() if i.word)


def named_word(call: Call, name: str) -> str:
    """Return a named argument's word, or an empty string."""
    item = call.arg(name)
    return item.word if item else ""


def seconds_of(call: Call, name: str) -> float | None:
    """Return a named length of time in seconds; ``None`` when the text gives none."""
    amount = call.arg(name)
    span = span_length(amount.only) if amount and isinstance(amount.only, Amount) else None
    return None if span is None else span.total_seconds()


def _open(says: str) -> Element:
    facts = test("open")
    return said(says, "exception", Why.NEEDS_DECISION, must=False, may=True, facts=facts)


def _logic(call: Call, question: Question) -> Element:
    inner = [condition_element(c, question) for c in map(_condition, call.plain()) if c]
    if call.name == "any":
        return any_of(inner, "any of", "exception")
    together = all_of(inner, "all of", "exception")
    return negated(together, "not") if call.name == "not" else together


def _condition(item: Item) -> Condition | None:
    return item.only if isinstance(item.only, Call) else None


def _prior(call: Call, question: Question) -> Element:
    side = named_word(call, "on") or "actor"
    side = question.bearer if side == "actor" else side
    amount = call.arg("within")
    span = span_length(amount.only) if amount and isinstance(amount.only, Amount) else None
    acts = plain_words(call)
    if span is None or not acts:
        return _open("the text gives no time within which the prior act must have happened")
    return prior_element(question.item, acts[0], side, span, question.evidence)


def _target_in(call: Call, question: Question) -> Element:
    roots = expanded(plain_words(call), question.evidence.agreement)
    targets = question.item.targets
    must, may, *_ = among(targets, roots, question.evidence)
    says = f"the target is one of {', '.join(roots) or 'nobody'}"
    facts = (*test("among"), *facts_of(targets, roots, question.evidence))
    return said(says, "exception", Why.WHO, must=must, may=may, facts=facts)


def _place_in(call: Call, question: Question) -> Element:
    return place_element(question.item.incident.place, plain_words(call), question.evidence)


def _judged(call: Call, question: Question) -> Element:
    by = (named_word(call, "by"),) if named_word(call, "by") else question.decided_by
    term = next(iter(plain_words(call)), "")
    known = next((t for t in question.evidence.agreement.terms if t.id == term), None)
    if known is not None and isinstance(known.measured_as, tuple):
        parts = [condition_element(c, question) for c in known.measured_as]
        return all_of(parts, f"{term} as the text measures it", "exception")
    return judged_element(term, by, question.item, question.evidence)


def _recorded(says: str, found: list[Statement], question: Question, *, what: str) -> Element:
    """Return a fact of the record: true when a statement says so, else false with the search."""
    records = tuple(sorted(s.origin.id for s in found))
    total = len(question.evidence.statements)
    return said(
        says,
        "exception",
        must=bool(found),
        may=bool(found),
        records=records,
        searched="" if found else f"{total} statements for {what}",
        facts=(*test("recorded"), *every("found", records)),
    )


def _by(statement: Statement, who: str, question: Question) -> bool:
    return not who or who in ids_meant(statement.by, question.evidence.agreement)


def _before(statement: Statement, question: Question) -> bool:
    return statement.when.start <= edges(question.item.incident.when)[0]


def _authorised(call: Call, question: Question) -> Element:
    body = named_word(call, "by")
    found = [
        s
        for s in question.item.incident.replies
        if s.says is Says.DECIDES and _by(s, body, question)
    ]
    return _recorded(f"authorised by {body}", found, question, what="an authorisation of the act")


def _tried(call: Call, question: Question) -> Element:
    procedure = next(iter(plain_words(call)), "")
    found = [
        s
        for s in question.evidence.statements
        if s.about == procedure and _by(s, question.bearer, question) and _before(s, question)
    ]
    return _recorded(f"{procedure} was tried before", found, question, what=procedure)


def _declared(call: Call, question: Question) -> Element:
    who = named_word(call, "by")
    who = question.bearer if who == "actor" else who
    says = (Says.DECLARES, Says.SETS, Says.STARTS, Says.ENDS, Says.SUSPENDS)
    found = [
        s
        for s in question.evidence.statements
        if s.says in says and _by(s, who, question) and _before(s, question)
    ]
    return _recorded(f"declared by {who}", found, question, what=f"a declaration by {who}")


def _finding(call: Call, question: Question) -> Element:
    norm = next(iter(plain_words(call)), "")
    found = [s for s in question.evidence.statements if s.says is Says.FINDS and s.about == norm]
    return _recorded(f"a finding on {norm} is recorded", found, question, what="findings")


def _moment(call: Call, question: Question) -> Element:
    """Return ``done(duty)`` and ``open(gate)``: whether the moment is recorded before the act."""
    about = next(iter(plain_words(call)), "")
    name = f"{'opened' if call.name == 'open' else call.name}({about})"
    moments = question.evidence.moments
    when = moments.at(name)
    holds = when is not None and when.start <= edges(question.item.incident.when)[0]
    says, records = f"{name} before the act", moments.records(name)
    if holds and name in moments.uncertain:
        facts = (*test("recorded", ("contested", "yes")), *every("found", records))
        return said(
            says,
            "exception",
            Why.NEEDS_DECISION,
            must=False,
            may=True,
            records=records,
            facts=facts,
        )
    return said(
        says,
        "exception",
        must=holds,
        may=holds,
        records=records,
        searched="" if holds else f"{len(question.evidence.statements)} statements",
        facts=test(
            "before-the-act",
            ("moment", instant(when.start) if when else ""),
            ("act at", interval(*edges(question.item.incident.when))),
        ),
    )


def _in_force(call: Call, question: Question) -> Element:
    phase = next(iter(plain_words(call)), "")
    span = question.evidence.moments.phase(phase)
    first, last = edges(question.item.incident.when)
    start = span.start if span else None
    if span is None or start is None:
        facts = test("phase-then", ("begins", ""), ("act at", interval(first, last)))
        return said(f"phase {phase} was in force", "exception", must=False, may=False, facts=facts)
    sure_start = (span.certain_start or start) if span.begun_certainly else None
    must = sure_start is not None and first >= sure_start
    must = must and (span.certain_end is None or last < span.certain_end)
    may = last >= start and (span.end is None or first < span.end)
    facts = test(
        "phase-then",
        ("begins", instant(start)),
        ("act at", interval(first, last)),
        ("in some reading", interval(start, span.end)),
        ("in every reading", interval(sure_start, span.certain_end)),
    )
    says = f"phase {phase} was in force"
    return said(says, "exception", Why.WHEN, must=must and may, may=may, facts=facts)


def _notified(call: Call, question: Question) -> Element:
    amount = call.arg("before")
    lead = span_length(amount.only) if amount and isinstance(amount.only, Amount) else None
    to = named_word(call, "to")
    return notified_element(question.item, question.bearer, to, lead, question.evidence)


def _request(call: Call, question: Question) -> Element:
    kind = next(iter(plain_words(call)), "")
    found = [s for s in question.evidence.statements if s.about == kind and _before(s, question)]
    says = f"a request of kind {kind} is recorded"
    incident = question.item.incident
    if any(o.asked for o in incident.observations):
        records = incident.record_ids
        facts = (*test("recorded"), *every("found", records))
        return said(says, "exception", must=True, may=True, records=records, facts=facts)
    return _recorded(says, found, question, what=f"a request of kind {kind}")


_ASK = {
    "prior": _prior,
    "target-in": _target_in,
    "place-in": _place_in,
    "judged": _judged,
    "authorised": _authorised,
    "tried": _tried,
    "declared": _declared,
    "finding": _finding,
    "done": _moment,
    "open": _moment,
    "in-force": _in_force,
    "notified": _notified,
    "request": _request,
}
