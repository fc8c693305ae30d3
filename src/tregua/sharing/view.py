"""The one door out: nothing of a record reaches an audience that `visible` does not let it reach.

A view is made of what is let through, and everything after it (incidents, attribution, answers, the
status) is computed from that alone. So whatever a view shows rests only on what its audience may
see, and the view can be made again by anybody who holds the same fields.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.terms.marking import reaches

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signing.disclosures import Field
    from tregua.sharing.release import Release
    from tregua.terms.marking import Rel


@dataclass(frozen=True, slots=True)
class Held:
    """An entry with the fields of it that are held here.

    Attributes:
        id: leaf hash (hex).
        index: where it stands in the ledger.
        iss: who signed it.
        rel: audiences of the record.
        fields: those whose disclosures are held.
        iat: POSIX seconds that its signer gives, a claim.
    """

    id: str
    index: int
    iss: str
    rel: Rel
    fields: tuple[Field, ...]
    iat: int = 0


def visible(entry: Held, field: Field, audience: str, releases: Iterable[Release] = ()) -> bool:
    """Say whether an audience may see a field of an entry.

    1. The record and the field are both marked for it; or
    2. somebody who may has released this field of this entry to it.
    """
    if reaches(entry.rel, audience) and reaches(field.rel, audience):
        return True
    return any(r.opens(entry.id, field.name, audience) for r in releases)


def fields_for(entry: Held, audience: str, releases: Iterable[Release] = ()) -> tuple[Field, ...]:
    """Return the fields of an entry that an audience may see."""
    released = tuple(releases)
    return tuple(f for f in entry.fields if visible(entry, f, audience, released))


@dataclass(frozen=True, slots=True)
class View:
    """What one audience may see of the record.

    Attributes:
        audience: whose view.
        entries: those of which it may see something, with the fields that it may see.
        left_out: ids of the entries of which it sees nothing, or not everything, sorted.
    """

    audience: str
    entries: tuple[Held, ...]
    left_out: tuple[str, ...]


def view_for(entries: Iterable[Held], audience: str, releases: Iterable[Release] = ()) -> View:
    """Return the view of an audience; the entries stay in their order."""
    released = tuple(releases)
    seen: list[Held] = []
    left_out: list[str] = []
    for entry in entries:
        fields = fields_for(entry, audience, released)
        if fields:
            seen.append(replace(entry, fields=fields))
        if len(fields) < len(entry.fields):
            left_out.append(entry.id)
    return View(audience, tuple(seen), tuple(sorted(left_out)))
