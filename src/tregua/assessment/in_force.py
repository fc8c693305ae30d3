"""When a norm was in force, and whether an incident fell into that time.

A norm without `during` is in force from the deal's first moment in force, and says so. Where nobody
fixed that moment, the norm may have been in force at any time up to now and certainly was at none,
whatever is known first: it is never kept over its whole time, and no time runs out from its
beginning. A norm whose phase has not begun is not in force and has no assessment at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Call, Instant, Named, Shifted
from tregua.assessment.element import said
from tregua.assessment.evidence import edges
from tregua.assessment.explain import node
from tregua.assessment.facts import EVER, every, interval, test
from tregua.assessment.model import Why
from tregua.terms.time import show_time, show_when

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.model import Because
    from tregua.assessment.spans import Pause, PhaseSpan
    from tregua.terms.time import When


@dataclass(frozen=True, slots=True)
class Period:
    """A time in force: ``[start, end)`` in some reading, ``[certain_start, certain_end)`` in all.

    ``is_begun`` is false where nobody fixed its beginning; ``start`` is then ``EVER``, or where the
    words of the norm began. ``end`` and ``certain_end`` are ``None`` while open; ``certain_start``
    is ``None`` when no instant is certain.
    """

    start: datetime
    end: datetime | None
    certain_start: datetime | None
    certain_end: datetime | None
    pauses: tuple[Pause, ...]
    because: Because
    is_begun: bool = True


def periods_of(norm: Norm, evidence: Evidence) -> tuple[Period, ...]:
    """Return the periods in which the norm was in force up to now; empty when it was not."""
    if isinstance(norm.during, tuple):
        spans = (evidence.moments.phase(p) for p in norm.during)
        found = (_of_phase(s, evidence) for s in spans if s is not None)
        return tuple(sorted((p for p in found if p), key=lambda p: p.start))
    return _of_deal(norm, evidence)


def in_time(when: When, periods: tuple[Period, ...], at: datetime) -> tuple[bool, bool]:
    """Say whether a time lies in a period in every reading, and in some."""
    first, last = edges(when)
    must, may = covers_time(first, last, periods)
    return must and last <= at, may


def covers_time(first: datetime, last: datetime, periods: tuple[Period, ...]) -> tuple[bool, bool]:
    """Say whether all instants from ``first`` to ``last`` lie in a period, surely and possibly."""
    must = any(_certainly(first, last, p) for p in periods)
    return must, must or any(_possibly(first, last, p) for p in periods)


def time_element(when: When, periods: tuple[Period, ...], evidence: Evidence) -> Element:
    """Return the element "it fell into the time in force"."""
    must, may = in_time(when, periods, evidence.at)
    return said(
        f"it happened at {show_when(when)}, while the norm was in force",
        "time",
        Why.WHEN,
        must=must,
        may=may,
        facts=test("time", ("when", interval(when.start, when.end)), ("precision", when.precision)),
    )


def _of_phase(span: PhaseSpan, evidence: Evidence) -> Period | None:
    if span.start is None:
        return None
    zone = evidence.agreement.zone
    until = "open" if span.end is None else show_time(span.end, zone)
    says = f"in force: phase {span.id} from {show_time(span.start, zone)} until {until}"
    if span.certain_end != span.end and span.certain_end is not None:
        says += f", certain only until {show_time(span.certain_end, zone)}"
    certain = (span.certain_start or span.start) if span.begun_certainly else None
    facts = test(
        "period",
        ("phase", span.id),
        ("in some reading", interval(span.start, span.end)),
        ("in every reading", interval(certain, span.certain_end)),
        *every("paused", (_paused(p) for p in span.pauses)),
    )
    because = node(says, "phase", True if certain else None, parts=span.because, facts=facts)
    return Period(span.start, span.end, certain, span.certain_end, span.pauses, because)


def _of_deal(norm: Norm, evidence: Evidence) -> tuple[Period, ...]:
    effective = evidence.moments.at("effective")
    clause = norm.clause
    if effective is not None:
        if effective.start > evidence.at:
            return ()
        says = "the text names no phase: in force from "
        says += show_time(effective.start, evidence.agreement.zone)
        whole = interval(effective.start, None)
        facts = test("period", ("in some reading", whole), ("in every reading", whole))
        because = node(says, "undefined", True, clause=clause, facts=facts)
        return (Period(effective.start, None, effective.start, None, (), because),)
    if isinstance(evidence.agreement.effective, Instant | Named | Shifted | Call):
        return ()  # it depends on a moment that nobody has fixed
    says = "the text names no phase and no first moment in force: it may be in force at any time"
    always, never = ("in some reading", interval(EVER, None)), ("in every reading", "/")
    facts = test("period", always, never, ("begins", "open"))
    because = node(says, "undefined", None, clause=clause, facts=facts)
    return (Period(EVER, None, None, None, (), because, is_begun=False),)


def _paused(pause: Pause) -> str:
    return f"{interval(pause.start, pause.end)} {'certain' if pause.certain else 'possible'}"


def _certainly(first: datetime, last: datetime, period: Period) -> bool:
    if period.certain_start is None or first < period.certain_start:
        return False
    if period.certain_end is not None and last >= period.certain_end:
        return False
    return not any(last >= p.start and (p.end is None or first < p.end) for p in period.pauses)


def _possibly(first: datetime, last: datetime, period: Period) -> bool:
    if last < period.start or (period.end is not None and first >= period.end):
        return False
    return not any(
        p.certain and first >= p.start and (p.end is None or last < p.end) for p in period.pauses
    )
