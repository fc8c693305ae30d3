"""Make an `Assessment` from its parts: id, records, incidents, provisional or final."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.agreement.model import Amount
from tregua.assessment.standard import verifications_of
from tregua.assessment.steps import moved

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Norm
    from tregua.assessment.evidence import Evidence

WHOLE = "whole"


def assessment_id(norm: str, bearer: str, instance: str, number: int = 1) -> str:
    """Return ``A-`` and 8 hex digits over norm, bearer and instance, parted by line breaks.

    The number of the norm's words follows when they are not its first.
    """
    text = f"{norm}\n{bearer}\n{instance}" + (f"\n{number}" if number > 1 else "")
    return "A-" + sha256(text.encode()).hexdigest()[:8]


def is_provisional(norm: Norm, end: datetime | None, evidence: Evidence) -> bool:
    """Say whether late reports are still expected: `settles after` has not passed, or is unstated.

    The horizon counts from the end of what is assessed; while that runs on, it is provisional.
    """
    if end is None:
        return True
    amounts = evidence.cached(("settles", norm.id), lambda: _settles_after(norm, evidence))
    horizons = [moved(end, a, zone=evidence.agreement.zone) for a in amounts]
    settled = [h for h in horizons if h is not None]
    return not settled or evidence.at < max(settled)


def _settles_after(norm: Norm, evidence: Evidence) -> tuple[Amount, ...]:
    checks = verifications_of(norm, evidence.agreement)
    return tuple(v.settles_after for v in checks if isinstance(v.settles_after, Amount))
