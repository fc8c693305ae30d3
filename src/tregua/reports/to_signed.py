"""Rows of a report file, signed one after another as entries of one key."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.ledger.signing.sign import Draft, Place, sign
from tregua.reports.marking import fingerprint_marking, is_marking, marking_of
from tregua.reports.to_entry import Filed, canonical, entry_kind, write_body
from tregua.reports.to_fields import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.signing.device_key import DeviceKey
    from tregua.ledger.signing.sign import Signed
    from tregua.reports.model import Record
    from tregua.reports.reader import Row


@dataclass(frozen=True, slots=True)
class Terms:
    """What all entries of a bundle share.

    Attributes:
        agr: SHA-256 (hex) of the text in force.
        rel: audiences of rows that name none; may be empty.
        iat: POSIX seconds of the signing device.
        window: id of the sealed window; empty for none.
    """

    agr: str
    rel: tuple[str, ...]
    iat: int
    window: str = ""


def signed_rows(
    rows: Iterable[Row], key: DeviceKey, place: Place, terms: Terms
) -> tuple[tuple[Signed, ...], Place]:
    """Sign every record of the rows; return the entries and where the next one of the key stands.

    Raises:
        WrongUse: a row is marked for nobody, or a field wider than its row.
        EntryRefused: an entry would be too large.
    """
    made: list[Signed] = []
    for row in rows:
        for record in row.records:
            one = sign(_draft(record, row, terms), key, place)
            made.append(one)
            place = Place(place.seq + 1, one.next)
    return tuple(made), place


def _draft(record: Record, row: Row, terms: Terms) -> Draft:
    marking = marking_of(row, terms.rel)
    kept = tuple(pair for pair in row.unread if not is_marking(pair[0]))
    body = write_body(Filed(record, row.digest, kept))
    narrower = dict(marking.narrower)
    fingerprint = fingerprint_marking(marking)
    if fingerprint:
        narrower["row"] = fingerprint
    else:
        body = _without_row(body)
    fields = fields_of(body, marking.rel, narrower=narrower)
    return Draft(
        entry_kind(record), terms.agr, marking.rel, terms.iat, fields=fields, window=terms.window
    )


def _without_row(body: str) -> str:
    return canonical({name: value for name, value in json.loads(body).items() if name != "row"})
