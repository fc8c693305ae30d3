"""The stage of a rehearsal: a folder with a centre, the mirrors of two sides, a neutral's witness.

They are the real parts, and they talk as they would over a network; only the network is left out.
Time passes when the play says so.
"""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, LedgerDamaged, SourceUnreachable
from tregua.ledger.annex import Annex
from tregua.ledger.beat.ask import Reached, ask
from tregua.ledger.beat.publish import Published, publish
from tregua.ledger.intake import append
from tregua.ledger.mirror.log_folder import HISTORY
from tregua.ledger.mirror.mirror import Mirror
from tregua.ledger.notes.note import read_note
from tregua.ledger.open import open_for_writing
from tregua.ledger.signing.book import Book
from tregua.ledger.signing.sign import sign
from tregua.ledger.tiles.read_tiles import FolderSource
from tregua.ledger.witness.call import Reply
from tregua.ledger.witness.witness import Witness
from tregua.rehearsal.cast import EVERYBODY, SIDES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from tregua.ledger.notes.note import SignedNote
    from tregua.ledger.notes.policy import Cosigner
    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.sign import Draft, Signed
    from tregua.ledger.store import Store
    from tregua.ledger.tiles.tiled_tree import TiledTree
    from tregua.rehearsal.cast import Cast

HOUR = 3_600  # seconds


class Stage:
    """A folder in which a rehearsal plays, and the time there (``now``, POSIX seconds)."""

    def __init__(self, folder: Path, cast: Cast, now: int, *, centre: str = "centre") -> None:
        self.folder, self.cast, self.now = folder, cast, now
        self.centre = folder / centre
        self.ledger, self.public = self.centre / "ledger.sqlite", self.centre / "public"
        self.centre.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Open the centre's journal."""
        with open_for_writing(self.ledger) as store:
            yield store

    def entries(self) -> tuple[bytes, ...]:
        """Return the bytes of every entry, as the centre holds them."""
        with self.store() as store:
            return tuple(row.data for row in store.rows())

    def book(self) -> Book:
        """Read every entry strictly, by the annex, and return the book after the last.

        Raises:
            LedgerDamaged: with the first entry that may not stand where it stands.
        """
        book = Book(self.cast.roots, {self.cast.agr})
        for index, data in enumerate(self.entries()):
            try:
                book.take(data)
            except EntryRefused as refused:
                raise LedgerDamaged(f"entry {index}", refused.why) from refused
        return book

    def signed(self, draft: Draft, key: DeviceKey) -> Signed:
        """Sign a draft as the next entry of a key."""
        return sign(draft, key, self.book().place(key.kid), random=self.cast.random)

    def put(self, *made: Signed) -> None:
        """Record entries, whoever signed them, with their bodies."""
        with self.store() as store:
            store.bodies.put(made)
            append(store, [m.entry for m in made], now=self.clock)

    def clock(self) -> datetime:
        """Return the time on stage."""
        return datetime.fromtimestamp(self.now, UTC)

    def beat(self, *, asking: Collection[str] = EVERYBODY, seconds: int = HOUR) -> Published:
        """Let time pass, then publish; those who are not asked cannot be reached."""
        self.now += seconds
        with ExitStack() as opened:
            store = opened.enter_context(self.store())
            called = {name: opened.enter_context(self.cosigner(name)) for name in asking}

            def reach(
                cosigner: Cosigner, note: SignedNote, tree: TiledTree, *, old: int, now: int
            ) -> Reached:
                def send(url: str, body: bytes) -> Reply:
                    party = called.get(cosigner.name.decode())
                    if party is None:
                        raise SourceUnreachable(url, "nobody answers")
                    return self._answer(party, body)

                return ask(cosigner, note, tree, old=old, now=now, send=send)

            return publish(
                store, self.public, self.cast.log, self.cast.policy, now=self.now, asking=reach
            )

    def _answer(self, party: Mirror | Witness, body: bytes) -> Reply:
        if isinstance(party, Mirror):
            source = FolderSource(self.public)
            answer = party.add_checkpoint(body, now=self.now, source=source)
        else:
            answer = party.add_checkpoint(body, now=self.now)
        return Reply(answer.status, answer.type, answer.body)

    @contextmanager
    def cosigner(self, name: str) -> Iterator[Mirror | Witness]:
        """Open the mirror of a side, or the witness of the neutral."""
        key = self.cast.cosigners[name]
        if name in SIDES:
            annex = Annex(self.cast.roots, (self.cast.agr,))
            mirror = Mirror(self.folder / name, self.cast.policy, key, annex=annex)
            try:
                yield mirror
            finally:
                if mirror.witness is not None:
                    mirror.witness.close()
            return
        witness = Witness((key,), (self.cast.log.public,), self.folder / name)
        try:
            yield witness
        finally:
            witness.close()

    def kept(self, name: str) -> SignedNote | None:
        """Return the checkpoint that a side or the neutral cosigned last, as it keeps it."""
        with self.cosigner(name) as party:
            witness = party.witness if isinstance(party, Mirror) else party
            held = witness and witness.newest_note(sha256(self.cast.log.name.encode()).hexdigest())
        return read_note(held) if held else None

    def history(self) -> tuple[SignedNote, ...]:
        """Return every checkpoint that the centre keeps, by size."""
        files = sorted((self.public / HISTORY).iterdir(), key=lambda path: int(path.name))
        return tuple(read_note(path.read_bytes()) for path in files)
