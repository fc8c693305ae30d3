"""The entries of a store by number and hash: the quick half of the audit, without their bytes."""

from __future__ import annotations

from array import array
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.codes import short
from tregua.ledger.tree import HASH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.store import Row

AT_ONCE = 4_096  # rows


class Hashed:
    """What `read` has seen, in the order in which the store holds it.

    A place is where an entry stands in that order; its number is what it is stored under.

    Attributes:
        numbers: of the entries.
        changed: place -> the leaf hash stored beside the bytes, where these have another one.
    """

    def __init__(self) -> None:
        self.numbers = array("q")
        self.changed: dict[int, bytes] = {}
        self._hashes = bytearray()  # that the bytes really have, side by side

    def __len__(self) -> int:
        return len(self.numbers)

    def read(self, rows: Iterator[Row]) -> str:
        """Hash what can be read, and say why no more can be; empty when all could."""
        try:
            while some := list(islice(rows, AT_ONCE)):
                self._take(some)
        except LedgerDamaged as damaged:
            return damaged.why
        return ""

    def _take(self, rows: list[Row]) -> None:
        leaves = [row.leaf for row in rows]
        hashes = [sha256(b"\x00" + row.data).digest() for row in rows]
        if hashes != leaves:
            pairs = enumerate(zip(hashes, leaves, strict=True), len(self))
            self.changed.update((place, leaf) for place, (own, leaf) in pairs if own != leaf)
        self.numbers.extend([row.index for row in rows])
        self._hashes += b"".join(hashes)

    def hashed(self, start: int, end: int) -> list[bytes]:
        """Return the leaf hashes that the bytes of some entries have."""
        at = range(HASH_SIZE * start, HASH_SIZE * end, HASH_SIZE)
        return [bytes(self._hashes[n : n + HASH_SIZE]) for n in at]

    def stored(self, start: int, end: int) -> list[bytes]:
        """Return the leaf hashes that are stored beside the bytes of some entries."""
        found = self.hashed(start, end)
        for place in (p for p in self.changed if start <= p < end):
            found[place - start] = self.changed[place]
        return found

    def common(self, other: Hashed) -> int:
        """Return how many entries both begin with, by the hashes of their bytes."""
        most = min(len(self), len(other))
        if self._hashes[: HASH_SIZE * most] == other._hashes[: HASH_SIZE * most]:
            return most
        at = range(0, HASH_SIZE * most, HASH_SIZE)
        ours, theirs = self._hashes, other._hashes
        differs = (n for n in at if ours[n : n + HASH_SIZE] != theirs[n : n + HASH_SIZE])
        return next(differs) // HASH_SIZE

    def named(self, place: int) -> str:
        """Return what an entry is called: its number, and the hash stored beside it."""
        return f"entry {self.numbers[place]} ({short(self.stored(place, place + 1)[0])})"
