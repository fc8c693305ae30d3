"""The conditions about violations over a stretch of time: ``violation``, ``kept``, ``finding``.

"No violation" is only said of a stretch in which the norm was watched; a possible violation, or a
gap in the watch, leaves it open. In a stretch that is not over yet a gap says nothing so far.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.model import Answer
from tregua.status.findings import findings_about, said_by
from tregua.status.in_worlds import (
    UNCERTAIN,
    InWorlds,
    at_least,
    in_all,
    in_any,
    never_certain,
)
from tregua.status.sentences import sentences_about
from tregua.status.truth import Truth
from tregua.status.wording import in_clause, many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tregua.reports.model import Statement
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
        return _truth(certain, holds=True, since=min(e.since for e in certain))
    if events:
        gap = is_over and _vary(events) and bool(_unseen(facts, start, end))
        return _truth(events, holds=None, worlds=_in_worlds(events, start, end, gap=gap))
    unseen = _unseen(facts, start, end) if is_over else ""
    if unseen:
        return Truth(None, "coverage", (unseen,))
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
        return _truth(reached[0], holds=True, since=max(e.since for e in reached[0]))
    maybe = [w for e in here if _distinct(w := _possible_up_to(e, events, back)) >= count]
    if maybe:
        gap = is_over and _vary(events) and bool(_unseen(facts, start, end))
        worlds = [_often_in_worlds(e, events, count, back, start, end) for e in here]
        found = in_any([*worlds, *([UNCERTAIN] if gap else [])]) if _vary(events) else None
        return _truth(maybe[-1], holds=None, worlds=found)
    unseen = _unseen(facts, start, end) if is_over else ""
    if unseen:
        return Truth(None, "coverage", (unseen,))
    fewer = f"fewer than {many(count, 'alleged violation')} of {facts.norm.id}"
    return Truth(False, "act", (fewer,))


def _certain_up_to(last: Event, events: Iterable[Event], back: Back | None) -> tuple[Event, ...]:
    """Return the certain violations in the window that ``last`` closes, in every reading."""
    return tuple(e for e in _surely_up_to(last, events, back) if e.must)


def _surely_up_to(last: Event, events: Iterable[Event], back: Back | None) -> tuple[Event, ...]:
    """Return what lies in the window that ``last`` closes wherever in their times both were."""
    edge = None if back is None else back(last.end)
    return tuple(e for e in events if e.end <= last.end and (edge is None or edge <= e.start))


def _possible_up_to(last: Event, events: Iterable[Event], back: Back | None) -> tuple[Event, ...]:
    """Return the violations that may lie in the window that ``last`` closes, in some reading."""
    edge = None if back is None else back(last.start)
    before = [e for e in events if e.start < last.end]
    return tuple(e for e in before if edge is None or edge < e.end)


def _distinct(events: Iterable[Event]) -> int:
    """Count an incident once, whoever of several may have done it."""
    return len({e.incidents or (e.assessment,) for e in events})


def _vary(events: Iterable[Event]) -> bool:
    """Say whether some event is not a violation in every world that was asked about."""
    return any(e.worlds is not None for e in events)


def violated_in_worlds(facts: NormFacts, bearer: str | None) -> InWorlds | None:
    """Return in which worlds the norm was ever violated (by the bearer), if authors decide it."""
    events = _of_bearer(facts.events, bearer)
    return in_any(e.in_worlds for e in events) if _vary(events) else None


def doubted_in(events: Iterable[Event]) -> InWorlds | None:
    """Return in which worlds one of the events possibly is a violation, certainly in none."""
    events = tuple(events)
    return never_certain(in_any(e.in_worlds for e in events)) if _vary(events) else None


def _in_worlds(
    events: list[Event], start: datetime, end: datetime, *, gap: bool
) -> InWorlds | None:
    """Return in which worlds one of the events is a violation in the stretch."""
    if not _vary(events):
        return None
    found = [e.in_worlds if e.lies_in(start, end) else never_certain(e.in_worlds) for e in events]
    return in_any([*found, *([UNCERTAIN] if gap else [])])


def _often_in_worlds(
    last: Event,
    events: Iterable[Event],
    count: int,
    back: Back | None,
    start: datetime,
    end: datetime,
) -> InWorlds:
    """Return in which worlds ``last`` is, in the stretch, the ``count``-th within a window."""
    must = at_least(count, (p.must for p in _by_incident(_surely_up_to(last, events, back))))
    may = at_least(count, (p.may for p in _by_incident(_possible_up_to(last, events, back))))
    here = last.in_worlds if last.lies_in(start, end) else never_certain(last.in_worlds)
    return in_all((here, InWorlds(must, may)))


def _by_incident(events: Iterable[Event]) -> list[InWorlds]:
    """Put what speaks of one incident together, whoever of several may have done it."""
    groups: dict[tuple[str, ...], list[InWorlds]] = {}
    for event in events:
        groups.setdefault(event.incidents or (event.assessment,), []).append(event.in_worlds)
    return [in_any(group) for group in groups.values()]


def _of_bearer(events: tuple[Event, ...], bearer: str | None) -> tuple[Event, ...]:
    return events if bearer is None else tuple(e for e in events if e.bearer == bearer)


def found(
    norm: str, basis: Basis, start: datetime | None, end: datetime, *, bearer: str | None = None
) -> Truth:
    """Say whether a finding of a violation of the norm was recorded in the stretch (to ``end``).

    With a bearer, a finding counts that names him or names nobody.
    """
    made = [
        f
        for f in findings_about(_topics(norm, basis), basis)
        if f.when.start < end and (start is None or start <= f.when.start)
    ]
    against = [f for f in made if _is_against(f, norm, bearer, basis)]
    if not against:
        return Truth(False, "standard", (f"no finding of a violation of {norm} is recorded",))
    records = tuple(sorted(f.origin.id for f in against))
    agreed = [f for f in against if not any(_differ(f, other, basis) for other in made)]
    if not agreed:
        return Truth(None, "standard", (f"findings on {norm} differ",), records=records)
    says = f"a violation of {norm} was found"
    return Truth(True, "standard", (says,), records=records, since=agreed[0].when.start)


def _is_against(finding: Statement, norm: str, bearer: str | None, basis: Basis) -> bool:
    said = said_by(finding, basis.agreement)
    asked = bearer or next(iter(said.bearers), "")
    return said.answer is Answer.VIOLATED and said.is_about(norm, asked)


def _differ(one: Statement, other: Statement, basis: Basis) -> bool:
    if one.about != other.about:
        return False
    return said_by(one, basis.agreement).contradicts(said_by(other, basis.agreement))


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


def _truth(
    events: Iterable[Event],
    *,
    holds: bool | None,
    since: datetime | None = None,
    worlds: InWorlds | None = None,
) -> Truth:
    events = tuple(events)
    return Truth(
        holds=holds,
        atom="act",
        says=sentences_about(events),
        assessments=tuple(sorted({e.assessment for e in events})),
        incidents=tuple(sorted({i for e in events for i in e.incidents})),
        records=tuple(sorted({r for e in events for r in e.found})),
        since=since,
        worlds=worlds,
    )


def _unseen(facts: NormFacts, start: datetime, end: datetime) -> str:
    """Say what of the norm's time in force was not watched; nothing when enough was."""
    if not facts.in_force_in(start, end):
        return ""
    watch = facts.watched(start, end)
    norm = f"{facts.norm.id}{in_clause(facts.norm.clause)}"
    if watch.is_enough:
        return ""
    if watch.share == 0:
        return f"nobody watched for {norm}"
    return (
        f"{norm} was watched for {watch.share:.0%} only, of the {watch.needed:.0%} that is needed"
    )
