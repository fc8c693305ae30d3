"""The cosignatures that lie with a published log, as far as they are over this very record.

Published files prove nothing about a record until both are held together: each cosigned root must
be that of the log's own tiles, and the record must begin with what was published.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, LedgerDamaged
from tregua.ledger.mirror.hold_against import hold_against
from tregua.ledger.mirror.log_folder import CHECKPOINT, HISTORY, PENDING
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.note import MAX_NOTE, read_note
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.windows.seen import seen_in

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen


def notes_in(log: Path) -> tuple[SignedNote, ...]:
    """Return every checkpoint that lies in the folder of a log or of a copy, the shortest first.

    Raises:
        InputUnreadable: there is none, or one cannot be read.
        NoteRefused: one is out of form.
    """
    older = [f"{HISTORY}/{path.name}" for path in (log / HISTORY).glob("[0-9]*")]
    files = (FolderSource(log).read(n, most=MAX_NOTE) for n in (CHECKPOINT, PENDING, *older))
    found = [read_note(data) for data in files if data is not None]
    if not found:
        raise InputUnreadable(log, "no log was published there: it holds no checkpoint")
    return tuple(sorted(found, key=lambda note: read_head_text(note.text).size))


def seen_in_log(log: Path, store: Store, policy: Policy, *, now: int) -> Seen:
    """Return what the cosignatures in a log's folder tell about a record.

    Args:
        log: the folder that was published, a mirror's copy, or the log of an unpacked archive.
        store: the record.
        policy: whose cosignatures count.
        now: the reader's clock, POSIX seconds.

    Raises:
        InputUnreadable, NoteRefused: there is no log, or something of it is out of form.
        LedgerDamaged: what was cosigned is not the beginning of this record.
        SignatureRefused: a line of a known key does not hold, or states a time to come.
    """
    notes, source = notes_in(log), FolderSource(log)
    seen = seen_in(notes, policy, now=now)
    heads = [read_head_text(note.text) for note in notes]
    newest, tree = heads[-1], TiledTree(source, heads[-1].size)
    if any(tree.root(head.size) != head.root for head in heads):
        hold_against(source, newest.size, notes, policy)  # names who had cosigned another root
    if newest.size > store.size() or store.root_at(newest.size) != newest.root:
        why = f"it does not begin with the {newest.size} entries that were published in {log}"
        raise LedgerDamaged(store.name, why)
    return seen
