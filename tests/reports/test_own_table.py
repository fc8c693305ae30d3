"""Our own report table."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tregua.errors import WrongUse
from tregua.reports.model import CountClaim, Link, Naming, Observation, Statement, Watch
from tregua.reports.own_template import FORMATS, template
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options
from tregua.terms.estimate import Estimate
from tregua.terms.notes import Severity
from tregua.terms.place import Place
from tregua.terms.time import Precision

ReadOwn = Callable[..., Reading]
Cells = dict[str, str]


def codes(reading: Reading) -> list[str]:
    return [note.code for note in reading.all_notes]


def template_records(folder: Path, form: str) -> tuple[object, ...]:
    path = folder / f"template.{form}"
    path.write_bytes(template(form))
    reading = read_file(path, Options())
    assert reading.all_notes == ()
    return reading.records


def test_template_holds_one_good_record_of_each_kind(tmp_path: Path) -> None:
    """The template is read without a note and holds each of the six kinds once."""
    kinds = [type(record) for record in template_records(tmp_path, "csv")]
    assert [Observation, CountClaim, Watch, Statement, Naming, Link] == kinds


@pytest.mark.parametrize("form", FORMATS)
def test_three_forms_give_the_same_records(tmp_path: Path, form: str) -> None:
    """CSV, XLSX and JSON Lines of one table give equal records."""
    assert template_records(tmp_path, "csv") == template_records(tmp_path, form)


@pytest.mark.parametrize("form", FORMATS)
def test_template_has_the_same_bytes_each_time(form: str) -> None:
    """A template is made of the same bytes whenever it is made."""
    assert template(form) == template(form)


def test_unknown_template_is_refused() -> None:
    """A template in a form that we do not write is a wrong use that names the forms."""
    with pytest.raises(WrongUse) as caught:
        template("pdf")
    assert caught.value.help == "take one of: csv, xlsx, jsonl"


def test_byte_order_mark_and_semicolons_are_tolerated(tmp_path: Path) -> None:
    """A spreadsheet's 'CSV UTF-8' with semicolons is read like any other."""
    path = tmp_path / "reports.csv"
    path.write_bytes(
        b"\xef\xbb\xbfid;record;from;reporter;by\r\n"
        b'o1;observation;2030-09-13T05:00Z;Monitors;"a; b"\r\n'
    )
    reading = read_file(path, Options(received=datetime(2030, 9, 14, tzinfo=UTC)))
    (record,) = reading.records
    assert isinstance(record, Observation)
    assert ("a", "b") == record.by


def test_until_is_meant_in_full(read_own: ReadOwn, observation: Cells) -> None:
    """A date in `until` is the whole of that local day."""
    reading = read_own(observation | {"from": "2030-09-13", "until": "2030-09-14"})
    (record,) = reading.records
    assert isinstance(record, Observation)
    assert datetime(2030, 9, 12, 21, tzinfo=UTC) == record.when.start
    assert datetime(2030, 9, 14, 21, tzinfo=UTC) == record.when.end
    assert record.when.precision is Precision.PERIOD


def test_precision_of_a_day_widens_the_time(read_own: ReadOwn, observation: Cells) -> None:
    """A minute that is only known to the day is kept as the day."""
    (record,) = read_own(observation | {"precision": "day"}).records
    assert isinstance(record, Observation)
    assert datetime(2030, 9, 13, 21, tzinfo=UTC) == record.when.end


def test_precision_finer_than_written_is_not_believed(
    read_own: ReadOwn, observation: Cells
) -> None:
    """A day said to be exact to the minute stays a day, with a note."""
    reading = read_own(observation | {"from": "2030-09-13", "precision": "minute"})
    (record,) = reading.records
    assert isinstance(record, Observation)
    assert record.when.precision is Precision.DAY
    assert ["R112"] == codes(reading)


def test_day_of_knowledge_means_its_end(read_own: ReadOwn, observation: Cells) -> None:
    """A replay of the morning does not know what was published on that day."""
    (record,) = read_own(observation | {"known_at": "2030-09-13"}).records
    assert datetime(2030, 9, 13, 21, tzinfo=UTC) == record.origin.known


def test_without_a_date_the_moment_of_intake_counts(
    read_own: ReadOwn, observation: Cells, received: datetime
) -> None:
    """A record without a date of its own is known since it was received."""
    (record,) = read_own(observation | {"known_at": ""}).records
    assert received == record.origin.known


def test_without_any_date_the_row_is_refused(
    write_table: Callable[..., Path], observation: Cells
) -> None:
    """With neither a date nor a moment of intake nothing is made up."""
    reading = read_file(write_table(observation | {"known_at": ""}), Options())
    assert ["R003"] == codes(reading)
    assert (0, 1) == (reading.accepted, len(reading.refused))


def test_knowledge_before_the_act_is_floored(read_own: ReadOwn, observation: Cells) -> None:
    """A source older than its act is known from the act on, flagged and noted."""
    reading = read_own(observation | {"known_at": "2029-09-13"})
    (record,) = reading.records
    assert isinstance(record, Observation)
    assert record.when.start == record.origin.known
    assert ("known-before-event",) == record.origin.flags
    assert ["R102"] == codes(reading)


def test_announcement_is_known_before_its_time(read_own: ReadOwn) -> None:
    """A statement on a coming time is known when it is made."""
    row = {
        "id": "s1",
        "record": "statement",
        "from": "2030-09-13T19:00",
        "zone": "Asia/Damascus",
        "known_at": "2030-09-10T12:00",
        "reporter": "Guarantor",
        "says": "starts",
        "about": "truce",
    }
    (record,) = read_own(row).records
    assert datetime(2030, 9, 10, 9, tzinfo=UTC) == record.origin.known
    assert () == record.origin.flags


def test_count_of_days_to_come_is_doubtful(read_own: ReadOwn, count: Cells) -> None:
    """A count that was known before its last day began is accepted with a note."""
    reading = read_own(count | {"until": "2030-09-20", "known_at": "2030-09-15"})
    assert 1 == reading.accepted
    assert ["R103"] == codes(reading)


@pytest.mark.parametrize(
    ("change", "code", "said"),
    [
        ({"record": "event"}, "R001", "'event' is not a kind of record"),
        ({"record": ""}, "R001", "the cell `record` is empty"),
        ({"means": "felt"}, "R002", "'felt' is not one of: saw, heard"),
        ({"pair_only": "maybe"}, "R002", "neither yes nor no"),
        ({"id": ""}, "R003", "the cell `id` is empty"),
        ({"reporter": " "}, "R003", "the cell `reporter` is empty"),
        ({"from": ""}, "R003", "the cell `from` is empty"),
        ({"from": "0025-03-01"}, "R004", "the year 0025 cannot be meant"),
        ({"from": "2030-02-30"}, "R004", "not a day of the calendar"),
        ({"from": "last week"}, "R004", "not a time"),
        ({"zone": "Damascus"}, "R004", "not a time zone"),
        ({"until": "2030-09-13T04:00"}, "R005", "lies before the first"),
        ({"killed_low": "dozens"}, "R006", "'dozens' is not a whole number"),
        ({"lat": "north", "lon": "38"}, "R006", "'north' is not a number"),
        ({"lat": "nan", "lon": "38"}, "R006", "'nan' is not a number"),
        ({"killed_low": "-1"}, "R007", "-1 is less than none"),
        ({"lat": "1", "lon": "1", "radius_m": "-5"}, "R007", "a radius of -5 m"),
        ({"lat": "360.21", "lon": "38"}, "R008", "outside the world"),
        ({"lat": "36.2"}, "R008", "half a point"),
        ({"killed_low": "9", "killed_high": "3"}, "R009", "9 is above 3"),
        ({"zone": ""}, "R014", "no zone"),
    ],
)
def test_impossible_rows_are_refused(
    read_own: ReadOwn, observation: Cells, change: Cells, code: str, said: str
) -> None:
    """Each impossible cell refuses its row with its own code and the cell in words."""
    reading = read_own(observation | change, observation | {"id": "good"})
    (refused,) = reading.refused
    errors = [note for note in refused.notes if note.severity is Severity.ERROR]
    assert code in [note.code for note in errors]
    assert said in " ".join(note.said for note in errors)
    assert 1 == reading.accepted


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number_best": ""}, "R003"),
        ({"unit": ""}, "R003"),
        ({"parts": "North 4; South 5"}, "R015"),
        ({"parts": "North=4; North=5"}, "R015"),
        ({"parts": "North=-4"}, "R007"),
        ({"record": "watch", "share": "1.2", "area": "valley"}, "R016"),
        ({"record": "watch"}, "R003"),
        ({"record": "statement", "says": "prolongs"}, "R002"),
        ({"record": "statement"}, "R003"),
        ({"record": "naming", "by": ""}, "R003"),
        ({"record": "link", "first": "own:o1", "second": "own:o1", "same": "yes"}, "R002"),
        ({"record": "link", "first": "own:o1", "second": "own:c1"}, "R003"),
    ],
)
def test_each_kind_refuses_what_it_cannot_hold(
    read_own: ReadOwn, count: Cells, change: Cells, code: str
) -> None:
    """Counts, watches, statements, namings and links refuse what they cannot hold."""
    reading = read_own(count | change)
    assert 0 == reading.accepted
    assert code in codes(reading)


def test_every_mistake_of_a_row_is_told_at_once(read_own: ReadOwn, observation: Cells) -> None:
    """One bad cell does not hide the next."""
    reading = read_own(
        observation | {"until": "tomorrow", "killed_low": "some", "lat": "99", "lon": "1"}
    )
    assert {"R004"} <= set(codes(reading))


def test_note_points_at_the_cell(read_own: ReadOwn, observation: Cells) -> None:
    """A note names the file and row, and its caret stands under the value."""
    reading = read_own(observation, observation | {"id": "o2", "killed_low": "dozens"})
    (note,) = reading.all_notes
    assert "reports.csv:3:13" == str(note.spot)
    assert "dozens" == note.spot.text[note.spot.column - 1 :]
    assert "o2" == note.on


def test_best_below_low_is_kept_and_flagged(read_own: ReadOwn, observation: Cells) -> None:
    """Numbers that contradict each other are kept as they are published."""
    reading = read_own(observation | {"killed_low": "5", "killed_best": "3", "killed_high": "9"})
    (record,) = reading.records
    assert isinstance(record, Observation)
    assert Estimate(5, 3, 9, odd=True) == record.harm.killed
    assert ("low-above-best",) == record.origin.flags
    assert ["R101"] == codes(reading)


def test_at_least_has_no_high(read_own: ReadOwn, observation: Cells) -> None:
    """An empty high stays open and is not made up."""
    (record,) = read_own(observation | {"killed_low": "12"}).records
    assert isinstance(record, Observation)
    assert Estimate(low=12) == record.harm.killed


def test_name_in_its_own_script_is_kept(read_own: ReadOwn, observation: Cells) -> None:
    """A place stays as it was heard."""
    (record,) = read_own(observation | {"place": "حربنفسه"}).records
    assert isinstance(record, Observation)
    assert Place("حربنفسه") == record.place


def test_unknown_act_kind_is_accepted_with_a_doubt(read_own: ReadOwn, observation: Cells) -> None:
    """An act that only the deal may know is accepted, and the nearest kind is named."""
    reading = read_own(observation | {"what": "mortar-fires"})
    (note,) = reading.all_notes
    assert 1 == reading.accepted
    assert ("R109", "did you mean mortar-fire? else the deal must add the kind") == (
        note.code,
        note.help,
    )


def test_misspelt_column_is_named(read_own: ReadOwn, observation: Cells) -> None:
    """A column that is nearly one of ours is asked about, once for the file."""
    reading = read_own(observation | {"kiled_low": "3"}, observation | {"id": "o2"})
    (note,) = reading.all_notes
    assert ("R111", Severity.WARNING) == (note.code, note.severity)
    assert note.said.endswith("did you mean `killed_low`?")


def test_unknown_columns_stay_with_the_row(read_own: ReadOwn, observation: Cells) -> None:
    """What the format does not know is kept word for word."""
    (row,) = read_own(observation | {"weather": " fog "}).rows
    assert (("weather", " fog "),) == row.unread


def test_same_id_with_other_content_is_refused(read_own: ReadOwn, observation: Cells) -> None:
    """An id that stands twice with two contents keeps its first."""
    reading = read_own(observation, observation | {"what": "air-strike"})
    assert (1, 1) == (reading.accepted, len(reading.refused))
    assert "row 2 already has the id 'o1' with other content" == reading.all_notes[0].said


def test_same_row_twice_is_recorded_once(read_own: ReadOwn, observation: Cells) -> None:
    """A row that is repeated word for word is set aside and nothing is refused."""
    reading = read_own(observation, observation)
    assert (1, 0, 1) == (reading.accepted, len(reading.refused), reading.set_aside)
    assert ["R108"] == codes(reading)


def test_row_too_large_for_an_entry_is_refused(read_own: ReadOwn, observation: Cells) -> None:
    """A summary that no entry can hold refuses its row and no other."""
    reading = read_own(observation | {"summary": "x" * 20_000}, observation | {"id": "o2"})
    assert 1 == reading.accepted
    assert "R013" in codes(reading)


def test_stated_length_is_compared_with_the_ends(read_own: ReadOwn) -> None:
    """'48 hours' from 01:00 to midnight of the next day is 47 hours, and the note says so."""
    row = {
        "id": "s1",
        "record": "statement",
        "from": "2030-05-05T01:00",
        "until": "2030-05-06T23:59",
        "zone": "Asia/Damascus",
        "known_at": "2030-05-04",
        "reporter": "Guarantor",
        "says": "declares",
        "quantity": "48",
        "unit": "hours",
    }
    (note,) = read_own(row).all_notes
    assert ("R114", "48 hours are stated, from the ends it is 1 d 22 h 59 min") == (
        note.code,
        note.said,
    )
    assert () == read_own(row | {"until": "2030-05-07T01:00"}).all_notes
    assert () == read_own(row | {"from": "2030-05-04", "until": ""}).all_notes


def test_sum_across_rows_points_at_its_row(read_own: ReadOwn, count: Cells) -> None:
    """A count whose parts do not add up is noted at the row it stands in."""
    reading = read_own(count | {"id": "c0"}, count | {"by": "b", "parts": "North=4; South=4"})
    (note,) = reading.notes
    assert ("R104", "reports.csv:3:1") == (note.code, str(note.spot))
