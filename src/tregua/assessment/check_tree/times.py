"""Instants and stretches, as the tree and the entries write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.check_tree.refused import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

Span: TypeAlias = "tuple[datetime | None, datetime | None]"
_STEP = timedelta(microseconds=1)


@cache
def moment(text: str) -> datetime:
    """Read an instant; it is returned in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


@cache
def span(text: str) -> Span:
    """Read a stretch ``START/END``; an empty end is open."""
    start, _, end = text.partition("/")
    return (moment(start) if start else None, moment(end) if end else None)


def given(at: datetime | None) -> datetime:
    """Return an instant that must not be missing."""
    if at is None:
        raise Refused("the tree: a time is missing")
    return at


def edges(start: datetime, end: datetime, precision: str) -> tuple[datetime, datetime]:
    """Return the first and the last instant that are meant: a stated minute is an instant."""
    exact = precision in ("second", "minute") and end - start <= timedelta(minutes=1)
    return (start, start) if exact else (start, end - _STEP)


def meets(first: datetime, last: datetime, text: str) -> bool:
    """Say whether a time may lie in a stretch."""
    start, end = span(text)
    return (start is None or last >= start) and (end is None or first < end)


def cut(pick: Callable[..., datetime], *times: datetime | None) -> datetime | None:
    """Return the earliest or the latest of the instants that there are."""
    return pick((t for t in times if t is not None), default=None)
