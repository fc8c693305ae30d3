"""UCDP GED rows, invented ones: each trap of the format."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.reports.day_spelling import spelling_of
from tregua.reports.model import Observation
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options
from tregua.terms.estimate import Estimate
from tregua.terms.notes import Severity
from tregua.terms.time import Precision

WriteTable = Callable[..., Path]
EVENT = {
    "id": "1",
    "type_of_violence": "1",
    "dyad_name": "Side A - Side B",
    "side_a": "Side A",
    "side_b": "Side B",
    "source_article": '"OFFICE,2030-09-14,Someone named"',
    "source_office": "Office",
    "source_date": "2030-09-14",
    "source_headline": "Someone named was there",
    "where_prec": "1",
    "where_coordinates": "North bridge",
    "adm_1": "Valley",
    "latitude": "35.5",
    "longitude": "38.25",
    "country": "Syria",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2030-09-13",
    "date_end": "2030-09-13",
    "deaths_a": "2",
    "deaths_b": "0",
    "deaths_civilians": "1",
    "deaths_unknown": "0",
    "best": "3",
    "high": "4",
    "low": "3",
}


@pytest.fixture
def read(write_table: WriteTable) -> Callable[..., Reading]:
    def read_events(*changes: dict[str, str], zone: str | None = None) -> Reading:
        rows = [EVENT | {"id": str(n)} | change for n, change in enumerate(changes, start=1)]
        return read_file(write_table(*rows), Options(zone=zone))

    return read_events


def only(reading: Reading) -> Observation:
    (record,) = reading.records
    assert isinstance(record, Observation)
    return record


Read = Callable[..., Reading]


def test_pair_is_not_the_shooter(read: Read) -> None:
    """Both sides of a fight are alternatives, and the record says that it names a pair."""
    record = only(read({}))
    assert (("Side A", "Side B"), True) == (record.by, record.pair_only)


def test_one_sided_killing_has_one_side(read: Read) -> None:
    """In one-sided violence the first side killed and the second is the target."""
    record = only(read({"type_of_violence": "3", "side_b": "Civilians"}))
    assert (("Side A",), ("Civilians",), False) == (record.by, record.against, record.pair_only)


def test_dead_are_told_by_side(read: Read) -> None:
    """The dead stand as low, best, high, and by side as coded."""
    record = only(read({}))
    assert Estimate(3, 3, 4) == record.harm.killed
    assert "Side A=2; civilians=1" == record.harm.who


@pytest.mark.parametrize(
    ("precision", "radius"),
    [("1", 1_000.0), ("2", 25_000.0), ("3", None), ("6", None), ("7", None)],
)
def test_stand_in_point_has_no_radius(read: Read, precision: str, radius: float | None) -> None:
    """A point that stands for an area is kept, and no distance can be taken from it."""
    record = only(read({"where_prec": precision}))
    assert radius == record.place.radius_m
    assert (radius is None) == ("stand-in-point" in record.origin.flags[1:])


def test_exact_day_is_a_local_day(read: Read) -> None:
    """The day runs from midnight to midnight of the country."""
    when = only(read({})).when
    assert (datetime(2030, 9, 12, 21, tzinfo=UTC), "Asia/Damascus") == (when.start, when.zone)
    assert when.precision is Precision.DAY


def test_uncertain_day_is_a_period(read: Read) -> None:
    """Within a week is a period; within a month is flagged as coarse besides."""
    change = {"date_prec": "2", "date_end": "2030-09-16"}
    assert only(read(change)).when.precision is Precision.PERIOD
    assert () == only(read(change)).origin.flags[1:]
    assert ("coarse-date",) == only(read(change | {"date_prec": "4"})).origin.flags[1:]


def test_row_for_a_year_is_flagged_and_named(read: Read) -> None:
    """A row for a whole year is kept, flagged, and its id is said."""
    reading = read({"date_prec": "5", "date_start": "2030-01-01", "date_end": "2030-12-31"})
    assert ("coarse-date", "summary-row") == only(reading).origin.flags[1:]
    (note,) = reading.all_notes
    assert ("R113", "event 1 stands for 365 days; kept out of day tables") == (note.code, note.said)


@pytest.mark.parametrize(
    ("change", "flags"),
    [
        ({"low": "5"}, ("low-above-best",)),
        ({"high": "2", "low": "1"}, ("high-below-best",)),
        ({"low": "9", "high": "2"}, ("low-above-best", "high-below-best")),
    ],
)
def test_contradicting_numbers_are_kept(
    read: Read, change: dict[str, str], flags: tuple[str, ...]
) -> None:
    """Published numbers that contradict each other are flagged and never refused."""
    record = only(read(change))
    assert flags == record.origin.flags[1:]
    assert record.harm.killed.odd


def test_sum_of_the_sides_is_checked(read: Read) -> None:
    """The dead by side must give the best value; otherwise a note says so."""
    (note,) = read({"deaths_b": "4"}).all_notes
    assert ("R104", "the dead by side give 7, the best value is 3") == (note.code, note.said)


def test_no_dead_at_best_is_kept(read: Read) -> None:
    """Best 0 with a high above it is a possible death, not none."""
    record = only(read({"best": "0", "low": "0", "deaths_a": "0", "deaths_civilians": "0"}))
    assert Estimate(0, 0, 4) == record.harm.killed


def test_office_twice_is_one_source(read: Read) -> None:
    """The reporter is the list of offices, each once."""
    assert "Office" == only(read({"source_office": "Office;Office"})).origin.reporter
    assert "B; A" == only(read({"source_office": "B;A;B"})).origin.reporter
    assert "UCDP" == only(read({"source_office": ""})).origin.reporter


@pytest.mark.parametrize(
    ("dates", "known", "flags"),
    [
        ("2030-09-14", datetime(2030, 9, 14, 21, tzinfo=UTC), ()),
        ("2030-09-13", datetime(2030, 9, 13, 21, tzinfo=UTC), ()),
        ("2030-09-20;2030-09-15", datetime(2030, 9, 15, 21, tzinfo=UTC), ()),
        ("2030-09-20;2029-01-01", datetime(2030, 9, 20, 21, tzinfo=UTC), ()),
        ("2029-09-14", datetime(2030, 9, 12, 21, tzinfo=UTC), ("known-before-event",)),
        ("", datetime(2030, 9, 13, 21, tzinfo=UTC), ("known-assumed",)),
    ],
)
def test_since_when_an_event_was_known(
    read: Read, dates: str, known: datetime, flags: tuple[str, ...]
) -> None:
    """The first source that could have told of it; never before it; assumed when none is dated."""
    origin = only(read({"source_date": dates})).origin
    assert (known, flags) == (origin.known, origin.flags[1:])


def test_aggregate_is_flagged(read: Read) -> None:
    """An event that was taken from a count of several is flagged."""
    assert ("from-aggregate",) == only(read({"event_clarity": "2"})).origin.flags[1:]


def test_texts_of_third_parties_are_dropped(read: Read) -> None:
    """Headlines and articles are in no record and no row, and how many is said."""
    reading = read({}, {})
    assert "Someone" not in repr(reading)
    assert (("source_article", 2), ("source_headline", 2)) == reading.dropped


def test_country_without_a_zone_asks_for_one(read: Read) -> None:
    """A country whose zone is not known is refused with the remedy, and read with it."""
    reading = read({"country": "Nowhere"})
    assert ["R014"] == [note.code for note in reading.all_notes]
    assert 1 == read({"country": "Nowhere"}, zone="Europe/Kyiv").accepted


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"date_start": "2030-13-01"}, "R004"),
        ({"date_start": "0025-03-01"}, "R004"),
        ({"date_end": "2030-09-01"}, "R005"),
        ({"best": "many"}, "R006"),
        ({"latitude": "99"}, "R008"),
        ({"side_a": ""}, "R003"),
    ],
)
def test_impossible_events_are_refused(read: Read, change: dict[str, str], code: str) -> None:
    """What cannot be is refused row by row."""
    reading = read(change, {})
    assert 1 == reading.accepted
    assert [code] == [note.code for note in reading.refused[0].notes]


# -- spellings of days ----------------------------------------------------------------------------


def test_order_of_day_and_month_is_decided_for_the_file(read: Read) -> None:
    """One day above 12 tells the order for all rows; the spellings are counted in a note."""
    reading = read(
        {"date_start": "2/3/2030 12:00:00 AM", "date_end": "2/3/2030 12:00:00 AM"},
        {"date_start": "01/27/2030 00:00", "date_end": "01/27/2030 00:00"},
    )
    days = [r.when.local_day().isoformat() for r in reading.records if isinstance(r, Observation)]
    assert ["2030-02-03", "2030-01-27"] == days
    note = next(note for note in reading.all_notes if note.code == "R117")
    assert Severity.INFO is note.severity
    assert (
        "days are spelled 1 as 01/27/2030 00:00, 1 as 2/3/2030 12:00:00 AM; "
        "the slashed ones are read month/day/year"
    ) == note.said


def test_unknown_order_is_not_guessed(read: Read) -> None:
    """When no day is above 12, slashed days are refused."""
    reading = read({"date_start": "2/3/2030", "date_end": "2/3/2030"})
    assert "'2/3/2030' is not a day (in an order that is not known)" == reading.all_notes[0].said


@given(
    st.lists(st.dates(date(1950, 1, 1), date(2100, 1, 1)), min_size=1, max_size=20), st.booleans()
)
def test_slashed_days_come_back(days: list[date], month_first: bool) -> None:  # noqa: FBT001
    """When the column tells the order, every day of it is read as it was written."""
    form = "%m/%d/%Y" if month_first else "%d/%m/%Y"
    texts = [f"{day:{form}}" for day in days]
    spelling = spelling_of(texts)
    if spelling.month_first is None:
        assert [None] * len(days) == [spelling.day(text) for text in texts]
    else:
        assert days == [spelling.day(text) for text in texts]
