"""Times that signing devices claim, held against the cosignatures around each entry.

A claim is never trusted and never corrected: where it cannot be, that is said, with both times.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.verify import verified
from tregua.ledger.windows.bracket import Cosigned, bracket
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.signing.claims import Claims


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


def cosigned_in(notes: Iterable[SignedNote], policy: Policy) -> tuple[Cosigned, ...]:
    """Return every cosignature of the policy's cosigners under these checkpoints.

    Raises:
        NoteRefused, SignatureRefused: a text is no checkpoint, or a line of a known key is wrong.
    """
    names = {c.key: c.name.decode("utf-8", "replace") for c in policy.cosigners}
    return tuple(
        Cosigned(names[one.key], read_head_text(note.text).size, one.time)
        for note in notes
        for one in verified(note, names)
    )


def misdated(
    entries: Iterable[tuple[int, Claims]],
    cosigned: tuple[Cosigned, ...],
    *,
    own: Mapping[str, frozenset[str]],
) -> tuple[Misdated, ...]:
    """Return the entries whose own time lies outside what their bracket allows.

    Args:
        entries: index and open part.
        cosigned: every cosignature that is kept.
        own: for each issuer its own cosigners, whose clocks do not count for it.
    """
    found = []
    for index, claims in entries:
        around = bracket(index, cosigned, but=own.get(claims.iss, frozenset()))
        if not around.is_plausible(claims.iat):
            found.append(Misdated(index, claims.kid, claims.iat, *around.words))
    return tuple(found)


def _show(at: int | None) -> str:
    return "no known time" if at is None else show_seconds(at)
