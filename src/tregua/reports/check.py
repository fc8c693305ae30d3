"""What is doubtful about one record, whatever format it came in. A doubt is noted, never repaired.

1. Since when it was known, against when it happened.
2. The act kind, against the tree that every deal starts from.
3. A stated length, against the ends of the period.

Not here: what is impossible (``cells.py`` refuses it) and sums of counts (``arithmetic.py``).
"""

from __future__ import annotations

from datetime import timedelta
from difflib import get_close_matches
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN
from tregua.terms.time import start_of_day

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.reports.cells import CellReader
    from tregua.terms.time import When

_LENGTHS = {
    "minute": timedelta(minutes=1),
    "hour": timedelta(hours=1),
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
}
_MINUTE = timedelta(minutes=1)


def floored(cells: CellReader, known: datetime, when: When) -> datetime:
    """Return ``known``, at the earliest the start of the act; note what is odd about the two."""
    if known < when.start:
        cells.flags.append("known-before-event")
        cells.doubt("R102", "the source is older than the act; known from the act on", "known_at")
        return when.start
    last_day = start_of_day(when.local_days()[-1], when.zone)
    if known <= last_day and when.start < last_day:
        cells.doubt("R103", "it was known before the last day that it tells of had begun", "until")
    return known


def known_act(cells: CellReader, kind: str) -> str:
    """Return the act kind; note one that the common tree does not hold."""
    if kind and kind not in BUILT_IN:
        close = get_close_matches(kind, sorted(BUILT_IN), n=1)
        meant = f"did you mean {close[0]}? else " if close else ""
        said = f"{kind!r} is not in the common tree of acts"
        cells.doubt("R109", said, "what", help=f"{meant}the deal must add the kind")
    return kind


def note_length(cells: CellReader, when: When, quantity: float | None, unit: str) -> None:
    """Note a stated length that is not the length of the period.

    A period that is far from the stated length is taken as the time of the statement, not as the
    period that it speaks of.
    """
    step = _LENGTHS.get(unit.lower().rstrip("s"))
    if quantity is None or quantity <= 0 or step is None:
        return
    stated, actual = step * quantity, when.end - when.start
    # The last minute is meant in full: 01:00 until 24:00 is 23 h, told as 23 h and one minute.
    if stated in (actual, actual - _MINUTE) or not stated / 2 <= actual <= stated * 2:
        return
    said = f"{quantity:g} {unit} are stated, from the ends it is {_shown(actual - _MINUTE)}"
    cells.doubt("R114", said, "quantity")


def _shown(length: timedelta) -> str:
    hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
    days, hours = divmod(hours, 24)
    parts = ((days, "d"), (hours, "h"), (minutes, "min"))
    return " ".join(f"{n} {name}" for n, name in parts if n)
