"""Who watched for a norm in a stretch of time, by the same rules as the assessment of the norm.

What counts as a watch, and how much of it the deal asks for, is decided in one place only
(``assessment/coverage.py``); here it is asked of single days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.coverage import Coverage, coverage_of
from tregua.assessment.in_force import Period
from tregua.assessment.model import Because

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.evidence import Evidence

ASKED = Because("the stretch that is asked about", "time", holds=True)


@dataclass(frozen=True, slots=True)
class Watched:
    """What is recorded about the watch for one norm."""

    norm: Norm
    evidence: Evidence

    def over(self, start: datetime, end: datetime) -> Coverage:
        """Return how far the norm was watched in ``[start, end)``, UTC, and if that is enough."""
        stretch = Period(start, end, start, end, (), ASKED)
        return coverage_of(self.norm, (stretch,), self.evidence)
