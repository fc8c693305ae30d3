"""The reports of the two bundled cases: all read, cited, short, placed and about something."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tregua
from tregua.agreement.acts import BUILT_IN
from tregua.agreement.read import read_deal
from tregua.reports.model import CountClaim, Naming, Observation, Record, Says, Statement, Watch
from tregua.reports.own_columns import NAMES
from tregua.reports.read_file import Reading, read_file
from tregua.reports.reader import Options

ROOMS = Path(tregua.__file__).parent
CASES = ("syria-2016-02", "syria-2016-09")
FILES = sorted((ROOMS / "reports" / "library").glob("syria-2016-*/*.csv"))
LONGEST_SUMMARY = 25  # words
SOUTH, NORTH, WEST, EAST = 32.0, 37.6, 35.4, 42.6  # degrees: a box around Syria
STATEMENTS_OF_TIMELINE = {"syria-2016-02": 68, "syria-2016-09": 138}
# Sums that do not come out in the publications themselves; they are kept as published.
DO_NOT_ADD_UP = {"S16-142c", "S16-142d"}
PLAIN_IDS = {"civilians", "iraq", "israel", "jordan", "jund-al-aqsa", "sdf", "turkey", "unknown"}


def _read(path: Path) -> Reading:
    return read_file(path, Options())


def _records(case: str) -> list[Record]:
    return [r for path in FILES if path.parent.name == case for r in _read(path).records]


def _of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def _ids_of_the_deal(case: str) -> set[str]:
    deal = read_deal(ROOMS / "agreement" / "library" / f"{case}.deal.md")
    return {case, *(block.id for block in deal.text.blocks)}


@pytest.mark.parametrize("path", FILES, ids=_of)
def test_no_row_is_refused(path: Path) -> None:
    """Every row of a bundled file becomes one record."""
    reading = _read(path)
    assert [row.notes for row in reading.rows if row.is_refused or not row.records] == []


@pytest.mark.parametrize("path", FILES, ids=_of)
def test_the_columns_are_those_of_our_own_format(path: Path) -> None:
    """A bundled file names its columns as the format does, in the same order or another."""
    header = path.read_text(encoding="utf-8").splitlines()[0]
    assert set() == set(header.split(",")) - set(NAMES)


@pytest.mark.parametrize("case", CASES)
def test_no_id_stands_twice_in_a_case(case: str) -> None:
    """Ids are unique across all files of a case, since they share one source."""
    ids = [r.origin.id for r in _records(case)]
    assert sorted(set(ids)) == sorted(ids)


@pytest.mark.parametrize("case", CASES)
def test_every_statement_of_the_case_file_is_restated(case: str) -> None:
    """A letter behind an id marks a further record of the same statement; none was left out."""
    keys = {r.origin.key[:7] for r in _records(case) if not isinstance(r, Naming)}
    assert STATEMENTS_OF_TIMELINE[case] == len(keys)


@pytest.mark.parametrize("case", CASES)
def test_every_record_is_cited(case: str) -> None:
    """No record stands without saying where it is published or whose reading it is."""
    assert [r.origin.id for r in _records(case) if not r.origin.citation] == []


@pytest.mark.parametrize("case", CASES)
def test_every_summary_is_short(case: str) -> None:
    """A summary has at least one word and at most 25."""
    words = {r.origin.id: len(r.origin.summary.split()) for r in _records(case)}
    assert {i: n for i, n in words.items() if not 1 <= n <= LONGEST_SUMMARY} == {}


@pytest.mark.parametrize("case", CASES)
def test_summaries_keep_to_the_words_of_the_project(case: str) -> None:
    """No summary of ours speaks of blame, breaches, enemies or factions."""
    never = re.compile(
        r"\b(breach|blame|verdict|offence|enem|faction|sighting|regime)", re.IGNORECASE
    )
    ours = {r.origin.id: r.origin.summary for r in _records(case)}
    assert {i: text for i, text in ours.items() if never.search(text)} == {}


@pytest.mark.parametrize("case", CASES)
def test_every_point_lies_in_syria(case: str) -> None:
    """A place has a point inside a box around Syria, or no point at all."""
    placed = [
        r for r in _records(case) if isinstance(r, Observation | CountClaim | Watch | Statement)
    ]
    outside = [
        r.origin.id
        for r in placed
        if r.place.lat is not None
        and r.place.lon is not None
        and not (SOUTH < r.place.lat < NORTH and WEST < r.place.lon < EAST)
    ]
    assert outside == []


@pytest.mark.parametrize("case", CASES)
def test_every_statement_is_about_something_that_exists(case: str) -> None:
    """What a statement is about is an id of the deal, a matter, or a convoy of some report."""
    records = _records(case)
    known = _ids_of_the_deal(case)
    for record in records:
        if isinstance(record, Observation):
            known |= {record.matter, record.asked}
    about = {r.origin.id: r.about for r in records if isinstance(r, Statement)}
    assert {i: a for i, a in about.items() if not a or a not in known} == {}


@pytest.mark.parametrize("case", CASES)
def test_every_act_is_in_the_common_tree(case: str) -> None:
    """Acts are those of the tree; the one exception is a request for aid to pass."""
    acts = {r.what for r in _records(case) if isinstance(r, Observation)}
    assert set() == acts - BUILT_IN - {"aid-request"}


@pytest.mark.parametrize("case", CASES)
def test_names_stand_for_ids_that_exist(case: str) -> None:
    """A name stands for ids of the deal or for one of a few plain ids that the README lists."""
    known = _ids_of_the_deal(case) | PLAIN_IDS
    namings = [r for r in _records(case) if isinstance(r, Naming)]
    assert set() == {i for n in namings for i in (*n.stands_for, *n.speaks_for)} - known


@pytest.mark.parametrize("case", CASES)
def test_every_reporter_has_an_office(case: str) -> None:
    """Each reporter of a case stands in its register of names, so that one office counts once."""
    records = _records(case)
    offices = {r.name for r in records if isinstance(r, Naming) and r.office}
    reporters = {r.origin.reporter for r in records if not isinstance(r, Naming)}
    assert set() == reporters - offices


@pytest.mark.parametrize("case", CASES)
def test_every_accused_name_is_registered(case: str) -> None:
    """Whoever is accused or hit in a report is a name of the register or an id of the deal."""
    records = _records(case)
    known = {r.name for r in records if isinstance(r, Naming) and r.stands_for}
    known |= _ids_of_the_deal(case)
    used: set[str] = set()
    for record in records:
        if isinstance(record, Observation):
            used |= {*record.by, *record.also_possible, *record.against}
        elif isinstance(record, CountClaim):
            used |= set(record.accused)
    assert set() == used - known


@pytest.mark.parametrize("case", CASES)
def test_published_parts_add_up_or_are_known_not_to(case: str) -> None:
    """The parts of a count give its total, save for two sentences that are wrong as published."""
    wrong = set()
    for record in _records(case):
        if isinstance(record, CountClaim) and record.parts:
            total = sum(number for name, number in record.parts if " / " not in name)
            if total != record.number.best:
                wrong.add(record.origin.key)
    assert wrong <= DO_NOT_ADD_UP
    assert wrong == (DO_NOT_ADD_UP if case == "syria-2016-09" else set())


def test_the_two_tallies_of_september_stand_side_by_side() -> None:
    """302 is laid to armed groups by one claimant; 203, 10 and 6 are another's, and so is 242."""
    counts = {r.origin.key: r for r in _records("syria-2016-09") if isinstance(r, CountClaim)}
    keys = ("S16-137", "S16-139", "S16-140", "S16-141", "S16-142d")
    assert [counts[key].number.best for key in keys] == [302, 203, 10, 6, 242]
    assert 242 == 203 + 10 + 6 + 18 + 5


def test_no_unit_of_a_count_is_defined_by_its_claimant() -> None:
    """No claimant of 2016 said what one violation is."""
    counts = [r for case in CASES for r in _records(case) if isinstance(r, CountClaim)]
    assert [r.origin.id for r in counts if r.unit_is_defined] == []


def test_only_one_place_was_ever_watched() -> None:
    """The only coverage on record is an observation point at the Castello Road."""
    watches = [r for case in CASES for r in _records(case) if isinstance(r, Watch)]
    assert [w.place.name for w in watches] == ["Castello Road"]
    assert [datetime(2016, 9, 12, 21, 0, tzinfo=UTC)] == [w.when.start for w in watches]


def test_day_d_is_set_by_both_guarantors() -> None:
    """Both guarantors set Day D to 12 September, 16:00 UTC; one of them had said so before."""
    sets = [
        r for r in _records("syria-2016-09") if isinstance(r, Statement) and r.says is Says.SETS
    ]
    said = {(r.by, r.at.start if r.at else None) for r in sets}
    start = datetime(2016, 9, 12, 16, 0, tzinfo=UTC)
    assert {(("us",), start), (("ru", "us"), start)} == said


def test_the_second_extension_is_offered_by_one_guarantor_alone() -> None:
    """48 hours were declared by both guarantors, 72 hours by one."""
    extends = [
        r for r in _records("syria-2016-09") if isinstance(r, Statement) and r.says is Says.EXTENDS
    ]
    assert {(("ru", "us"), 48.0), (("ru",), 72.0)} == {(r.by, r.quantity) for r in extends}


def test_the_convoy_of_19_september_keeps_every_claim() -> None:
    """One incident, at least six figures for the dead, and five names beside nobody."""
    convoy = [
        r
        for r in _records("syria-2016-09")
        if isinstance(r, Observation) and r.matter == "urum-al-kubra"
    ]
    dead = {(r.harm.killed.low, r.harm.killed.high) for r in convoy if r.harm.killed.is_stated}
    named = {name for r in convoy for name in r.by}
    assert {(10, None), (12, None), (14, None), (18, None), (12, 20), (21, 21)} <= dead
    assert {
        "Government of Syria",
        "Russia",
        "US-led coalition",
        "armed groups",
        "not identified",
    } == named


def test_a_morning_of_the_20th_knows_no_inquiry() -> None:
    """On 20 September at 12:00 UTC neither the Board nor the Commission had spoken."""
    then = datetime(2016, 9, 20, 12, 0, tzinfo=UTC)
    known = {r.origin.reporter for r in _records("syria-2016-09") if r.origin.known <= then}
    assert set() == known & {"UN Board of Inquiry", "UN Commission of Inquiry"}


def test_the_17th_knows_deaths_that_the_15th_did_not() -> None:
    """The first civilian deaths, of the 15th and 16th, were listed on the 17th."""
    deaths = [
        r for r in _records("syria-2016-09") if r.origin.key in {f"S16-17{n}" for n in range(2, 7)}
    ]
    assert len(deaths) == 5
    assert {datetime(2016, 9, 17, 21, 0, tzinfo=UTC)} == {r.origin.known for r in deaths}


@pytest.mark.parametrize("case", CASES)
def test_the_readme_counts_the_rows_of_each_file(case: str) -> None:
    """The table in a case's README names every file with its number of rows."""
    text = (ROOMS / "reports" / "library" / case / "README.md").read_text(encoding="utf-8")
    told = {
        name: int(rows) for name, rows in re.findall(r"^\| `(\S+)` \| (\d+) \|", text, re.MULTILINE)
    }
    counted = {path.name: len(_read(path).rows) for path in FILES if path.parent.name == case}
    assert told == counted


@pytest.mark.outside
def test_no_row_of_the_shared_case_file_was_copied(shared_data: Path) -> None:
    """No summary of a bundled record stands word for word in the case file that it restates."""
    theirs = (shared_data / "syria-2016-case" / "timeline.csv").read_text(encoding="utf-8")
    records = [r for case in CASES for r in _records(case) if not isinstance(r, Naming)]
    assert [r.origin.id for r in records if r.origin.summary in theirs] == []


@pytest.mark.outside
def test_times_of_knowledge_and_addresses_are_those_of_the_case_file(shared_data: Path) -> None:
    """Each record is cited and dated as the statement of the case file that it restates."""
    path = shared_data / "syria-2016-case" / "timeline.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        told = {row["id"]: (row["citation_url"], row["known_at"]) for row in csv.DictReader(lines)}
    for file in FILES:
        if file.name == "names.csv":
            continue
        with file.open(encoding="utf-8", newline="") as lines:
            ours = {r["id"]: (r["citation"], r["known_at"]) for r in csv.DictReader(lines)}
        assert ours == {key: told[key[:7]] for key in ours}
