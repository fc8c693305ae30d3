"""``prior(act, on: side, within: span)``: did such an act hit that side shortly before?

The look-back is closed: an age of exactly the span counts. It is certain only if every instant of
both times keeps the order and the span; two acts of the same minute have no known order. The prior
act must be another side's, and the latest one is the witness.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.model import Act
from tregua.assessment.element import said
from tregua.assessment.evidence import edges
from tregua.assessment.facts import every, interval, test
from tregua.assessment.model import Why
from tregua.assessment.who_test import among

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from tregua.assessment.element import Element
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.facts import Facts
    from tregua.attribution.model import Attributed


@dataclass(frozen=True, slots=True)
class _Before:
    """A possible prior act: its first and last instant, and what is uncertain about it."""

    first: datetime
    last: datetime
    why: tuple[Why, ...]
    item: Attributed


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Possible prior acts of about one length, all certain ones or all uncertain ones.

    They stand by first instant, so that a window is a slice.
    """

    longest: timedelta
    starts: tuple[datetime, ...]
    acts: tuple[_Before, ...]


def prior_element(
    item: Attributed, act: str, side: str, within: timedelta, evidence: Evidence
) -> Element:
    """Return the element "such an act hit ``side`` at most ``within`` before this incident"."""
    key = ("prior", item.incident.id, act, side, within)
    return evidence.cached(key, lambda: _prior(item, act, side, within, evidence))


def _prior(item: Attributed, act: str, side: str, within: timedelta, evidence: Evidence) -> Element:
    shelves = evidence.cached(("shelves", act, side), lambda: _shelves(act, side, evidence))
    first, last = edges(item.incident.when)
    possible: _Before | None = None
    for shelf in shelves:
        low = bisect_left(shelf.starts, first - within - shelf.longest)
        high = bisect_right(shelf.starts, last)
        for n in range(high - 1, low - 1, -1):
            before = shelf.acts[n]
            if before.item is item or before.last < first - within:
                continue
            if not before.why and before.last < first and last - before.first <= within:
                facts = _facts(item, act, side, within, before)
                return _found(before, act, side, within, facts, certain=True)
            possible = possible or before
            if before.why or shelf.longest > within:
                break  # nothing on this shelf can be certain; one possible witness is enough
    if possible is not None:
        facts = _facts(item, act, side, within, possible)
        return _found(possible, act, side, within, facts, certain=False)
    total = sum(len(s.acts) for s in shelves)
    return said(
        f"no {act} on {side} within {_show(within)} before",
        "exception",
        must=False,
        may=False,
        searched=f"{total} incidents that may be {act} on {side}",
        facts=_facts(item, act, side, within, _nearest(item, shelves, first)),
    )


def _nearest(item: Attributed, shelves: tuple[_Shelf, ...], first: datetime) -> _Before | None:
    """Return the last possible prior act before the window, to show how far off it was."""
    found = (
        shelf.acts[n]
        for shelf in shelves
        for n in range(bisect_right(shelf.starts, first))[-1:]
        if shelf.acts[n].item is not item
    )
    return max(found, key=lambda b: (b.last, b.item.incident.id), default=None)


def _facts(
    item: Attributed, act: str, side: str, within: timedelta, nearest: _Before | None
) -> Facts:
    """Return the window that was searched, and the act in it, or else the last one before it."""
    first, last = edges(item.incident.when)
    return (
        *test("prior", ("incident", item.incident.id), ("act", act), ("on", side)),
        ("within seconds", repr(within.total_seconds())),
        ("act at", interval(first, last)),
        ("searched", interval(first - within, last)),
        *(() if nearest is None else _named(nearest)),
    )


def _named(before: _Before) -> Facts:
    return (
        ("nearest", before.item.incident.id),
        ("nearest at", interval(before.first, before.last)),
        *every("doubt", before.why),
    )


def _found(
    before: _Before, act: str, side: str, within: timedelta, facts: Facts, *, certain: bool
) -> Element:
    incident = before.item.incident
    why = before.why or (Why.WHEN,)
    says = f"{incident.id}: {act} on {side} within {_show(within)} before"
    records = incident.record_ids
    return said(says, "exception", *why, must=certain, may=True, records=records, facts=facts)


def _shelves(act: str, side: str, evidence: Evidence) -> tuple[_Shelf, ...]:
    """Sort every possible prior act onto shelves by its length (doubling) and certainty."""
    shelves: dict[tuple[bool, int], list[_Before]] = {}
    for item in evidence.that_may_be((Act(act),)):
        before = _before(item, act, side, evidence)
        if before is not None:
            length = int((before.last - before.first).total_seconds()).bit_length()
            shelves.setdefault((bool(before.why), length), []).append(before)
    return tuple(_shelf(acts) for _, acts in sorted(shelves.items()))


def _shelf(acts: list[_Before]) -> _Shelf:
    acts.sort(key=lambda b: (b.first, b.item.incident.id))
    longest = max(b.last - b.first for b in acts)
    return _Shelf(longest, tuple(b.first for b in acts), tuple(acts))


def _before(item: Attributed, act: str, side: str, evidence: Evidence) -> _Before | None:
    """Judge one incident as a prior act; ``None`` when it certainly is none."""
    hit, may_hit, *_ = among(item.targets, (side,), evidence, others_may=True)
    own, may_be_own, *_ = among(item.actors, (side,), evidence)
    if not may_hit or own:
        return None
    why = set()
    if not hit or may_be_own:
        why.add(Why.WHO)
    kinds = item.incident.kinds
    if not item.happened_must or not kinds or not all(evidence.covers(act, k) for k in kinds):
        why.add(Why.WHAT)
    return _Before(*edges(item.incident.when), tuple(sorted(why)), item)


def _show(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    return f"{minutes} minutes"
