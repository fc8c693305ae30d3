"""Who read which entries, and when: kept beside the ledger, for those who signed the entries.

A line holds ids and roles and nothing of what entries tell. What one day's lines are is told to the
record as a digest (``beat/notice_accesses.py``), so that none can be taken out later unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

MICROSECONDS = 1_000_000
ID = 16  # random bytes of a line


@dataclass(frozen=True, slots=True)
class Access:
    """One reading, as far as it reached entries of one owner.

    Attributes:
        id: 16 random bytes, hex: a digest over a line cannot be guessed from what it counts.
        at: microseconds since the epoch, UTC, by the clock of the machine that showed it.
        reader: role for which it was opened: an audience, a party, or whoever keeps the record.
        how: it was read: ``view``, ``export``, ``release``, ``seal``.
        owner: party that signed the entries.
        entries: their ids (leaf hash, hex), in the order of the ledger.
    """

    id: str
    at: int
    reader: str
    how: str
    owner: str
    entries: tuple[str, ...]

    @property
    def day(self) -> str:
        """Return the day, UTC: ``2030-09-14``."""
        return f"{datetime.fromtimestamp(self.at // MICROSECONDS, UTC):%Y-%m-%d}"


class Accesses(Protocol):
    """The lines, by owner. They are only added."""

    def add(self, items: Iterable[Access]) -> None:
        """Add lines, all or none; when this returns they are on the disk.

        Raises:
            StoreUnwritable: nothing was added.
        """

    def of(self, owner: str) -> tuple[Access, ...]:
        """Return the lines about entries of an owner, by time.

        Raises:
            SourceUnreachable: they cannot be read.
        """


class MemoryAccesses(Accesses):
    """Lines for as long as the program runs."""

    def __init__(self) -> None:
        self._lines: list[Access] = []

    def add(self, items: Iterable[Access]) -> None:
        """See `Accesses.add`."""
        self._lines += items

    def of(self, owner: str) -> tuple[Access, ...]:
        """See `Accesses.of`."""
        return in_order(line for line in self._lines if line.owner == owner)


def in_order(lines: Iterable[Access]) -> tuple[Access, ...]:
    """Return lines by time, then id."""
    return tuple(sorted(lines, key=lambda line: (line.at, line.id)))


def digest_of_day(lines: Iterable[Access], day: str) -> str:
    """Return the SHA-256 (hex) over an owner's lines of a day; empty when there is none.

    Each line is ``id at reader how entry entry ...``, one space between, a line feed behind.
    """
    own = [line for line in in_order(lines) if line.day == day]
    texts = (" ".join((x.id, str(x.at), x.reader, x.how, *x.entries)) + "\n" for x in own)
    return sha256("".join(texts).encode("utf-8")).hexdigest() if own else ""
