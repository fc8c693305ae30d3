"""Says in words how phases, clocks, gates and consequences differ between two pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.terms.time import show_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tregua.status.model import ClockState, Due, Share, Status


def status_changes(before: Status, after: Status, *, zone: str) -> tuple[str, ...]:
    """Return one sentence for each difference, in the order of the deal; times in ``zone``."""
    return (
        *_phases(before, after, zone),
        *_clocks(before, after),
        *_gates(before, after),
        *_dues(before, after),
    )


def _phases(before: Status, after: Status, zone: str) -> Iterator[str]:
    held = {p.id: p for p in before.phases}
    for now in after.phases:
        was = held[now.id]
        if was.state != now.state:
            yield f"phase {now.id}: {was.state} -> {now.state}"
        for name in ("start", "end"):
            one, other = getattr(was, name), getattr(now, name)
            if one != other:
                yield f"phase {now.id}, {name}: {_time(one, zone)} -> {_time(other, zone)}"


def _clocks(before: Status, after: Status) -> Iterator[str]:
    held = {c.id: c for c in before.clocks}
    for now in after.clocks:
        was = held[now.id]
        if _hands(was) != _hands(now):
            yield f"clock {now.id}: {_hands(was)} -> {_hands(now)}"
        if _share(was.share) != _share(now.share):
            yield f"clock {now.id}, reached in: {_share(was.share)} -> {_share(now.share)}"
        if was.certified != now.certified:
            yield f"clock {now.id}, certified: {_number(was)} -> {_number(now)}"


def _gates(before: Status, after: Status) -> Iterator[str]:
    held = {g.id: g for g in before.gates}
    for now in after.gates:
        was = held[now.id]
        if was.state != now.state:
            yield f"gate {now.id}: {was.state} -> {now.state}"
        elif was.missing != now.missing:
            yield f"gate {now.id}, missing: {_list(was.missing)} -> {_list(now.missing)}"
        if _share(was.share) != _share(now.share):
            yield f"gate {now.id}, holds in: {_share(was.share)} -> {_share(now.share)}"


def _dues(before: Status, after: Status) -> Iterator[str]:
    was, now = _by_due(before), _by_due(after)
    for key in sorted(was.keys() | now.keys()):
        one, other = was.get(key, "not there"), now.get(key, "not there")
        if one != other:
            consequence, norm, on = key
            whom = f" on {on}" if on else ""
            yield f"consequence {consequence or 'none named'} of {norm}{whom}: {one} -> {other}"


def _by_due(status: Status) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], list[str]] = {}
    for due in status.dues:
        found.setdefault(_key(due), []).append(due.state)
    return {key: ", ".join(states) for key, states in found.items()}


def _key(due: Due) -> tuple[str, str, str]:
    return due.consequence, due.norm, ", ".join(due.on_whom)


def _hands(clock: ClockState) -> str:
    length = f"{clock.low}" if clock.low == clock.high else f"{clock.low} to {clock.high}"
    return f"{length} {clock.unit}"


def _share(share: Share | None) -> str:
    return "no share of worlds" if share is None else str(share.p)


def _number(clock: ClockState) -> str:
    return "nothing" if clock.certified is None else f"{clock.certified:g}"


def _list(texts: tuple[str, ...]) -> str:
    return "; ".join(texts) or "nothing"


def _time(at: datetime | None, zone: str) -> str:
    return "open" if at is None else show_time(at, zone)
