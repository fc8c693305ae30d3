"""L202: "days" without saying which days."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.questions import header_zone, walk
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Amount
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_IN_THE_HEADER = "time zone: <Area/City>  in the header, such as  time zone: Europe/Zurich"
_CALENDAR = ("day", "days", "week", "weeks", "month", "months", "year", "years")


def _find(deal: DealText) -> Iterator[Hit]:
    for block in deal.blocks:
        if block.kind == "scenario":
            continue
        if (
            block.kind == "clock"
            and block.word("counts").endswith("-days")
            and block.is_open("day")
        ):
            yield at_block(block, "calendar days or periods of 24 hours?", key="day")
        elif not header_zone(deal) and not block.has("time zone") and _counts_days(block):
            yield replace(at_block(block, "days, but in no time zone"), help=_IN_THE_HEADER)


def _counts_days(block: Block) -> bool:
    return any(
        isinstance(a, Amount) and a.unit in _CALENDAR for e in block.entries for a in walk(e.value)
    )


RULE = Rule(
    code="L202",
    title="Days are counted, and it is not said which days",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B08",),
    what="A clock that counts days has `day` open, or a span in days stands in a text without "
    "a time zone.",
    why="the seven consecutive days of 2016: whether calendar days or periods of 24 hours was"
    " never said",
    help="day: calendar  or  day: 24-hours; and in the header  time zone: <Area/City>",
    find=_find,
    bad=miniature(
        """
clock calm "Days of calm"
    counts: consecutive-days
    day: undefined "days in a row"
    target: 5 days
""",
        prose="Five days in a row.",
    ),
    good=miniature(
        """
clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    target: 5 days
""",
        prose="Five days in a row.",
    ),
)
