"""L203: a duration without an end, or with two ends that disagree."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tregua.agreement.questions import instant, walk
from tregua.agreement.rule import Rule, at_block, miniature
from tregua.agreement.value import Amount
from tregua.terms.notes import Confidence, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.rule import Hit

_HOURS = {
    "seconds": 1 / 3600,
    "minutes": 1 / 60,
    "hours": 1.0,
    "second": 1 / 3600,
    "minute": 1 / 60,
    "hour": 1.0,
}
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7}


def _find(deal: DealText) -> Iterator[Hit]:
    for phase in deal.of_kind("phase"):
        if phase.is_open("lasts") and phase.is_open("ends"):
            yield at_block(phase, "no end is given", key="ends")
        elif phase.has("lasts") and phase.has("ends") and _disagree(deal, phase):
            yield replace(
                at_block(phase, "another end than the duration gives", key="ends"),
                claims_silence=False,
            )


def _disagree(deal: DealText, phase: Block) -> bool:
    starts, ends = instant(deal, phase.get("starts")), instant(deal, phase.get("ends"))
    lasts = next((a for a in walk(phase.get("lasts")) if isinstance(a, Amount)), None)
    if starts is None or ends is None or lasts is None:
        return False
    length = float(lasts.value)
    if lasts.unit in _HOURS:
        end = starts.start + timedelta(hours=length * _HOURS[lasts.unit])
    elif lasts.unit in _DAYS:
        local = starts.start.astimezone(ZoneInfo(starts.zone))
        end = local + timedelta(days=length * _DAYS[lasts.unit])
    else:
        return False
    return not ends.start <= end < ends.end


RULE = Rule(
    code="L203",
    title="A period has no end, or two ends that disagree",
    severity=Severity.ERROR,
    confidence=Confidence.HIGH,
    catalogue=("B03",),
    what="A phase has neither `lasts` nor `ends`, or both and they give different moments.",
    why="the truce of September 2016 ended at 23:59 on the 18th for one side and at 19:00 on "
    "the 19th for the other",
    help="ends: <moment>, or  lasts: <span>; ends: none  if it is meant to last",
    find=_find,
    bad=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    ends: undefined
"""
    ),
    good=miniature(
        """
phase truce "Truce"
    starts: 2030-05-01T06:00 Europe/Zurich
    lasts: 72 hours
""",
        prose="The truce lasts 72 hours.",
    ),
)
