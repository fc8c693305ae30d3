"""A row of our own table, read into its record.

1. The times of the row, with the zone of the row or of the caller.
2. Since when it could be known: ``known_at``, else the moment of intake; never before the act.
3. The record of its kind.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from tregua.reports.check import floored, known_act, note_length
from tregua.reports.model import (
    CountClaim,
    Harm,
    Link,
    Means,
    Naming,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
    Watch,
)
from tregua.reports.own_columns import RecordKind
from tregua.terms.time import Precision, When, start_of_day, whole_day

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tregua.reports.cells import CellReader
    from tregua.reports.reader import Options

_FINENESS = tuple(Precision)  # from the finest to the coarsest
# In a row that is refused for its times, so that the other cells are still looked at.
_STAND_IN = whole_day(date(2000, 1, 1), "UTC")


def own_record(cells: CellReader, options: Options, source: str) -> Record | None:
    """Return the record of a row, ``None`` when the row is refused; the notes are in ``cells``."""
    kind = _kind(cells)
    if kind is None:
        return None
    zone = cells.text("zone") or options.zone
    when = _when(cells, zone) if kind not in (RecordKind.NAMING, RecordKind.LINK) else None
    origin = _origin(cells, options, source, zone, when, kind)
    record = _record(cells, kind, origin, when or _STAND_IN, zone)
    if record is None or cells.is_refused or not cells.flags:
        return record
    return replace(record, origin=replace(origin, flags=tuple(dict.fromkeys(cells.flags))))


def _record(
    cells: CellReader, kind: RecordKind, origin: Origin, when: When, zone: str | None
) -> Record | None:
    if kind is RecordKind.NAMING:
        return _naming(cells, origin, zone)
    if kind is RecordKind.LINK:
        return _link(cells, origin)
    return _TIMED[kind](cells, origin, when)


def _kind(cells: CellReader) -> RecordKind | None:
    text = cells.text("record")
    try:
        return RecordKind(text)
    except ValueError:
        cells.refuse(
            "R001",
            f"{text!r} is not a kind of record" if text else "the cell `record` is empty",
            "record",
            help="write one of: " + ", ".join(RecordKind),
        )
        return None


# -- 1. times ---------------------------------------------------------------------------------


def _when(cells: CellReader, zone: str | None) -> When | None:
    cells.needed("from")
    first, last = cells.time("from", zone), cells.time("until", zone)
    stated = cells.word("precision", Precision, None)
    if first is None or (last is None and cells.text("until")):
        return None
    if last is not None and last.end <= first.start:
        cells.refuse("R005", "the last moment lies before the first", "until")
        return None
    return _as_precise_as_said(cells, first, last or first, stated)


def _as_precise_as_said(
    cells: CellReader, first: When, last: When, stated: Precision | None
) -> When:
    written = max(first.precision, last.precision, key=_FINENESS.index)
    span = When(first.start, last.end, written, first.zone)
    if stated is None:
        return span if first == last else _with_precision(span, Precision.PERIOD)
    if _FINENESS.index(stated) < _FINENESS.index(written):
        said = f"the precision is {stated}, the time is written to the {written}; {written} is kept"
        cells.doubt("R112", said, "precision")
        stated = written
    if stated is Precision.HOUR and first == last:
        span = When(span.start, max(span.end, span.start + timedelta(hours=1)), stated, span.zone)
    if stated is Precision.DAY:
        span = _whole_days(span)
    return _with_precision(span, stated)


def _with_precision(span: When, precision: Precision) -> When:
    return When(span.start, span.end, precision, span.zone)


def _whole_days(span: When) -> When:
    days = span.local_days()
    end = start_of_day(days[-1] + timedelta(days=1), span.zone)
    return When(start_of_day(days[0], span.zone), end, Precision.DAY, span.zone)


# -- 2. since when it is known ------------------------------------------------------------------


def _origin(
    cells: CellReader,
    options: Options,
    source: str,
    zone: str | None,
    when: When | None,
    kind: RecordKind,
) -> Origin:
    key, reporter = cells.needed("id"), cells.text("reporter")
    if kind not in (RecordKind.NAMING, RecordKind.LINK):
        reporter = cells.needed("reporter")
    known = _known(cells, options, zone)
    if known is None:
        known = _STAND_IN.start
    elif when is not None and kind is not RecordKind.STATEMENT:
        # A statement may come before the thing it announces; an act is known once it is done.
        known = floored(cells, known, when)
    return Origin(key, source, reporter, known, cells.text("citation"), cells.text("summary"))


def _known(cells: CellReader, options: Options, zone: str | None) -> datetime | None:
    if not cells.text("known_at"):
        if options.received is None:
            cells.refuse("R003", "`known_at` is empty and no moment of intake is given", "known_at")
        return options.received
    stated = cells.time("known_at", zone)
    if stated is None:
        return None
    # A day alone: known by its end, so that a replay of that morning does not know the evening.
    return stated.end if stated.precision is Precision.DAY else stated.start


# -- 3. the records -----------------------------------------------------------------------------


def _harm(cells: CellReader) -> Harm:
    return Harm(cells.estimate("killed"), cells.estimate("injured"), cells.text("harm_who"))


def _observation(cells: CellReader, origin: Origin, when: When) -> Record:
    return Observation(
        origin,
        when,
        known_act(cells, cells.text("what")),
        cells.place(),
        cells.many("by"),
        cells.many("also_possible"),
        cells.many("against"),
        _harm(cells),
        cells.estimate("number"),
        cells.text("unit"),
        cells.word("means", Means, Means.NOT_STATED) or Means.NOT_STATED,
        cells.text("matter"),
        cells.yes("certain"),
        cells.yes("pair_only"),
        cells.text("asked"),
    )


def _count(cells: CellReader, origin: Origin, when: When) -> Record:
    number = cells.estimate("number")
    if not number.is_stated and not cells.is_refused:
        cells.refuse(
            "R003", "a count needs a number: `number_best`, or low and high", "number_best"
        )
    return CountClaim(
        origin,
        when,
        number,
        cells.needed("unit"),
        cells.many("by"),
        cells.place(),
        cells.parts("parts"),
        cells.yes("cumulative"),
        cells.yes("unit_defined"),
        cells.text("about") or "violations",
        _harm(cells),
    )


def _watch(cells: CellReader, origin: Origin, when: When) -> Record:
    share = cells.number("share")
    if share is not None and not 0 <= share <= 1:
        cells.refuse("R016", f"a share of {share:g} is not between 0 and 1", "share")
    place = cells.place()
    if not place.is_known and not cells.is_refused:
        cells.refuse("R003", "a watch needs a place or an area", "place")
    sees = tuple(known_act(cells, kind) for kind in cells.many("what"))
    return Watch(origin, when, place, cells.text("means"), sees, 1.0 if share is None else share)


def _statement(cells: CellReader, origin: Origin, when: When) -> Record | None:
    cells.needed("says")
    says = cells.word("says", Says, None)
    if says is None:
        return None
    quantity, unit = cells.number("quantity"), cells.text("unit")
    if cells.text("until") and not cells.is_refused:
        note_length(cells, when, quantity, unit)
    return Statement(
        origin,
        when,
        says,
        cells.many("by") or (origin.reporter,),
        cells.text("about"),
        cells.time("at", cells.text("zone") or when.zone),
        quantity,
        unit,
        cells.text("claim"),
        cells.place(),
    )


def _naming(cells: CellReader, origin: Origin, zone: str | None) -> Record:
    first, last = cells.time("from", zone), cells.time("until", zone)
    if first and last and last.end <= first.start:
        cells.refuse("R005", "the last moment lies before the first", "until")
    return Naming(
        origin,
        cells.needed("by"),
        cells.many("stands_for"),
        cells.many("speaks_for"),
        cells.text("office"),
        first.start if first else None,
        last.end if last else None,
    )


def _link(cells: CellReader, origin: Origin) -> Record:
    first, second = cells.needed("first"), cells.needed("second")
    if first and first == second:
        cells.refuse("R002", "a record cannot be joined to itself", "second")
    cells.needed("same")
    return Link(origin, first, second, cells.yes("same"), cells.needed("reason"))


_Maker: TypeAlias = "Callable[[CellReader, Origin, When], Record | None]"
_TIMED: dict[RecordKind, _Maker] = {
    RecordKind.OBSERVATION: _observation,
    RecordKind.COUNT: _count,
    RecordKind.WATCH: _watch,
    RecordKind.STATEMENT: _statement,
}
