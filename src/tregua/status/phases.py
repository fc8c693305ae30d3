"""Phases: the recognised state of each, with the moment at which it runs out.

What a side claims the state to be stands in ``claims.py``, beside it and never instead of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import is_open
from tregua.assessment.model import Because
from tregua.status.model import PhaseState
from tregua.status.wording import left_open
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Phase
    from tregua.assessment.moments import PhaseSpan
    from tregua.status.basis import Basis

RUNNING = frozenset({"in-force", "extended"})


def phase_states(basis: Basis) -> tuple[PhaseState, ...]:
    """Return where every phase of the deal stands, in the order of the deal."""
    return tuple(_state(p, basis.moments.phase(p.id), basis) for p in basis.agreement.phases)


def _state(phase: Phase, span: PhaseSpan | None, basis: Basis) -> PhaseState:
    if span is None:
        says = f"the start of {phase.id} is not known: {_open_start(phase)}"
        because = (Because(says, "phase", None, clause=phase.clause),)
        return PhaseState(phase.id, phase.title, phase.clause, "unknown", None, None, because)
    ahead = [t for t in (span.certain_end, span.end) if t is not None and t > basis.at]
    return PhaseState(
        id=phase.id,
        title=phase.title,
        clause=phase.clause,
        state=span.state,
        start=span.start,
        end=span.end,
        because=span.because + _doubts(phase, span, basis.agreement),
        next_end=min(ahead, default=None),
    )


def _open_start(phase: Phase) -> str:
    if is_open(phase.starts):
        return left_open(phase.starts)
    return "no statement fixes the moment"


def _doubts(phase: Phase, span: PhaseSpan, agreement: Agreement) -> tuple[Because, ...]:
    doubts = []
    if span.end != span.certain_end and span.certain_end is not None:
        upper = "open" if span.end is None else show_time(span.end, agreement.zone)
        certain = show_time(span.certain_end, agreement.zone)
        doubts.append(f"the end is uncertain: not before {certain}, at the latest {upper}")
    if span.end is not None and is_open(phase.on_expiry):
        doubts.append(f"what follows when {phase.id} runs out: {left_open(phase.on_expiry)}")
    return tuple(Because(says, "phase", None, clause=phase.clause) for says in doubts)
