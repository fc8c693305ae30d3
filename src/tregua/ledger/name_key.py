"""A party names and revokes its device keys: entries that its root key signs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.ledger.intake import machine_clock
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.book import NO_AGREEMENT
from tregua.ledger.signing.sign import Draft, sign
from tregua.ledger.take_signed import book_of, take_signed
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.claims import KeyTerms
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.keys import KeyLife
    from tregua.ledger.store import Store
    from tregua.ledger.take_signed import Taken


def put_terms(
    store: Store,
    annex: Annex,
    root: DeviceKey,
    terms: KeyTerms,
    *,
    now: Callable[[], datetime] = machine_clock,
) -> Taken:
    """Append the entry that names a key (terms with its public bytes) or revokes it (without).

    Raises:
        EntryRefused: the root is not that of the annex, or the key cannot be named or revoked.
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    book = book_of(store, annex)
    kind = "key" if terms.public else "revocation"
    draft = Draft(kind, in_force(store, annex), (PUBLIC,), int(now().timestamp()), key=terms)
    made = sign(draft, root, book.place(root.kid))
    (taken,) = take_signed(store, (made,), annex, now=now)
    return taken


def in_force(store: Store, annex: Annex) -> str:
    """Return the SHA-256 (hex) of the text in force now; zeros while there is none."""
    found = annex.agreements[-1] if annex.agreements else NO_AGREEMENT
    for _, entry in store.entries():
        if isinstance(entry, SignedEntry) and entry.kind == "agreement":
            found = entry.claims.agr
    return found


def lives_in(store: Store, annex: Annex) -> tuple[KeyLife, ...]:
    """Return every key of a ledger and where it was valid, by name.

    Raises:
        LedgerDamaged: an entry may not stand where it stands.
    """
    keys = book_of(store, annex).keys
    return tuple(keys.lives[kid] for kid in sorted(keys.lives))
