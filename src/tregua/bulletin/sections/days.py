"""Day by day: the strip of each clock and why every day counted as it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.bulletin.blocks import Figure, Heading, Num, Para, Strip, Table, words
from tregua.bulletin.section import count
from tregua.bulletin.strip_svg import StripDay, strip_svg

if TYPE_CHECKING:
    from tregua.bulletin.blocks import Block, Line
    from tregua.centre import Picture
    from tregua.status.model import ClockState, DayCount

NAME = "days"


def compose(picture: Picture) -> tuple[Block, ...]:
    """Compose a strip and a table for every clock that has run."""
    ran = [c for c in picture.status.clocks if c.days]
    head = Heading("Day by day", "days")
    if not ran:
        return (head, Para(words("No clock of the deal has begun to run.")))
    records = _records_of(picture)
    return (head, *(block for clock in ran for block in _clock(clock, records)))


def _records_of(picture: Picture) -> dict[str, tuple[str, ...]]:
    return {a.incident.id: a.incident.record_ids for a in picture.attributed}


def _behind(day: DayCount, records: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(sorted({r for i in day.incidents for r in records.get(i, ())}))


def _clock(clock: ClockState, records: dict[str, tuple[str, ...]]) -> tuple[Block, ...]:
    strip = tuple(
        StripDay(
            label=f"{d.day.day} {d.day:%b}",
            counts=d.counts,
            low=d.low,
            high=d.high,
            incidents=len(d.incidents),
            reports=len(_behind(d, records)),
            why="; ".join(d.why),
        )
        for d in clock.days
    )
    title = f"{clock.title} ({clock.id})"
    svg = strip_svg(strip, title=title, unit=clock.unit)
    hands = tuple((f"{d.day:%d %b}", d.counts, f"{d.low} to {d.high}") for d in clock.days)
    return (
        Figure(svg, _in_words(clock), caption=f"{title}: each day and both hands of the clock"),
        Strip(hands),
        Table(
            ("day", "counts as", "certain", "possible", "incidents", "reports", "why"),
            tuple(_row(d, clock, records) for d in clock.days),
            caption=f"Why each day counted as it did: {title}",
        ),
    )


def _row(day: DayCount, clock: ClockState, records: dict[str, tuple[str, ...]]) -> tuple[Line, ...]:
    behind = _behind(day, records)
    return (
        words(f"{day.day:%Y-%m-%d}"),
        words(day.counts),
        (
            Num(
                str(day.low),
                f"{clock.id}: certain {clock.unit} at the end of {day.day}",
                behind,
                "all reports of the day",
            ),
        ),
        (
            Num(
                str(day.high),
                f"{clock.id}: possible {clock.unit} at the end of {day.day}",
                behind,
                "all reports of the day",
            ),
        ),
        (
            count(
                behind,
                f"incidents of {day.day} that may concern {clock.id}",
                value=len(day.incidents),
                searched="all reports of the day",
            ),
        ),
        (
            count(
                behind,
                f"reports behind the incidents of {day.day}",
                searched="all reports of the day",
            ),
        ),
        words("; ".join(day.why)),
    )


def _in_words(clock: ClockState) -> str:
    return "; ".join(f"{d.day:%d %b}: {d.counts}" for d in clock.days)
