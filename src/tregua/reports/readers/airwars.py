"""Airwars: incidents of civilian harm by foreign powers and states, one row each.

What the format means, and what is made of it:

1. The date is a local day; words for a part of the day ("morning") are no hours and stay words.
2. The suspects are alternatives: those of the incident's own column and those of the table
   ``belligerents`` beside it, when there is one. Two codes of one actor (``airwars_actors.toml``)
   count once. A suspect's own answer has no date and is not read.
3. How exact the point is stands in words; each word has a radius here, an area has none.
4. Two rows of one code are two contents: the second is refused. 1 January 1970 is the zero of a
   computer's clock and no date. A point far from all others of the file loses its radius.
5. Names, free texts and reporters' handles are dropped.

Source: airwars.org, methodology and column names as re-keyed in public copies.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import timedelta
from functools import cache
from importlib.resources import files
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from tregua.errors import InputUnreadable
from tregua.reports.cells import CellReader
from tregua.reports.model import Harm, Observation, Origin
from tregua.reports.table import open_table
from tregua.terms.estimate import NOT_STATED, Estimate
from tregua.terms.notes import Severity
from tregua.terms.place import Place, distance_m
from tregua.terms.time import BadTime, Precision, When, read_time, start_of_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from tregua.reports.reader import Options, Row

DROPPED = ("first_reporter", "n_victims_named")
EPOCH = "1970-01-01"
FAR = 8  # times the middle distance of all points from the middle of the file (ours, no source)
# Airwars gives no metres with its words; these are ours and are rather wide.
RADIUS_M = {
    "exact_location": 100.0,
    "exact_location_coalition": 100.0,
    "exact_location_other": 100.0,
    "within_100m": 100.0,
    "nearby_landmark": 500.0,
    "street": 500.0,
    "neighbourhood_area": 1_000.0,
    "village": 2_000.0,
    "town": 3_000.0,
    "city": 10_000.0,
}
_ACTS = {
    "Airstrike": "air-strike",
    "Drone Strike": "drone-strike",
    "Artillery": "artillery-fire",
    "Naval bombardment": "naval-attack",
    "Ground operation": "ground-attack",
}


class _File(NamedTuple):
    """What holds for all rows of one file."""

    options: Options
    suspects: dict[str, tuple[str, ...]]
    middle: Place
    far_m: float


class AirwarsReader:
    """Reads the incidents; the table of belligerents beside it is looked up."""

    name = "airwars"
    title = "Airwars incidents"
    columns: tuple[str, ...] = (
        "code",
        "date",
        "belligerents",
        "geo_precision",
        "civ_killed_min",
        "civ_killed_max",
    )

    def recognises(self, path: Path, columns: tuple[str, ...]) -> bool:  # noqa: ARG002
        """Say whether the table has the columns of the incidents."""
        return set(self.columns) <= set(columns)

    def rows(self, path: Path, options: Options) -> Iterator[Row]:
        """Yield every incident."""
        middle, far_m = _middle(path)
        file = _File(options, _suspects(path), middle, far_m)
        for raw in open_table(path).rows:
            cells = CellReader(raw, path.name)
            record = None if cells.is_refused else _incident(cells, file)
            yield cells.row(() if record is None else (record,), DROPPED)


def _incident(cells: CellReader, file: _File) -> Observation | None:
    code = cells.needed("code")
    zone = file.options.zone
    if zone is None:
        cells.refuse("R014", "days are local and the file names no zone", "date")
        return None
    when = _when(cells, zone)
    if when is None:
        return None
    known = _known(cells, when)
    place = _place(cells, file)
    flags = tuple(dict.fromkeys(cells.flags))
    url = cells.text("url")
    return Observation(
        Origin(code, file.options.source or "airwars", "Airwars", known, url, "", flags),
        when,
        _act(cells.text("strike_type")),
        place,
        by=_by(cells.text("belligerents"), file.suspects.get(code, ())),
        harm=Harm(_range(cells, "civ_killed"), _range(cells, "civ_injured"), "civilians"),
    )


def _by(listed: str, suspects: tuple[str, ...]) -> tuple[str, ...]:
    same = _same_actor()
    return tuple(sorted({*suspects, *(same.get(name, name) for name in _listed(listed))}))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def _act(strike_type: str) -> str:
    """Return the act kind of one manner; of several, or of none, only that it was an attack."""
    kinds = {_ACTS.get(part, "attack") for part in _listed(strike_type)}
    return kinds.pop() if len(kinds) == 1 else "attack"


def _range(cells: CellReader, stem: str) -> Estimate:
    low, high = cells.count(f"{stem}_min"), cells.count(f"{stem}_max")
    if low is None and high is None:
        return NOT_STATED
    if low is not None and high is not None and low > high:
        cells.refuse("R009", f"{low} is above {high}", f"{stem}_min")
    return Estimate(low=low, high=high)


# -- times --------------------------------------------------------------------------------------


def _when(cells: CellReader, zone: str) -> When | None:
    if cells.needed("date") == EPOCH:
        cells.refuse("R004", "1 January 1970 is the zero of a computer's clock, no date", "date")
        return None
    first, last = cells.time("date", zone), cells.time("date_end", zone)
    if first is None:
        return None
    if last is not None and last.end <= first.start:
        cells.refuse("R005", "the incident ends before it starts", "date_end")
        return None
    if last is not None and last != first:
        return When(first.start, last.end, Precision.PERIOD, zone)
    return _at_hour(cells, first)


def _at_hour(cells: CellReader, day: When) -> When:
    text = cells.text("local_time")
    if not text:
        return day
    try:
        minute = read_time(f"{day.local_day()}T{text[:5]}", day.zone)
    except BadTime:
        return When(day.start, day.end, Precision.PART_OF_DAY, day.zone)
    return minute


def _known(cells: CellReader, when: When) -> datetime:
    published = cells.time("published", when.zone)
    day_end = start_of_day(when.local_days()[-1] + timedelta(days=1), when.zone)
    if published is None:
        cells.flags.append("known-assumed")
        cells.note("R110", Severity.INFO, "no day of publication: known from the day's end", "date")
        return day_end
    if published.end <= when.start:
        cells.flags.append("known-before-event")
        cells.doubt("R102", "published before the incident; known from its start", "published")
        return when.start
    return published.end


# -- place and suspects -------------------------------------------------------------------------


def _place(cells: CellReader, file: _File) -> Place:
    lat, lon = cells.number("lat"), cells.number("lon")
    radius = RADIUS_M.get(cells.text("geo_precision"))
    name, area = cells.text("location"), cells.text("region")
    if not cells.point_is_sound(lat, lon):
        return Place(name, area=area)
    away = distance_m(Place("", lon, lat, 0.0), file.middle)
    if away is not None and away > file.far_m:
        cells.flags.append("point-doubtful")
        said = f"the point lies {away / 1000:,.0f} km from the middle of the file's points"
        cells.doubt("R115", f"{said}; no distance is taken from it", "lon")
        radius = None
    elif radius is None:
        cells.flags.append("stand-in-point")
    return Place(name, lon, lat, radius, area)


def _middle(path: Path) -> tuple[Place, float]:
    """Return the middle of all points, and how far from it a point becomes doubtful, metres."""
    points = []
    for raw in open_table(path).rows:
        cells = dict(raw.cells)
        try:
            points.append((float(cells["lon"]), float(cells["lat"])))
        except (KeyError, ValueError):
            continue
    if not points:
        return Place(), 0.0
    middle = Place("", median(p[0] for p in points), median(p[1] for p in points), 0.0)
    away = [distance_m(middle, Place("", lon, lat, 0.0)) or 0.0 for lon, lat in points]
    return middle, max(FAR * median(away), 100_000.0)


def _suspects(path: Path) -> dict[str, tuple[str, ...]]:
    beside = [p for p in sorted(path.parent.glob("belligerents.csv*")) if p != path]
    if not beside:
        return {}
    try:
        table = open_table(beside[0])
    except InputUnreadable:
        return {}
    same = _same_actor()
    named: dict[str, dict[str, None]] = defaultdict(dict)
    for raw in table.rows:
        cells = dict(raw.cells)
        if name := cells.get("belligerent", "").strip():
            named[cells.get("code", "").strip()][same.get(name, name)] = None
    return {code: tuple(sorted(names)) for code, names in named.items()}


@cache
def _same_actor() -> dict[str, str]:
    table = files("tregua.reports").joinpath("airwars_actors.toml").read_text(encoding="utf-8")
    return {str(code): str(actor) for code, actor in tomllib.loads(table)["same"].items()}
