"""The next ledger: it begins with the root of the one before, signed by whoever goes on with it.

Entry 0 is of kind ``epoch``: its ``ref`` is the root of the older ledger, in the open part; size,
root and the last checkpoint stand in its disclosures, marked for whoever may see the new ledger.
The text of the agreement that was in force goes on to be in force.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.intake import append
from tregua.ledger.signing.book import NO_AGREEMENT
from tregua.ledger.signing.desk import Signing
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.sign import Draft, Place, sign

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.ledger.archive.older import Older
    from tregua.ledger.intake import Receipt
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.signing.sign import Signed
    from tregua.ledger.store import Store


def begin_next(store: Store, older: Older, desk: Desk, *, now: Callable[[], datetime]) -> Receipt:
    """Write the first entries of the ledger that follows an older one.

    Args:
        store: a new ledger, opened for writing.
        older: the one before, checked.
        desk: whoever goes on: another centre, or a party.
        now: the clock.

    Raises:
        WrongUse: the ledger has entries already.
        StoreUnwritable: nothing was recorded.
    """
    if store.size():
        raise WrongUse(
            "the new ledger has entries already; it would have to begin with naming the old one",
            help="name a file that is not there yet",
        )
    iat = int(now().timestamp())
    texts = [claims.agr for claims in older.claims if claims.kind == "agreement"]
    agr = texts[-1] if texts else NO_AGREEMENT
    epoch = _epoch(older, desk, agr, iat)
    signing = Signing(desk, [], iat=iat)
    signing.begin_behind(epoch, agr)
    made = [epoch, *signing.opening(), *([signing.agreement(agr)] if texts else [])]
    store.bodies.put(made)
    return append(store, [m.entry for m in made], now=now)


def _epoch(older: Older, desk: Desk, agr: str, iat: int) -> Signed:
    told = {"size": older.head.size, "root": older.head.root.hex()}
    fields = [Field("before", told, desk.rel)]
    if older.newest:
        fields.append(Field("checkpoint", older.newest.decode(), desk.rel))
    root = (older.head.root.hex(),)
    draft = Draft("epoch", agr, desk.rel, iat, fields=tuple(fields), ref=root)
    return sign(draft, desk.root, Place(), random=desk.random)
