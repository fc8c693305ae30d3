"""Conditions about what people have recorded: declarations, judgements, requests, findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.powers import record_ids, speakers
from tregua.reports.model import Says
from tregua.status.asked import first_word, words_of
from tregua.status.people import ids_in
from tregua.status.truth import Truth
from tregua.status.violations import found
from tregua.status.wording import listed, many

if TYPE_CHECKING:
    from tregua.agreement.model import Call, Ids
    from tregua.status.asked import Asked

DECLARATIONS = (Says.DECLARES, Says.DECIDES, Says.STARTS, Says.ENDS)
NOT = "not "  # a judgement that a term does not apply begins so (assessment/judgements.py)


def finding(call: Call, asked: Asked) -> Truth:
    """Say whether a finding of a violation of a norm is recorded."""
    basis, bearer = asked.facts.basis, asked.bearer or None
    return found(first_word(call), basis, asked.start, asked.end, bearer=bearer)


def declared(call: Call, asked: Asked) -> Truth:
    """Say whether all who must have declared it, in one statement or several."""
    by, about, deal = words_of(call.arg("by")), first_word(call), asked.facts.basis.agreement
    made = tuple(
        s
        for s in asked.facts.basis.said(*DECLARATIONS)
        if s.when.start < asked.end
        and (not about or s.about == about)
        and speakers((s,), deal) & set(by)
    )
    missing = set(by) - speakers(made, deal)
    if missing or not made:
        says = f"declaration of {listed(sorted(missing))}: not recorded"
        return Truth(False, "trigger", (says,))
    says = f"declared by {listed(by)}"
    return Truth(True, "trigger", (says,), records=record_ids(made), since=made[-1].when.start)


def judged(call: Call, asked: Asked) -> Truth:
    """Say whether those who may have said that a term applies."""
    term, basis = first_word(call), asked.facts.basis
    deciders = words_of(call.arg("by")) or _deciders(term, asked)
    if not deciders:
        says = f"{term}: the deal names nobody who may say that it applies"
        return Truth(None, "trigger", (says,))
    said = basis.said(Says.JUDGES, Says.REJECTS, about=term)
    against = tuple(s for s in said if s.says is Says.REJECTS or s.claim.startswith(NOT))
    made = tuple(s for s in said if s not in against)
    yes, no = speakers(made, basis.agreement), speakers(against, basis.agreement)
    records = record_ids(said)
    refusing = [d for d in deciders if d in no]
    if refusing:
        holds = None if yes & set(deciders) else False
        says = f"{term}: refused by {listed(refusing)}"
        return Truth(holds, "trigger", (says,), records=records)
    missing = [d for d in deciders if d not in yes]
    if missing:
        says = f"{term}: decision of {listed(missing)} is not recorded"
        return Truth(None, "trigger", (says,), records=records)
    return Truth(True, "trigger", (f"{term}: judged by {listed(deciders)}",), records=records)


def _deciders(term: str, asked: Asked) -> Ids:
    block = next((t for t in asked.facts.basis.agreement.terms if t.id == term), None)
    return () if block is None else ids_in(block.decided_by)


def requested(call: Call, asked: Asked) -> Truth:
    """Say whether a request of that kind is recorded, by a statement or with a reported act."""
    kind, basis = first_word(call), asked.facts.basis
    made = [s.origin.id for s in basis.statements if s.about == kind and s.when.start < asked.end]
    made += [
        o.origin.id
        for x in basis.attributed
        for o in x.incident.observations
        if o.asked and o.when.start < asked.end
    ]
    says = f"{many(len(made), 'record')} of a request ({kind})"
    return Truth(bool(made), "trigger", (says,), records=tuple(sorted(made)))
