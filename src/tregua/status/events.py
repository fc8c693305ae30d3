"""Violations in time: what was assessed or found, as stretches, certain or possible.

1. Every assessment of one incident or one duty instance is a violation that is certain (``must``),
   possible (``may``) or neither; the assessment of a norm over its whole period is not one.
2. Its time is that of the incident; an incident known only to a day may lie anywhere in that day.
   A report known now speaks of something that has happened by now, so the time is cut there.
3. A finding of the body that the deal names leads (02, 4.8; ``findings.py``): "kept" takes the
   violation away, "violated" makes it certain where it names the bearer or only one can be meant.
   Findings that differ settle nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.assessment.facts import EVER
from tregua.assessment.made import WHOLE
from tregua.assessment.model import Answer
from tregua.reports.model import Says
from tregua.status.findings import findings_about, said_by, topics_of
from tregua.status.in_worlds import the_same

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tregua.assessment.model import Assessment, Why
    from tregua.incidents.model import Incident
    from tregua.status.basis import Basis
    from tregua.status.in_worlds import InWorlds


INSTANT = timedelta(microseconds=1)  # a violation at a moment, as a stretch
EXACT = timedelta(minutes=1)  # a time told to the minute is that minute


@dataclass(frozen=True, slots=True)
class Event:
    """One possible violation: ``start <= t < end`` in UTC, of one norm by one bearer.

    ``worlds`` says in which possible worlds the incident was a violation of the norm by somebody;
    ``None`` where nobody asked, or where it is the same in all.
    """

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
    worlds: InWorlds | None = None

    @property
    def in_worlds(self) -> InWorlds:
        """Return in which worlds it was one."""
        if self.worlds is None:
            return the_same(True if self.must else None if self.may else False)
        return self.worlds

    def touches(self, start: datetime, end: datetime) -> bool:
        """Say whether it may lie in the stretch."""
        return self.start < end and start < self.end

    @property
    def since(self) -> datetime:
        """Return the moment by which it was there: its minute, or the end of a longer time."""
        return self.start if self.end - self.start <= EXACT else self.end

    def lies_in(self, start: datetime, end: datetime) -> bool:
        """Say whether it lies in the stretch wherever in its time it was."""
        return start <= self.start and self.end <= end


def events_of(norm: str, basis: Basis, incidents: Mapping[str, Incident]) -> tuple[Event, ...]:
    """Return the possible violations of a norm up to the moment, by time, then by assessment id.

    Args:
        norm: its id.
        basis: what the status rests on.
        incidents: all incidents by id.
    """
    found = (_event(a, basis, incidents) for a in basis.of_norm(norm))
    made = [e for e in found if e is not None and e.start < basis.at]
    if basis.said(Says.FINDS):
        made = [_led_by_finding(e, _bearers(made), basis, incidents) for e in made]
    kept = [e for e in made if e.may]
    return tuple(sorted(kept, key=lambda e: (e.start, e.end, e.assessment)))


def _event(assessment: Assessment, basis: Basis, incidents: Mapping[str, Incident]) -> Event | None:
    kept = assessment.answer is Answer.KEPT
    if assessment.instance == WHOLE or kept or not assessment.may:
        return None
    start, end = _time_of(assessment, basis, incidents)
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


def _time_of(
    assessment: Assessment, basis: Basis, incidents: Mapping[str, Incident]
) -> tuple[datetime, datetime]:
    incident = incidents.get(assessment.instance)
    if incident is not None:
        return incident.when.start, incident.when.end
    if assessment.due is not None:
        return assessment.due, assessment.due + INSTANT
    return assessment.start or EVER, assessment.end or basis.at


def _bearers(events: list[Event]) -> dict[tuple[str, ...], set[str]]:
    """Return for each incident whose violation it may be."""
    bearers: dict[tuple[str, ...], set[str]] = {}
    for event in events:
        bearers.setdefault(event.incidents, set()).add(event.bearer)
    return bearers


def _led_by_finding(
    event: Event,
    bearers: Mapping[tuple[str, ...], set[str]],
    basis: Basis,
    incidents: Mapping[str, Incident],
) -> Event:
    topics = tuple(t for i in event.incidents for t in topics_of(incidents.get(i), i))
    findings = findings_about(topics, basis)
    said = [said_by(f, basis.agreement) for f in findings]
    about = [s for s in said if s.settles and s.is_about(event.norm, event.bearer)]
    records = tuple(sorted(f.origin.id for f in findings))
    answers = {s.answer for s in about}
    if answers == {Answer.KEPT}:
        return replace(event, must=False, may=False, found=records)
    is_meant = any(s.bearers for s in about) or len(bearers[event.incidents]) == 1
    if answers == {Answer.VIOLATED} and is_meant:
        return replace(event, must=True, reasons=(), found=records)
    return event
