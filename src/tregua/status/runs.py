"""How long a clock has been running: from when, until when, and what the text leaves open about it.

1. It starts where the deal says. If the deal leaves the start open, it may have started at any
   moment since the first of its phases began, so nothing of it is certain.
2. It runs no longer than the phases of the norms it depends on. When the last of them has ended it
   stops and keeps what it shows. What it counts before them is told in ``rules.py``.
3. Between the end that every reading allows and the end that some reading allows, it may have
   stopped: the lower hand no longer counts there, but it can still fall.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.agreement.model import is_open
from tregua.status.moment import is_settled, moments_of
from tregua.status.people import ids_in
from tregua.status.wording import left_open
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Clock
    from tregua.assessment.moments import Pause, PhaseSpan
    from tregua.status.basis import Basis
    from tregua.status.facts import Facts

EXACT = timedelta(hours=1)  # a start told at least to the hour; a day or a period leaves more open


@dataclass(frozen=True, slots=True)
class Run:
    """The stretch in which a clock runs, UTC.

    Attributes:
        first: earliest moment at which it may have started.
        sure: moment at which it has certainly started; ``None`` when that cannot be said.
        sure_end: until when it certainly runs; ``None`` = no end is known.
        end: until when it may run; ``None`` = no end is known.
        at: the moment asked about.
        pauses: suspensions of its phases, in which it stands still.
    """

    first: datetime
    sure: datetime | None
    sure_end: datetime | None
    end: datetime | None
    at: datetime
    pauses: tuple[Pause, ...] = ()

    @property
    def stop(self) -> datetime:
        """Return where the run is cut: at its end, or now."""
        return self.at if self.end is None else min(self.at, self.end)

    @property
    def is_over(self) -> bool:
        """Say whether it has ended in every reading."""
        return self.end is not None and self.end <= self.at


def run_of(
    clock: Clock, norms: tuple[str, ...], facts: Facts
) -> tuple[Run | None, tuple[str, ...]]:
    """Return the run of a clock, ``None`` while it has not begun, and what is open about it."""
    spans = _spans(norms, facts)
    basis = facts.basis
    open_points: list[str] = []
    if is_open(clock.starts):
        begun = [s.start for s in spans if s.start is not None]
        first, sure = min(begun, default=None), None
        open_points.append(
            f"start: {left_open(clock.starts)}; any moment since the phase began is possible, "
            "so no day is certain"
        )
    else:
        first, sure = _stated_start(clock, basis)
    if first is None or first >= basis.at:
        return None, (
            *open_points,
            "the clock has not begun: its start has not come or is not known",
        )
    sure_end, end = (None, None) if _without_end(norms, facts) else _ends(spans)
    open_points += _end_points(spans, sure_end, end, facts)
    pauses = tuple(p for s in spans for p in s.pauses)
    return Run(first, sure, sure_end, end, basis.at, pauses), tuple(open_points)


def _stated_start(clock: Clock, basis: Basis) -> tuple[datetime | None, datetime | None]:
    found = moments_of(clock.starts, basis)
    if not found:
        return None, None
    sure = max(w.start if w.end - w.start <= EXACT else w.end for w in found)
    return found[0].start, sure if is_settled(clock.starts, basis) else None


def _spans(norms: tuple[str, ...], facts: Facts) -> tuple[PhaseSpan, ...]:
    """Return the phases in which the norms hold; every phase of the deal when they name none."""
    moments = facts.basis.moments
    phases = {p for n in norms if (f := facts.of(n)) is not None for p in ids_in(f.norm.during)}
    return tuple(s for s in moments.phases if s.id in phases) or moments.phases


def _without_end(norms: tuple[str, ...], facts: Facts) -> bool:
    """Say whether a norm names no phase: it then holds from the start of the deal on (02, 4.5)."""
    known = [f for n in norms if (f := facts.of(n)) is not None]
    return any(not ids_in(f.norm.during) for f in known)


def _ends(spans: tuple[PhaseSpan, ...]) -> tuple[datetime | None, datetime | None]:
    begun = [s for s in spans if s.start is not None]
    ends = [s.end for s in begun]
    sure_ends = [s.end if s.certain_end is None else s.certain_end for s in begun]
    end = None if None in ends else max((e for e in ends if e is not None), default=None)
    sure = None if None in sure_ends else max((e for e in sure_ends if e is not None), default=None)
    return sure, end


def _end_points(
    spans: tuple[PhaseSpan, ...],
    sure_end: datetime | None,
    end: datetime | None,
    facts: Facts,
) -> list[str]:
    basis = facts.basis
    zone, points = basis.agreement.zone, []
    if sure_end is not None and sure_end != end and sure_end < basis.at:
        points.append(
            f"end: whether it runs on after {show_time(sure_end, zone)} is disputed; "
            "nothing after it is certain"
        )
    if end is not None and end <= basis.at:
        points.append(f"the clock stopped at {show_time(end, zone)}, when its phase ended")
    if any(s.pauses for s in spans):
        points.append("the clock stands still while its phase is suspended")
    return points
