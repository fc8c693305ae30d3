"""A case file of dated statements: one row per statement, local times, a citation each.

1. ``local_from`` and ``local_to`` are local in ``tz_rule``; equal ones mean one time.
2. ``statement_kind`` picks the record; the kind of act of an incident is not coded, stays open.
3. An announcement is known before the thing it announces; nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.reports.cells import CellReader
from tregua.reports.check import floored
from tregua.reports.model import CountClaim, Harm, Observation, Origin, Says, Statement
from tregua.reports.table import open_table
from tregua.terms.estimate import Estimate
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.reports.model import Record
    from tregua.reports.reader import Options, Row

_SAYS = {
    "denial": Says.DENIES,
    "decision": Says.DECIDES,
    "declaration": Says.DECLARES,
    "inquiry finding": Says.FINDS,
}
_OBSERVED = ("incident report", "access fact")
_COUNTED = "count claim"


class TimelineReader:
    """Reads a case file of dated statements."""

    name = "timeline"
    title = "case file of dated statements"
    columns: tuple[str, ...] = (
        "id",
        "local_from",
        "local_to",
        "time_precision",
        "tz_rule",
        "known_at",
        "source",
        "statement_kind",
        "accused",
        "quantity",
        "unit_of_count",
    )

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:  # noqa: ARG002
        """Say whether the table has local times and kinds of statement."""
        return set(self.columns) <= set(columns)

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every statement."""
        for raw in open_table(path).rows:
            cells = CellReader(raw, path.name)
            record = None if cells.is_refused else _record(cells, options)
            yield cells.row(() if record is None else (record,))


def _record(cells: CellReader, options: Options) -> Record | None:
    when, origin = _when(cells), None
    if when is not None:
        origin = _origin(cells, options, when)
    if when is None or origin is None:
        return None
    kind, accused = cells.text("statement_kind"), cells.many("accused")
    if kind in _OBSERVED:
        return Observation(
            origin,
            when,
            "",
            cells.place(),
            accused,
            against=cells.many("target"),
            harm=_harm(cells),
            number=Estimate(best=cells.count("quantity")),
            unit=cells.text("unit_of_count"),
            matter=cells.text("incident"),
        )
    if kind == _COUNTED:
        return _count(cells, origin, when, accused)
    if kind not in _SAYS:
        cells.refuse("R002", f"{kind!r} is not a kind of statement", "statement_kind")
        return None
    return Statement(
        origin,
        when,
        _SAYS[kind],
        (origin.reporter,),
        cells.text("incident"),
        quantity=cells.number("quantity"),
        unit=cells.text("unit_of_count"),
        place=cells.place(),
    )


def _count(cells: CellReader, origin: Origin, when: When, accused: tuple[str, ...]) -> CountClaim:
    unit = cells.text("unit_of_count")
    number = Estimate(best=cells.count("quantity"))
    place, harm = cells.place(), _harm(cells)
    return CountClaim(
        origin, when, number, unit, accused, place, cumulative="cumulative" in unit, harm=harm
    )


def _harm(cells: CellReader) -> Harm:
    return Harm(cells.estimate("killed"), cells.estimate("wounded"))


def _when(cells: CellReader) -> When | None:
    zone = cells.needed("tz_rule")
    first, last = cells.time("local_from", zone), cells.time("local_to", zone)
    precision = cells.word("time_precision", Precision, Precision.PERIOD)
    cells.needed("local_from")
    if first is None or last is None or precision is None:
        return None
    if last.end <= first.start:
        cells.refuse("R005", "the last moment lies before the first", "local_to")
        return None
    return When(first.start, last.end, precision, first.zone)


def _origin(cells: CellReader, options: Options, when: When) -> Origin | None:
    known = cells.time("known_at", when.zone)
    cells.needed("known_at")
    if known is None:
        return None
    is_act = cells.text("statement_kind") in (*_OBSERVED, _COUNTED)
    return Origin(
        cells.needed("id"),
        options.source or "timeline",
        cells.needed("source"),
        floored(cells, known.end, when) if is_act else known.end,
        cells.text("citation_url"),
        cells.text("summary"),
        tuple(cells.flags),
    )
