"""Replay: put a record into another store, batch by batch, as it was put into the first.

1. What the other store holds already must be a beginning of the record, checkpoint by checkpoint.
2. Bodies go first: an entry without its body could not be read. What was erased is erased there.
3. Each batch is read strictly and held against its checkpoint before anything of it is written.
4. It is written as one batch, under the writer's lock, with the times of receipt that it has.
5. The other store must then answer with the same size and root.

Stopped at any point, the other store holds a whole beginning of the record; the same call goes on
from there. The record itself is only read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, WrongUse
from tregua.ledger.entry import to_bytes
from tregua.ledger.signed import SignedEntry
from tregua.ledger.store import Batch, Head
from tregua.ledger.take_signed import erased_in
from tregua.ledger.tree import EMPTY_ROOT, Frontier, leaf_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tregua.ledger.store import Checkpoint, Store

    Each = Callable[[Iterable[Checkpoint]], Iterator[Checkpoint]]


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was moved.

    Attributes:
        before: entries that the other store held already.
        checkpoints: how many were written, one for each batch.
        head: size and root of both stores.
    """

    before: int
    checkpoints: int
    head: Head


def replay(record: Store, into: Store, *, each: Each = iter) -> Replayed:
    """Put the record into another store; both then have the same entries, bodies and root.

    Args:
        record: where it is, opened for reading; what others append meanwhile stays out.
        into: where it goes, opened for writing; empty, or a beginning of the same record.
        each: hands the checkpoints on, one for each batch that is written, and may count them.

    Raises:
        WrongUse: the other store holds another record, or more of it.
        LedgerDamaged: the record does not hold together; what came before the damage was moved.
        StoreUnwritable: the other store cannot be written.
    """
    with record.snapshot():
        before = into.head()
        whole = record.head()
        frontier, left = _common(record, into, before)
        _carry_bodies(record, into)
        for checkpoint in each(left):
            frontier = _put(record, into, frontier, checkpoint)
    head = into.head()
    if head != whole:
        raise LedgerDamaged(into.name, f"it has the head {head}, the record {whole}")
    return Replayed(before.size, len(left), head)


def _carry_bodies(record: Store, into: Store) -> None:
    held = into.bodies.all()
    for gone in held.keys() & erased_in(entry for _, entry in record.entries()):
        into.bodies.erase(gone)
    bodies = (body.sound() for body in record.bodies.each())
    into.bodies.put(one for one in bodies if held.get(one.next) != one.disclosures)


def _common(record: Store, into: Store, held: Head) -> tuple[Frontier, list[Checkpoint]]:
    """Return the frontier of what both hold, and the checkpoints that only the record has."""
    ours = list(record.checkpoints())
    theirs = list(into.checkpoints())
    for one, other in zip_longest(ours, theirs):
        if other is not None and one != other:
            raise WrongUse(
                f"{into.name} holds another record, from entry {_before(theirs, other)} on",
                help="name an empty store, or one that holds a beginning of this record",
            )
    frontier = Frontier().grow(row.leaf for row in into.rows(0, held.size))
    if frontier.root() != (theirs[-1].root if theirs else EMPTY_ROOT):
        raise LedgerDamaged(into.name, f"its entries do not give the checkpoint of {held.size}")
    return frontier, ours[len(theirs) :]


def _before(checkpoints: list[Checkpoint], one: Checkpoint) -> int:
    place = checkpoints.index(one)
    return checkpoints[place - 1].size if place else 0


def _put(record: Store, into: Store, frontier: Frontier, checkpoint: Checkpoint) -> Frontier:
    entries = [entry for _, entry in record.entries(frontier.size, checkpoint.size)]
    batch = Batch(tuple(map(to_bytes, entries)), checkpoint.at)
    grown = frontier.grow(map(leaf_hash, batch.entries))
    # A signed entry does not tell when it was received: its checkpoint alone does.
    dated = entries and (isinstance(entries[-1], SignedEntry) or entries[-1].received == batch.at)
    if grown.root() != checkpoint.root or not dated:
        said = f"its entries do not give the checkpoint of {checkpoint.size}"
        raise LedgerDamaged(record.name, said)

    def seal(_: int) -> Batch:
        if into.head() != Head(frontier.size, frontier.root()):
            raise WrongUse(f"{into.name}: somebody else appended to it meanwhile")
        return batch

    if into.write(seal) != Head(checkpoint.size, checkpoint.root):
        raise LedgerDamaged(into.name, f"it does not give the checkpoint of {checkpoint.size}")
    return grown
