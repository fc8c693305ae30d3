"""Records signed with a key reported stolen: told like all others, and the doubt with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.standing import Affected


@dataclass(frozen=True, slots=True)
class Doubted:
    """A record and the entry that carries it.

    Attributes:
        record: its id.
        entry: how the entry stands, and what became of its key.
    """

    record: str
    entry: Affected


def doubted_in(
    positions: Iterable[tuple[str, int]], found: Iterable[Affected]
) -> tuple[Doubted, ...]:
    """Return the records among these (id, index of the entry) that entries in doubt carry."""
    by_index = {one.index: one for one in found}
    return tuple(Doubted(key, by_index[n]) for key, n in positions if n in by_index)
