"""What is held of entries, opened: fields from disclosures, records from the fields that are seen.

Both are pure, so each is done once for the same entry and the same disclosures or fields. What is
not held any more is forgotten at the next look; that anything is kept changes no answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

from tregua.errors import EntryRefused, LedgerDamaged
from tregua.ledger.signing.disclosures import fields_in
from tregua.reports.from_entry import record_of
from tregua.reports.from_fields import body_from
from tregua.sharing.view import Held

if TYPE_CHECKING:
    from tregua.ledger.entry import Entry
    from tregua.ledger.signed import SignedEntry
    from tregua.ledger.signing.disclosures import Field
    from tregua.reports.model import Record

    Fields: TypeAlias = tuple[Field, ...]
    Texts: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A record as an entry tells it.

    Attributes:
        index: of the entry.
        body: canonical JSON of the record, as far as it is held or visible.
        issuer: who signed it; empty in a ledger begun before entries were signed.
        record: the same, read.
    """

    index: int
    body: str
    record: Record
    issuer: str = ""


class Opened:
    """The entries that were opened last, by index."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[int, tuple[Texts, Held]] = {}
        self._told: dict[int, tuple[Held | Entry, Fields, Told | None]] = {}

    def held(self, index: int, entry: SignedEntry, disclosures: Texts) -> Held:
        """Return an entry with the fields of it that are held.

        Raises:
            LedgerDamaged: what is held does not belong to the entry.
        """
        texts, held = self._held.get(index, ((), None))
        if held is None or held.id != entry.id or texts != disclosures:
            held = _held(index, entry, disclosures)
            self._held[index] = disclosures, held
        return held

    def told(self, held: Held, fields: Fields) -> Told | None:
        """Return the record that these fields of an entry tell; ``None`` when they tell none."""
        of, seen, told = self._told.get(held.index, (None, (), None))
        if of is not held or seen != fields:
            told = _told(held, fields)
            self._told[held.index] = held, fields, told
        return told

    def plain(self, index: int, entry: Entry) -> Told:
        """Return the record of an entry of a ledger begun before entries were signed."""
        of, _, told = self._told.get(index, (None, (), None))
        if of is not entry or told is None:
            told = Told(index, entry.body, record_of(entry.body))
            self._told[index] = entry, (), told
        return told


def _held(index: int, entry: SignedEntry, disclosures: Texts) -> Held:
    claims = entry.claims
    try:
        fields = fields_in(claims, disclosures)
    except EntryRefused as refused:
        raise LedgerDamaged(f"the body of entry {index}", refused.why) from refused
    return Held(entry.id, index, claims.iss, claims.rel, fields, claims.iat)


def _told(held: Held, fields: Fields) -> Told | None:
    known = datetime.fromtimestamp(held.iat, UTC).isoformat().replace("+00:00", "Z")
    body = body_from(fields, signer=held.iss, entry_id=held.id, known=known)
    record = None if body is None else _record(body)
    return None if body is None or record is None else Told(held.index, body, record, held.iss)


def _record(body: str) -> Record | None:
    """Read what somebody signed: what is no record may not keep anybody from reading the others."""
    try:
        return record_of(body)
    except EntryRefused:
        return None
