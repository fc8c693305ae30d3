"""When the deal's own moments fell: D, starts and ends of phases, extensions as declared.

A moment comes from the text (a fixed instant), from the exercise of a power recorded as a
statement (``sets``, ``extends``, ``ends`` ...), or from neither; then it is not known, and what
depends on it is undetermined.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement, TimeExpr
    from tregua.assessment.model import Because
    from tregua.reports.model import Statement
    from tregua.terms.time import When


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
        extensions: each step with its records, in time order.
    """

    id: str
    state: str
    start: datetime | None
    end: datetime | None
    certain_end: datetime | None
    because: tuple[Because, ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """All moments of a deal as known."""

    named: tuple[tuple[str, When, tuple[str, ...]], ...]  # name, instant, records behind it
    phases: tuple[PhaseSpan, ...]

    def phase(self, phase_id: str) -> PhaseSpan | None:
        """Return the span of a phase, compared whole."""
        return next((p for p in self.phases if p.id == phase_id), None)

    def at(self, name: str) -> When | None:
        """Return a named moment, e.g. ``D``; ``None`` when it is not known."""
        return next((when for n, when, _ in self.named if n == name), None)


def moments_in(
    agreement: Agreement, statements: tuple[Statement, ...], *, at: datetime
) -> Moments:
    """Find every moment and phase of the deal, from its text and the statements known, at ``at``."""
    raise NotImplementedError


def resolve(
    expression: TimeExpr, agreement: Agreement, moments: Moments
) -> When | None:
    """Return the instant a time expression means, or ``None`` while some moment in it is unknown."""
    raise NotImplementedError
