"""A stated tolerance: so many incidents are no violation yet ("2 per 24 hours").

Every incident of a window that holds more than the allowed number counts. It counts for certain
when that many certain ones surely lie in one window with it; it may count when that many possible
ones may lie in one. A tolerance that the text does not state is 0, and then nothing here changes
anything.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount
from tregua.assessment.explain import node
from tregua.assessment.facts import test
from tregua.assessment.model import Answer, Why
from tregua.assessment.steps import span_length

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.model import Assessment

_EVER = timedelta(days=36_500)  # no window stated: the norm's whole time


def tolerated(found: tuple[Assessment, ...], norm: Norm) -> tuple[Assessment, ...]:
    """Return the assessments without those that certainly stay within the norm's tolerance."""
    allowed = norm.tolerance
    if not isinstance(allowed, int) or allowed == 0:
        return found
    stated = norm.tolerance_per
    window = (span_length(stated) if isinstance(stated, Amount) else None) or _EVER
    possible, certain = _Times(a for a in found if a.may), _Times(a for a in found if a.must)
    kept = []
    for one in found:
        sure, may_be = certain.inside(one, window), possible.near(one, window)
        if not one.may:
            kept.append(one)
        elif sure > allowed:
            kept.append(_shown(one, allowed, sure, may_be))
        elif may_be > allowed:
            kept.append(_opened(_shown(one, allowed, sure, may_be)))
    return tuple(kept)


class _Times:
    """First and last instants of some assessments, sorted apart, so that windows can be counted."""

    def __init__(self, found: Iterable[Assessment]) -> None:
        times = [(a.start, a.end or a.start) for a in found]
        self.firsts = sorted(first for first, _ in times)
        self.lasts = sorted(last for _, last in times)

    def near(self, one: Assessment, window: timedelta) -> int:
        """Count those that may lie in one window with it, in the fullest of such windows.

        That window may as well end with the first instant of the last one that comes into it.
        """
        first, last = one.start, one.end or one.start
        low, high = bisect_left(self.firsts, first), bisect_right(self.firsts, last + window)
        ends = (first, *self.firsts[low:high])
        return max(self._touching(end - window, end) for end in ends)

    def inside(self, one: Assessment, window: timedelta) -> int:
        """Count those that surely lie in one window with it, in the fullest of such windows.

        That window may as well begin with the first one in it. No window holds for certain what
        may have happened at times further apart than its length.
        """
        first, last = one.start, one.end or one.start
        if last - first > window:
            return 0
        low, high = bisect_left(self.firsts, last - window), bisect_right(self.firsts, first)
        starts = (*self.firsts[low:high], first)
        return max(self._between(start, start + window) for start in starts)

    def _touching(self, start: datetime, end: datetime) -> int:
        return bisect_right(self.firsts, end) - bisect_left(self.lasts, start)

    def _between(self, start: datetime, end: datetime) -> int:
        began = len(self.firsts) - bisect_left(self.firsts, start)
        return max(0, began - (len(self.lasts) - bisect_right(self.lasts, end)))


def _shown(one: Assessment, allowed: int, sure: int, may_be: int) -> Assessment:
    """Add the node that counts the incidents of the window."""
    passed = sure > allowed
    because = node(
        f"more than {allowed} lie in one window: {sure} for certain, {may_be} possibly",
        "tolerance",
        True if passed else None,
        clause=one.clause,
        facts=test("passed", ("certain", str(sure)), ("possible", str(may_be))),
    )
    return replace(one, because=(*one.because, because))


def _opened(one: Assessment) -> Assessment:
    """Take back "violated": whether the tolerance was passed depends on uncertain incidents."""
    reasons = tuple(sorted({*one.reasons, Why.WHAT}))
    p = replace(one.p, least=0.0)
    return replace(one, must=False, low=0.0, p=p, answer=Answer.UNDETERMINED, reasons=reasons)
