"""The checkpoints that lie beside the tiles of a log, at the centre and in every copy.

``checkpoint`` is the newest that satisfies the policy, ``checkpoint.pending`` the newest that the
log signed, with whatever cosignatures there are. ``checkpoints/SIZE`` keeps each of them, because
the times of cosignatures around an entry say when it was known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.note import MAX_NOTE, SignedNote, read_note
from tregua.ledger.notes.policy import acknowledged
from tregua.ledger.tiles.names import tile_named
from tregua.ledger.tiles.read_tiles import FolderSource

if TYPE_CHECKING:
    from tregua.ledger.notes.policy import Acknowledged, Policy
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.read_tiles import FileSource

CHECKPOINT, PENDING, POLICY = "checkpoint", "checkpoint.pending", "policy"
HISTORY = "checkpoints"
_PUBLIC = re.compile(r"checkpoint|checkpoint\.pending|policy|checkpoints/(0|[1-9][0-9]{0,18})")


def newest_note(
    source: FileSource, *, names: tuple[str, ...] = (PENDING, CHECKPOINT)
) -> SignedNote | None:
    """Return the longest of the checkpoints that lie there; nothing of it is believed yet.

    Raises:
        NoteRefused: one of them is out of form.
    """
    found = [read_note(d) for n in names if (d := source.read(n, most=MAX_NOTE)) is not None]
    return max(found, key=lambda note: read_head_text(note.text).size, default=None)


def put_note(folder: DurableFolder, note: SignedNote, policy: Policy) -> Acknowledged:
    """Write a checkpoint as the pending one, and as the one that counts when the policy is met.

    Raises:
        SignatureRefused: a line of a known key does not hold.
        StoreUnwritable: no room, no right.
    """
    held = acknowledged(note, policy)
    folder.write(PENDING, note.to_bytes())
    keep_note(folder, note, policy)
    return held


def keep_note(folder: DurableFolder, note: SignedNote, policy: Policy) -> None:
    """Keep a checkpoint of any size; it counts when the policy is met and no longer one counts.

    Raises:
        SignatureRefused: a line of a known key does not hold.
        StoreUnwritable: no room, no right.
    """
    before = newest_note(FolderSource(folder.folder), names=(_name(note),))
    if before is not None and before.text == note.text:
        note = before.with_lines(*note.lines)
    held = acknowledged(note, policy)
    folder.write(_name(note), note.to_bytes())
    counts = newest_note(FolderSource(folder.folder), names=(CHECKPOINT,))
    longest = -1 if counts is None else read_head_text(counts.text).size
    if held.is_met and held.head.size >= longest:
        folder.write(CHECKPOINT, note.to_bytes())
    folder.settle()


def _name(note: SignedNote) -> str:
    return f"{HISTORY}/{read_head_text(note.text).size}"


def is_public(name: str) -> bool:
    """Say whether a file of this name is part of a log, and not of whoever keeps it."""
    return _PUBLIC.fullmatch(name) is not None or tile_named(name) is not None
