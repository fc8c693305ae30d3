"""The road on one page: agreement and record in, picture out. Owns nothing, holds no rule."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.model import Assessment
    from tregua.assessment.moments import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Record
    from tregua.status.model import Status


@dataclass(frozen=True, slots=True)
class Known:
    """What was known: the records, and the piece of the ledger that they stand in.

    Attributes:
        records: of the reports known, sorted by (known, id).
        positions: record id -> ledger index of the entry that carries it, as sorted pairs.
        size: entries of the ledger prefix looked at.
        root: root hash (hex) of that prefix.
        as_of: the words for people: "entry 812" or an instant.
    """

    records: tuple[Record, ...]
    positions: tuple[tuple[str, int], ...]
    size: int
    root: str
    as_of: str


@dataclass(frozen=True, slots=True)
class Picture:
    """Where the deal stands at a time, as known at a time, with everything it was made from."""

    agreement: Agreement
    known: Known
    at: datetime
    attributed: tuple[Attributed, ...]
    moments: Moments
    assessments: tuple[Assessment, ...]
    status: Status
