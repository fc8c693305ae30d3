"""The readers of source formats, one file each.

What lives here: one reader per format, and the list of all of them in the order in which a file
is offered to them.
What may not: a reader that knows another; what several need is one floor up (``cells.py``,
``table.py``).
Where to begin reading: ``own.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.reports.readers.airwars import AirwarsReader
from tregua.reports.readers.claims import ClaimsReader
from tregua.reports.readers.ged import GedReader
from tregua.reports.readers.own import OwnReader
from tregua.reports.readers.timeline import TimelineReader

if TYPE_CHECKING:
    from tregua.reports.reader import Reader

READERS: tuple[Reader, ...] = (
    OwnReader(),
    GedReader(),
    AirwarsReader(),
    ClaimsReader(),
    TimelineReader(),
)
