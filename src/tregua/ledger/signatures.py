"""The audit's signatures: each entry by the book of the ledger, each body by its entry.

An entry that may not stand where it stands is told with its number and why; the walk goes on behind
it, so that one forged entry hides no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.bodies import Body
from tregua.ledger.codes import note
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Signed
from tregua.ledger.signing.tally import tally_in
from tregua.ledger.standing import Affected, Standing, affected
from tregua.ledger.tallied import tally_notes
from tregua.ledger.tree import leaf_hash
from tregua.ledger.windows.declared import declares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.ledger.annex import Annex
    from tregua.ledger.signing.book import Book
    from tregua.ledger.signing.claims import Claims
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


def signers_of(store: Store, annex: Annex, seen: Seen | None = None) -> Signers:
    """Read every entry of a ledger by the book of its annex.

    Args:
        store: the ledger.
        annex: whose keys count.
        seen: the cosignatures over it; ``None`` when none are at hand.

    Raises:
        LedgerDamaged: the rows cannot be read to their end.
    """
    walk, bodies = _Walk(annex), {body.id: body for body in store.bodies.each()}
    notes: list[Note] = []
    for row in store.rows():
        leaf = leaf_hash(row.data).hex()
        for code, said in walk.wrong(row.index, row.data, bodies.pop(leaf, _NONE)):
            named = f"entry {row.index} ({leaf[:12]}): {said}"
            notes.append(note(code, store.name, named, on=str(row.index)))
    found = affected(walk.signed, seen)
    notes += _stolen_notes(found, store.name)
    notes += tally_notes(walk.tallies, walk.book, store.name)
    notes += [
        note("G033", store.name, f"a body is kept for {key[:12]}, which is no entry here", on=key)
        for key in sorted(bodies)
    ]
    return Signers(tuple(notes), found)


def _stolen_notes(found: tuple[Affected, ...], record: str) -> Iterator[Note]:
    for one in found:
        if one.standing is Standing.STOLEN:
            yield note(
                "G036", record, f"entry {one.index} ({one.id[:12]}): {one}", on=str(one.index)
            )


class _Walk:
    """The walk over all entries: the book, and what is asked of it behind the last one."""

    def __init__(self, annex: Annex) -> None:
        self.book = annex.book()
        self.tallies: list[tuple[int, tuple[Last, ...]]] = []  # by the index of the entry
        self.signed: list[tuple[int, str, Claims]] = []  # those that their key did sign
        self._windows: set[str] = set()

    def wrong(self, index: int, data: bytes, held: Body) -> Iterator[tuple[str, str]]:
        """Yield the code and the words for all that is wrong with one entry."""
        refused = _taken(self.book, data)
        if refused is not None and refused.rule != FORM:
            yield CODES[refused.rule], refused.why
        if refused is not None and refused.rule in (FORM, "unsigned"):
            return
        claims = read_entry(data)
        if refused is None or refused.rule == "revoked":
            self.signed.append((index, leaf_hash(data).hex(), claims))
        if not_its_own := _body(claims, held):
            yield "G030", not_its_own
        if claims.kind == "tally":
            self.tallies.append((index, _counted(claims, held.signed.disclosures)))
        if declares(claims):
            self._windows.add(claims.window)
        elif claims.window and claims.window not in self._windows:
            yield "G032", "no entry before it declares its window"


def _counted(claims: Claims, disclosures: tuple[str, ...]) -> tuple[Last, ...]:
    try:
        return tally_in(fields_in(claims, disclosures), claims.iss)
    except EntryRefused:
        return ()  # a body that is not its own is told above; another tally counts nothing


def _taken(book: Book, data: bytes) -> EntryRefused | None:
    try:
        book.take(data)
    except EntryRefused as refused:
        book.pass_over(data, refused.rule)
        return refused
    return None


def _body(claims: Claims, held: Body) -> str:
    if held.damage:
        return f"its body: {held.damage}"
    try:
        fields_in(claims, held.signed.disclosures)
    except EntryRefused as refused:
        return refused.why
    return ""
