"""UCDP Georeferenced Event Dataset: country files (41 columns), later layouts (49), candidates.

What the format means, and what is made of it:

1. An event has at least one death, on a calendar day of its country, and a pair of sides. The pair
   says who was fighting, not who fired: ``by`` holds both sides as alternatives and ``pair_only``
   is set. In one-sided violence (type 3) the first side is the one that killed.
2. ``where_prec`` 1 is a point, 2 a point within about 25 km; from 3 on the point is a stand-in
   and is kept without a radius.
3. ``date_prec`` 1 is the day; from 2 on the event lies somewhere between its two dates, from 3 on
   it is flagged ``coarse-date`` and stays out of day tables, as do rows for a whole year.
4. Known since: the first listed article. One that is older than its event cannot have told of it;
   the event is then known from its own start and flagged. Later articles may be background.
5. Headlines and articles are texts of third parties and hold names: they are dropped.

Source: Hogbladh, UCDP GED Codebook 19.1 (2019); Sundberg and Melander 2013.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tregua.reports.cells import CellReader
from tregua.reports.country_zone import country_zone
from tregua.reports.day_spelling import Spelling, spelling_of
from tregua.reports.model import Harm, Observation, Origin
from tregua.reports.table import open_table
from tregua.terms.estimate import NOT_STATED, Estimate
from tregua.terms.notes import Severity
from tregua.terms.place import Place
from tregua.terms.time import EARLIEST_YEAR, LATEST_YEAR, Precision, When, start_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from tregua.reports.reader import Options, Row

DROPPED = ("source_article", "source_headline", "source_original")
RADIUS_M = {1: 1_000.0, 2: 25_000.0}  # codebook: exact place; within about 25 km of it
_ONE_SIDED, _AGGREGATE = 3, 2
_COARSE = 3  # date_prec from which the day is not known
_YEAR = 365  # days; a row for a whole calendar year


class _File(NamedTuple):
    """What holds for all rows of one file."""

    name: str
    options: Options
    days: Spelling
    source_days: Spelling


class GedReader:
    """Reads UCDP GED by column names, never by position."""

    name = "ged"
    title = "UCDP GED"
    columns: tuple[str, ...] = (
        "id",
        "type_of_violence",
        "side_a",
        "side_b",
        "where_prec",
        "date_prec",
        "date_start",
        "date_end",
        "best",
        "high",
        "low",
    )

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:  # noqa: ARG002
        """Say whether the table has the columns that every layout of GED has."""
        return set(self.columns) <= set(columns)

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every event. The first row carries the note on how the file spells its days."""
        file = _look_through(path, options)
        for place, raw in enumerate(open_table(path).rows):
            cells = CellReader(raw, path.name)
            if place == 0 and file.days.month_first is not None:
                ways = ", ".join(f"{count:,} as {text}" for text, count in file.days.seen)
                said = f"days are spelled {ways}; the slashed ones are read {file.days.order}"
                cells.note("R117", Severity.INFO, said, "date_start")
            record = None if cells.is_refused else _event(cells, file)
            yield cells.row(() if record is None else (record,), DROPPED)


def _look_through(path: Path, options: Options) -> _File:
    """Decide the spelling of days: a look at the first row, at all rows when there are slashes."""
    first = next(open_table(path).rows, None)
    days = sources = Spelling()
    if first is not None and "/" in dict(first.cells).get("date_start", ""):
        columns = [dict(raw.cells) for raw in open_table(path).rows]
        days = spelling_of(row.get("date_start", "") for row in columns)
        listed = (row.get("source_date", "").split(";") for row in columns)
        sources = spelling_of(text for texts in listed for text in texts if text)
    return _File(path.name, options, days, sources)


def _event(cells: CellReader, file: _File) -> Observation | None:
    when = _when(cells, file)
    if when is None:
        return None
    offices, known = _sources(cells, file, when)
    sides = (cells.needed("side_a"), cells.needed("side_b"))
    one_sided = cells.count("type_of_violence") == _ONE_SIDED
    harm, place = _harm(cells, sides), _place(cells)
    if cells.count("event_clarity") == _AGGREGATE:
        cells.flags.append("from-aggregate")
    key = cells.needed("id")
    return Observation(
        Origin(
            key=key,
            source=file.options.source or "ged",
            reporter="; ".join(offices) or "UCDP",
            known=known,
            citation=f"UCDP GED event {key}",
            summary=cells.text("dyad_name"),
            flags=("incident-list", *dict.fromkeys(cells.flags)),
        ),
        when,
        # Every event is a use of armed force; which weapon or manner is not coded.
        "attack",
        place,
        by=sides[:1] if one_sided else sides,
        against=sides[1:] if one_sided else (),
        harm=harm,
        pair_only=not one_sided,
    )


# -- times --------------------------------------------------------------------------------------


def _when(cells: CellReader, file: _File) -> When | None:
    zone = file.options.zone or country_zone(cells.text("country").split(" (")[0])
    if zone is None:
        said = f"no time zone is known for {cells.text('country')!r}"
        cells.refuse("R014", said, "country", help="pass --zone with a name like Asia/Damascus")
        return None
    first, last = (_day(cells, file.days, column) for column in ("date_start", "date_end"))
    if first is None or last is None:
        return None
    if last < first:
        cells.refuse("R005", "the event ends before it starts", "date_end")
        return None
    _flag_time(cells, first, last)
    is_day = first == last and cells.count("date_prec") == 1
    end = start_of_day(last + timedelta(days=1), zone)
    precision = Precision.DAY if is_day else Precision.PERIOD
    return When(start_of_day(first, zone), end, precision, zone)


def _day(cells: CellReader, spelling: Spelling, column: str) -> date | None:
    text = cells.needed(column)
    day = spelling.day(text) if text else None
    if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        cells.refuse("R004", f"the year {day.year:04d} cannot be meant", column)
        return None
    if text and day is None:
        cells.refuse("R004", f"{text[:40]!r} is not a day ({spelling.order})", column)
    return day


def _flag_time(cells: CellReader, first: date, last: date) -> None:
    if (cells.count("date_prec") or 0) >= _COARSE:
        cells.flags.append("coarse-date")
    if (last - first).days + 1 >= _YEAR:
        cells.flags.append("summary-row")
        said = f"event {cells.text('id')} stands for {(last - first).days + 1} days"
        cells.doubt("R113", f"{said}; kept out of day tables", "date_start")


def _sources(cells: CellReader, file: _File, when: When) -> tuple[tuple[str, ...], datetime]:
    offices = cells.many("source_office")  # each once: one office twice is one source
    texts = (text.strip() for text in cells.text("source_date").split(";"))
    days = [file.source_days.day(text) for text in texts]
    # A year to come is no date; one long past (a data base's empty date) is floored below.
    stated = [day for day in days if day is not None and day.year <= LATEST_YEAR]
    event_day = when.local_day()
    if not stated:
        cells.flags.append("known-assumed")
        return offices, start_of_day(event_day + timedelta(days=1), when.zone)
    if stated[0] < event_day:
        cells.flags.append("known-before-event")
        said = f"the first source is dated {stated[0]}, the event {event_day}"
        cells.doubt("R102", f"{said}; known from its start", "source_date")
        return offices, when.start
    told = min(day for day in stated if day >= event_day)
    return offices, start_of_day(told + timedelta(days=1), when.zone)


# -- place and harm -----------------------------------------------------------------------------


def _place(cells: CellReader) -> Place:
    lat, lon = cells.number("latitude"), cells.number("longitude")
    if not cells.point_is_sound(lat, lon):
        lat = lon = None
    radius = None if lat is None else RADIUS_M.get(cells.count("where_prec") or 0)
    name = cells.text("where_coordinates")
    area = cells.text("adm_2") or cells.text("adm_1") or cells.text("country")
    if radius is None:
        cells.flags.append("stand-in-point")
        area = name or area
    return Place(name, lon, lat, radius, area)


def _harm(cells: CellReader, sides: tuple[str, str]) -> Harm:
    low, best, high = (cells.count(column) for column in ("low", "best", "high"))
    if low is None and best is None and high is None:
        return Harm(NOT_STATED)
    # Published rows have low above best, even above high: flagged and kept, never refused.
    killed = Estimate(low, best, high, odd=cells.is_odd(low, best, high, "best"))
    return Harm(killed, who=_who(cells, sides, best))


def _who(cells: CellReader, sides: tuple[str, str], best: int | None) -> str:
    """Return the dead by side as coded, ``name=2; civilians=3``; a side without dead is omitted."""
    names = (sides[0], sides[1], "civilians", "not known")
    columns = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    counts = [cells.count(column) for column in columns]
    stated = [count for count in counts if count is not None]
    if best is not None and len(stated) == len(columns) and sum(stated) != best:
        cells.doubt(
            "R104", f"the dead by side give {sum(stated)}, the best value is {best}", "best"
        )
    return "; ".join(f"{name}={n}" for name, n in zip(names, counts, strict=True) if n)
