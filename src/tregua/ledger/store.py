"""What every store of the ledger can do, and what all of them have in common.

A store keeps rows (index, bytes, leaf hash) and one checkpoint (size, root, time) for each batch
committed. A batch is taken whole or not at all, and once `write` has returned it stays. Only
``intake.py`` and ``replay.py`` call `write`. Reading comes in two kinds: `entries` is strict and
stops at the first damage; `rows` and `checkpoints` hand out what is there, for the audit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tregua.errors import EntryRefused, LedgerDamaged, WrongUse
from tregua.ledger.entry import Entry, from_bytes
from tregua.ledger.tree import leaf_hash, root_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager
    from types import TracebackType
    from typing import Self

    from tregua.ledger.accesses import Accesses
    from tregua.ledger.bodies import Bodies
    from tregua.ledger.signed import SignedEntry

    AnyEntry = Entry | SignedEntry
    Seal = Callable[[int], "Batch"]


@dataclass(frozen=True, slots=True)
class Head:
    """How long the record is, and the one hash that stands for all of it.

    Attributes:
        size: number of entries.
        root: root hash over all of them, 32 bytes.
    """

    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.size} {self.root.hex()}"


def read_head(text: str) -> Head:
    """Read a head as ``str(head)`` writes it: the size, a space, the root in hex.

    Raises:
        WrongUse: the text is no head.
    """
    match = re.fullmatch(r"(0|[1-9][0-9]{0,17}) ([0-9a-f]{64})", text.strip())
    if match is None:
        raise WrongUse(
            "a saved head is written as the number of entries, a space and 64 hex digits",
            help="copy the line that `tregua audit` printed when the head was saved",
        )
    return Head(int(match[1]), bytes.fromhex(match[2]))


@dataclass(frozen=True, slots=True)
class Row:
    """One stored line, as it is held, right or wrong."""

    index: int
    data: bytes
    leaf: bytes


@dataclass(frozen=True, slots=True)
class Setting:
    """What a store says of how it keeps what it acknowledged, and whether that is safe."""

    name: str
    value: str
    is_safe: bool


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What was committed with one batch: size and root after it, and when (microseconds, UTC)."""

    size: int
    root: bytes
    at: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What one writer adds: the bytes of entries, and when they came (microseconds, UTC)."""

    entries: tuple[bytes, ...]
    at: int


class Store(Protocol):
    """A place where the record is kept. ``name`` is how a person would call it (its path).

    ``bodies`` is the working copy of what stands behind the digests of its entries, ``accesses``
    the account of who read it.
    """

    name: str
    bodies: Bodies
    accesses: Accesses

    def write(self, seal: Seal) -> Head:
        """Append what ``seal`` returns, whole or not at all; return the head after it.

        ``seal`` is called once the writer's turn has come, with the time of the last entry
        (microseconds, UTC; 0 when there is none).

        Raises:
            EntryRefused: one entry of the batch is not acceptable.
            StoreUnwritable: nothing can be written here.
            LedgerDamaged: what is held does not give the last checkpoint's root.
        """

    def head(self) -> Head:
        """Return the newest head.

        Raises:
            LedgerDamaged: number of entries and last checkpoint disagree.
        """

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """Hand out the lines with ``start <= index < end`` as they are held, by index."""

    def checkpoints(self) -> Iterator[Checkpoint]:
        """Hand out the checkpoints as they are held, by size."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reading inside see one state, whatever others append meanwhile."""

    def faults(self) -> Iterator[str]:
        """Hand out what the store finds wrong with its own file, apart from the entries."""

    def missing_guards(self) -> Iterator[str]:
        """Hand out the names of the store's own guards against editing that are gone or changed."""

    def settings(self) -> Iterator[Setting]:
        """Hand out the settings on which it rests that an acknowledged entry survives."""

    def close(self) -> None:
        """Let go of the file. Nothing acknowledged is waiting to be written."""

    def size(self) -> int:
        """Return the number of entries."""
        return self.head().size

    def entries(self, start: int = 0, end: int | None = None) -> Iterator[tuple[int, AnyEntry]]:
        """Hand out the entries with ``start <= index < end`` (default: all there are now).

        Raises:
            WrongUse: the record has no such prefix.
            LedgerDamaged: an entry on the way is missing, changed or no entry.
        """
        held = self.size()
        stop = held if end is None else end
        if not 0 <= start <= stop <= held:
            raise WrongUse(f"entries {start} to {stop} were asked for; the record has {held}")
        return _read(sound(self.rows(start, stop), start, stop))

    def root_at(self, size: int) -> bytes:
        """Return the root that the record had when it was ``size`` entries long.

        Raises:
            WrongUse: it never was so long.
        """
        if not 0 <= size <= self.size():
            raise WrongUse(f"size {size} was asked for; the record has {self.size()} entries")
        return root_of(row.leaf for row in self.rows(0, size))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()


def sound(rows: Iterator[Row], start: int, stop: int) -> Iterator[Row]:
    """Hand on rows that are all there, and hash to their leaves.

    Raises:
        LedgerDamaged: with the first that is missing or was changed.
    """
    expected = start
    for row in rows:
        if row.index != expected:
            raise LedgerDamaged(f"entry {expected}", "it is missing")
        if leaf_hash(row.data) != row.leaf:
            raise LedgerDamaged(f"entry {expected}", "its bytes do not hash to its leaf")
        yield row
        expected += 1
    if expected != stop:
        raise LedgerDamaged(f"entry {expected}", "it is missing")


def _read(rows: Iterator[Row]) -> Iterator[tuple[int, AnyEntry]]:
    for row in rows:
        try:
            entry = from_bytes(row.data)
        except EntryRefused as refused:
            raise LedgerDamaged(f"entry {row.index}", refused.why) from refused
        yield row.index, entry
