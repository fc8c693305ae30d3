"""The attacks, in the order of the threat model: files, order, authorship, history, people.

What lives here: one attack per file, what is done and which look should find it.
What may not: a check, or the sentence by which an attack is caught.
Where to begin reading: ``row_edited.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.rehearsal.attacks import (
    byte_changed,
    clock_changed,
    disclosure_altered,
    entries_reordered,
    entry_dropped,
    entry_forged,
    everything_recomputed,
    flood,
    forged_published,
    log_forked,
    report_replayed,
    revoked_key,
    rolled_back,
    row_edited,
    stalling,
)

if TYPE_CHECKING:
    from tregua.rehearsal.attack import Attack

ATTACKS: tuple[Attack, ...] = (
    row_edited.ATTACK,
    byte_changed.ATTACK,
    everything_recomputed.ATTACK,
    entry_dropped.ATTACK,
    entries_reordered.ATTACK,
    entry_forged.ATTACK,
    forged_published.ATTACK,
    report_replayed.ATTACK,
    log_forked.ATTACK,
    rolled_back.ATTACK,
    disclosure_altered.ATTACK,
    revoked_key.ATTACK,
    stalling.ATTACK,
    clock_changed.ATTACK,
    flood.ATTACK,
)
