"""The audit's first half: each entry by itself, in the order in which the file holds them.

A scan never stops at the first damage. What it cannot read at all becomes a note as well. Of each
entry it keeps its number, its hash and its time, and never the bytes: a record of a million entries
is audited in the memory of their hashes. The rows are read twice, in one snapshot: once for numbers
and hashes alone, which is quick, and once for what the entries say (``look_into.py``).
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING, TypeVar

from tregua.errors import LedgerDamaged
from tregua.ledger.codes import note, short, span
from tregua.ledger.hashed import Hashed
from tregua.ledger.look_into import look_into
from tregua.ledger.signatures import Signers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.annex import Annex
    from tregua.ledger.store import Checkpoint, Store
    from tregua.ledger.windows.seen import Seen
    from tregua.terms.notes import Note

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Scan:
    """All that a store holds, and what is wrong with each entry taken alone.

    Attributes:
        name: of the store, as a person would call it.
        held: every stored entry.
        unbroken: how many of them are numbered 0, 1, 2 ... without gap or repeat.
        received: their times of receipt, microseconds UTC; 0 where an entry does not tell it.
        checkpoints: as held, by size.
        is_complete: the file could be read to its end.
        notes: the file first, then numbers, hashes, forms, times.
        signers: what the signatures tell; nothing without an annex.
    """

    name: str
    held: Hashed
    unbroken: int
    received: array[int]
    checkpoints: tuple[Checkpoint, ...]
    is_complete: bool
    notes: tuple[Note, ...]
    signers: Signers

    @property
    def end(self) -> int:
        """Return the index after the last entry; equal to the size where no entry is missing."""
        return self.held.numbers[-1] + 1 if self.held.numbers else 0


def scan(store: Store, annex: Annex | None = None, seen: Seen | None = None) -> Scan:
    """Read everything the store holds, in one snapshot, and check each entry alone.

    Args:
        store: the ledger.
        annex: whose keys count; without it no signature is checked.
        seen: the cosignatures over it, for the entries of revoked keys.
    """
    with store.snapshot():
        held = Hashed()
        rows_end = held.read(store.rows())
        checkpoints, checkpoints_end = _readable(store.checkpoints())
        gone, gone_end = _readable(store.missing_guards())
        faults, faults_end = _readable(store.faults())
        told = look_into(store, held, annex, seen)
    reached = f"; {span(0, len(held) - 1)} could be read" if held else "; no entry could be read"
    whys = dict.fromkeys(why for why in (rows_end, checkpoints_end, gone_end, faults_end) if why)
    notes = [note("G001", store.name, why + reached) for why in whys]
    notes += [note("G001", store.name, f"the file is damaged inside: {fault}") for fault in faults]
    notes += [note("G019", store.name, f"{part} is missing or changed") for part in gone]
    notes += _number_notes(store.name, held)
    notes += _hash_notes(store.name, held)
    notes += [*told.forms, *told.times]
    is_complete = not rows_end and not checkpoints_end
    return Scan(
        store.name,
        held,
        _unbroken(held),
        told.received,
        tuple(checkpoints),
        is_complete,
        tuple(notes),
        Signers(()) if rows_end else told.signers,
    )


def unreadable(damaged: LedgerDamaged) -> Scan:
    """Return the scan of a file that could not even be opened as a ledger."""
    said = (note("G001", damaged.where, damaged.why),)
    return Scan(damaged.where, Hashed(), 0, array("q"), (), False, said, Signers(()))


def _unbroken(held: Hashed) -> int:
    numbers = range(len(held))
    if held.numbers == array("q", numbers):
        return len(held)
    return next(n for n in numbers if held.numbers[n] != n)


def _readable(items: Iterator[_T]) -> tuple[list[_T], str]:
    """Return what can be read, and why no more can; empty when all could."""
    read: list[_T] = []
    try:
        read.extend(items)
    except LedgerDamaged as damaged:
        return read, damaged.why
    return read, ""


def _number_notes(name: str, held: Hashed) -> list[Note]:
    notes = []
    for place, (before, number) in enumerate(pairwise(chain([-1], held.numbers))):
        if number == before:
            stored = short(held.stored(place, place + 1)[0])
            said = f"entry {before} stands twice, once as {stored}"
            notes.append(note("G020", name, said, on=str(before)))
        elif number > before + 1:
            verb = "is" if number == before + 2 else "are"
            gone = span(before + 1, number - 1)
            said = f"{gone} {verb} missing before {held.named(place)}"
            notes.append(note("G002", name, said, on=str(before + 1)))
    return notes


def _hash_notes(name: str, held: Hashed) -> list[Note]:
    if not held.changed:
        return []
    leaves = held.stored(0, len(held))
    numbers = dict(zip(leaves, held.numbers, strict=True))
    notes = []
    for place in sorted(held.changed):
        (own,), number = held.hashed(place, place + 1), held.numbers[place]
        if own not in numbers:
            said = f"{held.named(place)} was changed: its bytes hash to {short(own)}"
            notes.append(note("G003", name, said, on=str(number)))
        else:
            said = f"{held.named(place)} holds the bytes of entry {numbers[own]} ({short(own)})"
            notes.append(note("G004", name, said, on=str(number)))
    return notes
