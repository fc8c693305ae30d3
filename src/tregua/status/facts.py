"""What conditions look at: possible violations and watches, collected once for every norm."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.evidence import Evidence
from tregua.status.events import Event, events_of
from tregua.status.watching import Watched

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.status.basis import Basis


@dataclass(frozen=True, slots=True)
class NormFacts:
    """One norm with its possible violations (by time) and the watches that count for it."""

    norm: Norm
    events: tuple[Event, ...]
    watched: Watched


@dataclass(frozen=True, slots=True)
class Facts:
    """All norms of the deal with what is known about them; norms stand in the order of the deal."""

    basis: Basis
    norms: tuple[NormFacts, ...]

    def of(self, norm: str) -> NormFacts | None:
        """Return what is known about a norm, compared whole."""
        return next((f for f in self.norms if f.norm.id == norm), None)

    def events(self, start: datetime, end: datetime) -> tuple[Event, ...]:
        """Return the possible violations of any norm that may lie in the stretch."""
        return tuple(e for f in self.norms for e in f.events if e.touches(start, end))


def facts_of(basis: Basis) -> Facts:
    """Collect the facts of every norm."""
    deal = basis.agreement
    evidence = Evidence(
        deal, basis.attributed, basis.watches, basis.statements, basis.moments, at=basis.at
    )
    incidents = {x.incident.id: x.incident for x in basis.attributed}
    norms = (
        NormFacts(n, events_of(n.id, basis, incidents), Watched(n, evidence)) for n in deal.norms
    )
    return Facts(basis, tuple(norms))
