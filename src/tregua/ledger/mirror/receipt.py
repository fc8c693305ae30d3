"""The receipt of one entry, from a log's folder: at once, and again when it is acknowledged.

"Accepted, not yet acknowledged" is a proof against ``checkpoint.pending``; "acknowledged" one
against ``checkpoint``. Both stay good for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, WrongUse
from tregua.ledger.mirror.log_folder import CHECKPOINT, PENDING, newest_note
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.proof_file import ProofFile
from tregua.ledger.tiles.tiled_tree import TiledTree

if TYPE_CHECKING:
    from tregua.ledger.tiles.read_tiles import FileSource


def receipt_of(source: FileSource, index: int) -> ProofFile:
    """Prove that an entry stands in a log: against the checkpoint that counts if it covers it.

    Raises:
        InputUnreadable: there is no checkpoint, or a tile is not there.
        WrongUse: no checkpoint covers such an entry yet.
    """
    notes = [newest_note(source, names=(name,)) for name in (CHECKPOINT, PENDING)]
    if notes == [None, None]:
        raise InputUnreadable(source.name, "there is no checkpoint")
    for note in notes:
        if note is not None and 0 <= index < (size := read_head_text(note.text).size):
            return ProofFile(index, TiledTree(source, size).inclusion_proof(index), note)
    raise WrongUse(f"no checkpoint in {source.name} covers an entry {index} yet")
