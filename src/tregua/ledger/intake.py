"""The only door into the ledger, and the only clock of everything below the command line.

A batch is appended whole or not at all. Every entry of a batch is received at one time: that of the
ledger's clock when its turn came, or that of the entry before it if the clock had been set back.
Two equal submissions are two entries: whether the second adds anything is for later rooms to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.entry import Entry, to_bytes
from tregua.ledger.signed import SignedEntry, signed_entry
from tregua.ledger.store import Batch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tregua.ledger.store import Store

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a submitter may rely on: the batch is stored and stands at these places.

    Attributes:
        first: index of the first entry of the batch; the last one is ``size - 1``.
        size: entries of the record with the batch in it.
        root: root hash over all of them, 32 bytes.
    """

    first: int
    size: int
    root: bytes


def append(
    store: Store,
    items: Iterable[tuple[str, str, str] | bytes | SignedEntry],
    *,
    now: Callable[[], datetime] | None = None,
) -> Receipt:
    """Append a batch of signed entries; when this returns, the batch is on disk.

    Args:
        store: where the record is kept, opened for writing.
        items: signed entries, read already or as bytes; or ``(kind, issuer, body)`` for a ledger
            begun before entries were signed, where the body is canonical JSON
            (``entry.canonical``). They are asked for when this writer's turn has come: they may
            depend on what stands there then.
        now: the clock, for tests and replays; an aware datetime. Default: the machine's clock.

    Raises:
        EntryRefused, StoreUnwritable, LedgerDamaged: nothing of the batch was recorded.
        WrongUse: the clock gave a time without a zone.
    """
    clock = now or machine_clock
    sealed: list[Batch] = []

    def seal(last: int) -> Batch:
        given = tuple(items)
        received = max(last, _microseconds(clock()))
        sealed.append(Batch(tuple(_bytes(item, received) for item in given), received))
        return sealed[0]

    head = store.write(seal)
    return Receipt(head.size - len(sealed[0].entries), head.size, head.root)


def _bytes(item: tuple[str, str, str] | bytes | SignedEntry, received: int) -> bytes:
    if isinstance(item, SignedEntry):
        return item.data
    return signed_entry(item).data if isinstance(item, bytes) else to_bytes(Entry(*item, received))


def machine_clock() -> datetime:
    """Return the time of this machine, UTC."""
    return datetime.now(UTC)


def _microseconds(at: datetime) -> int:
    if at.tzinfo is None:
        raise WrongUse("the ledger's clock gave a time without a zone")
    return (at - _EPOCH) // timedelta(microseconds=1)
