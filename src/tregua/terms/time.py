"""When something happened, as precisely as it was said, and never more precisely.

A `When` is a half-open interval of instants ``[start, end)`` in UTC with the precision in which the
time was given and the IANA zone in which it was said. "On 14 September" at Damascus is the whole
local day; "at 19:12" is that minute. What happened and when it became known are two fields of
two names everywhere; they are never merged.

Not here: any clock of the machine. The present time is always passed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

EARLIEST_YEAR = 1900  # a feed once wrote year 0025 for 2025; nothing before this is meant
LATEST_YEAR = 2200
QUOTED = 40  # characters of a user's text that a sentence repeats


class Precision(StrEnum):
    """How exactly a time was given by its source."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part of day"
    DAY = "day"
    PERIOD = "period"


@dataclass(frozen=True, slots=True, order=True)
class When:
    """A half-open interval of time, ``start <= t < end``, both aware and in UTC.

    Attributes:
        start: first instant that is meant, UTC.
        end: first instant that is no longer meant, UTC; always later than ``start``.
        precision: as the source gave it.
        zone: IANA name of the zone in which it was said; calendar days are counted in it.
    """

    start: datetime
    end: datetime
    precision: Precision = Precision.MINUTE
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise ValueError("a time without a zone is not a time")
        if self.end <= self.start:
            raise ValueError(f"the time ends ({self.end}) before it starts ({self.start})")

    def overlaps(self, other: When) -> bool:
        """Say whether some instant belongs to both."""
        return self.start < other.end and other.start < self.end

    def within(self, start: datetime, end: datetime) -> bool:
        """Say whether the whole of it lies in ``[start, end)``."""
        return start <= self.start and self.end <= end

    def gap(self, other: When) -> timedelta:
        """Return the time between the two intervals; zero when they overlap or touch."""
        return max(self.start - other.end, other.start - self.end, timedelta())

    def local_day(self) -> date:
        """Return the calendar day, in its own zone, on which it starts."""
        return self.start.astimezone(ZoneInfo(self.zone)).date()

    def local_days(self) -> tuple[date, ...]:
        """Return every calendar day, in its own zone, that it touches."""
        zone = ZoneInfo(self.zone)
        last = (self.end - timedelta(microseconds=1)).astimezone(zone).date()
        first = self.start.astimezone(zone).date()
        return tuple(first + timedelta(days=n) for n in range((last - first).days + 1))


def is_zone(name: str) -> bool:
    """Say whether the name is an IANA zone that the data base knows."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return name == "UTC" or "/" in name


def start_of_day(day: date, zone: str) -> datetime:
    """Return the first instant of a calendar day in a zone, in UTC (a day may have 23 hours)."""
    return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def whole_day(day: date, zone: str) -> When:
    """Return the calendar day in that zone as an interval."""
    return When(
        start_of_day(day, zone), start_of_day(day + timedelta(days=1), zone), Precision.DAY, zone
    )


def days_between(start: datetime, end: datetime, zone: str) -> tuple[date, ...]:
    """Return the calendar days in ``zone`` of which some part lies in ``[start, end)``."""
    if end <= start:
        return ()
    return When(start, end, Precision.PERIOD, zone).local_days()


_INSTANT = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})"
    r"(?:[T ](?P<hm>\d{2}:\d{2})(?P<s>:\d{2}(?:\.\d{1,6})?)?)?"
    r"(?P<off>Z|[+-]\d{2}:\d{2})?"
)


@dataclass(frozen=True, slots=True)
class BadTime(Exception):
    """A text that is not a time, with the reason in words for a person."""

    why: str

    def __str__(self) -> str:
        return self.why


def read_time(text: str, zone: str | None = None) -> When:
    """Read ``2016-09-12``, ``2016-09-12T19:00``, ``...:05``, with optional ``Z`` or ``+03:00``.

    A date alone is the whole local day; minutes given mean that minute. The offset, when there is
    one, decides the instant; ``zone`` (IANA) names the zone in which days are counted and is
    needed when there is no offset.

    Raises:
        BadTime: with the reason in words, when the text is no time or names no zone.
    """
    match = _INSTANT.fullmatch(text.strip())
    if match is None:
        raise BadTime(f"{_short(text)} is not a time; write 2016-09-12 or 2016-09-12T19:00+03:00")
    try:
        day = date.fromisoformat(match["date"])
    except ValueError:
        raise BadTime(f"{_short(text)} is not a day of the calendar") from None
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadTime(f"the year {day.year:04d} cannot be meant; is a digit missing?")
    if zone is not None and not is_zone(zone):
        raise BadTime(f"{_short(zone)} is not a time zone; write one like Asia/Damascus")
    if match["hm"] is None:
        if zone is None:
            raise BadTime(f"{_short(text)} is a day without a time zone")
        return whole_day(day, zone)
    return _at_minute(text, match, zone)


def _at_minute(text: str, match: re.Match[str], zone: str | None) -> When:
    try:
        at = datetime.fromisoformat(f"{match['date']}T{match['hm']}{match['s'] or ''}")
    except ValueError:
        raise BadTime(f"{_short(text)} has no such hour or minute") from None
    if match["off"]:
        offset = "+00:00" if match["off"] == "Z" else match["off"]
        try:
            at = datetime.fromisoformat(at.isoformat() + offset)
        except ValueError:
            raise BadTime(f"{_short(text)} has no such offset") from None
    elif zone is None:
        raise BadTime(f"{_short(text)} has a time but no zone")
    else:
        at = at.replace(tzinfo=ZoneInfo(zone))
    at = at.astimezone(UTC)
    step = timedelta(seconds=1) if match["s"] else timedelta(minutes=1)
    return When(at, at + step, Precision.SECOND if match["s"] else Precision.MINUTE, zone or "UTC")


def show_time(at: datetime, zone: str = "UTC") -> str:
    """Write an instant for people: ``2016-09-12 19:00 +03:00``, in the zone that is named."""
    local = at.astimezone(ZoneInfo(zone))
    offset = local.strftime("%z")
    mark = "UTC" if zone == "UTC" else f"{offset[:3]}:{offset[3:5]}"
    return f"{local:%Y-%m-%d %H:%M} {mark}"


def show_seconds(at: int) -> str:
    """Write POSIX seconds as an instant, UTC: ``2016-09-12T16:00:00Z``."""
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def show_when(when: When) -> str:
    """Write a `When` in its own zone and no more precisely than it was given."""
    zone = ZoneInfo(when.zone)
    first = when.start.astimezone(zone)
    if when.precision in (Precision.DAY, Precision.PART_OF_DAY):
        days = when.local_days()
        return f"{days[0]}" if len(days) == 1 else f"{days[0]} to {days[-1]}"
    if when.precision is Precision.PERIOD:
        return f"{show_time(when.start, when.zone)} to {show_time(when.end, when.zone)}"
    return show_time(first, when.zone)


def _short(text: str) -> str:
    text = text.strip()
    return repr(text if len(text) <= QUOTED else text[: QUOTED - 3] + "...")
