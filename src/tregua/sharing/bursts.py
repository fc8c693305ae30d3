"""Bursts: many reports under one key from one place in a short time, made visible.

A burst is no reason to refuse anything. Every report of it is recorded, counts as one voice, and
whoever reads the queue is told that it is there; what is not said is where it is from.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.ledger.codes import span
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.terms.cell import SIZES
from tregua.terms.time import show_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.store import Store

MOST = 20  # reports of one key and place that a person can look at within an hour
SECOND = 1_000_000  # microseconds
HOUR = 3_600 * SECOND
_CELL = "where.cell50"  # the coarsest: who may see anything of a place may see this


@dataclass(frozen=True, slots=True)
class Arrival:
    """A report that came in.

    Attributes:
        index: of its entry.
        kid: key that signed it.
        cell: row and column of its 50 km cell; ``None`` when it names no place, or hides it.
        at: microseconds UTC, by the ledger's own clock.
    """

    index: int
    kid: str
    cell: tuple[int, int] | None
    at: int


@dataclass(frozen=True, slots=True)
class Burst:
    """Reports of one key and place that came faster than anybody can read.

    Attributes:
        kid, cell: as of `Arrival`.
        indices: of the entries, in order.
        start, end: of their arrival, microseconds UTC.
    """

    kid: str
    cell: tuple[int, int] | None
    indices: tuple[int, ...]
    start: int
    end: int

    def __str__(self) -> str:
        where = "no place" if self.cell is None else _named(self.cell)
        start, end = (show_seconds(at // SECOND) for at in (self.start, self.end))
        return (
            f"the key {self.kid} sent {len(self.indices)} reports about {where} from {start} to "
            f"{end}: {span(self.indices[0], self.indices[-1])}, all recorded, to be read as one "
            "burst"
        )


def arrivals(store: Store) -> Iterator[Arrival]:
    """Yield the reports of a record, each with the time of its batch.

    Raises:
        LedgerDamaged: an entry is not what it was.
        EntryRefused: a body does not belong to its entry.
    """
    times = tuple(store.checkpoints())
    sizes = [one.size for one in times]
    bodies = store.bodies.all()
    for index, entry in store.entries():
        if isinstance(entry, SignedEntry) and entry.kind == "report":
            at = times[bisect_left(sizes, index + 1)].at
            yield Arrival(index, entry.claims.kid, _cell(entry, bodies.get(entry.id, ())), at)


def bursts(came: Iterable[Arrival], *, most: int = MOST, within: int = HOUR) -> tuple[Burst, ...]:
    """Return the bursts, by their first entry.

    Args:
        came: reports, by time.
        most: how many of one key and place within that time are no burst yet.
        within: microseconds.
    """
    queues: dict[tuple[str, tuple[int, int] | None], list[Arrival]] = {}
    for one in came:
        queues.setdefault((one.kid, one.cell), []).append(one)
    found = [burst for queue in queues.values() for burst in _bursts_in(queue, most, within)]
    return tuple(sorted(found, key=lambda b: b.indices[0]))


def _bursts_in(queue: list[Arrival], most: int, within: int) -> Iterator[Burst]:
    """Join all crowded windows of a queue that overlap."""
    crowded = [
        (n - most, n) for n in range(most, len(queue)) if queue[n].at - queue[n - most].at < within
    ]
    joined: list[tuple[int, int]] = []
    for first, last in crowded:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    for first, last in joined:
        part = queue[first : last + 1]
        indices = tuple(one.index for one in part)
        yield Burst(part[0].kid, part[0].cell, indices, part[0].at, part[-1].at)


def _cell(entry: SignedEntry, disclosures: tuple[str, ...]) -> tuple[int, int] | None:
    for field in fields_in(entry.claims, disclosures):
        match field.value if field.name == _CELL else None:
            case [int(row), int(column), *_]:
                return row, column
    return None  # or something else stands there: whoever signs may write what he likes


def _named(cell: tuple[int, int]) -> str:
    side = SIZES["cell50"]
    return f"the cell at {cell[0] * side - 90:g} north, {cell[1] * side - 180:g} east"
