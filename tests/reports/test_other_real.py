"""Airwars, claims and the case file as they lie beside the project."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tregua.reports.model import Observation
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options
from tregua.terms.notes import Severity

pytestmark = [pytest.mark.outside, pytest.mark.slow]
ZONE = Options(zone="Asia/Damascus")


@pytest.fixture(scope="module")
def airwars(shared_data: Path) -> Reading:
    return read_file(shared_data / "airwars_syria" / "incidents.csv.gz", ZONE)


def test_faulty_incidents_are_refused_with_reasons(airwars: Reading) -> None:
    """5,830 rows: two double codes, one of 1970, two without a day; one point is far off."""
    codes = Counter(n.code for row in airwars.refused for n in row.notes)
    assert (5_825, {"R010": 2, "R004": 1, "R003": 2}) == (airwars.accepted, dict(codes))
    doubtful = [r for r in airwars.records if "point-doubtful" in r.origin.flags]
    assert 1 == len(doubtful)


def test_no_incident_names_one_actor_twice(airwars: Reading) -> None:
    """No two codes of one actor stand beside each other."""
    assert not any(
        isinstance(r, Observation) and {"russia", "russian_forces"} <= set(r.by)
        for r in airwars.records
    )


@pytest.mark.parametrize("window", ["feb_apr", "aug_oct"])
@pytest.mark.parametrize("area", ["syria", "aleppo"])
def test_incident_columns_of_the_day_tables_come_out(
    airwars: Reading, shared_data: Path, window: str, area: str
) -> None:
    """Incidents per day with each power among the listed suspects are those of the day tables."""
    listed = {
        "AW_RU": "Russian Military",
        "AW_CO": "U.S.-led Coalition",
        "AW_TR": "Turkish Military",
    }
    table: Counter[tuple[str, str]] = Counter()
    for row in airwars.rows:
        cells = dict(row.raw)
        if row.records and (area == "syria" or cells["region"] == "Aleppo"):
            for column, name in listed.items():
                table[cells["date"], column] += name in cells["belligerents"]
    path = shared_data / "replay_2016" / f"daily_{window}_{area}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        for day in csv.DictReader(file):
            expected = {column: int(day[column]) for column in listed}
            assert expected == {column: table[day["day"], column] for column in listed}


def test_claims_are_read_and_only_the_known_sums_are_noted(shared_data: Path) -> None:
    """71 claims; one of 33 sums of provinces does not fit, and 50 of 302 are unexplained."""
    path = shared_data / "party_claims_syria" / "violation_claims.csv"
    reading = read_file(path, ZONE)
    assert (71, 0) == (reading.accepted, len(reading.refused))
    said = {n.code: n.said for n in reading.notes if n.severity is Severity.WARNING}
    assert "the parts 3 + 1 + 1 + 1 give 6, the total is 7" == said["R104"]
    assert "199 and 53 give 252, the new total is 302: 50 are unexplained" == said["R105"]
    assert 1 == sum(n.code == "R104" for n in reading.notes)


def test_case_file_is_read_whole_and_knows_only_what_was_known(shared_data: Path) -> None:
    """249 statements, none refused; on 20 September 2016 neither later inquiry is known."""
    reading = read_file(shared_data / "syria-2016-case" / "timeline.csv", Options())
    assert (249, 0) == (reading.accepted, len(reading.refused))
    noon = datetime(2016, 9, 20, 12, tzinfo=UTC)
    known = [r for r in reading.records if r.origin.known <= noon]
    assert 0 < len(known) < 249
    later = ("Board", "Commission of Inquiry")
    assert not any(word in r.origin.reporter for r in known for word in later)
