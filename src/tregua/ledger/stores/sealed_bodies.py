"""What stores that last have in common: bodies are sealed when they are kept, opened when read."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable
from tregua.ledger.bodies import Bodies, Body
from tregua.ledger.signing.presentation import presentation, read_presentation
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Signed
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator

    from tregua.ledger.keeper import Keeper


@dataclass(frozen=True, slots=True)
class Sealed:
    """A body at rest.

    Attributes:
        entry: leaf hash of the entry, 32 bytes.
        keeper: public part of the key that opens it, ``age1...``.
        header: beginning of the age file; it is destroyed with the body.
        payload: the rest of it; empty when it is missing.
        party: who signed the entry. Read back, it is left empty, and so is ``rel``.
        rel: audiences of the entry.
    """

    entry: bytes
    keeper: str
    header: bytes
    payload: bytes
    party: str = ""
    rel: tuple[str, ...] = ()


class SealedBodies(Bodies):
    """Bodies sealed to the key of one keeper; each store knows where header and payload lie."""

    def __init__(self, keeper: Keeper) -> None:
        self._keeper = keeper

    def put(self, items: Iterable[Signed]) -> None:
        """See `Bodies.put`."""
        given = {one.next: one for one in items if one.disclosures}
        if not given:
            return
        if not self._holds_any():
            self._keeper.begin()
        self._keep([self._sealed(one) for one in given.values()])

    def some(self, ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """See `Bodies.some`."""
        opened = map(self._opened, self._some([bytes.fromhex(i) for i in ids]))
        return {body.id: body.sound().disclosures for body in opened}

    def seals(self) -> dict[str, Hashable]:
        """See `Bodies.seals`: a header wraps a key that was drawn for this one sealing."""
        return {entry.hex(): header for entry, header in self._headers()}

    def each(self, audience: str = "") -> Iterator[Body]:
        """See `Bodies.each`."""
        return map(self._opened, self._marked(audience))

    def _sealed(self, one: Signed) -> Sealed:
        claims = read_entry(one.entry)
        header, payload = self._keeper.seal(presentation(one.entry, one.disclosures))
        leaf = leaf_hash(one.entry)
        return Sealed(leaf, self._keeper.recipient, header, payload, claims.iss, claims.rel)

    def _opened(self, sealed: Sealed) -> Body:
        if sealed.keeper != self._keeper.recipient:
            raise InputUnreadable(
                self._keeper.path,
                f"bodies are held here that open with another key, that of {sealed.keeper[:80]}",
                help="put the file of that key in its place",
            )
        try:
            signed = self._checked(sealed)
        except EntryRefused as refused:
            return Body(sealed.entry.hex(), Signed(b"", ()), refused.why)
        return Body(sealed.entry.hex(), signed)

    def _checked(self, sealed: Sealed) -> Signed:
        if not sealed.payload:
            raise EntryRefused("its header is held, and nothing of what it opens")
        signed = Signed(*read_presentation(self._keeper.open(sealed.header, sealed.payload)))
        if leaf_hash(signed.entry) != sealed.entry:
            raise EntryRefused("it is that of another entry")
        return signed

    @abstractmethod
    def _holds_any(self) -> bool:
        """Say whether anything is held: then it was sealed to a key that must be there."""

    @abstractmethod
    def _keep(self, rows: list[Sealed]) -> None:
        """Keep bodies, all or none; one that is there is replaced and destroyed."""

    @abstractmethod
    def _some(self, entries: list[bytes]) -> Iterable[Sealed]:
        """Hand out the bodies of these entries, as far as they are held."""

    @abstractmethod
    def _headers(self) -> Iterable[tuple[bytes, bytes]]:
        """Hand out each entry of which a body is held, and its header."""

    @abstractmethod
    def _marked(self, audience: str) -> Iterator[Sealed]:
        """Hand out the bodies of entries that are marked for an audience; empty: all."""
