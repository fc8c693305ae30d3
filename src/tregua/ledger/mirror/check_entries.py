"""Who signed what a log holds, and in which order: asked before anything of it is cosigned.

Each entry is read by the book of the annex, as the audit reads it. What was asked once is not asked
again: ``checked`` keeps how far the copy was read, and what its entries established; without it, or
under another annex, the copy is read from its first entry on.

An entry that may not stand where it stands is not only told but proved: ``refused`` gets its bytes
and its place under the checkpoint that the log signed, before anything is said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, EntryUnsound
from tregua.ledger.ahead import read_ahead, signed_of
from tregua.ledger.mirror.checked import keep_book, kept_book
from tregua.ledger.notes.proof_file import ProofFile
from tregua.ledger.tiles.read_tiles import entries_from
from tregua.ledger.tree import inclusion_proof, leaf_hash

if TYPE_CHECKING:
    from tregua.ledger.annex import Annex
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.tiles.durable import DurableFolder
    from tregua.ledger.tiles.read_tiles import FileSource
    from tregua.ledger.tiles.tiled_tree import TiledTree

REFUSED = "refused"


class EntryCheck:
    """The entries of one copy, read by the book of one annex.

    Args:
        folder: of the copy.
        annex: whose keys count, and which texts hold.
        tree: of the copy as it stands.
    """

    def __init__(self, folder: DurableFolder, annex: Annex, tree: TiledTree) -> None:
        self._folder, self._annex, self._tree = folder, annex, tree
        self._book = kept_book(folder, annex, tree) or annex.book()

    def read(self, source: FileSource, note: SignedNote, size: int) -> None:
        """Read on, up to ``size`` entries, which the log signed in ``note``.

        Raises:
            EntryUnsound: with the first entry that may not stand where it stands.
            InputUnreadable, NoteRefused: a bundle is not there, or out of form.
        """
        entries = entries_from(source, self._book.size, size)
        for read in read_ahead(entries, self._book.keys):
            try:
                self._book.take_read(signed_of(read))
            except EntryRefused as refused:
                proof = self._proof(source, note, size)
                raise EntryUnsound(self._book.size, refused.why, proof) from refused

    def keep(self, root: bytes) -> None:
        """Keep durably how far the copy was read; ``root`` is that of what was read."""
        keep_book(self._folder, self._annex, self._book, root)

    def _proof(self, source: FileSource, note: SignedNote, size: int) -> str:
        index = self._book.size
        entry = next(entries_from(source, index, size))
        came = entries_from(source, self._tree.size, size)
        leaves = [*self._tree.leaves(), *map(leaf_hash, came)]
        name = f"{REFUSED}/{index}-{leaves[index].hex()[:12]}"
        proof = ProofFile(index, inclusion_proof(leaves, index), note)
        self._folder.write(f"{name}.entry", entry)
        self._folder.write(f"{name}.tlog-proof", proof.to_bytes())
        self._folder.settle()
        return f"{name}.tlog-proof"
