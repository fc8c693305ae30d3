"""By whom an incident counts: in which worlds of who did it it is surely, or possibly, a violation.

An incident **surely** counts where one whom the bearer surely is (or holds back) did it, and all
else about it is certain; it **possibly** counts where one whom he may be did it. All else is
certain exactly if the lower bound of the answer is that of the author alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.assessment.rules import restrained_by
from tregua.assessment.who_test import meant
from tregua.attribution.scale import scale_of

if TYPE_CHECKING:
    from tregua.agreement.model import Ids, Norm
    from tregua.assessment.evidence import Evidence
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed
    from tregua.attribution.scale import Scale

_ALIKE = 1e-9  # two sums of the same shares may differ by rounding


@dataclass(frozen=True, slots=True)
class Counted:
    """An incident that counts in each world in which one of ``who`` did it."""

    scale: Scale
    who: frozenset[str]


@dataclass(frozen=True, slots=True)
class Suspect:
    """The answer that an incident may be a violation, the incident, and the evidence for it."""

    answer: Assessment
    item: Attributed
    evidence: Evidence

    @property
    def scale(self) -> Scale:
        """Return how its author follows from the offices that are believed."""
        key = ("scale", self.item.incident.id)
        return self.evidence.cached(key, lambda: scale_of(self.item))


def asked_about(norm: Norm, bearer: str, evidence: Evidence) -> Ids:
    """Return about whom it is asked whether he did it: the bearer, or those whom he holds back."""
    held_back = norm.shape == "maintain"
    return restrained_by(norm, evidence.agreement) if held_back else (bearer,)


def counted(one: Suspect, roots: Ids) -> tuple[float, Counted, Counted]:
    """Return the share of those whom a root surely is, and by whom it surely / possibly counts."""

    def find() -> tuple[float, Counted, Counted]:
        sure, possible = meant(one.item.actors, roots, one.evidence)
        surely, possibly = (
            Counted(one.scale, frozenset(h.who for h in found)) for found in (sure, possible)
        )
        return sum(h.share for h in sure), surely, possibly

    return one.evidence.cached(("counted", one.item.incident.id, roots), find)


def counts_surely(one: Suspect, roots: Ids) -> Counted | None:
    """Return by whom it surely counts; ``None`` where more than its author is uncertain."""
    share, surely, _ = counted(one, roots)
    return surely if share and one.answer.low >= share - _ALIKE else None
