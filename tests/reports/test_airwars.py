"""Airwars rows, invented ones, and tables of claimed counts."""

import gzip
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tregua.reports.model import CountClaim, Observation
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options
from tregua.terms.estimate import Estimate
from tregua.terms.time import Precision

WriteTable = Callable[..., Path]
Read = Callable[..., Reading]
ZONE = Options(zone="Asia/Damascus")
INCIDENT = {
    "code": "X1",
    "url": "https://example.org/x1",
    "date": "2030-09-13",
    "date_end": "",
    "local_time": "",
    "published": "2030-09-15",
    "location": "North bridge",
    "region": "Valley",
    "lat": "35.5",
    "lon": "38.25",
    "geo_precision": "village",
    "belligerents": "Side A Military, Unknown",
    "strike_type": "Airstrike",
    "civ_killed_min": "2.0",
    "civ_killed_max": "5.0",
    "civ_injured_min": "",
    "civ_injured_max": "",
    "first_reporter": "someone",
}


@pytest.fixture
def read(write_table: WriteTable) -> Read:
    def read_incidents(*changes: dict[str, str], options: Options = ZONE) -> Reading:
        rows = [INCIDENT | {"code": f"X{n}"} | change for n, change in enumerate(changes, start=1)]
        return read_file(write_table(*rows), options)

    return read_incidents


def only(reading: Reading) -> Observation:
    (record,) = reading.records
    assert isinstance(record, Observation)
    return record


def test_incident_is_an_observation_with_alternatives(read: Read) -> None:
    """Suspects are alternatives, numbers a span, the place has the radius of its word."""
    record = only(read({}))
    assert (("Side A Military", "unknown"), "air-strike") == (record.by, record.what)
    assert Estimate(low=2, high=5) == record.harm.killed
    assert 2_000.0 == record.place.radius_m
    assert datetime(2030, 9, 15, 21, tzinfo=UTC) == record.origin.known


def test_several_manners_are_only_an_attack(read: Read) -> None:
    """When the manner is one of several or not stated, only an attack is claimed."""
    assert "attack" == only(read({"strike_type": "Airstrike, Artillery"})).what
    assert "attack" == only(read({"strike_type": ""})).what


def test_two_codes_of_one_actor_count_once(read: Read, tmp_path: Path) -> None:
    """The table of belligerents beside the incidents is used; codes of one actor are one."""
    table = "code,belligerent\nX1,russia\nX1,russian_forces\nX1,unknown\nX2,turkey\n"
    (tmp_path / "belligerents.csv.gz").write_bytes(gzip.compress(table.encode()))
    record = only(read({"belligerents": "Russian Military"}))
    assert ("russia", "unknown") == record.by


def test_word_for_a_part_of_the_day_is_no_hour(read: Read) -> None:
    """'Morning' stays the day; an hour that is stated is kept."""
    assert only(read({"local_time": "morning"})).when.precision is Precision.PART_OF_DAY
    at_noon = only(read({"local_time": "12:30:00"})).when
    assert datetime(2030, 9, 13, 9, 30, tzinfo=UTC) == at_noon.start


def test_several_days_are_a_period(read: Read) -> None:
    """An incident with an end day is a period of whole days."""
    when = only(read({"date_end": "2030-09-14"})).when
    assert (2, Precision.PERIOD) == (len(when.local_days()), when.precision)


def test_without_publication_knowledge_is_assumed(read: Read) -> None:
    """Without a day of publication the end of the day is taken, flagged and noted."""
    reading = read({"published": ""})
    assert ("known-assumed",) == only(reading).origin.flags
    assert ["R110"] == [note.code for note in reading.all_notes]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"date": ""}, "R003"),
        ({"date": "1970-01-01"}, "R004"),
        ({"date_end": "2030-09-01"}, "R005"),
        ({"lon": "238"}, "R008"),
        ({"civ_killed_min": "9"}, "R009"),
        ({"code": "X1", "location": "South bridge"}, "R010"),
    ],
)
def test_faulty_incidents_are_refused(read: Read, change: dict[str, str], code: str) -> None:
    """Each fault that the published table has refuses its row with a reason."""
    reading = read({}, change)
    assert 1 == reading.accepted
    assert [code] == [note.code for note in reading.refused[0].notes]


def test_point_far_from_all_others_loses_its_radius(read: Read) -> None:
    """A point far outside the file's places is flagged, and no distance is taken from it."""
    near = [{"lon": f"38.{n}"} for n in range(1, 8)]
    reading = read(*near, {"lon": "83.25"})
    last = reading.records[-1]
    assert isinstance(last, Observation)
    assert (("point-doubtful",), None) == (last.origin.flags, last.place.radius_m)
    assert ["R115"] == [note.code for note in reading.all_notes]


def test_days_need_a_zone(read: Read) -> None:
    """Local days without a zone are refused."""
    assert ["R014"] == [note.code for note in read({}, options=Options()).all_notes]


def test_handles_of_reporters_are_dropped(read: Read) -> None:
    """A reporter's handle is in no record and no row."""
    reading = read({})
    assert "someone" not in repr(reading)
    assert (("first_reporter", 1),) == reading.dropped


# -- claimed counts -------------------------------------------------------------------------------

CLAIM = {
    "period_start": "2030-09-12",
    "period_end": "2030-09-13",
    "claimant": "Centre",
    "accused": "side b",
    "n_claimed": "9",
    "basis": "last 24 h",
    "north": "4",
    "south": "",
    "sum_of_provinces": "4",
    "url": "https://example.org",
}


def test_claim_has_its_parts_by_name(write_table: WriteTable) -> None:
    """Columns between the basis and the sum are the named parts; empty ones are no part."""
    reading = read_file(write_table(CLAIM), ZONE)
    (record,) = reading.records
    assert isinstance(record, CountClaim)
    assert (("north", 4),) == record.parts
    assert ["R104"] == [note.code for note in reading.notes]


def test_running_totals_and_classes_are_told_from_the_basis(write_table: WriteTable) -> None:
    """A cumulative basis is a running total; a class of acts is a topic of its own."""
    reading = read_file(
        write_table(
            CLAIM | {"basis": "cumulative since renewal"}, CLAIM | {"basis": "first week, arrests"}
        ),
        ZONE,
    )
    told = [(r.cumulative, r.about) for r in reading.records if isinstance(r, CountClaim)]
    assert [(True, "violations"), (False, "violations: first week, arrests")] == told


@pytest.mark.parametrize(
    ("change", "code"),
    [({"period_end": "2030-09-01"}, "R005"), ({"n_claimed": ""}, "R003")],
)
def test_impossible_claims_are_refused(
    write_table: WriteTable, change: dict[str, str], code: str
) -> None:
    """A claim that ends before it starts, or has no number, is refused."""
    reading = read_file(write_table(CLAIM | change), ZONE)
    assert [code] == [note.code for note in reading.refused[0].notes]
