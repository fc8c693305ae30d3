"""Judged terms: a person decides that a word such as "proportionate" applies; no machine does.

A judgement concerns an incident when it is among its replies, or when it names the term and, as its
claim, the incident, its matter or one of its records. Only those count whom the deal names; where
it names nobody, nobody can decide, and the answer stays open.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.element import said
from tregua.assessment.facts import every, test
from tregua.assessment.model import Why
from tregua.assessment.names import ids_meant
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tregua.agreement.model import Ids, Slot
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement

_NOT = "not "


def judged_element(term: str, by: Slot[Ids], item: Attributed, evidence: Evidence) -> Element:
    """Return the element "those who may say so have decided that the term applies"."""
    deciders = by if isinstance(by, tuple) else _deciders(term, evidence)
    if not deciders:
        says = f"{term}: the text names nobody who may decide it"
        facts = test("judged", ("term", term))
        return said(says, "exception", Why.NEEDS_DECISION, must=False, may=True, facts=facts)
    yes: set[str] = set()
    no: set[str] = set()
    records = []
    for statement, applies in _judgements(term, item, evidence):
        who = ids_meant(statement.by, evidence.agreement) & set(deciders)
        (yes if applies else no).update(who)
        records += [statement.origin.id] if who else []
    return _weighed(term, deciders, (yes, no), tuple(sorted(records)))


def keys_of(item: Attributed) -> frozenset[str]:
    """Return every key under which a statement may speak of an incident."""
    matters = {o.matter for o in item.incident.observations if o.matter}
    return frozenset({item.incident.id, *matters, *item.incident.record_ids})


def _deciders(term: str, evidence: Evidence) -> tuple[str, ...]:
    known = next((t for t in evidence.agreement.terms if t.id == term), None)
    return known.decided_by if known and isinstance(known.decided_by, tuple) else ()


def _weighed(
    term: str,
    deciders: tuple[str, ...],
    decided: tuple[set[str], set[str]],
    records: tuple[str, ...],
) -> Element:
    """Weigh the decisions: all deciders must agree, since the text gives a term no mode."""
    yes, no = decided
    by = ", ".join(deciders)
    facts = test("judged", ("term", term))
    facts += (*every("decider", deciders), *every("yes", sorted(yes)), *every("no", sorted(no)))
    agree_yes = not no and yes == set(deciders)
    agree_no = not yes and no == set(deciders)
    if agree_yes or agree_no:
        says = f"{term}: decided by {by}"
        return said(says, "exception", must=agree_yes, may=agree_yes, records=records, facts=facts)
    says = f"{term}: to be decided by {by}"
    why = (Why.NEEDS_DECISION, Why.CONTESTED) if yes and no else (Why.NEEDS_DECISION,)
    return said(says, "exception", *why, must=False, may=True, records=records, facts=facts)


def _judgements(term: str, item: Attributed, evidence: Evidence) -> list[tuple[Statement, bool]]:
    found = [
        (s, not s.claim.startswith(_NOT))
        for s in item.incident.replies
        if s.says is Says.JUDGES and s.claim.removeprefix(_NOT) in (term, "")
    ]
    keys = keys_of(item)
    found += [
        (s, not s.claim.startswith(_NOT))
        for s in _about(term, evidence)
        if s.claim.removeprefix(_NOT) in keys
    ]
    return found


def _about(term: str, evidence: Evidence) -> tuple[Statement, ...]:
    return evidence.cached(
        ("judgements", term),
        lambda: tuple(s for s in evidence.statements if s.says is Says.JUDGES and s.about == term),
    )
