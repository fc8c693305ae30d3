"""What the status rests on: everything that was passed in, with the few questions asked of it.

Nothing here decides anything. A statement counts from the moment at which it was made or takes
effect; one that lies after the moment asked about is not looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.operator import Form

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Says, Statement, Watch


@dataclass(frozen=True, slots=True)
class Basis:
    """The deal, what was assessed, what was recorded, and the moment asked about (UTC).

    ``form`` is the one in which operators are asked; no answer depends on it.
    """

    agreement: Agreement
    assessments: tuple[Assessment, ...]
    attributed: tuple[Attributed, ...]
    watches: tuple[Watch, ...]
    statements: tuple[Statement, ...]
    moments: Moments
    at: datetime
    form: Form = Form.COLUMNAR

    def of_norm(self, norm: str, bearer: str | None = None) -> tuple[Assessment, ...]:
        """Return the assessments of a norm, of one bearer when one is given."""
        return tuple(
            a for a in self.assessments if a.norm == norm and (bearer is None or a.bearer == bearer)
        )

    def said(self, *says: Says, about: str | None = None) -> tuple[Statement, ...]:
        """Return the statements of these kinds made up to the moment, by time and record id."""
        found = [
            s
            for s in self.statements
            if s.says in says and s.when.start <= self.at and about in (None, s.about)
        ]
        return tuple(sorted(found, key=lambda s: (s.when.start, s.origin.id)))
