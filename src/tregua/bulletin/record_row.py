"""One record as a row of the annex: as it was given, by whom, since when known, cited where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.reports.model import CountClaim, Link, Naming, Observation, Statement, Watch
from tregua.terms.time import show_time, show_when

if TYPE_CHECKING:
    from tregua.reports.model import Record


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row of annex R."""

    anchor: str
    id: str
    kind: str
    entry: str
    reporter: str
    happened: str
    known: str
    place: str
    says: str
    flags: str
    citation: str


def record_row(record: Record, position: int | None, zone: str) -> RecordRow:
    """Return the row; the anchor is the ledger index, so that links survive another composition."""
    origin = record.origin
    anchor = f"e{position}" if position is not None else f"k-{origin.id}".replace(" ", "-")
    when = getattr(record, "when", None)
    return RecordRow(
        anchor=anchor,
        id=origin.id,
        kind=_KINDS[type(record)],
        entry="-" if position is None else str(position),
        reporter=origin.reporter,
        happened="-" if when is None else show_when(when),
        known=show_time(origin.known, zone),
        place=str(getattr(record, "place", "-")),
        says=" ".join(part for part in (_says(record), origin.summary) if part),
        flags=", ".join(origin.flags),
        citation=origin.citation,
    )


_KINDS: dict[type, str] = {
    Observation: "observation",
    CountClaim: "count claim",
    Watch: "watch",
    Statement: "statement",
    Naming: "naming",
    Link: "link",
}


def _says(record: Record) -> str:
    if isinstance(record, Observation):
        by = " or ".join(record.by) or "nobody accused"
        return f"{record.what or 'act not stated'}; by: {by}; killed: {record.harm.killed}."
    if isinstance(record, CountClaim):
        accused = " and ".join(record.accused) or "nobody accused"
        return f"claims {record.number} {record.unit}; accused: {accused}."
    if isinstance(record, Statement):
        about = f" {record.about}" if record.about else ""
        claim = f": {record.claim}" if record.claim else ""
        return f"{' and '.join(record.by)} {record.says}{about}{claim}."
    if isinstance(record, Naming):
        return f"{record.name} may stand for {', '.join(record.stands_for) or '-'}."
    if isinstance(record, Link):
        verb = "joins" if record.same else "parts"
        return f"{verb} {record.first} and {record.second}: {record.reason}."
    return f"watched by {record.means or 'means not stated'}."
