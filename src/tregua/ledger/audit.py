"""Audit: does the record still say what was committed, and if not, where exactly.

The steps, in this order; a later step never hides what an earlier one found:

1. Each entry by itself: its number, its hash, its form, its time (``scan.py``).
2. Entries against checkpoints. A root covers everything before it, so the last checkpoint that
   agrees proves all entries up to it, and the first that does not bounds the damage.
3. Entries against a head that somebody saved elsewhere. Only this, or step 4, can see a record
   that was cut, or written anew from its beginning, together with its checkpoints.
4. Entries against a copy held by somebody else: names each entry that differs (``compare.py``).
5. With the annex: who signed each entry, with a key that was valid there, as the next of its chain,
   and whether what is kept beside the ledger belongs to it (``signatures.py``); and how the
   entries of revoked keys stand, by the cosignatures at hand (``standing.py``).

The audit reads and never writes. It is no proof that what was reported is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged
from tregua.ledger.codes import note, short, span
from tregua.ledger.compare import differences
from tregua.ledger.look_into import show_received
from tregua.ledger.open import open_for_reading
from tregua.ledger.scan import Scan, scan, unreadable
from tregua.ledger.tree import Frontier, root_of
from tregua.terms.notes import Note, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.annex import Annex
    from tregua.ledger.standing import Affected
    from tregua.ledger.store import Checkpoint, Head, Store
    from tregua.ledger.windows.seen import Seen


@dataclass(frozen=True, slots=True)
class Audit:
    """What the audit found.

    Attributes:
        findings: in the order of the steps, and of the entries inside a step.
        size: entries that the record holds.
        root: root over them (up to the first missing one), 32 bytes.
        affected: entries of keys that were revoked, by index.
    """

    findings: tuple[Note, ...]
    size: int
    root: bytes
    affected: tuple[Affected, ...] = ()

    @property
    def is_intact(self) -> bool:
        """Say whether the record holds together; if not, the exit code is 4."""
        return not any(found.severity is Severity.ERROR for found in self.findings)


def audit(
    record: Store | str | Path,
    *,
    against: Head | None = None,
    copy: Store | str | Path | None = None,
    annex: Annex | None = None,
    seen: Seen | None = None,
) -> Audit:
    """Audit a record, alone, against a saved head, and against a copy.

    Args:
        record: an open store, or where it is.
        against: a head saved earlier, by anybody.
        copy: another copy of the same record, older or newer.
        annex: whose keys count; without it no signature is checked.
        seen: the cosignatures over the record, for the entries of revoked keys.

    Raises:
        SourceUnreachable: record or copy is not there, or cannot be opened. A file that is there
            and is no ledger any more is an answer of the audit, not an exception.
    """
    # 1. Each entry by itself; who signed it is told last.
    held = _scanned(record, annex, seen)
    found = list(held.notes)
    # 2. Against the checkpoints.
    found += _checkpoint_notes(held)
    # 3. Against the saved head.
    if against is not None:
        found += _head_notes(held, against)
    # 4. Against the copy.
    if copy is not None:
        copied = _scanned(copy)
        found += _copy_note(held, copied) + differences(held, copied)
    # 5. Who signed it.
    signers = held.signers
    root = root_of(held.held.stored(0, held.unbroken))
    return Audit((*found, *signers.notes), len(held.held), root, signers.affected)


def _scanned(
    where: Store | str | Path, annex: Annex | None = None, seen: Seen | None = None
) -> Scan:
    if not isinstance(where, (str, Path)):
        return scan(where, annex, seen)
    try:
        with open_for_reading(where) as store:
            return scan(store, annex, seen)
    except LedgerDamaged as damaged:
        return unreadable(damaged)


def _copy_note(held: Scan, copied: Scan) -> list[Note]:
    wrong = [n for n in (*copied.notes, *_checkpoint_notes(copied)) if n.severity is Severity.ERROR]
    if not wrong:
        return []
    said = f"the copy {copied.name} fails its own audit: {wrong[0].said}"
    return [note("G018", held.name, said)]


def _checkpoint_notes(held: Scan) -> list[Note]:
    checked = [c for c in held.checkpoints if 0 < c.size <= held.unbroken]
    roots = _roots_at(held, (c.size for c in checked))
    bad = [c for c, given in zip(checked, roots, strict=True) if c.root not in given]
    last_good = max((c.size for c in checked if c not in bad), default=0)
    return [
        *(_line_note(held, c) for c in bad if c.size <= last_good),
        *_interval_note(held, last_good, [c for c in bad if c.size > last_good]),
        *_date_notes(held, [c for c in checked if c not in bad]),
        *_length_notes(held),
    ]


def _roots_at(held: Scan, sizes: Iterable[int]) -> list[tuple[bytes, bytes]]:
    """Return at each size the root over the stored leaf hashes, and that over the bytes' own.

    They differ where step 1 found an entry changed. If either agrees with a checkpoint, all other
    entries are proved, and the change is of those bytes (or of that stored hash) alone.
    """
    one = stored = Frontier()
    roots = []
    for size in sizes:
        place, changed = one.size, held.held.changed
        one = one.grow(held.held.hashed(place, size))
        stored = stored.grow(held.held.stored(place, size)) if changed else one
        roots.append((stored.root(), one.root()))
    return roots


def _line_note(held: Scan, bad: Checkpoint) -> Note:
    said = f"the checkpoint of {bad.size} entries ({short(bad.root)}) was changed; later ones agree"
    return note("G009", held.name, said, on=f"checkpoint {bad.size}")


def _interval_note(held: Scan, last_good: int, bad: list[Checkpoint]) -> list[Note]:
    if not bad:
        return []
    first = bad[0]
    proved = f"the one of {last_good} does" if last_good else "no earlier one does"
    later = f"; {len(bad) - 1} later ones fail too" if len(bad) > 1 else ""
    or_itself = "" if len(bad) > 1 else ", or this checkpoint itself,"
    said = (
        f"the entries do not give the checkpoint of {first.size} ({short(first.root)}), {proved}: "
        f"something in {span(last_good, first.size - 1)}{or_itself} was changed{later}"
    )
    return [note("G010", held.name, said, on=str(last_good))]


def _date_notes(held: Scan, good: list[Checkpoint]) -> list[Note]:
    # Entries and checkpoint of a batch carry one time; the intake sets both.
    return [
        note(
            "G009",
            held.name,
            f"the checkpoint of {c.size} entries is dated {show_received(c.at)}, its last entry "
            f"{show_received(last)}",
            on=f"checkpoint {c.size}",
        )
        for c in good
        if (last := held.received[c.size - 1]) not in (0, c.at)
    ]


def _length_notes(held: Scan) -> list[Note]:
    counted = max((c.size for c in held.checkpoints), default=0)
    if held.is_complete and counted > held.end:
        gone = span(held.end, counted - 1)
        said = f"the last checkpoint counts {counted} entries, the record {held.end}: {gone} gone"
        return [note("G007", held.name, said, on=str(held.end))]
    if held.end > counted:
        beyond = span(counted, held.end - 1)
        said = f"{beyond} beyond the last checkpoint, which counts {counted}"
        return [note("G008", held.name, said, on=str(counted))]
    return []


def _head_notes(held: Scan, saved: Head) -> list[Note]:
    if saved.size > held.end:
        if not held.is_complete:
            return []  # step 1 said that the file cannot be read to its end
        gone = span(held.end, saved.size - 1)
        said = f"the saved head counts {saved.size} entries, the record {held.end}: {gone} gone"
        return [note("G011", held.name, said, on=str(held.end))]
    if saved.size > held.unbroken:
        return []  # step 1 named the missing entry; without it there is no root to compare
    (given,) = _roots_at(held, [saved.size])
    if saved.root in given:
        return []
    said = (
        f"the first {saved.size} entries give the root {short(given[0])}, "
        f"the saved head has {short(saved.root)}"
    )
    return [note("G012", held.name, said, on=str(saved.size))]
