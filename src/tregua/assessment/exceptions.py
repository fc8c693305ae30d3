"""Exceptions: claims with a burden, not silent holes (deal language, section 4.5).

* ``outside``: if it certainly holds, the norm never applied and there is no instance; if it may
  hold, the reason is ``who`` or ``where``.
* ``justified``: if it certainly holds, the act is kept and marked; while a judged term is open,
  ``needs-decision``; while the machine's part only may hold, its own reasons, and
  ``exception-claimed`` when the acting side has claimed it or the accuser must refute it.

An exception that may hold always keeps the answer open, whoever carries the burden: else a prior
act that becomes certain would turn "violated" into "kept" (property P4). The burden decides which
reason is given, and is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Nothing, Undefined
from tregua.assessment.conditions import Question, condition_element
from tregua.assessment.element import Element, all_of, element, reasons_of, said
from tregua.assessment.explain import assumptions, node
from tregua.assessment.facts import reasons, test
from tregua.assessment.judgements import keys_of
from tregua.assessment.model import Why
from tregua.assessment.names import ids_meant
from tregua.assessment.place_test import place_element
from tregua.reports.model import Says

if TYPE_CHECKING:
    from tregua.agreement.model import Condition, ExceptionClause, Norm
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.model import Because
    from tregua.attribution.model import Attributed

_CLAIMS = frozenset({Says.REPLIES, Says.ADMITS, Says.DECLARES, Says.CLAIMS_STATE})


@dataclass(frozen=True, slots=True)
class Excused:
    """What the exceptions of a norm do to one incident for one bearer.

    Attributes:
        outside: the norm certainly never applied to it.
        justified: id of the exception that certainly justifies it; empty when none does.
        tests: every exception as an element, in the order of the norm.
    """

    outside: bool
    justified: str
    tests: tuple[Element, ...]

    @property
    def may(self) -> bool:
        """Say whether some exception holds in some reading."""
        return any(t.may for t in self.tests)


def excused(item: Attributed, bearer: str, norm: Norm, evidence: Evidence) -> Excused:
    """Test every exception of the norm on one incident, for one bearer."""
    clauses = {e.id: e for e in evidence.agreement.exceptions}
    tests = []
    outside, justified = False, ""
    for exception in (clauses[i] for i in norm.exceptions if i in clauses):
        key = ("exception", exception.id, item.incident.id, bearer)
        test = evidence.cached(key, partial(_test, exception, item, bearer, evidence))
        tests.append(test)
        if test.must and exception.result == "outside":
            outside = True
        elif test.must:
            justified = justified or exception.id
    return Excused(outside, justified, tuple(tests))


def _test(exception: ExceptionClause, item: Attributed, bearer: str, evidence: Evidence) -> Element:
    question = Question(item, bearer, exception.decided_by, evidence)
    conditions = exception.when if isinstance(exception.when, tuple) else ()
    machine = [condition_element(c, question) for c in conditions if not is_judged(c)]
    judged = [condition_element(c, question) for c in conditions if is_judged(c)]
    if not conditions:
        says = f"the text leaves open when {exception.id} applies"
        facts = test("open")
        judged = [said(says, "undefined", Why.NEEDS_DECISION, must=False, may=True, facts=facts)]
    machine += _only_in(exception, question)
    whole = all_of([*machine, *judged], f"exception {exception.id}", "exception")
    open_ = exception.result == "justified" and not all(e.must for e in machine)
    claimed = open_ and whole.may and _is_claimed(exception, question)
    why = _reasons(exception, machine, judged, claimed=claimed)
    notes = (*_burden(exception), *assumptions(exception.assumed, exception.clause))
    because = node(
        f"exception {exception.id} ({exception.result})",
        "exception",
        whole.because.holds,
        clause=exception.clause,
        parts=(*whole.because.parts, *notes),
        facts=(
            *test("exception", ("id", exception.id), ("result", exception.result)),
            ("decided by the machine", str(len(machine))),
            ("left to people", str(len(judged))),
            ("burden", exception.burden if isinstance(exception.burden, str) else ""),
            ("claimed", "yes" if claimed else "no"),
            *(reasons(why) if whole.is_uncertain else ()),
        ),
    )
    return element(because, *why, must=whole.must, may=whole.may, low=whole.low, high=whole.high)


def is_judged(condition: Condition) -> bool:
    """Say whether people decide a condition by judging that a term applies."""
    return isinstance(condition, Call) and condition.name == "judged"


def _only_in(exception: ExceptionClause, question: Question) -> list[Element]:
    if exception.only_in is None or isinstance(exception.only_in, Nothing):
        return []
    if isinstance(exception.only_in, Undefined):
        says = f"the text leaves open where {exception.id} applies"
        facts = test("open")
        return [said(says, "undefined", Why.WHERE, must=False, may=True, facts=facts)]
    place = question.item.incident.place
    return [place_element(place, exception.only_in, question.evidence)]


def _reasons(
    exception: ExceptionClause, machine: list[Element], judged: list[Element], *, claimed: bool
) -> tuple[Why, ...]:
    if all(e.must for e in machine):
        return reasons_of(judged)
    why = set(reasons_of(machine))
    if exception.result == "justified":
        accuser = exception.burden == "accusing-party"
        if accuser or claimed:
            why.add(Why.EXCEPTION_CLAIMED)
    return tuple(sorted(why))


def _is_claimed(exception: ExceptionClause, question: Question) -> bool:
    """Say whether the bearer has claimed this exception for this incident."""
    names = {exception.id, exception.title}
    agreement = question.evidence.agreement
    if any(
        s.says in _CLAIMS and s.claim in names and question.bearer in ids_meant(s.by, agreement)
        for s in question.item.incident.replies
    ):
        return True
    keys = keys_of(question.item)
    return any(
        s.about == exception.id
        and s.claim in keys
        and question.bearer in ids_meant(s.by, agreement)
        for s in question.evidence.statements
    )


def _burden(exception: ExceptionClause) -> tuple[Because, ...]:
    if exception.result == "outside":
        return ()
    clause = exception.clause
    if isinstance(exception.burden, str):
        facts = test("burden", ("on", exception.burden))
        says = f"burden: {exception.burden}"
        return (node(says, "exception", True, clause=clause, facts=facts),)
    says = "the text does not say who must show it; read as the acting party"
    return (node(says, "undefined", None, clause=clause, facts=test("burden", ("on", ""))),)
