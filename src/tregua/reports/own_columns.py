"""The columns of our own report format: one wide table, the same in CSV, XLSX and JSON Lines.

The column ``record`` picks the kind; a kind uses the columns that name it here and leaves the
others empty. Columns that are not listed are kept with the row and change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RecordKind(StrEnum):
    """What a row is. Closed list; the meaning of each is in ``model.py``."""

    OBSERVATION = "observation"
    COUNT = "count"
    WATCH = "watch"
    STATEMENT = "statement"
    NAMING = "naming"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what stands in it, and the kinds of record that use it."""

    name: str
    meaning: str
    kinds: tuple[RecordKind, ...]


_ALL = tuple(RecordKind)
_OBSERVATION = (RecordKind.OBSERVATION,)
_COUNT = (RecordKind.COUNT,)
_STATEMENT = (RecordKind.STATEMENT,)
_NAMING = (RecordKind.NAMING,)
_LINK = (RecordKind.LINK,)
_WATCH = (RecordKind.WATCH,)
_TIMED = (*_OBSERVATION, *_COUNT, *_WATCH, *_STATEMENT, *_NAMING)
_PLACED = (*_OBSERVATION, *_COUNT, *_WATCH, *_STATEMENT)
_HARMED = (*_OBSERVATION, *_COUNT)

COLUMNS: tuple[Column, ...] = (
    Column("id", "your own id of the record, unique in the file", _ALL),
    Column("record", "the kind: " + ", ".join(_ALL), _ALL),
    Column("from", "first moment: 2016-09-12 or 2016-09-12T19:00, with or without +03:00", _TIMED),
    Column("until", "last moment that is still meant; a date is the whole of that day", _TIMED),
    Column("precision", "second, minute, hour, part of day, day or period", _TIMED),
    Column("zone", "time zone of the row, as Asia/Damascus", _TIMED),
    Column(
        "known_at",
        "since when anyone could know it; a date means by the end of that day; "
        "empty means the moment of intake",
        _ALL,
    ),
    Column("reporter", "who says it, as written", _ALL),
    Column(
        "what", "act kind; for a watch the kinds that it would notice", (*_OBSERVATION, *_WATCH)
    ),
    Column(
        "by",
        "the accused as stated, each an alternative; for a statement who makes it; "
        "for a naming the name as written",
        (*_OBSERVATION, *_COUNT, *_STATEMENT, *_NAMING),
    ),
    Column("also_possible", "others whom the source's words do not tell apart", _OBSERVATION),
    Column("against", "targets as stated", _OBSERVATION),
    Column("place", "name as heard, in its own script", _PLACED),
    Column("lat", "degrees north, -90 to 90", _PLACED),
    Column("lon", "degrees east, -180 to 180", _PLACED),
    Column("radius_m", "how far the point may be off, metres; empty: a stand-in point", _PLACED),
    Column("area", "name of the area when there is no point", _PLACED),
    Column("killed_low", "least number of dead", _HARMED),
    Column("killed_best", "the source's best number of dead", _HARMED),
    Column("killed_high", "most dead; empty after 'at least'", _HARMED),
    Column("injured_low", "least number of injured", _HARMED),
    Column("injured_best", "the source's best number of injured", _HARMED),
    Column("injured_high", "most injured; empty after 'at least'", _HARMED),
    Column("harm_who", "who they were, as stated; never a name", _HARMED),
    Column("number_low", "least number of the unit", _HARMED),
    Column("number_best", "the number as stated", _HARMED),
    Column("number_high", "most of the unit; empty after 'at least'", _HARMED),
    Column("unit", "what is counted, as stated", (*_OBSERVATION, *_COUNT, *_STATEMENT)),
    Column("unit_defined", "yes when the claimant says what one of them is", _COUNT),
    Column("parts", "named parts: Aleppo=27; Hama=7; a detail of a part: Aleppo / city=20", _COUNT),
    Column("cumulative", "yes when it counts from a start named elsewhere", _COUNT),
    Column(
        "about",
        "topic of a count; for a statement the id of the power, phase, clock, gate, term, "
        "norm or matter",
        (*_COUNT, *_STATEMENT),
    ),
    Column("says", "what a statement does, from the closed list", _STATEMENT),
    Column("at", "the moment that a statement fixes", _STATEMENT),
    Column("quantity", "a number that a statement gives", _STATEMENT),
    Column("claim", "the claimed state in the claimant's words, short", _STATEMENT),
    Column(
        "means", "how it came to be known; for a watch how it watched", (*_OBSERVATION, *_WATCH)
    ),
    Column("share", "share of the place and time that was watched, 0 to 1", _WATCH),
    Column("matter", "your key that joins statements on one matter", _OBSERVATION),
    Column("asked", "convoy or request that an act of aid access belongs to", _OBSERVATION),
    Column("certain", "yes when a case takes it as certain", _OBSERVATION),
    Column("pair_only", "yes when `by` names who fought, not who fired", _OBSERVATION),
    Column("stands_for", "ids of the deal for which a name may stand", _NAMING),
    Column("speaks_for", "ids of the sides in whose camp a reporter is", _NAMING),
    Column("office", "publishing office behind a reporter", _NAMING),
    Column("first", "id of a record, source:id", _LINK),
    Column("second", "id of the other record", _LINK),
    Column("same", "yes joins the two, no parts them", _LINK),
    Column("reason", "why", _LINK),
    Column("summary", "the record in a few words of yours", _ALL),
    Column("citation", "where it is published", _ALL),
)
NAMES: tuple[str, ...] = tuple(c.name for c in COLUMNS)
