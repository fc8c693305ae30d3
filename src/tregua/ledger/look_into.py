"""The audit's second reading: what each entry says, which times they tell, and who signed them."""

from __future__ import annotations

from array import array
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, LedgerDamaged
from tregua.ledger.ahead import read_ahead, read_each
from tregua.ledger.codes import note
from tregua.ledger.entry import MAX_RECEIVED, Entry
from tregua.ledger.signatures import SignatureWalk, Signers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.ahead import Read
    from tregua.ledger.annex import Annex
    from tregua.ledger.hashed import Hashed
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.terms.notes import Note

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Told:
    """What entries told so far.

    Attributes:
        received: time of receipt of each, microseconds UTC; 0 where an entry does not tell it.
        forms: a note for each that is no entry.
        times: a note for each that is dated before an earlier one.
        signers: what their signatures tell, once all were taken.
    """

    def __init__(self, name: str) -> None:
        self.received = array("q")
        self.forms: list[Note] = []
        self.times: list[Note] = []
        self.signers = Signers(())
        self._name = name
        self._dated = -1  # place of the last entry that tells its time

    def take(self, read: Read, held: Hashed) -> None:
        """Take the next entry."""
        place = len(self.received)
        received = read.received if isinstance(read, Entry) else 0
        if isinstance(read, EntryRefused):
            said = f"{held.named(place)} is no entry: {read.why}"
            self.forms.append(note("G005", self._name, said, on=str(held.numbers[place])))
        self.received.append(received)
        if received:  # a signed entry holds no time of receipt: its checkpoint does
            self._date(place, held)

    def _date(self, place: int, held: Hashed) -> None:
        earlier, self._dated = self._dated, place
        if earlier < 0 or self.received[earlier] <= self.received[place]:
            return
        said = (
            f"{held.named(place)} was received {show_received(self.received[place])}, before "
            f"{held.named(earlier)}, received {show_received(self.received[earlier])}"
        )
        self.times.append(note("G006", self._name, said, on=str(held.numbers[place])))


def look_into(
    store: Store, held: Hashed, annex: Annex | None = None, seen: Seen | None = None
) -> Told:
    """Read the rows that were hashed once more, for what they say.

    Args:
        store: in the snapshot in which ``held`` was read.
        held: their numbers and hashes.
        annex: whose keys count; without it no signature is checked.
        seen: the cosignatures over it, for the entries of revoked keys.
    """
    told = Told(store.name)
    data = _readable(store)
    if annex is None:
        for read in read_each(data):
            told.take(read, held)
        return told
    walk = SignatureWalk(annex, store, held)
    for read in read_ahead(data, walk.keys):
        told.take(read, held)
        walk.take(read)
    told.signers = walk.end(seen)
    return told


def _readable(store: Store) -> Iterator[bytes]:
    try:
        for row in store.rows():
            yield row.data
    except LedgerDamaged:
        return  # the first reading said why


def show_received(received: int) -> str:
    """Write a time of receipt (microseconds UTC) to the microsecond."""
    if not 0 <= received <= MAX_RECEIVED:  # only in tables that somebody made anew
        return f"{received} microseconds"
    return (_EPOCH + timedelta(microseconds=received)).isoformat(" ", "microseconds")
