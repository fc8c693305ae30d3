"""A signed entry as a leaf: the signer's bytes, as they are, and what the ledger knows beside them.

When it was received does not stand in it: nothing is written into what somebody signed. The batch
that it came with tells the centre's own time, and the cosignatures around it tell everybody's.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.ledger.signing.read import read_entry
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from tregua.ledger.signing.claims import Claims


@dataclass(frozen=True, slots=True)
class SignedEntry:
    """One line of the ledger that its maker signed.

    Attributes:
        data: the signed bytes; they are the leaf.
        claims: its open part.
        id: the leaf hash in hex.
        signed_with: public bytes of the key whose signature was found to hold; empty while nobody
            has looked.
    """

    data: bytes
    claims: Claims = field(compare=False, repr=False)
    id: str = field(compare=False, repr=False)
    signed_with: bytes = field(default=b"", compare=False, repr=False)

    @property
    def kind(self) -> str:
        """Return its kind."""
        return self.claims.kind

    @property
    def issuer(self) -> str:
        """Return who signed it."""
        return self.claims.iss


def signed_entry(data: bytes) -> SignedEntry:
    """Read signed bytes as an entry.

    Raises:
        EntryRefused: the bytes are no entry.
    """
    return SignedEntry(data, read_entry(data), leaf_hash(data).hex())
