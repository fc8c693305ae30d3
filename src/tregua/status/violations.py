"""The conditions about violations over a stretch of time: ``violation``, ``kept``, ``finding``.

"No violation" is only said of a stretch in which the norm was watched; a possible violation, or a
gap in the watch, leaves it open. In a stretch that is not over yet a gap says nothing so far.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from tregua.status.events import findings_about
from tregua.status.truth import Truth
from tregua.status.wording import in_clause, listed, many, why_not_settled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tregua.status.basis import Basis
    from tregua.status.events import Event
    from tregua.status.facts import NormFacts

    Back: TypeAlias = Callable[[datetime], datetime]


def violated_in(
    facts: NormFacts,
    start: datetime,
    end: datetime,
    *,
    bearer: str | None = None,
    is_over: bool = True,
) -> Truth:
    """Say whether the norm was violated (by the bearer) in the stretch ``[start, end)``, UTC."""
    events = [e for e in _of_bearer(facts.events, bearer) if e.touches(start, end)]
    certain = [e for e in events if e.must and e.lies_in(start, end)]
    if certain:
        return _truth(certain, holds=True)
    if events:
        return _truth(events, holds=None)
    if is_over and not facts.watched.over(start, end).is_enough:
        return Truth(None, "coverage", (_nobody_watched(facts, start, end),))
    return Truth(False, "act", (f"no violation of {facts.norm.id} is reported",))


def violated_often(
    facts: NormFacts,
    start: datetime,
    end: datetime,
    *,
    count: int,
    back: Back | None,
    bearer: str | None = None,
    is_over: bool = True,
) -> Truth:
    """Say whether, in the stretch, the ``count``-th violation within a window came about.

    Args:
        facts: of the norm.
        start: of the stretch, UTC.
        end: of the stretch, UTC.
        count: how many violations.
        back: gives the start of the window that ends at a moment; ``None`` = no window.
        bearer: whose violations; ``None`` = anybody's.
        is_over: whether the stretch is over, so that a gap in the watch counts.
    """
    events = _of_bearer(facts.events, bearer)
    here = [e for e in events if e.touches(start, end)]
    sure = [_certain_up_to(e, events, back) for e in here if e.must and e.lies_in(start, end)]
    reached = [window for window in sure if _distinct(window) >= count]
    if reached:
        return _truth(reached[0], holds=True)
    maybe = [w for e in here if _distinct(w := _possible_up_to(e, events, back)) >= count]
    if maybe:
        return _truth(maybe[-1], holds=None)
    if is_over and not facts.watched.over(start, end).is_enough:
        return Truth(None, "coverage", (_nobody_watched(facts, start, end),))
    fewer = f"fewer than {many(count, 'violation')} of {facts.norm.id}"
    return Truth(False, "act", (fewer,))


def _certain_up_to(last: Event, events: Iterable[Event], back: Back | None) -> tuple[Event, ...]:
    """Return the certain violations in the window that ``last`` closes, in every reading."""
    edge = None if back is None else back(last.end)
    before = [e for e in events if e.must and e.end <= last.end]
    return tuple(e for e in before if edge is None or edge <= e.start)


def _possible_up_to(last: Event, events: Iterable[Event], back: Back | None) -> tuple[Event, ...]:
    """Return the violations that may lie in the window that ``last`` closes, in some reading."""
    edge = None if back is None else back(last.start)
    before = [e for e in events if e.start < last.end]
    return tuple(e for e in before if edge is None or edge < e.end)


def _distinct(events: Iterable[Event]) -> int:
    """Count an incident once, whoever of several may have done it."""
    return len({e.incidents or (e.assessment,) for e in events})


def _of_bearer(events: tuple[Event, ...], bearer: str | None) -> tuple[Event, ...]:
    return events if bearer is None else tuple(e for e in events if e.bearer == bearer)


def found(norm: str, basis: Basis, start: datetime | None, end: datetime) -> Truth:
    """Say whether a finding of a violation of the norm was recorded in the stretch (to ``end``)."""
    topics = _topics(norm, basis)
    findings = [
        f
        for f in findings_about(topics, basis)
        if f.claim != "kept" and f.when.start < end and (start is None or start <= f.when.start)
    ]
    if not findings:
        return Truth(False, "standard", (f"no finding of a violation of {norm} is recorded",))
    records = tuple(sorted(f.origin.id for f in findings))
    says = f"a violation of {norm} was found"
    return Truth(True, "standard", (says,), records=records, since=findings[0].when.start)


def _topics(norm: str, basis: Basis) -> tuple[str, ...]:
    incidents = {i for a in basis.of_norm(norm) if a.may or a.must for i in a.incidents}
    matters = {
        o.matter
        for x in basis.attributed
        if x.incident.id in incidents
        for o in x.incident.observations
        if o.matter
    }
    return (norm, *sorted(incidents), *sorted(matters))


def _truth(events: Iterable[Event], *, holds: bool | None) -> Truth:
    events = tuple(events)
    return Truth(
        holds=holds,
        atom="act",
        says=sentences_about(events),
        assessments=tuple(sorted({e.assessment for e in events})),
        incidents=tuple(sorted({i for e in events for i in e.incidents})),
        records=tuple(sorted({r for e in events for r in e.found})),
        since=max((e.end for e in events if e.must), default=None),
    )


def sentences_about(events: Iterable[Event]) -> tuple[str, ...]:
    """Write what the events say, one sentence for all that are alike, in a fixed order."""
    groups: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        groups.setdefault(event.incidents or (event.assessment,), []).append(event)
    counted = Counter(_kind(tuple(group)) for group in groups.values())
    return tuple(sorted(_sentence(count, *kind) for kind, count in counted.items()))


def _kind(group: tuple[Event, ...]) -> tuple[str, str, str, str]:
    certain = [e for e in group if e.must]
    used = certain or group
    norm = listed(sorted({e.norm for e in used}))
    who = (
        listed(sorted({e.bearer for e in used if e.bearer}), "or")
        or "somebody the deal does not name"
    )
    how = "found" if any(e.found for e in certain) else "assessed" if certain else "open"
    reasons = "" if certain else why_not_settled(r for e in used for r in e.reasons)
    return how, norm, who, reasons


def _sentence(count: int, how: str, norm: str, who: str, reasons: str) -> str:
    incidents = many(count, "incident")
    if how == "open":
        what = "may be a violation" if count == 1 else "may be violations"
        return f"{incidents} {what} of {norm} by {who}: {reasons}"
    what = "a violation" if count == 1 else "violations"
    return f"{incidents} {how} as {what} of {norm} by {who}"


def _nobody_watched(facts: NormFacts, start: datetime, end: datetime) -> str:
    watch = facts.watched.over(start, end)
    norm = f"{facts.norm.id}{in_clause(facts.norm.clause)}"
    if watch.share == 0:
        return f"nobody watched for {norm}"
    return (
        f"{norm} was watched for {watch.share:.0%} only, of the {watch.needed:.0%} that is needed"
    )
