"""The door of the room: agreement, assessments, statements and a time in; the status out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch
    from tregua.status.model import Status


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
    raise NotImplementedError
