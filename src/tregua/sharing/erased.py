"""What was destroyed: the entry stays and proves that it was there; nothing can be read of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.signing.disclosures import fields_in
from tregua.terms.marking import reaches

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.ledger.signed import SignedEntry


@dataclass(frozen=True, slots=True)
class Erased:
    """An entry of which the body was destroyed.

    Attributes:
        of: its id (leaf hash, hex).
        on: day of the erasure, UTC, as its signer dates it.
        by: who signed the erasure.
        why: the reason, as far as the reader may see it.
    """

    of: str
    on: str
    by: str
    why: str

    @property
    def words(self) -> str:
        """Return what a page says of it."""
        return f"{self.of[:12]} erased on {self.on} by {self.by} for: {self.why or 'not shown'}"


def erasures_in(
    entries: Iterable[SignedEntry], bodies: Mapping[str, tuple[str, ...]], audience: str
) -> tuple[Erased, ...]:
    """Return what was destroyed, in the order of the ledger; the first erasure of each counts."""
    found: dict[str, Erased] = {}
    for entry in entries:
        if entry.kind != "erasure":
            continue
        claims = entry.claims
        day = f"{datetime.fromtimestamp(claims.iat, UTC):%Y-%m-%d}"
        why = _reason(entry, bodies.get(entry.id, ()), audience)
        for ref in claims.ref:
            found.setdefault(ref, Erased(ref, day, claims.iss, why))
    return tuple(found.values())


def _reason(entry: SignedEntry, disclosures: tuple[str, ...], audience: str) -> str:
    try:
        fields = fields_in(entry.claims, disclosures)
    except EntryRefused:
        return ""
    told = (f for f in fields if f.name == "reason")
    return next((str(f.value) for f in told if not audience or reaches(f.rel, audience)), "")
