"""Which entry a command means: its whole id, or the id of the record that it tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.ledger.store import Store

_ID = re.compile(r"[0-9a-f]{64}")


def entry_of(store: Store, what: str) -> str:
    """Return the id (leaf hash, hex) of the entry that is meant; of a record its newest one.

    Raises:
        WrongUse: there is none.
    """
    from tregua.centre import KnownAt, known_in
    from tregua.errors import WrongUse
    from tregua.ledger.signed import SignedEntry

    signed = {i: e.id for i, e in store.entries() if isinstance(e, SignedEntry)}
    if _ID.fullmatch(what):
        if what in signed.values():
            return what
        raise WrongUse("there is no entry of this id here", help="an id has 64 hex digits")
    found = dict(known_in(store, KnownAt()).positions).get(what)
    if found is None or found not in signed:
        raise WrongUse(
            f"there is no entry and no record {what[:80]!r} here",
            help="write the 64 hex digits of a receipt, or a record id like own:o1",
        )
    return signed[found]
