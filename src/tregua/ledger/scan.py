"""The audit's first half: each entry by itself, in the order in which the file holds them.

A scan never stops at the first damage. What it cannot read at all becomes a note as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, TypeVar

from tregua.errors import EntryRefused, LedgerDamaged
from tregua.ledger.codes import note, short, span
from tregua.ledger.entry import MAX_RECEIVED, from_bytes
from tregua.ledger.tree import leaf_hash

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.store import Checkpoint, Row, Store
    from tregua.terms.notes import Note

_T = TypeVar("_T")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Seen:
    """One stored entry as the audit saw it.

    Attributes:
        index: the number it is stored under.
        leaf: the leaf hash stored beside its bytes.
        hashed: the leaf hash that its bytes really have.
        received: its time of receipt, microseconds UTC; 0 when the bytes are no entry.
        refused: why the bytes are no entry; empty when they are one.
    """

    index: int
    leaf: bytes
    hashed: bytes
    received: int
    refused: str


@dataclass(frozen=True, slots=True)
class Scan:
    """All that a store holds, and what is wrong with each entry taken alone.

    Attributes:
        name: of the store, as a person would call it.
        seen: every stored entry, by index.
        unbroken: how many of them are numbered 0, 1, 2 ... without gap or repeat.
        checkpoints: as held, by size.
        is_complete: the file could be read to its end.
        notes: the file first, then numbers, hashes, forms, times.
    """

    name: str
    seen: tuple[Seen, ...]
    unbroken: int
    checkpoints: tuple[Checkpoint, ...]
    is_complete: bool
    notes: tuple[Note, ...]

    @property
    def end(self) -> int:
        """Return the index after the last entry; equal to the size where no entry is missing."""
        return self.seen[-1].index + 1 if self.seen else 0


def scan(store: Store) -> Scan:
    """Read everything the store holds, in one snapshot, and check each entry alone."""
    with store.snapshot():
        rows, rows_end = _readable(store.rows())
        checkpoints, checkpoints_end = _readable(store.checkpoints())
        gone, gone_end = _readable(store.missing_guards())
        faults, faults_end = _readable(store.faults())
    seen = [_look(row) for row in rows]
    reached = f"; {span(0, len(seen) - 1)} could be read" if seen else "; no entry could be read"
    whys = dict.fromkeys(why for why in (rows_end, checkpoints_end, gone_end, faults_end) if why)
    notes = [note("G001", store.name, why + reached) for why in whys]
    notes += [note("G001", store.name, f"the file is damaged inside: {fault}") for fault in faults]
    notes += [note("G019", store.name, f"{part} is missing or changed") for part in gone]
    for look in (_number_notes, _hash_notes, _form_notes, _time_notes):
        notes += look(store.name, seen)
    unbroken = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1].index, enumerate(seen)))
    is_complete = not rows_end and not checkpoints_end
    return Scan(store.name, tuple(seen), unbroken, tuple(checkpoints), is_complete, tuple(notes))


def unreadable(damaged: LedgerDamaged) -> Scan:
    """Return the scan of a file that could not even be opened as a ledger."""
    return Scan(damaged.where, (), 0, (), False, (note("G001", damaged.where, damaged.why),))


def show_received(received: int) -> str:
    """Write a time of receipt (microseconds UTC) to the microsecond."""
    if not 0 <= received <= MAX_RECEIVED:  # only in tables that somebody made anew
        return f"{received} microseconds"
    return (_EPOCH + timedelta(microseconds=received)).isoformat(" ", "microseconds")


def _readable(items: Iterator[_T]) -> tuple[list[_T], str]:
    """Return what can be read, and why no more can; empty when all could."""
    read: list[_T] = []
    try:
        read.extend(items)
    except LedgerDamaged as damaged:
        return read, damaged.why
    return read, ""


def _look(row: Row) -> Seen:
    try:
        received, refused = from_bytes(row.data).received, ""
    except EntryRefused as error:
        received, refused = 0, error.why
    return Seen(row.index, row.leaf, leaf_hash(row.data), received, refused)


def _number_notes(name: str, seen: list[Seen]) -> list[Note]:
    notes = []
    before = -1
    for one in seen:
        if one.index == before:
            said = f"entry {before} stands twice, once as {short(one.leaf)}"
            notes.append(note("G020", name, said, on=str(before)))
        elif one.index > before + 1:
            verb = "is" if one.index == before + 2 else "are"
            said = f"{span(before + 1, one.index - 1)} {verb} missing before {_named(one)}"
            notes.append(note("G002", name, said, on=str(before + 1)))
        before = one.index
    return notes


def _hash_notes(name: str, seen: list[Seen]) -> list[Note]:
    places = {one.leaf: one.index for one in seen}
    notes = []
    for one in seen:
        if one.hashed == one.leaf:
            continue
        place = places.get(one.hashed)
        if place is None:
            said = f"{_named(one)} was changed: its bytes hash to {short(one.hashed)}"
            notes.append(note("G003", name, said, on=str(one.index)))
        else:
            said = f"{_named(one)} holds the bytes of entry {place} ({short(one.hashed)})"
            notes.append(note("G004", name, said, on=str(one.index)))
    return notes


def _form_notes(name: str, seen: list[Seen]) -> list[Note]:
    return [
        note("G005", name, f"{_named(one)} is no entry: {one.refused}", on=str(one.index))
        for one in seen
        if one.refused
    ]


def _time_notes(name: str, seen: list[Seen]) -> list[Note]:
    # A signed entry holds no time of receipt: its checkpoint does.
    dated = [one for one in seen if not one.refused and one.received]
    return [
        note(
            "G006",
            name,
            f"{_named(later)} was received {show_received(later.received)}, before "
            f"{_named(earlier)}, received {show_received(earlier.received)}",
            on=str(later.index),
        )
        for earlier, later in pairwise(dated)
        if later.received < earlier.received
    ]


def _named(one: Seen) -> str:
    return f"entry {one.index} ({short(one.leaf)})"
