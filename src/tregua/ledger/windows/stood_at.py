"""Which beginning of the record stood at a moment, so that both sides resolve it alike (03, 12).

It is the longest checkpoint that anybody had cosigned by then. Only where nothing longer has been
cosigned since, in the current beat, do the centre's own times tell what came after it: that is
provisional, and the next beat says better.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen


@dataclass(frozen=True, slots=True)
class Stood:
    """A beginning of the record.

    Attributes:
        size: its entries.
        provisional: how many of them, the last ones, stand there by the centre's own clock alone.
    """

    size: int
    provisional: int = 0


def stood_at(at: int, seen: Seen, store: Store) -> Stood:
    """Return the beginning that stood at a time (POSIX seconds)."""
    size = seen.size_at(at)
    if any(one.size > size for one in seen.cosigned):
        return Stood(size)
    own = max((c.size for c in store.checkpoints() if c.at <= at * 1_000_000), default=0)
    return Stood(max(size, own), max(0, own - size))
