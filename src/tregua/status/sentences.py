"""The sentences about violations, certain ones first: one for all that are alike."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.status.wording import listed, many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.status.events import Event


def sentences_about(events: Iterable[Event]) -> tuple[str, ...]:
    """Write what the events say, certain ones first, one short sentence for all that are alike.

    What may be a violation is told norm by norm: how many, by whom it may be, and what is open.
    """
    incidents: dict[tuple[str, ...], list[Event]] = {}
    for event in events:
        incidents.setdefault(event.incidents or (event.assessment,), []).append(event)
    certain = {key: [e for e in group if e.must] for key, group in incidents.items()}
    counted = Counter(_kind(tuple(group)) for group in certain.values() if group)
    doubtful = [e for key, group in incidents.items() if not certain[key] for e in group]
    told = sorted(_sentence(kind, count) for kind, count in counted.items())
    norms = sorted({e.norm for e in doubtful})
    return (*told, *(_possible(n, [e for e in doubtful if e.norm == n]) for n in norms))


@dataclass(frozen=True, slots=True)
class _Kind:
    """What makes certain events alike, so that they are counted in one sentence."""

    how: str  # found or assessed
    is_act: bool  # an incident, or a duty that was not done
    norm: str
    who: str


def _kind(group: tuple[Event, ...]) -> _Kind:
    return _Kind(
        how="found" if any(e.found for e in group) else "assessed",
        is_act=any(e.incidents for e in group),
        norm=listed(sorted({e.norm for e in group})),
        who=_by(group),
    )


def _by(events: Iterable[Event]) -> str:
    bearers = sorted({e.bearer for e in events if e.bearer})
    return listed(bearers, "or") or "somebody whom the deal does not name"


def _sentence(kind: _Kind, count: int) -> str:
    if not kind.is_act:
        return f"{kind.norm} {kind.how} as not done in time by {kind.who}"
    what = "a violation" if count == 1 else "violations"
    return f"{many(count, 'incident')} {kind.how} as {what} of {kind.norm} by {kind.who}"


def _possible(norm: str, events: list[Event]) -> str:
    number = len({e.incidents or (e.assessment,) for e in events})
    acts = any(e.incidents for e in events)
    what = many(number, "possible violation") if acts else "whether it was done is open"
    reasons = ", ".join(sorted({str(r) for e in events for r in e.reasons}))
    return f"{norm}: {what}, by {_by(events)}" + (f" (open: {reasons})" if reasons else "")
