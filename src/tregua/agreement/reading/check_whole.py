"""What takes more than one value to see: instruments without a block, intervals, circles.

A circle of definitions is shown place by place, once, at the block that stands first in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.codes import error
from tregua.agreement.reading.calendar import Calendar
from tregua.agreement.reading.circles import circle_notes
from tregua.agreement.reading.expressions import time_of
from tregua.agreement.reading.fault import ValueFault
from tregua.agreement.reading.text import IMPLICIT
from tregua.agreement.value import Items

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.model import TimeExpr
    from tregua.agreement.reading.text import Outline
    from tregua.terms.notes import Note

PAIRS = (("starts", "ends"), ("valid from", "valid until"), ("effective", "ended"))
TIMES = ("starts", "ends", "valid from", "valid until", "effective", "ended", "at", "latest",
         "deadline", "agreed until", "declared", "in force", "known at")  # fmt: skip


def whole_notes(
    outline: Outline, header: tuple[Entry, ...], blocks: tuple[Block, ...]
) -> Iterator[Note]:
    """Yield the notes on the deal as a whole."""
    yield from _instruments(outline, blocks)
    calendar = Calendar(blocks)
    yield from _intervals(header, calendar, None)
    for block in blocks:
        yield from _intervals(block.entries, calendar, block)
    yield from circle_notes(blocks)


def _instruments(outline: Outline, blocks: tuple[Block, ...]) -> Iterator[Note]:
    declared = {b.id for b in blocks if b.kind == "instrument"}
    for head in outline.instruments:
        if head.id != IMPLICIT and head.id not in declared:
            said = f"the instrument {head.id} has no block of its own"
            yield error("D007", said, head.spot, help=f'instrument {head.id} "{head.title}"')


def _intervals(
    entries: tuple[Entry, ...], calendar: Calendar, block: Block | None
) -> Iterator[Note]:
    """Yield the notes on calendar steps and on intervals that end before they begin."""
    found: dict[str, Entry] = {}
    clause, on = (block.clause, block.id) if block else ("", "")
    for entry in entries:
        moment = _moment(entry)
        if moment is None:
            continue
        found.setdefault(entry.key, entry)
        try:
            calendar.instant(moment)
        except ValueFault as stop:
            spot = entry.place(stop.fault.cut)
            fault = stop.fault
            yield error("D014", fault.said, spot, help=fault.help, clause=clause, on=on)
            found.pop(entry.key)
    for first, last in PAIRS:
        if first in found and last in found and not _in_order(found[first], found[last], calendar):
            spot, line = found[last].spot, found[first].spot.line
            said = f"{last} is not later than {first} (line {line})"
            help_ = f"{last}: undefined  or a later moment"
            yield error("D014", said, spot, help=help_, clause=clause, on=on)


def _moment(entry: Entry) -> TimeExpr | None:
    if entry.key not in TIMES or not isinstance(entry.value, Items):
        return None
    return time_of(entry.value.items[0])


def _in_order(first: Entry, last: Entry, calendar: Calendar) -> bool:
    begin, end = (_moment(e) for e in (first, last))
    assert begin is not None
    assert end is not None
    a, b = calendar.instant(begin), calendar.instant(end)
    return a is None or b is None or a < b
