"""The door of the room: agreement, assessments, statements and a time in; the status out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.status.aid import about_aid
from tregua.status.claims import claims_of
from tregua.status.clocks import clock_states
from tregua.status.consequences import dues_of
from tregua.status.facts import facts_of
from tregua.status.findings import found_beside
from tregua.status.gates import gate_states
from tregua.status.model import Status
from tregua.status.phases import phase_states

if TYPE_CHECKING:
    from tregua.assessment.spells import Spell
    from tregua.status.basis import Basis


def advance(basis: Basis, norms: tuple[tuple[Spell, ...], ...]) -> Status:
    """Say where the deal stands, from what was known.

    Args:
        basis: the deal as it stands at the moment asked about, and what is known.
        norms: each norm with the words it had and has.
    """
    facts = facts_of(basis, norms)
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
