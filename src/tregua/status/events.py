"""Violations in time: what was assessed or found, as stretches, certain or possible.

1. Every assessment of one incident or one duty instance is a violation that is certain (``must``),
   possible (``may``) or neither; the assessment of a norm over its whole period is not one.
2. Its time is that of the incident; an incident known only to a day may lie anywhere in that day.
   A report known now speaks of something that has happened by now, so the time is cut there.
3. A finding of the body that the deal names leads (02, 4.8): "kept" takes the violation away,
   "violated" makes it certain when only one bearer can be meant. Findings that
   differ settle nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.assessment.model import Answer
from tregua.reports.model import Says
from tregua.status.basis import WHOLE
from tregua.status.people import ids_of, who_may_determine

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.assessment.model import Assessment, Why
    from tregua.reports.model import Statement
    from tregua.status.basis import Basis


INSTANT = timedelta(microseconds=1)  # a violation at a moment, as a stretch


@dataclass(frozen=True, slots=True)
class Event:
    """One possible violation: ``start <= t < end`` in UTC, of one norm by one bearer."""

    start: datetime
    end: datetime
    norm: str
    bearer: str
    must: bool
    may: bool
    reasons: tuple[Why, ...]
    assessment: str
    incidents: tuple[str, ...]
    found: tuple[str, ...] = ()  # records of the finding that leads, if any

    def touches(self, start: datetime, end: datetime) -> bool:
        """Say whether it may lie in the stretch."""
        return self.start < end and start < self.end

    def lies_in(self, start: datetime, end: datetime) -> bool:
        """Say whether it lies in the stretch wherever in its time it was."""
        return start <= self.start and self.end <= end


def events_of(norm: str, basis: Basis) -> tuple[Event, ...]:
    """Return the possible violations of a norm up to the moment, by time, then by assessment id."""
    made = [e for a in basis.of_norm(norm) if (e := _event(a, basis)) is not None]
    led = [_led_by_finding(e, made, basis) for e in made]
    kept = [e for e in led if e.may and e.start < basis.at]
    return tuple(sorted(kept, key=lambda e: (e.start, e.end, e.assessment)))


def _event(assessment: Assessment, basis: Basis) -> Event | None:
    if assessment.instance == WHOLE or not assessment.may:
        return None
    start, end = _time_of(assessment, basis)
    return Event(
        start=start,
        end=max(start + INSTANT, min(end, basis.at)),
        norm=assessment.norm,
        bearer=assessment.bearer,
        must=assessment.must or assessment.answer is Answer.VIOLATED,
        may=True,
        reasons=assessment.reasons,
        assessment=assessment.id,
        incidents=assessment.incidents,
    )


def _time_of(assessment: Assessment, basis: Basis) -> tuple[datetime, datetime]:
    incident = basis.incident(assessment.instance)
    if incident is not None:
        return incident.when.start, incident.when.end
    if assessment.due is not None:
        return assessment.due, assessment.due + INSTANT
    return assessment.start, assessment.end or basis.at


def _led_by_finding(event: Event, others: list[Event], basis: Basis) -> Event:
    findings = [f for i in event.incidents for f in findings_about(_matters(i, basis), basis)]
    words = {f.claim for f in findings}
    records = tuple(sorted(f.origin.id for f in findings))
    if words == {str(Answer.KEPT)}:
        return replace(event, must=False, may=False, found=records)
    alone = not any(o.bearer != event.bearer and o.incidents == event.incidents for o in others)
    if words == {str(Answer.VIOLATED)} and alone:
        return replace(event, must=True, reasons=(), found=records)
    return event


def _matters(incident_id: str, basis: Basis) -> tuple[str, ...]:
    incident = basis.incident(incident_id)
    if incident is None:
        return (incident_id,)
    return (incident_id, *sorted({o.matter for o in incident.observations if o.matter}))


def findings_about(topics: tuple[str, ...], basis: Basis) -> tuple[Statement, ...]:
    """Return the last finding of each body that may determine, about any of these topics."""
    allowed = who_may_determine(basis.agreement)
    last: dict[tuple[str, ...], Statement] = {}
    for statement in basis.said(Says.FINDS):
        bodies = ids_of(basis.agreement, statement.by)
        if statement.about in topics and bodies and all(b in allowed for b in bodies):
            last[bodies] = statement
    return tuple(last[bodies] for bodies in sorted(last))
