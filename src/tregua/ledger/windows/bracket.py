"""When an entry came, by the clocks of those who cosigned around it, never by one clock alone.

For an entry at index i and each cosigner other than its submitter's: ``na`` is the time of the
first cosignature on a size above i, ``nb`` that of the last one on a size of at most i. Against a
deadline d the entry is

* in time, if some ``na <= d``: somebody had seen it by then;
* late, if every ``nb >= d``: everybody had seen the record without it at or after d;
* else undetermined: the bracket straddles d, and both times are shown.

A side that does not cosign can make the other's entry undetermined, never late.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

EARLY = 26 * 3600  # seconds: a device may be a day and a zone behind
AHEAD = 5 * 60  # seconds: readers refuse cosignatures further ahead


class Timing(StrEnum):
    """How an entry stands to a deadline."""

    IN_TIME = "in time"
    LATE = "late"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Cosigned:
    """A cosignature: who, over which size, when (POSIX seconds)."""

    cosigner: str
    size: int
    at: int


@dataclass(frozen=True, slots=True)
class Bracket:
    """Between which times an entry came, by each cosigner that counts.

    Attributes:
        before: cosigner -> last time at which it had seen the record without the entry.
        after: cosigner -> first time at which it had seen the record with it.
    """

    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]

    def timing(self, deadline: int) -> Timing:
        """Say how the entry stands to a deadline (POSIX seconds; done exactly then is in time)."""
        if any(at <= deadline for _, at in self.after):
            return Timing.IN_TIME
        without = dict(self.before)
        asked = {who for who, _ in (*self.before, *self.after)}
        if asked and all(without.get(who, -1) >= deadline for who in asked):
            return Timing.LATE
        return Timing.UNDETERMINED

    def is_plausible(self, iat: int) -> bool:
        """Say whether what the signing device gives as its time can be (a claim, never trusted)."""
        first = max((at for _, at in self.before), default=None)
        last = min((at for _, at in self.after), default=None)
        too_early = first is not None and iat < first - EARLY
        return not too_early and (last is None or iat <= last + AHEAD)

    @property
    def words(self) -> tuple[int | None, int | None]:
        """Return the narrowest times that hold it: not before, and not after (POSIX seconds)."""
        return (
            max((at for _, at in self.before), default=None),
            min((at for _, at in self.after), default=None),
        )


def bracket(
    index: int, cosigned: Iterable[Cosigned], *, but: frozenset[str] = frozenset()
) -> Bracket:
    """Return between which times the entry at ``index`` came.

    Args:
        index: of the entry.
        cosigned: every cosignature of the policy's cosigners that is kept.
        but: cosigners of the submitter, whose own clocks do not count.
    """
    before: dict[str, int] = {}
    after: dict[str, int] = {}
    for one in cosigned:
        if one.cosigner in but:
            continue
        if one.size > index:
            after[one.cosigner] = min(one.at, after.get(one.cosigner, one.at))
        else:
            before[one.cosigner] = max(one.at, before.get(one.cosigner, one.at))
    return Bracket(tuple(sorted(before.items())), tuple(sorted(after.items())))
