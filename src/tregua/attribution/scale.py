"""Who did it, given which offices are believed; the votes of ``weigh.py`` as a scale of chances.

1. An office is believed on an incident with the probability of its share of the votes there.
2. If all who are believed name the same, it is so; of several names that they leave open each is as
   likely as the other.
3. If nobody is believed, or some who name different ones, the incident stays **open**: then each
   hypothesis has the chance that it is still **owed**, which is its share less what rule 2 gives.
4. Who must have done it did it whoever is believed; who cannot, never.

So each hypothesis has over all worlds the very share that ``weigh.py`` states, and no number is
added to the votes. Nobody is owed less than nothing: rule 2 gives a name only where one of those is
believed who say so, and their shares together are no more than its share. What no office accuses
of (the votes of ``unknown``, the halves of denials) belongs to no office and is owed in rule 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import fsum, prod
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.attribution.model import Attributed, Voice

Office: TypeAlias = tuple[str, float]  # its name, and its share of the votes on an incident


@dataclass(frozen=True, slots=True)
class Telling:
    """The offices that name the same on one incident.

    Attributes:
        names: whom they name, sorted.
        offices: each with its share of the votes, sorted.
    """

    names: tuple[str, ...]
    offices: tuple[Office, ...]

    @property
    def nobody_believed(self) -> float:
        """Return the probability that none of them is believed."""
        return prod(1 - share for _, share in self.offices)


@dataclass(frozen=True, slots=True)
class Scale:
    """How one incident's author follows from the offices that are believed.

    Attributes:
        incident: its id.
        tellings: the different things that are said, sorted.
        owed: chance of each hypothesis where the incident stays open, in the distribution's order.
    """

    incident: str
    tellings: tuple[Telling, ...]
    owed: tuple[tuple[str, float], ...]

    @property
    def offices(self) -> tuple[Office, ...]:
        """Return every office that may be believed, with its share of the votes."""
        return tuple(o for telling in self.tellings for o in telling.offices)


def scale_of(attributed: Attributed) -> Scale:
    """Return how the author of an incident follows from the offices that are believed."""
    tellings = _tellings(v for v in attributed.voices if v.share > 0)
    owed = {h.who: h.share for h in attributed.actors}
    for one in tellings:
        others = prod(t.nobody_believed for t in tellings if t is not one)
        for who in one.names:
            owed[who] -= (1 - one.nobody_believed) * others / len(one.names)
    left = {who: max(0.0, share) for who, share in owed.items()}
    total = fsum(left.values())
    chances = tuple((who, share / total if total else 0.0) for who, share in left.items())
    return Scale(attributed.incident.id, tellings, chances)


def _tellings(voices: Iterable[Voice]) -> tuple[Telling, ...]:
    said: dict[tuple[str, ...], list[Office]] = {}
    for voice in voices:
        said.setdefault(voice.names, []).append((voice.office, voice.share))
    return tuple(Telling(names, tuple(sorted(said[names]))) for names in sorted(said))
