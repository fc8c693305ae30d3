"""The working copy of what stands behind the digests of entries: kept beside the ledger, not in it.

A body can be destroyed, and every proof stays as it was: the ledger holds digests only. Salts are
kept nowhere else, since a body of which the salt survives can be guessed. At rest a body is sealed
to the keeper's own key (``keeper.py``); how each store does it stands in ``stores/``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tregua.errors import LedgerDamaged
from tregua.ledger.signing.read import read_entry
from tregua.terms.marking import reaches

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from tregua.ledger.signing.sign import Signed
    from tregua.terms.marking import Rel


@dataclass(frozen=True, slots=True)
class Body:
    """What is held of one entry.

    Attributes:
        id: of the entry (leaf hash, hex).
        signed: the entry with its disclosures; with none of them when the body is damaged.
        damage: why it cannot be opened; empty when it was.
    """

    id: str
    signed: Signed
    damage: str = ""

    def sound(self) -> Signed:
        """Return the entry with its disclosures.

        Raises:
            LedgerDamaged: the body does not open.
        """
        if self.damage:
            raise LedgerDamaged(f"the body of entry {self.id[:12]}", self.damage)
        return self.signed


class Bodies(Protocol):
    """Disclosures by entry id (leaf hash, hex).

    All that reads raises `InputUnreadable` when the keeper's key is missing or another one.
    """

    def put(self, items: Iterable[Signed]) -> None:
        """Keep the disclosures of entries; those of an entry that is there are replaced.

        Raises:
            StoreUnwritable: nothing of it was kept.
        """

    def some(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the disclosures of these entries, as far as they are held.

        Raises:
            LedgerDamaged: one does not open.
        """

    def seals(self) -> dict[str, Hashable]:
        """Return what stands for the body of each entry, and for no other body.

        Whoever opened a body before, and finds the same here, need not open it again.
        """

    def each(self, audience: str = "") -> Iterator[Body]:
        """Hand out what is held, damaged or not, of entries marked for an audience; default: all.

        The marking is that of the whole entry: which fields may be seen, `sharing` says.
        """

    def erase(self, entry_id: str) -> bool:
        """Destroy the disclosures of an entry; say whether there were any."""

    def get(self, entry_id: str) -> tuple[str, ...]:
        """Return the disclosures of an entry; none when they are not held.

        Raises:
            LedgerDamaged: they do not open.
        """
        return self.some((entry_id,)).get(entry_id, ())

    def all(self, audience: str = "") -> dict[str, tuple[str, ...]]:
        """Return what `each` hands out.

        Raises:
            LedgerDamaged: one does not open.
        """
        return {body.id: body.sound().disclosures for body in self.each(audience)}


class MemoryBodies(Bodies):
    """Bodies for as long as the program runs."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[Rel, Signed]] = {}

    def put(self, items: Iterable[Signed]) -> None:
        """See `Bodies.put`."""
        given = [(read_entry(one.entry).rel, one) for one in items if one.disclosures]
        self._held.update((one.next, (rel, one)) for rel, one in given)

    def some(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """See `Bodies.some`."""
        return {i: self._held[i][1].disclosures for i in ids if i in self._held}

    def seals(self) -> dict[str, Hashable]:
        """See `Bodies.seals`; nothing is sealed in memory, so it is what is held itself."""
        return {entry_id: signed for entry_id, (_, signed) in self._held.items()}

    def each(self, audience: str = "") -> Iterator[Body]:
        """See `Bodies.each`."""
        for entry_id, (rel, signed) in tuple(self._held.items()):
            if not audience or reaches(rel, audience):
                yield Body(entry_id, signed)

    def erase(self, entry_id: str) -> bool:
        """See `Bodies.erase`."""
        return self._held.pop(entry_id, None) is not None
