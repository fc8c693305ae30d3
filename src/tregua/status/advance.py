"""The door of the room: what is known about the deal at a time in; the status out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.status.aid import about_aid
from tregua.status.claims import claims_of
from tregua.status.clocks import clock_states
from tregua.status.consequences import dues_of
from tregua.status.findings import found_beside
from tregua.status.gates import gate_states
from tregua.status.model import Status
from tregua.status.phases import phase_states

if TYPE_CHECKING:
    from tregua.status.facts import Facts


def advance(facts: Facts) -> Status:
    """Say where the deal stands, from what is known about it (``facts.py``)."""
    basis = facts.basis
    clocks = clock_states(facts)
    return Status(
        at=basis.at,
        phases=phase_states(basis),
        clocks=clocks,
        gates=gate_states(facts, clocks),
        dues=dues_of(facts, clocks),
        claims=claims_of(basis),
        assessments=basis.assessments,
        aid=about_aid(basis.agreement, basis.assessments),
        findings=found_beside(basis),
    )
