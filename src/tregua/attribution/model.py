"""Attribution: a distribution over hypotheses, third party and unknown included. Never a label.

``must`` holds when every reading of the evidence leaves only this hypothesis; ``may`` when some
reading allows it. The share is a first honest weighing (see ``weigh.py``) for display: no
assessment is decided by it unless the deal states a standard of proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.incidents.model import Incident

UNKNOWN = "unknown"
THIRD_PARTY = "third-party"


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent office that speaks about an incident, and what it says about who did it.

    Attributes:
        office: the publishing office; one office counts once, however often it speaks.
        camps: ids of the sides for which it speaks, sorted; empty = independent.
        names: hypotheses it allows, sorted; empty = it names nobody.
        denies: ids it says did not do it.
        admits: whether it accuses its own camp.
        records: ids of the records that say so.
        camp_known: whether anybody said for whom it speaks; an office without any label is not
            counted as independent where independence is needed.
        pair_only: whether it only says which sides were fighting, and so accuses nobody.
        share: its part of all votes on who did it, 0..1; 0 where it names nobody, or somebody must.
    """

    office: str
    camps: tuple[str, ...]
    names: tuple[str, ...]
    denies: tuple[str, ...]
    admits: bool
    records: tuple[str, ...]
    camp_known: bool = True
    pair_only: bool = False
    share: float = 0.0

    @property
    def is_independent(self) -> bool:
        """Say whether it is known to speak for no side."""
        return self.camp_known and not self.camps


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One possible author of the act."""

    who: str  # id of the deal, `third-party`, `unknown`, or another plain id
    share: float  # 0..1; the shares of one incident sum to 1
    must: bool
    may: bool
    said_by: tuple[str, ...]  # offices, sorted
    denied_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attributed:
    """An incident with its distributions.

    Attributes:
        actors: who did it; sorted by id, `unknown` last. Always at least `unknown`.
        targets: whom or what it hit, the same way.
        voices: sorted by office.
        contested: whether offices name different authors or the accused denies.
        happened_must: whether it certainly happened; ``False`` when only one camp says so or when
            the low estimate allows that it did not.
        unresolved: names in its records for which the deal and the namings know nobody, sorted;
            each stands as `unknown` in the distributions.
    """

    incident: Incident
    actors: tuple[Hypothesis, ...]
    targets: tuple[Hypothesis, ...]
    voices: tuple[Voice, ...]
    contested: bool
    happened_must: bool
    unresolved: tuple[str, ...] = ()

    def actor(self, who: str) -> Hypothesis | None:
        """Return the hypothesis that ``who`` did it, compared whole."""
        return next((h for h in self.actors if h.who == who), None)
