"""The door of the room: agreement, assessments, statements and a time in; the status out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.status.aid import about_aid
from tregua.status.basis import Basis
from tregua.status.claims import claims_of
from tregua.status.clocks import clock_states
from tregua.status.consequences import dues_of
from tregua.status.facts import facts_of
from tregua.status.findings import found_beside
from tregua.status.gates import gate_states
from tregua.status.model import Status
from tregua.status.phases import phase_states

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch


def advance(
    agreement: Agreement,
    assessments: tuple[Assessment, ...],
    attributed: tuple[Attributed, ...],
    watches: tuple[Watch, ...],
    statements: tuple[Statement, ...],
    moments: Moments,
    *,
    at: datetime,
) -> Status:
    """Say where the deal stands at ``at`` (UTC), from what was known."""
    basis = Basis(agreement, assessments, attributed, watches, statements, moments, at)
    facts = facts_of(basis)
    clocks = clock_states(facts)
    return Status(
        at=at,
        phases=phase_states(basis),
        clocks=clocks,
        gates=gate_states(facts, clocks),
        dues=dues_of(facts, clocks),
        claims=claims_of(basis),
        assessments=assessments,
        aid=about_aid(agreement, assessments),
        findings=found_beside(basis),
    )
