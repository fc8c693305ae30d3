"""The audit's signatures: each entry by the book of the ledger, each body by its entry.

An entry that may not stand where it stands is told with its number and why; the walk goes on behind
it, so that one forged entry hides no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.ahead import signed_of
from tregua.ledger.bodies import Body
from tregua.ledger.codes import note
from tregua.ledger.signed import SignedEntry
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.sign import Signed
from tregua.ledger.signing.tally import tally_in
from tregua.ledger.standing import Affected, Signings, Standing
from tregua.ledger.tallied import tally_notes
from tregua.ledger.windows.declared import declares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.ahead import Read
    from tregua.ledger.annex import Annex
    from tregua.ledger.hashed import Hashed
    from tregua.ledger.signing.claims import Claims
    from tregua.ledger.signing.keys import Keys
    from tregua.ledger.signing.tally import Last
    from tregua.ledger.store import Store
    from tregua.ledger.windows.seen import Seen
    from tregua.terms.notes import Note

CODES = {
    "signature": "G021",
    "key": "G022",
    "revoked": "G023",
    "chain": "G024",
    "repeated": "G025",
    "agreement": "G026",
    "reference": "G027",
    "terms": "G028",
    "naming": "G029",
    "unsigned": "G031",
}
FORM = "form"  # told by the audit's first step
_NONE = Body("", Signed(b"", ()))  # an entry of which nothing is held


@dataclass(frozen=True, slots=True)
class Signers:
    """What the signatures of a ledger tell.

    Attributes:
        notes: for each entry that may not stand, and each body that is not its entry's.
        affected: entries of keys that were revoked, by index.
    """

    notes: tuple[Note, ...]
    affected: tuple[Affected, ...] = ()


class SignatureWalk:
    """The walk over all entries by the book of the annex, and what is asked behind the last one.

    Args:
        annex: whose keys count.
        store: the ledger.
        held: its entries by number and hash.
    """

    def __init__(self, annex: Annex, store: Store, held: Hashed) -> None:
        self._name, self._held = store.name, held
        self._book = annex.book()
        self._bodies = {body.id: body for body in store.bodies.each()}
        self._place = -1
        self._notes: list[Note] = []
        self._tallies: list[tuple[int, tuple[Last, ...]]] = []  # by the index of the entry
        self._signings = Signings()
        self._windows: set[str] = set()

    @property
    def keys(self) -> Keys:
        """Return the keys that are known so far."""
        return self._book.keys

    def take(self, read: Read) -> None:
        """Take the next entry."""
        self._place += 1
        index, leaf = self._at(self._place)
        for code, said in self._wrong(index, read, self._bodies.pop(leaf, _NONE)):
            named = f"entry {index} ({leaf[:12]}): {said}"
            self._notes.append(note(code, self._name, named, on=str(index)))

    def _at(self, place: int) -> tuple[int, str]:
        (leaf,) = self._held.hashed(place, place + 1)
        return self._held.numbers[place], leaf.hex()

    def _wrong(self, index: int, read: Read, body: Body) -> Iterator[tuple[str, str]]:
        """Yield the code and the words for all that is wrong with one entry."""
        refused = self._refused(read)
        if refused is not None and refused.rule != FORM:
            yield CODES[refused.rule], refused.why
        if not isinstance(read, SignedEntry):
            return
        claims = read.claims
        if refused is None or refused.rule == "revoked":
            self._signings.take(self._place, claims)
        if not_its_own := _body(claims, body):
            yield "G030", not_its_own
        if claims.kind == "tally":
            self._tallies.append((index, _counted(claims, body.signed.disclosures)))
        if declares(claims):
            self._windows.add(claims.window)
        elif claims.window and claims.window not in self._windows:
            yield "G032", "no entry before it declares its window"

    def _refused(self, read: Read) -> EntryRefused | None:
        try:
            self._book.take_read(signed_of(read))
        except EntryRefused as refused:
            signed = read if isinstance(read, SignedEntry) else None
            self._book.pass_over(signed, refused.rule)
            return refused
        return None

    def end(self, seen: Seen | None = None) -> Signers:
        """Return what was found, with what only the whole ledger tells.

        Args:
            seen: the cosignatures over it; ``None`` when none are at hand.
        """
        found = self._signings.affected(self._at, seen)
        self._notes += _stolen_notes(found, self._name)
        self._notes += tally_notes(self._tallies, self._book, self._name)
        for key in sorted(self._bodies):
            said = f"a body is kept for {key[:12]}, which is no entry here"
            self._notes.append(note("G033", self._name, said, on=key))
        return Signers(tuple(self._notes), found)


def _stolen_notes(found: tuple[Affected, ...], record: str) -> Iterator[Note]:
    for one in found:
        if one.standing is Standing.STOLEN:
            yield note(
                "G036", record, f"entry {one.index} ({one.id[:12]}): {one}", on=str(one.index)
            )


def _counted(claims: Claims, disclosures: tuple[str, ...]) -> tuple[Last, ...]:
    try:
        return tally_in(fields_in(claims, disclosures), claims.iss)
    except EntryRefused:
        return ()  # a body that is not its own is told above; another tally counts nothing


def _body(claims: Claims, held: Body) -> str:
    if held.damage:
        return f"its body: {held.damage}"
    try:
        fields_in(claims, held.signed.disclosures)
    except EntryRefused as refused:
        return refused.why
    return ""
