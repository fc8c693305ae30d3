"""Times that signing devices claim, held against the cosignatures around each entry.

A claim is never trusted and never corrected: where it cannot be, that is said, with both times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.windows.seen import Seen


@dataclass(frozen=True, slots=True)
class Misdated:
    """An entry whose own time cannot be.

    Attributes:
        index: of the entry.
        kid: the key that signed it.
        claimed: POSIX seconds that it claims.
        before: the record was last seen without it; ``None`` if nobody saw that.
        after: the record was first seen with it; ``None`` while nobody has.
    """

    index: int
    kid: str
    claimed: int
    before: int | None
    after: int | None

    def __str__(self) -> str:
        seen = f"between {_show(self.before)} and {_show(self.after)}"
        return (
            f"entry {self.index} of {self.kid} is dated {show_seconds(self.claimed)}; "
            f"by the cosignatures around it, it came {seen}"
        )


def misdated(entries: Iterable[tuple[int, Claims]], seen: Seen) -> tuple[Misdated, ...]:
    """Return the entries (index and open part) whose own time lies outside their bracket."""
    found = []
    for index, claims in entries:
        around = seen.bracket(index, of=claims.iss)
        if not around.is_plausible(claims.iat):
            found.append(Misdated(index, claims.kid, claims.iat, *around.times))
    return tuple(found)


def _show(at: int | None) -> str:
    return "no known time" if at is None else show_seconds(at)
