"""How an entry stands whose key its party later reported lost (03, section 15).

1. Behind the revocation it is invalid: no door takes it, and the audit fails on it.
2. Before it, it is valid if somebody else than its party had cosigned the record with it by the
   time that the party gives as the loss.
3. Every other one before it is "signed with a key reported stolen", also where nobody else has
   cosigned it yet: else whoever does not cosign could make the other's entries invalid. It counts
   as it did, and everybody who relies on it is told.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.ledger.signing.keys import ROOT
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Callable

    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.windows.seen import Seen


class Standing(StrEnum):
    """What an entry of a revoked key is worth."""

    VALID = "valid"
    STOLEN = "signed with a key reported stolen"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Affected:
    """An entry of a key that was revoked.

    Attributes:
        index: of the entry.
        id: leaf hash, hex.
        kid: the key that signed it.
        revoked: index of the revocation.
        lost: POSIX seconds that the party gives as the loss.
        acknowledged: POSIX seconds of the first cosignature of somebody else over the entry;
            ``None`` while none is known.
    """

    index: int
    id: str
    kid: str
    revoked: int
    lost: int
    acknowledged: int | None

    @property
    def standing(self) -> Standing:
        """Say how the entry stands."""
        if self.index > self.revoked:
            return Standing.INVALID
        in_time = self.acknowledged is not None and self.acknowledged <= self.lost
        return Standing.VALID if in_time else Standing.STOLEN

    def __str__(self) -> str:
        return f"{self.standing}; {self.key_words}, and {self.seen_words}"

    @property
    def key_words(self) -> str:
        """Say what became of the key."""
        lost = show_seconds(self.lost)
        return f"{self.kid} was lost at {lost} by what its party says (revoked by {self.revoked})"

    @property
    def seen_words(self) -> str:
        """Say when somebody else had seen the entry."""
        if self.acknowledged is None:
            return "no cosignature of another party over it is at hand"
        return f"another party first cosigned it at {show_seconds(self.acknowledged)}"


class Signings:
    """Who signed which entries, kept until it is known whose key was revoked.

    Of an entry only its place is kept: a ledger of a million entries fits.
    """

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}
        self._ended: dict[str, tuple[int, int]] = {}  # key -> place of its revocation, its loss

    def take(self, place: int, claims: Claims) -> None:
        """Take an entry that its key did sign."""
        self._places.setdefault(claims.kid, array("q")).append(place)
        if claims.key is not None and _revokes(claims, claims.key.kid):
            self._ended.setdefault(claims.key.kid, (place, claims.key.since))

    def affected(
        self, at: Callable[[int], tuple[int, str]], seen: Seen | None
    ) -> tuple[Affected, ...]:
        """Return the entries whose keys were revoked, in the order of the ledger.

        Args:
            at: place -> index and id (leaf hash, hex) of the entry there.
            seen: the cosignatures over the record; ``None`` when none are at hand.
        """
        of_ended = ((p, kid) for kid in self._ended for p in self._places.get(kid, ()))
        return tuple(self._one(place, kid, at, seen) for place, kid in sorted(of_ended))

    def _one(
        self, place: int, kid: str, at: Callable[[int], tuple[int, str]], seen: Seen | None
    ) -> Affected:
        ended, lost = self._ended[kid]
        index, entry_id = at(place)
        return Affected(index, entry_id, kid, at(ended)[0], lost, _acknowledged(seen, index, kid))


def _revokes(claims: Claims, kid: str) -> bool:
    own = claims.kid == f"{claims.iss}/{ROOT}" and kid.partition("/")[0] == claims.iss
    return claims.kind == "revocation" and own


def _acknowledged(seen: Seen | None, index: int, kid: str) -> int | None:
    return None if seen is None else seen.bracket(index, of=kid.partition("/")[0]).times[1]
