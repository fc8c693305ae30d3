"""Writes a picture as plain values for JSON: stable keys, ISO times in UTC, nothing left out.

Every answer carries ``at``, ``known_at``, the deal's digests and the checkpoint (size and root), so
that anybody can compute it again.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from tregua.agreement.value import Nothing, Undefined
from tregua.bulletin.seen_by import view_json

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.centre import Known, Picture
    from tregua.reports.model import Record


def envelope(picture: Picture) -> dict[str, object]:
    """Return what every JSON answer begins with."""
    return {
        "at": plain(picture.at),
        "known_at": known_json(picture.known),
        "deal": deal_json(picture.deal),
        "checkpoint": {"size": picture.known.size, "root": picture.known.root},
        "view": view_json(picture.known),
    }


def known_json(known: Known) -> dict[str, object]:
    """Return what was known: by the sources' dates, or the prefix to which a time was resolved."""
    return {
        "until": plain(known.instant),
        "words": known.as_of,
        "moment": plain(known.moment),
        "provisional": known.provisional,
    }


def deal_json(agreement: Agreement) -> dict[str, str]:
    """Return which deal is meant: its id, the digest of its text and that of its meaning."""
    return {
        "id": agreement.id,
        "text_sha256": agreement.text.digest,
        "model_sha256": agreement.model_digest,
    }


def status_json(picture: Picture) -> dict[str, object]:
    """Return the status with its envelope."""
    return {**envelope(picture), "status": plain(picture.status)}


def picture_json(picture: Picture) -> dict[str, object]:
    """Return everything: status, assessments, incidents with attribution, the records behind."""
    return {
        **status_json(picture),
        "assessments": [plain(a) for a in picture.assessments],
        "incidents": [plain(a) for a in picture.attributed],
        "records": [_record(r) for r in picture.known.records],
        "positions": dict(picture.known.positions),
    }


def _record(record: Record) -> dict[str, Any]:
    # The id is made of two fields; everything else in this answer calls the record by it.
    kind = type(record).__name__.lower()
    return {"id": record.origin.id, "kind": kind, **plain(record)}


def plain(value: Any) -> Any:  # noqa: ANN401 - it turns anything of ours into JSON
    """Return a value of ours as JSON knows it."""
    if isinstance(value, Undefined):
        return {"undefined": value.phrase}
    if isinstance(value, Nothing):
        return {"none": True}
    if isinstance(value, Enum):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    return value
