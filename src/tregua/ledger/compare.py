"""The audit's last step: a record beside a copy that somebody else holds, entry by entry.

Entries are compared by the hash of their bytes. Entries that the record has after the end of the
copy are no difference: the record went on. The other way round is one, because a record that was
cut looks like that.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from tregua.ledger.codes import note, short, span

if TYPE_CHECKING:
    from tregua.ledger.hashed import Hashed
    from tregua.ledger.scan import Scan
    from tregua.terms.notes import Note

    Keyed = dict[tuple[bytes, int], "Seen"]


def differences(held: Scan, copy: Scan) -> list[Note]:
    """Name every entry in which the record and its copy differ."""
    same = held.held.common(copy.held)  # what both begin with is no difference
    ours, theirs = _keyed(held.held, same), _keyed(copy.held, same)
    added = {one.index: one for key, one in ours.items() if key not in theirs}
    dropped = {one.index: one for key, one in theirs.items() if key not in ours}
    changed = sorted(added.keys() & dropped.keys())
    newer = _after_the_common(ours, theirs)
    cut = _after_the_common(theirs, ours)
    only_ours = sorted(added.keys() - dropped.keys() - newer)
    only_theirs = sorted(dropped.keys() - added.keys() - cut)
    return [
        *(_changed_note(held, added[n], dropped[n]) for n in changed),
        *(_dropped_note(held, dropped[n]) for n in only_theirs),
        *(_added_note(held, added[n]) for n in only_ours),
        *_order_notes(held, ours, theirs),
        *_cut_note(held, copy, sorted(cut - added.keys())),
    ]


@dataclass(frozen=True, slots=True)
class Seen:
    """An entry: the number that it is stored under, and the hash of its bytes."""

    index: int
    hashed: bytes


def _keyed(held: Hashed, start: int) -> Keyed:
    # Two submissions may be equal to the byte: the second occurrence is another entry.
    counts: dict[bytes, int] = {}
    keyed: Keyed = {}
    for index, own in zip(held.numbers[start:], held.hashed(start, len(held)), strict=True):
        counts[own] = counts.get(own, 0) + 1
        keyed[own, counts[own]] = Seen(index, own)
    return keyed


def _after_the_common(these: Keyed, others: Keyed) -> set[int]:
    """Return the indices of the entries after the last one that both hold."""
    tail = takewhile(lambda item: item[0] not in others, reversed(these.items()))
    return {one.index for _, one in tail}


def _changed_note(held: Scan, ours: Seen, theirs: Seen) -> Note:
    said = f"entry {ours.index} is {short(ours.hashed)}, in the copy it is {short(theirs.hashed)}"
    return note("G013", held.name, said, on=str(ours.index))


def _dropped_note(held: Scan, theirs: Seen) -> Note:
    said = f"entry {theirs.index} of the copy ({short(theirs.hashed)}) is not in the record"
    return note("G014", held.name, said, on=str(theirs.index))


def _added_note(held: Scan, ours: Seen) -> Note:
    said = f"entry {ours.index} ({short(ours.hashed)}) is not in the copy"
    return note("G015", held.name, said, on=str(ours.index))


def _order_notes(held: Scan, ours: Keyed, theirs: Keyed) -> list[Note]:
    here = [key for key in ours if key in theirs]
    there = [key for key in theirs if key in ours]
    return [
        note(
            "G016",
            held.name,
            f"entry {ours[a].index} ({short(a[0])}) is entry {theirs[a].index} of the copy",
            on=str(ours[a].index),
        )
        for a, b in zip(here, there, strict=True)
        if a != b
    ]


def _cut_note(held: Scan, copy: Scan, cut: list[int]) -> list[Note]:
    if not cut or not held.is_complete:
        return []
    said = f"the copy goes on to {copy.end} entries; {span(cut[0], cut[-1])} not in the record"
    return [note("G017", held.name, said, on=str(cut[0]))]
