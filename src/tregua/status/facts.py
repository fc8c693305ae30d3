"""What conditions look at: possible violations, times in force and watches, once for every norm.

What counts as a watch, how much of it the deal asks for, and when a norm is in force is decided in
one place only, the assessment room; here it is asked of single days.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.assessment.coverage import Coverage, coverage_of
from tregua.assessment.forbid import Setting, setting_of
from tregua.status.events import Event, events_of

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.in_force import Period
    from tregua.assessment.spells import Spell
    from tregua.status.basis import Basis


@dataclass(frozen=True, slots=True)
class NormFacts:
    """One norm with its possible violations (by time), its times in force, and its words.

    ``settings`` holds it in each of the words that it had, by time.
    """

    norm: Norm
    events: tuple[Event, ...]
    settings: tuple[Setting, ...]

    @property
    def periods(self) -> tuple[Period, ...]:
        """Return the times in force, by time."""
        return tuple(p for s in self.settings for p in s.periods)

    @property
    def begin(self) -> datetime | None:
        """Return when the norm first came into force, UTC; ``None`` when it has not as known."""
        return min((p.start for p in self.periods), default=None)

    @property
    def end(self) -> datetime | None:
        """Return when it was last in force in some reading, UTC; ``None`` when no end is known."""
        ends = [p.end for p in self.periods]
        return None if None in ends else max((e for e in ends if e is not None), default=None)

    def in_force_in(self, start: datetime, end: datetime) -> tuple[Period, ...]:
        """Return the times in ``[start, end)``, UTC, in which it was or may have been in force."""
        return tuple(p for words in self.settings for p in _cut(words, start, end))

    def in_force_through(self, start: datetime, end: datetime) -> bool | None:
        """Say whether it was in force through the whole of ``[start, end)``; three-valued."""
        here = [
            p
            for words in self.settings
            for p in words.periods
            if p.start <= start and (p.end is None or end <= p.end)
        ]
        if not here:
            return False
        return True if any(_is_certain(p, start, end) for p in here) else None

    def watched(self, start: datetime, end: datetime) -> Coverage:
        """Return how far it was watched while in force in ``[start, end)``, UTC."""
        found = []
        for words in self.settings:
            cut = _cut(words, start, end)
            if cut or words is self.settings[-1]:
                times = tuple((p.start, p.end) for p in cut if p.end)
                found.append(coverage_of(words.norm, times, words.evidence))
        # Where the words changed within the stretch, the least watched of them counts.
        asked = [c for c in found if not c.is_enough] or found
        return min(asked, key=lambda c: c.share)


def _cut(words: Setting, start: datetime, end: datetime) -> tuple[Period, ...]:
    cut = [
        replace(
            p,
            start=max(start, p.start),
            end=end if p.end is None else min(end, p.end),
        )
        for p in words.periods
    ]
    return tuple(p for p in cut if p.end is not None and p.start < p.end)


def _is_certain(period: Period, start: datetime, end: datetime) -> bool:
    if period.certain_start is None or start < period.certain_start:
        return False
    if any(p.start < end and (p.end is None or start < p.end) for p in period.pauses):
        return False
    return period.certain_end is None or end <= period.certain_end


@dataclass(frozen=True, slots=True)
class Facts:
    """All norms of the deal with what is known about them; norms stand in the order of the deal."""

    basis: Basis
    spells: tuple[tuple[Spell, ...], ...]
    norms: tuple[NormFacts, ...]

    def as_of(self, moment: datetime) -> Facts:
        """Return the facts at an earlier moment (UTC), as they are known now."""
        spells = (
            tuple(s.seen_at(moment) for s in norm if s.held.start is None or s.held.start <= moment)
            for norm in self.spells
        )
        return facts_of(replace(self.basis, at=moment), tuple(n for n in spells if n))

    def of(self, norm: str) -> NormFacts | None:
        """Return what is known about a norm, compared whole."""
        return next((f for f in self.norms if f.norm.id == norm), None)

    def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """Return the possible violations of any norm that may lie in the stretch."""
        return tuple(e for f in self.norms for e in f.events if e.touches(start, end))


def facts_of(basis: Basis, norms: tuple[tuple[Spell, ...], ...]) -> Facts:
    """Collect the facts of every norm that has come into force in some words."""
    incidents = {x.incident.id: x.incident for x in basis.attributed}
    found = (
        NormFacts(
            spells[-1].norm,
            events_of(spells[-1].norm.id, basis, incidents),
            tuple(setting_of(s) for s in spells),
        )
        for spells in norms
    )
    return Facts(basis, norms, tuple(found))
