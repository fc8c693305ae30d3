"""The state of a deal at a time, as known at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from tregua.assessment.model import Assessment, Because, Probability
    from tregua.status.findings import Found


@dataclass(frozen=True, slots=True)
class PhaseState:
    """Where a phase stands.

    Attributes:
        state: not-begun, in-force, extended, suspended, expired, ended, unknown.
        start, end: as far as known, UTC.
        because: one sentence each; records behind them.
        next_end: the next moment at which it runs out unless extended.
    """

    id: str
    title: str
    clause: str
    state: str
    start: datetime | None
    end: datetime | None
    because: tuple[Because, ...]
    next_end: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody says the state is, beside the recognised one."""

    by: str
    claim: str
    at: datetime
    records: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DayCount:
    """One calendar day of a clock and why it counted as it did.

    Attributes:
        day: calendar day in the clock's zone.
        start, end: its first instant and the first of the next day, UTC, cut to the clock's run.
        counts: ``good`` (certainly), ``bad`` (certainly), ``open`` (cannot be said).
        why: sentences.
        assessments: ids.
        incidents: ids of the incidents of that day.
        low, high: the clock's two hands at the end of the day.
    """

    day: date
    start: datetime
    end: datetime
    counts: str
    why: tuple[str, ...]
    assessments: tuple[str, ...]
    incidents: tuple[str, ...]
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Share:
    """In which share of possible worlds something holds of which it cannot be said whether it does.

    Attributes:
        p: the two ends, certainly and possibly, and how many worlds were drawn.
        incidents: ids of those of which the author decides something, sorted.
    """

    p: Probability
    incidents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClockState:
    """A clock as an interval: "4 days certain, up to 7 possible".

    Attributes:
        low, high: certain and possible length in ``unit``.
        certified: what the certifier has declared; ``None`` when nobody did.
        certifier: ids; empty when the text names nobody.
        target: in ``unit``; ``None`` when there is none.
        reached: ``True`` / ``False`` / ``None`` (possible, not certain).
        open_points: what the text leaves open and how that widens the interval, in words.
        share: of possible worlds in which the target is reached, where that is open; ``None``
            where no author of an incident decides it.
    """

    id: str
    title: str
    clause: str
    unit: str
    low: int
    high: int
    target: int | None
    reached: bool | None
    certified: float | None
    certifier: tuple[str, ...]
    days: tuple[DayCount, ...]
    open_points: tuple[str, ...]
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class GateState:
    """A gate: shut, ready, open, lapsed or unknown, and what is missing.

    ``share`` is that of possible worlds in which its condition holds, where that cannot be said;
    ``None`` where no author of an incident decides it.
    """

    id: str
    title: str
    clause: str
    state: str
    missing: tuple[str, ...]
    deciders: tuple[str, ...]
    because: tuple[Because, ...]
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """A consequence that follows, or the fact that none can.

    Attributes:
        consequence: id; ``""`` when the deal names none for the violated norm.
        state: due, done, waived, overdue, needs-finding, not-due, none-named.
        on_whom: ids of the violators.
        by_whom: ids of those who must act; empty when nobody is named.
    """

    consequence: str
    norm: str
    clause: str
    state: str
    on_whom: tuple[str, ...]
    by_whom: tuple[str, ...]
    since: datetime | None
    says: str
    assessments: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """The picture.

    Attributes:
        at: the moment asked about, UTC.
        phases, clocks, gates, dues, assessments: in the order of the deal.
        claims: sorted by time, then by claimant.
        aid: assessments of aid access (norms whose acts are aid acts), ids out of
            ``assessments``.
        findings: of those who may determine, each beside what was assessed.
    """

    at: datetime
    phases: tuple[PhaseState, ...]
    clocks: tuple[ClockState, ...]
    gates: tuple[GateState, ...]
    dues: tuple[Due, ...]
    claims: tuple[Claim, ...]
    assessments: tuple[Assessment, ...]
    aid: tuple[str, ...]
    findings: tuple[Found, ...] = ()
