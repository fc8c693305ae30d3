"""The door of the room: norms, incidents and coverage in; assessments out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch


def assess(
    agreement: Agreement,
    attributed: tuple[Attributed, ...],
    watches: tuple[Watch, ...],
    statements: tuple[Statement, ...],
    moments: Moments,
    *,
    at: datetime,
) -> tuple[Assessment, ...]:
    """Answer kept, violated or undetermined for every norm, bearer and instance, up to ``at`` (UTC)."""
    raise NotImplementedError
