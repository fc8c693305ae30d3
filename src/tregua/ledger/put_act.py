"""Something that somebody does to the record, signed and appended: a release, an erasure, a notice.

The key is a device's or the desk's; its chain is continued from where it stands in this ledger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.ledger.intake import machine_clock
from tregua.ledger.name_key import in_force
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.desk import Signing
from tregua.ledger.signing.sign import Draft, Place, Signed, sign
from tregua.ledger.take_signed import place_in, take_signed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.desk import Desk
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.disclosures import Field
    from tregua.ledger.store import Store
    from tregua.ledger.take_signed import Taken


@dataclass(frozen=True, slots=True)
class Act:
    """What is done.

    Attributes:
        kind: of the entry.
        rel: audiences of it.
        fields: what it says.
        ref: ids (hex) of the entries that it is about.
        window: id of the window that it is about.
    """

    kind: str
    rel: tuple[str, ...]
    fields: tuple[Field, ...] = ()
    ref: tuple[str, ...] = ()
    window: str = ""


def put_acts(
    store: Store,
    annex: Annex,
    key: DeviceKey,
    acts: Iterable[Act],
    *,
    with_them: Iterable[Signed] = (),
    now: Callable[[], datetime] = machine_clock,
) -> tuple[Taken, ...]:
    """Sign acts with a key and append them in one batch, behind the entries ``with_them``.

    Raises:
        EntryRefused: the key may not do this, or refers to what is not there.
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    agr, iat = in_force(store, annex), int(now().timestamp())
    place, made = place_in(store, key.kid), []
    for act in acts:
        draft = Draft(act.kind, agr, act.rel, iat, act.fields, act.window, act.ref)
        made.append(sign(draft, key, place))
        place = Place(place.seq + 1, made[-1].next)
    return take_signed(store, (*with_them, *made), annex, now=now)


def put_acts_of_desk(
    store: Store, annex: Annex, desk: Desk, acts: Iterable[Act], *, now: int
) -> tuple[Taken, ...]:
    """Sign acts with the key of a desk, which is named with them if it stands nowhere yet.

    Args:
        store: opened for writing.
        annex: whose keys count.
        desk: whose acts they are.
        acts: in order.
        now: POSIX seconds.

    Raises:
        EntryRefused: the desk may not do this.
        StoreUnwritable, LedgerDamaged: nothing was recorded.
    """
    at = datetime.fromtimestamp(now, UTC)
    stand = ((e.id, e.claims) for _, e in store.entries() if isinstance(e, SignedEntry))
    named = Signing(desk, stand, iat=now).opening()
    return put_acts(store, annex, desk.device, acts, with_them=named, now=lambda: at)
