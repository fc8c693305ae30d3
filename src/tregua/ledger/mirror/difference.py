"""Why a source and a copy differ: an entry that is not what its tile says, or a second history.

A second history is not only told but proved: the conflict file is written before anything is said.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, LedgerDamaged, NoteRefused
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.conflict import conflict_of, what_conflicts
from tregua.ledger.notes.policy import one_log
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.tree import root_of
from tregua.ledger.witness.witness import CONFLICTS

if TYPE_CHECKING:
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.read_tiles import FileSource


def conflict_proved(
    folder: DurableFolder,
    policy: Policy,
    ours: SignedNote,
    other: SignedNote,
    leaves: list[bytes],
) -> LedgerDamaged:
    """Write the proof of two histories beside the copy; return the error that names it.

    Raises:
        SignatureRefused, WrongUse: the two do not prove it after all.
    """
    conflict = conflict_of(ours, other, one_log(policy).key, leaves)
    said, data = what_conflicts(conflict), conflict.to_bytes()
    name = f"{CONFLICTS}/{sha256(data).hexdigest()}.tlog-conflict"
    folder.write(name, data)
    folder.settle()
    return LedgerDamaged(name, said)


def difference(
    source: FileSource,
    folder: DurableFolder,
    policy: Policy,
    notes: tuple[SignedNote | None, SignedNote],
    came: tuple[int, list[bytes]],
) -> LedgerDamaged:
    """Find out why what came does not give the root of the log's checkpoint.

    Args:
        source: where it came from.
        folder: of the copy.
        policy: the trust rule.
        notes: the checkpoint that the copy stands at, and that of the source.
        came: number of entries that the copy had, and leaf hashes of those that came.
    """
    ours, note = notes
    head = read_head_text(note.text)
    whole = LedgerDamaged(
        source.name, f"its entries do not give the checkpoint of {head.size} that the log signed"
    )
    try:
        said = list(TiledTree(source, head.size).leaves())
    except (InputUnreadable, NoteRefused):
        return whole
    had, leaves = came
    for n, leaf in enumerate(leaves, start=had):
        if said[n] != leaf:
            return LedgerDamaged(f"entry {n}", f"in {source.name} it is not what its tile says")
    if ours is not None and root_of(said) == head.root:
        return conflict_proved(folder, policy, ours, note, said)
    return whole
