"""Conditions about norms: ``violation(norm)``, ``violation(norm, count:, in:)``, ``kept(norm)``."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount
from tregua.agreement.value import Number
from tregua.assessment.made import WHOLE
from tregua.assessment.model import Answer, Why
from tregua.status.asked import earlier, first_word
from tregua.status.in_worlds import in_not, never_certain
from tregua.status.truth import Truth, doubted, negated
from tregua.status.violations import violated_in, violated_in_worlds, violated_often
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.model import Call
    from tregua.assessment.model import Assessment
    from tregua.status.asked import Asked
    from tregua.status.facts import NormFacts
    from tregua.status.in_worlds import InWorlds

ABOUT_INCIDENTS = {Why.WHO, Why.WHAT, Why.WHERE, Why.EXCEPTION_CLAIMED, Why.CONTESTED}


def violation(call: Call, asked: Asked) -> Truth:
    """Say whether a norm was violated in what is asked, once or as often as the condition wants."""
    facts = asked.facts.of(first_word(call))
    if facts is None:
        return Truth(None, "act", (f"norm {first_word(call)} is not known",))
    start = asked.start or facts.begin
    if start is None or start >= asked.end:
        return Truth(False, "phase", (f"{facts.norm.id} has not come into force as known",))
    count, window = call.arg("count"), call.arg("in")
    if count is None or not isinstance(count.only, Number):
        return violated_in(facts, start, asked.end, bearer=asked.bearer, is_over=asked.is_over)
    back = None
    if window is not None and isinstance(window.only, Amount):
        back = partial(earlier, amount=window.only, zone=asked.facts.basis.agreement.zone)
    return violated_often(
        facts,
        start,
        asked.end,
        count=int(count.only.value),
        back=back,
        bearer=asked.bearer,
        is_over=asked.is_over,
    )


def kept(call: Call, asked: Asked) -> Truth:
    """Say whether a norm was kept through a span that ends now, or so far; never from silence."""
    facts = asked.facts.of(first_word(call))
    span = call.arg("for")
    if facts is None:
        return Truth(None, "act", (f"norm {first_word(call)} is not known",))
    if span is None or not isinstance(span.only, Amount):
        return _kept_so_far(facts, asked)
    start = earlier(asked.end, span.only, asked.facts.basis.agreement.zone)
    force = facts.in_force_through(start, asked.end)
    if force is False:
        says = f"{_named(facts)} not kept for {span.only}: {_times(facts, asked)}"
        return Truth(False, "time", (says + _undetermined(facts, asked),))
    truth = negated(violated_in(facts, start, asked.end, bearer=asked.bearer))
    truth = truth if force else doubted(truth)
    if truth.holds:
        return replace(truth, says=(f"{_named(facts)} kept for {span.only}",))
    says = f"{_named(facts)} not shown as kept for {span.only}{_undetermined(facts, asked)}"
    return replace(truth, says=(says, *truth.says))


def _times(facts: NormFacts, asked: Asked) -> str:
    zone = asked.facts.basis.agreement.zone
    begin, end = facts.begin, facts.end
    if begin is None or begin >= asked.end:
        return "it has not come into force"
    if end is not None and end < asked.end:
        return f"it ended at {show_time(end, zone)}"
    return f"it runs since {show_time(begin, zone)}"


def _kept_so_far(facts: NormFacts, asked: Asked) -> Truth:
    answers = asked.facts.basis.of_norm(facts.norm.id, asked.bearer)
    ids = tuple(sorted(a.id for a in answers))
    if any(a.answer is Answer.VIOLATED for a in answers):
        return Truth(False, "act", (f"{_named(facts)} not kept: assessed as violated",), ids)
    wholes = [a for a in answers if a.instance == WHOLE] or answers
    if wholes and all(a.answer is Answer.KEPT for a in wholes):
        return Truth(True, "act", (f"{_named(facts)} kept",), ids)
    says = f"{_named(facts)} not shown as kept{_undetermined(facts, asked)}"
    worlds = _kept_in_worlds(facts, wholes, asked)
    return Truth(None, "act", (says,), ids, worlds=worlds)


def _kept_in_worlds(
    facts: NormFacts, wholes: Iterable[Assessment], asked: Asked
) -> InWorlds | None:
    """Return in which worlds it was kept: none of its incidents is a violation there.

    That it was is certain only where nothing but the incidents leaves the whole time open.
    """
    violated = violated_in_worlds(facts, asked.bearer)
    if violated is None:
        return None
    found = in_not(violated)
    settled = {r for a in wholes for r in a.reasons} <= ABOUT_INCIDENTS
    return found if settled else never_certain(found)


def _named(facts: NormFacts) -> str:
    return f"{facts.norm.title} ({facts.norm.id})" if facts.norm.title else facts.norm.id


def _undetermined(facts: NormFacts, asked: Asked) -> str:
    answers = asked.facts.basis.of_norm(facts.norm.id, asked.bearer)
    reasons = sorted({r for a in answers for r in a.reasons})
    return f": undetermined because {', '.join(reasons)}" if reasons else ""
