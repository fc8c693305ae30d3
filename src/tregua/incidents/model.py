"""An incident: one occurrence, derived from one to many observations held together by links.

Reports stay whole; values are kept side by side with who says which. The id of an incident is
``I-`` and the first 8 hex digits of SHA-256 over its smallest record id, so that it depends neither
on arrival nor on anything but its records. Where two incidents of one picture would share such an
id, both carry 16 digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.reports.model import Observation, Statement
    from tregua.terms.estimate import Estimate
    from tregua.terms.place import Place
    from tregua.terms.time import When


@dataclass(frozen=True, slots=True)
class Reason:
    """What one feature says about two records; a missing value says nothing and never parts.

    Attributes:
        feature: matter, place, time, kind, killed, target, actor, convoy, or person.
        says: in words.
        speaks_for_joining: whether it speaks for one occurrence.
        speaks_against: whether it speaks for two. When both are false it says nothing.
    """

    feature: str
    says: str
    speaks_for_joining: bool
    speaks_against: bool = False


@dataclass(frozen=True, slots=True)
class Joined:
    """A link between two records of one incident, explained."""

    first: str
    second: str
    reasons: tuple[Reason, ...]
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Incident:
    """One occurrence.

    Attributes:
        observations: sorted by record id.
        replies: denials, admissions, judgements, findings and other replies about it: statements
            whose ``about`` is its matter or the id of one of its records (see ``replies.py``).
        links: the links that hold it together, sorted; empty for a single report.
        when: the narrowest stated time that all reports allow, else the hull of all.
        place: the most precise stated place.
        kinds: act kinds stated, sorted; several when the sources differ; ``""`` for "not stated".
        killed: widest range claimed.
        certain: true when a case or scenario takes it as certain.
    """

    id: str
    observations: tuple[Observation, ...]
    replies: tuple[Statement, ...]
    links: tuple[Joined, ...]
    when: When
    place: Place
    kinds: tuple[str, ...]
    killed: Estimate
    certain: bool

    @property
    def record_ids(self) -> tuple[str, ...]:
        """Return the ids of all records behind it, sorted."""
        ids = [o.origin.id for o in self.observations] + [r.origin.id for r in self.replies]
        return tuple(sorted(ids))
