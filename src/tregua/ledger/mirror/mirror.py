"""One mirror: a copy, and a cosigner that signs nothing which the copy does not hold.

A witness says that a history is consistent; a mirror says that it has every entry of it, and, when
it knows the annex, that each was signed by whom it names, in its place. A host that withholds
entries, or that publishes a forged one, gets no signature of a mirror.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import EntryUnsound, LedgerDamaged, SourceUnreachable, TreguaError
from tregua.ledger.mirror.check_entries import EntryCheck
from tregua.ledger.mirror.log_folder import is_public, put_note
from tregua.ledger.mirror.peers import Peer, compare_with_peers, fetch
from tregua.ledger.mirror.pull import Pulled, held_note, pull
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.note import read_lines
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.tiles.check_log import check_log
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tiles.read_tiles import MAX_BUNDLE, FolderSource
from tregua.ledger.tiles.tiled_tree import TiledTree
from tregua.ledger.witness.request import AddCheckpoint
from tregua.ledger.witness.witness import AWAY, OK, Answer, Witness

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.ledger.annex import Annex
    from tregua.ledger.mirror.peers import Fetch
    from tregua.ledger.notes.checkpoint import LogHead
    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Policy
    from tregua.ledger.notes.signer import SigningKey
    from tregua.ledger.tiles.read_tiles import FileSource

MEMORY = "cosigner"  # folder: what the mirror remembers; it is not served
TILE_TYPE = "application/octet-stream"


class Mirror:
    """A folder with a copy, the policy under which it is kept, perhaps a key, perhaps an annex.

    Without the annex nobody's signature is checked, and a cosignature says only that all is held.
    """

    def __init__(
        self,
        folder: Path,
        policy: Policy,
        key: SigningKey | None = None,
        *,
        annex: Annex | None = None,
    ) -> None:
        self.folder = DurableFolder(folder)
        self._policy, self._annex = policy, annex
        logs = policy.log_keys
        self.witness = Witness((key,), logs, folder / MEMORY) if key else None

    def pull(self, source: FileSource, *, now: int, wanted: SignedNote | None = None) -> Pulled:
        """Bring the copy up to date, then cosign what it stands at, when there is a key.

        Raises:
            As `pull.pull` does; a copy that was stored before is as it was.
        """
        pulled = pull(source, self.folder, self._policy, annex=self._annex, wanted=wanted)
        if self.witness is None:
            return pulled
        note = self._cosigned(self.witness, pulled.note, now)
        return Pulled(note, pulled.new, put_note(self.folder, note, self._policy))

    def _cosigned(self, witness: Witness, note: SignedNote, now: int) -> SignedNote:
        """Cosign through the witness call itself, so that there is one memory and one order."""
        head = read_head_text(note.text)
        old = witness.newest_size(head.origin)
        tree = TiledTree(FolderSource(self.folder.folder), head.size)
        proof = tree.consistency_proof(old) if 0 < old <= head.size else ()
        answer = witness.add_checkpoint(AddCheckpoint(old, proof, note).to_bytes(), now=now)
        if answer.status != OK:
            why = answer.body.decode("utf-8", "replace").strip()
            raise LedgerDamaged("the mirror's own memory", f"it refuses its own copy: {why}")
        return note.with_lines(*read_lines(answer.body.decode()))

    def add_checkpoint(self, body: bytes, *, now: int, source: FileSource) -> Answer:
        """Answer the witness call: fetch, check and store what the checkpoint covers, then cosign.

        503 when the entries cannot be had now, 422 when one of them may not stand there; nothing is
        signed then.
        """
        assert self.witness is not None

        def hold(note: SignedNote) -> str:
            try:
                pull(source, self.folder, self._policy, annex=self._annex, wanted=note)
            except EntryUnsound as unsound:
                return str(unsound)
            return ""

        try:
            return self.witness.add_checkpoint(body, now=now, before=hold)
        except TreguaError as error:
            return Answer(AWAY, f"{error}\n".encode())

    def compare(self, *, fetching: Fetch = fetch) -> tuple[Peer, ...]:
        """Compare the copy with what the other cosigners have seen; see `compare_with_peers`."""
        return compare_with_peers(self.folder, self._policy, self._note(), fetching=fetching)

    def check(self) -> LogHead:
        """Hash every entry of the copy again, with the annex check who signed it; return its head.

        Raises:
            SourceUnreachable: there is no copy.
            LedgerDamaged: with the first place that is wrong.
        """
        note, source = self._note(), FolderSource(self.folder.folder)
        head = log_signed(note, self._policy.log_keys)
        check_log(source, head)
        if self._annex is not None:  # from the first entry on, whatever was checked before
            EntryCheck(self.folder, self._annex, TiledTree(source, 0)).read(source, note, head.size)
        return head

    def _note(self) -> SignedNote:
        note = held_note(self.folder, self._policy)
        if note is None:
            raise SourceUnreachable(str(self.folder.folder), "there is no copy here")
        return note


def public_file(folder: Path, name: str) -> Answer | None:
    """Return a file of a log as it is served; ``None`` for any other name."""
    if not is_public(name):
        return None
    data = FolderSource(folder).read(name, most=MAX_BUNDLE)
    if data is None:
        return None
    return Answer(OK, data, TILE_TYPE) if name.startswith("tile/") else Answer(OK, data)
