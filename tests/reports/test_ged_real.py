"""GED as published: counts, flags, days, day tables, sources (08-data, acceptance 1 to 4, 6, 7)."""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tregua.reports.model import Observation
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options, Row

pytestmark = [pytest.mark.outside, pytest.mark.slow]
GOVERNMENT_OF = "Government of "
NAMED = {"Government of Syria": "GoS", "IS": "IS", "SDF": "SDF", "Government of Turkey": "TUR"}
PAIRS = (
    "GoS-INS GoS-IS GoS-SDF IS-SDF INS-IS INS-SDF INS-INS TUR-IS TUR-SDF".split()  # noqa: SIM905
)


@pytest.fixture(scope="module")
def syria(shared_data: Path) -> Reading:
    return read_file(shared_data / "ged_syria" / "ged_syria.csv.gz", Options())


def events(reading: Reading) -> Iterator[tuple[Row, Observation]]:
    for row in reading.rows:
        for record in row.records:
            assert isinstance(record, Observation)
            yield row, record


def is_for_day_tables(record: Observation) -> bool:
    return not {"coarse-date", "summary-row"} & set(record.origin.flags)


def test_every_event_is_read_and_oddities_are_flagged(syria: Reading) -> None:
    """14,418 events; 25 low above best, 68 high below best, 185 known before, none dropped."""
    flags = Counter(flag for _, record in events(syria) for flag in record.origin.flags)
    assert (14_418, 14_418, 0) == (len(syria.rows), syria.accepted, len(syria.refused))
    assert (25, 68, 185) == (
        flags["low-above-best"],
        flags["high-below-best"],
        flags["known-before-event"],
    )
    assert all(record.origin.known >= record.when.start for _, record in events(syria))


def test_six_summaries_are_named_and_kept_out_of_day_tables(syria: Reading) -> None:
    """The six rows for the year 2016 are named in notes and weigh 16,517 of 42,733 dead."""
    named = [note.said.split()[1] for note in syria.all_notes if note.code == "R113"]
    assert ["233200", "236764", "236765", "236772", "236773", "236774"] == sorted(named)
    of_2016 = [(row, r) for row, r in events(syria) if dict(row.raw)["year"] == "2016"]
    summaries = sum(r.harm.killed.best or 0 for _, r in of_2016 if r.origin.key in named)
    assert (16_517, 42_733) == (summaries, sum(r.harm.killed.best or 0 for _, r in of_2016))
    assert not any(is_for_day_tables(r) for _, r in of_2016 if r.origin.key in named)


def test_headlines_are_dropped_and_counted(syria: Reading) -> None:
    """No headline is in a row; the number of dropped fields is said."""
    assert 14_418 == dict(syria.dropped)["source_headline"]
    assert all("source_headline" not in dict(row.raw) for row in syria.rows)


def test_one_office_twice_is_one_source(syria: Reading) -> None:
    """Of the events of 2016, 2.8 % have two offices, not 12 %."""
    of_2016 = [r for row, r in events(syria) if dict(row.raw)["year"] == "2016"]
    two = sum("; " in record.origin.reporter for record in of_2016)
    assert "2.8" == f"{100 * two / len(of_2016):.1f}"


def test_pair_of_the_truce_week_names_no_shooter(syria: Reading) -> None:
    """59 events of the pair in the week of 12 to 19 September 2016, each a pair, none a shooter."""
    week = [
        record
        for row, record in events(syria)
        if dict(row.raw)["dyad_new_id"] == "11973"
        and is_for_day_tables(record)
        and date(2016, 9, 12) <= record.when.local_day() <= date(2016, 9, 19)
    ]
    assert 59 == len(week)
    assert all(record.pair_only and len(record.by) == 2 for record in week)


def test_strike_whose_pair_cannot_be_the_shooter_is_a_pair(syria: Reading) -> None:
    """Event 227936 is there with 90 dead, and its pair is marked as a pair."""
    record = next(r for _, r in events(syria) if r.origin.key == "227936")
    assert (90, True) == (record.harm.killed.best, record.pair_only)


def test_days_of_the_newer_layout_are_one_calendar(shared_data: Path) -> None:
    """3,883 events from 22 January 2014 to 28 February 2023, two spellings counted, one order."""
    reading = read_file(
        shared_data / "ged_other" / "ged_ukraine_2014_2023.csv.gz", Options(zone="Europe/Kyiv")
    )
    days = [record.when.local_day() for _, record in events(reading)]
    assert 3_883 == reading.accepted
    assert (date(2014, 1, 22), date(2023, 2, 28)) == (min(days), max(days))
    note = next(note for note in reading.all_notes if note.code == "R117")
    assert "2,446 as 1/22/2014 12:00:00 AM, 1,437 as" in note.said
    assert note.said.endswith("are read month/day/year")


def test_second_country_of_the_newer_layout_is_read(shared_data: Path) -> None:
    """1,848 events with days in ISO; those without a dated source are flagged as assumed."""
    path = shared_data / "ged_other" / "ged_central_african_republic_v23_1.csv.gz"
    reading = read_file(path, Options())
    assert (1_848, 0) == (reading.accepted, len(reading.refused))
    assert any("known-assumed" in record.origin.flags for _, record in events(reading))


# -- day tables -----------------------------------------------------------------------------------


def side(name: str) -> str:
    """The side of a day table, by the rule that the tables were made with."""
    if name in NAMED:
        return NAMED[name]
    return "other" if name.startswith(GOVERNMENT_OF) or name == "Civilians" else "INS"


def pair(record: Observation) -> str:
    if not record.pair_only:
        return "oth"
    first, second = (side(name) for name in record.by)
    for name in (f"{first}-{second}", f"{second}-{first}"):
        if name in PAIRS:
            return name
    return "oth"


def dead_of(record: Observation, name: str) -> int:
    dead = dict(part.rsplit("=", 1) for part in record.harm.who.split("; ") if part)
    return int(dead.get(name, 0))


def day_table(reading: Reading, *, area: str) -> dict[tuple[str, str], int]:
    table: Counter[tuple[str, str]] = Counter()
    for row, record in events(reading):
        if not is_for_day_tables(record) or area not in ("", dict(row.raw)["adm_1"]):
            continue
        day, column = record.when.local_day().isoformat(), pair(record)
        table[day, column] += 1
        table[day, "ev"] += 1
        table[day, "dead"] += record.harm.killed.best or 0
        if column == "GoS-INS":
            for name, told in zip((*record.by, "civilians"), ("GoS", "INS", "Civ"), strict=True):
                table[day, f"gi_d{told}"] += dead_of(record, name)
    return table


@pytest.mark.parametrize("window", ["feb_apr", "aug_oct"])
@pytest.mark.parametrize("area", ["syria", "aleppo"])
def test_day_tables_are_computed_again(
    syria: Reading, shared_data: Path, window: str, area: str
) -> None:
    """Every GED column of the published day tables comes out of the records, day by day."""
    table = day_table(syria, area="" if area == "syria" else "Aleppo Governorate")
    path = shared_data / "replay_2016" / f"daily_{window}_{area}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            columns = [name for name in row if name != "day" and not name.startswith("AW_")]
            made = {name: table.get((row["day"], name), 0) for name in columns}
            assert {name: int(row[name]) for name in columns} == made
