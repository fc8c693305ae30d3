"""The values of the moments of a deal: spans of phases, pauses, named instants.

Kept apart from ``moments.py`` so that the files that find them can build them; everybody else
imports them from ``moments.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.assessment.model import Because
    from tregua.terms.time import When


@dataclass(frozen=True, slots=True)
class Pause:
    """A time for which a phase was suspended: ``[start, end)`` UTC, ``end`` open while it lasts."""

    start: datetime
    end: datetime | None
    certain: bool


@dataclass(frozen=True, slots=True)
class PhaseSpan:
    """A phase as far as it is known.

    Attributes:
        id: of the phase.
        state: not-begun, in-force, extended, suspended, expired, ended, unknown.
        start: UTC; ``None`` when its start is not known or has not come.
        end: UTC; ``None`` while it is open.
        certain_end: UTC; end that every reading allows (e.g. an extension that only one of two
            joint holders declared, or one whose length is disputed, counts for ``end`` only).
        because: each step (start, end, extension, suspension, termination) with its records.
        certain_start: UTC; first instant at which every reading has begun; ``None`` = ``start``.
        begun_certainly: false while only some of those who set its start together have spoken.
        pauses: suspensions, in time order.
    """

    id: str
    state: str
    start: datetime | None
    end: datetime | None
    certain_end: datetime | None
    because: tuple[Because, ...]
    certain_start: datetime | None = None
    begun_certainly: bool = True
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Moments:
    """All moments of a deal as known.

    Attributes:
        named: name, instant, records behind it; a name stands once per reading, earliest first.
            Beside names set by powers: ``effective``, ``opened(gate)``, ``done(duty)``,
            ``accepted(party)``, ``approved(instrument)``, ``notified(x)``.
        phases: in the order of the deal.
        uncertain: names that not every reading fixes at one instant, sorted.
        incomplete: those of them that not all who must fix them together have fixed, sorted.
    """

    named: tuple[tuple[str, When, tuple[str, ...]], ...]
    phases: tuple[PhaseSpan, ...]
    uncertain: tuple[str, ...] = ()
    incomplete: tuple[str, ...] = ()

    def phase(self, phase_id: str) -> PhaseSpan | None:
        """Return the span of a phase, compared whole."""
        return next((p for p in self.phases if p.id == phase_id), None)

    def at(self, name: str) -> When | None:
        """Return a named moment, e.g. ``D``; ``None`` when it is not known."""
        return next((when for n, when, _ in self.named if n == name), None)

    def records(self, name: str) -> tuple[str, ...]:
        """Return the records behind a named moment, sorted."""
        return tuple(sorted({r for n, _, records in self.named if n == name for r in records}))
