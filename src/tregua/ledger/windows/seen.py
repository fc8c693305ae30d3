"""Who had seen how much of the record, and when: every cosignature over it that is kept.

In the policy a cosigner is named after its party, ``side-a`` or ``side-a/witness``: the name up to
the slash. So it is known whose clock may not speak for whose entry.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tregua.ledger.notes.policy import log_signed
from tregua.ledger.notes.verify import verified
from tregua.ledger.windows.bracket import Bracket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A cosignature: by whom (name in the policy), over which size, when (POSIX seconds)."""

    cosigner: str
    size: int
    at: int


class Seen:
    """What all cosignatures over one record tell.

    Args:
        cosigned: each of them, in any order.
        published: size of the longest checkpoint that was published, cosigned or not; what stands
            behind it belongs to the current beat.
        cosigners: those whom the policy names; one that never cosigned leaves it open what it saw.
    """

    def __init__(
        self,
        cosigned: Iterable[Cosigned],
        published: int = 0,
        *,
        cosigners: Iterable[str] = (),
    ) -> None:
        self.cosigned = tuple(cosigned)
        self.published = max([published, *(one.size for one in self.cosigned)])
        names = sorted({*cosigners, *(one.cosigner for one in self.cosigned)})
        self._clocks = [_Clock(n, [c for c in self.cosigned if c.cosigner == n]) for n in names]
        self.parties = frozenset(map(party_of, names))

    def bracket(self, index: int, *, of: str = "") -> Bracket:
        """Return between which times the entry at ``index`` came.

        Args:
            index: of the entry.
            of: its submitter, whose own cosigners do not count.
        """
        clocks = [clock for clock in self._clocks if not of or clock.party != of]
        before = [(clock.cosigner, clock.last_without(index)) for clock in clocks]
        after = [(clock.cosigner, clock.first_with(index)) for clock in clocks]
        return Bracket(
            tuple((who, at) for who, at in before if at is not None),
            tuple((who, at) for who, at in after if at is not None),
            tuple(clock.cosigner for clock in clocks if clock.is_silent),
        )

    def size_at(self, at: int) -> int:
        """Return the size of the longest checkpoint that anybody had cosigned by then; 0 if none.

        Args:
            at: POSIX seconds.
        """
        return max((one.size for one in self.cosigned if one.at <= at), default=0)


def party_of(cosigner: str) -> str:
    """Return whose cosigner has this name in the policy."""
    return cosigner.partition("/")[0]


class _Clock:
    """One cosigner's times, so laid out that an entry's are found without looking at them all."""

    def __init__(self, cosigner: str, cosigned: Iterable[Cosigned]) -> None:
        self.cosigner, self.party = cosigner, party_of(cosigner)
        ordered = sorted((one.size, one.at) for one in cosigned)
        times = [at for _, at in ordered]
        self._sizes = [size for size, _ in ordered]
        self._latest = list(accumulate(times, max))
        self._earliest = list(accumulate(reversed(times), min))[::-1]

    @property
    def is_silent(self) -> bool:
        return not self._sizes

    def last_without(self, index: int) -> int | None:
        upto = bisect_right(self._sizes, index)
        return self._latest[upto - 1] if upto else None

    def first_with(self, index: int) -> int | None:
        beyond = bisect_right(self._sizes, index)
        return self._earliest[beyond] if beyond < len(self._sizes) else None


def seen_in(notes: Iterable[SignedNote], policy: Policy, *, now: int | None = None) -> Seen:
    """Return what the cosignatures of the policy's cosigners under these checkpoints tell.

    Args:
        notes: checkpoints; the same one may come several times.
        policy: whose signatures count.
        now: the reader's clock, POSIX seconds; without it no time is too early.

    Raises:
        NoteRefused, SignatureRefused: a text is no checkpoint, its log did not sign it, or a line
            of a known key does not hold.
    """
    names = {c.key: c.name.decode("utf-8", "replace") for c in policy.cosigners}
    found, published = set(), 0
    for note in notes:
        size = log_signed(note, policy.log_keys).size
        published = max(published, size)
        found |= {Cosigned(names[s.key], size, s.time) for s in verified(note, names, now=now)}
    ordered = sorted(found, key=lambda one: (one.cosigner, one.size, one.at))
    return Seen(ordered, published, cosigners=names.values())
