"""The book of a ledger: what must be known to say whether the next entry may stand.

One pass over the entries: each is read strictly, its key must be valid there, its number must
follow, it must name the agreement and only entries that came before. The same pass is the audit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.signed import signed_entry
from tregua.ledger.signing.keys import Keys, keys_of
from tregua.ledger.signing.read import is_signed_by
from tregua.ledger.signing.sign import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signed import SignedEntry
    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.signing.keys import KeyLife, Root

NO_AGREEMENT = "00" * 32  # what an entry names while no text is in force


@dataclass(frozen=True, slots=True)
class Established:
    """What entries have established, beside which entries they are.

    Attributes:
        lives: every key, and where it was valid.
        agreements: SHA-256 (hex) of the texts that entries may name, sorted.
        places: key -> where its next entry must stand, as sorted pairs.
    """

    lives: tuple[KeyLife, ...]
    agreements: tuple[str, ...]
    places: tuple[tuple[str, Place], ...]


class Book:
    """What the entries so far have established; grows entry by entry.

    Args:
        roots: root keys, from the annex.
        agreements: SHA-256 (hex) of the texts that entries may name, from the annex; an entry of
            kind ``agreement`` adds its own.

    Attributes:
        keys: every key, and where it was valid.
        size: number of entries.
    """

    def __init__(self, roots: tuple[Root, ...], agreements: Iterable[str]) -> None:
        self.keys = keys_of(roots)
        self.size = 0
        self._agreements = set(agreements)
        self._places: dict[str, Place] = {}
        self._seen: dict[bytes, int] = {}

    @classmethod
    def going_on(cls, before: Established, leaves: Iterable[bytes]) -> Book:
        """Return the book behind entries that were read before, by their leaf hashes in order."""
        book = cls((), before.agreements)
        book.keys = Keys({life.kid: life for life in before.lives})
        book._places = dict(before.places)
        book._seen = {leaf: index for index, leaf in enumerate(leaves)}
        book.size = len(book._seen)
        return book

    def established(self) -> Established:
        """Return what `going_on` needs, beside the leaf hashes."""
        return Established(
            tuple(life for _, life in sorted(self.keys.lives.items())),
            tuple(sorted(self._agreements)),
            tuple(sorted(self._places.items())),
        )

    @property
    def is_begun(self) -> bool:
        """Say whether any signed entry was taken."""
        return bool(self._places)

    def place(self, kid: str) -> Place:
        """Return where the next entry of a key must stand."""
        return self._places.get(kid, Place())

    def index_of(self, entry_id: str) -> int | None:
        """Return where an entry stands, by its id (leaf hash in hex); ``None`` if it does not."""
        return self._seen.get(bytes.fromhex(entry_id))

    def check(self, data: bytes) -> Claims:
        """Return the open part of an entry that may stand next.

        Raises:
            EntryRefused: with what was expected; the entry is not taken.
        """
        return self._checked(_signed(data))

    def _checked(self, entry: SignedEntry) -> Claims:
        claims, again = entry.claims, self.index_of(entry.id)
        if again is not None:
            raise EntryRefused(f"it repeats entry {again}, which stands already", rule="repeated")
        key = self.keys.of(claims)
        if entry.signed_with != key.public and not is_signed_by(entry.data, key.alg, key.public):
            raise EntryRefused(f"the key {key.kid} did not sign it", rule="signature")
        _check_place(claims, self.place(claims.kid))
        if claims.kind != "agreement" and claims.agr not in (self._agreements or {NO_AGREEMENT}):
            why = "it names a text of the agreement that is not in force here"
            raise EntryRefused(why, rule="agreement")
        if claims.kind == "epoch":
            _check_epoch(claims, self.size)
            return claims
        missing = [r for r in claims.ref if self.index_of(r) is None]
        if missing:
            why = f"it refers to {missing[0][:12]}, which did not come before it"
            raise EntryRefused(why, rule="reference")
        self.keys.after(claims, self.size)
        return claims

    def take(self, data: bytes) -> Claims:
        """Take an entry as the next one, if it may stand there; see `check`."""
        entry = _signed(data)
        self.take_read(entry)
        return entry.claims

    def take_read(self, entry: SignedEntry) -> None:
        """Take an entry that was read already; see `take`."""
        self._checked(entry)
        self._go_on(entry)

    def pass_over(self, entry: SignedEntry | None, rule: str) -> None:
        """Go on after an entry that stands in a ledger and was refused, for the audit.

        After a break in a chain, the chain goes on from the entry that its key did sign: each break
        is told once. ``None`` stands for what is no signed entry.
        """
        if rule == "chain" and entry is not None:
            self._go_on(entry)
        else:
            self.size += 1

    def _go_on(self, entry: SignedEntry) -> None:
        claims = entry.claims
        self.keys = self.keys.after(claims, self.size)
        self._places[claims.kid] = Place(claims.seq + 1, entry.id)
        self._seen[bytes.fromhex(entry.id)] = self.size
        if claims.kind == "agreement":
            self._agreements.add(claims.agr)
        self.size += 1


def _signed(data: bytes) -> SignedEntry:
    if data.startswith(b"{"):  # of a ledger begun before entries were signed
        raise EntryRefused("nobody signed it", rule="unsigned")
    return signed_entry(data)


def _check_epoch(claims: Claims, size: int) -> None:
    """Check that it opens the ledger, and names the root of the one before as its only ``ref``."""
    if size:
        raise EntryRefused("a ledger follows an older one from its first entry on, or never")
    if len(claims.ref) != 1:
        raise EntryRefused("it does not name the root of the ledger before")


def _check_place(claims: Claims, expected: Place) -> None:
    if claims.seq != expected.seq:
        raise EntryRefused(
            f"it is number {claims.seq} of the key {claims.kid}; number {expected.seq} is expected",
            rule="chain",
        )
    if claims.prev != expected.prev:
        raise EntryRefused(
            f"it does not follow the entry of {claims.kid} that stands here "
            f"({expected.prev[:12] or 'none'} is expected)",
            rule="chain",
        )
