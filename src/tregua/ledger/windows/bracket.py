"""When an entry came, by the clocks of those who cosigned around it, never by one clock alone.

For an entry at index i and each cosigner other than its submitter's: ``na`` is the time of the
first cosignature on a size above i, ``nb`` that of the last one on a size of at most i. Against a
deadline d the entry is

* in time, if some ``na <= d``: somebody had seen it by then;
* late, if every ``nb >= d``: everybody had seen the record without it at or after d;
* else undetermined: the bracket straddles d, and both times are shown.

A side that does not cosign can make the other's entry undetermined, never late.
Brackets are made from what is kept of cosignatures, in ``seen.py``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EARLY = 26 * 3600  # seconds: a device may be a day and a zone behind
AHEAD = 5 * 60  # seconds: readers refuse cosignatures further ahead


class Timing(StrEnum):
    """How an entry stands to a deadline."""

    IN_TIME = "in time"
    LATE = "late"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Bracket:
    """Between which times an entry came, by each cosigner that counts.

    Attributes:
        before: cosigner -> last time at which it had seen the record without the entry.
        after: cosigner -> first time at which it had seen the record with it.
        silent: cosigners that never cosigned anything: nobody can say what they had seen.
    """

    before: tuple[tuple[str, int], ...]
    after: tuple[tuple[str, int], ...]
    silent: tuple[str, ...] = ()

    def timing(self, deadline: int) -> Timing:
        """Say how the entry stands to a deadline (POSIX seconds; done exactly then is in time)."""
        if any(at <= deadline for _, at in self.after):
            return Timing.IN_TIME
        without = dict(self.before)
        asked = {*self.silent, *(who for who, _ in (*self.before, *self.after))}
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
    def times(self) -> tuple[int | None, int | None]:
        """Return the narrowest times that hold it: not before, and not after (POSIX seconds)."""
        return (
            max((at for _, at in self.before), default=None),
            min((at for _, at in self.after), default=None),
        )
