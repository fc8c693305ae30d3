"""A desk signs something of its own into the record: one batch, in the place of its chain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.ledger.intake import append
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.desk import Signing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.intake import Receipt
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.store import Store


@dataclass(frozen=True, slots=True)
class Said:
    """What a desk says: a kind of entry, its confidential fields, the entries it refers to."""

    kind: str
    fields: tuple[Field, ...] = ()
    ref: tuple[str, ...] = ()


def say(store: Store, desk: Desk, items: Iterable[Said], *, iat: int) -> Receipt:
    """Sign and append; ``iat`` is the desk's own time, POSIX seconds.

    Raises:
        EntryRefused, StoreUnwritable, LedgerDamaged: nothing was recorded.
    """

    def batch() -> Iterator[bytes]:
        signed = ((e.id, e.claims) for _, e in store.entries() if isinstance(e, SignedEntry))
        signing = Signing(desk, signed, iat=iat)
        made = list(signing.opening())
        made += [signing.entry(i.kind, fields=i.fields, ref=i.ref) for i in items]
        store.bodies.put(made)
        yield from (m.entry for m in made)

    return append(store, batch())
