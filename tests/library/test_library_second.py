"""The library of past deals: all read without a mistake, restated, marked, and put side by side."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from tregua.agreement.clauses import KINDS
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.model import Instant
from tregua.agreement.read import read_deal_text
from tregua.agreement.shelf.comparison import NOT_FOUND, QUESTIONS, compare
from tregua.agreement.shelf.library_reference import library_reference
from tregua.agreement.shelf.shelf import Shelved, names, take
from tregua.agreement.value import Amount, AmountRange
from tregua.cli.main import app
from tregua.errors import WrongUse
from tregua.rehearsal.check import check

if TYPE_CHECKING:
    from tregua.agreement.block import Block

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "library.md"
LONGEST_QUOTATION = 25  # words; deals of the library restate
LONG = (
    "deescalation-2017",
    "gaza-2025-january",
    "gaza-2025-october",
    "hodeidah-2018",
    "idlib-2018",
    "jeddah-2023",
    "nuba-2002",
    "sri-lanka-2002",
)
SHORT = (
    "accra-2003",
    "aceh-2005",
    "colombia-2016",
    "darfur-2004",
    "dayton-1995",
    "gaza-2012",
    "lebanon-2024",
    "libya-2020",
    "pretoria-2022",
    "syria-procedures-2016",
    "syria-russia-turkey-2016",
)


@cache
def shelved(name: str) -> Shelved:
    return take(name)


@pytest.fixture(scope="module")
def library() -> dict[str, Shelved]:
    return {name: shelved(name) for name in names()}


def block(deal: Shelved, block_id: str) -> Block:
    found = deal.text.block(block_id)
    assert found is not None
    return found


def amounts(deal: Shelved, block_id: str, key: str) -> list[object]:
    value = block(deal, block_id).get(key)
    return [atom for item in getattr(value, "items", ()) for atom in item.atoms]


def given(deal: Shelved, code: str) -> set[str]:
    return {note.on for note in deal.notes if note.code == code}


# --- the whole folder ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", names())
def test_a_deal_of_the_library_has_no_reading_note(name: str) -> None:
    """Every deal in the folder is read without a single D note."""
    assert () == shelved(name).reading.notes


@pytest.mark.parametrize("name", names())
def test_a_deal_of_the_library_is_restated_and_marked(name: str) -> None:
    """The id is the file's name, prose is restated and governs, each paragraph has its mark."""
    text = shelved(name).text
    told = [text.head_word(key) for key in ("deal", "prose", "authoritative")]
    assert [name, "restated", "text"] == told
    assert text.paragraphs
    assert [] == [p for p in text.paragraphs if p.mark not in tuple("VPMX") or not p.pointer]


@pytest.mark.parametrize("name", names())
def test_a_deal_of_the_library_quotes_a_few_words_at_most(name: str) -> None:
    """No phrase of the original, in prose or in a block, has more than 25 words."""
    lines = Path(shelved(name).text.file).read_text("utf-8").splitlines()
    of_the_text = [line for line in lines if re.match(r'>|\s+says:|\s+[a-z ]+: undefined "', line)]
    quoted = [q for line in of_the_text for q in re.findall(r'"([^"]*)"', line)]
    assert [] == [q for q in quoted if len(q.split()) > LONGEST_QUOTATION]


@pytest.mark.parametrize("name", names())
def test_every_number_of_a_deal_comes_from_its_text(name: str) -> None:
    """No block holds an amount that is neither in its clause nor marked as assumed (L706)."""
    assert set() == given(shelved(name), "L706")


@pytest.mark.parametrize("name", names())
def test_a_deal_of_the_library_is_laid_out_as_the_formatter_lays_it_out(name: str) -> None:
    """Formatting a deal of the library changes no byte."""
    text = Path(shelved(name).text.file).read_text("utf-8")
    assert text == format_deal(text)


@pytest.mark.parametrize("name", names())
def test_the_scenarios_of_a_deal_hold(name: str) -> None:
    """Every scenario that stands in a deal of the library gives what it expects."""
    assert [] == [played for played in check(shelved(name).reading) if not played.holds]


@pytest.mark.parametrize("name", [*LONG, *SHORT])
def test_every_clause_of_these_deals_is_encoded(name: str) -> None:
    """No clause is left without a block or a reason why it has none (L414)."""
    assert set() == given(shelved(name), "L414")


def test_the_library_holds_these_deals(library: dict[str, Shelved]) -> None:
    """Eight deals at length and eleven short ones are in the library."""
    assert set() == {*LONG, *SHORT} - set(library)
    assert [] == [name for name in LONG if len(library[name].text.blocks) < 25]
    assert [] == [name for name in SHORT if not 10 < len(library[name].text.blocks) < 25]


def test_every_kind_of_block_is_used_by_a_past_deal(library: dict[str, Shelved]) -> None:
    """Each of the kinds of the language stands in at least one deal of the library."""
    used = {b.kind for deal in library.values() for b in deal.text.blocks}
    assert set() == {kind.kind for kind in KINDS} - used


def test_one_register_of_names_serves_the_syrian_deals(library: dict[str, Shelved]) -> None:
    """Parties, guarantors and named groups have the same ids in every deal on Syria."""
    known = {"government", "opposition", "ru", "us", "tr", "ir", "isil", "nusra"}
    own = {"listed-groups", "radical-groups", "by-area"}
    for name, deal in library.items():
        if "SYR" in deal.fact("country"):
            found = {b.id for b in deal.text.of_kind("party", "guarantor", "excluded")}
            assert set() == found - known - own, name


# --- A7: Jeddah, 20 May 2023 --------------------------------------------------------------------


def test_jeddah_starts_at_a_quarter_to_ten_of_khartoum(library: dict[str, Shelved]) -> None:
    """21:45 at Khartoum on 22 May 2023 is 19:45 UTC."""
    phase = library["jeddah-2023"].reading.agreement.phase("truce")
    assert phase is not None
    assert isinstance(phase.starts, Instant)
    assert phase.starts.when is not None
    assert datetime(2023, 5, 22, 19, 45, tzinfo=UTC) == phase.starts.when.start


def test_jeddah_lasts_seven_days_and_both_may_extend_it(library: dict[str, Shelved]) -> None:
    """Seven days, extended by a power that both hold together."""
    deal = library["jeddah-2023"]
    assert [Amount(Decimal(7), "days")] == amounts(deal, "truce", "lasts")
    assert ("prolong",) == block(deal, "truce").words("extended by")
    prolong = block(deal, "prolong")
    assert ("rsf", "saf") == prolong.words("holder")
    assert ("joint", "extend") == (prolong.word("mode"), prolong.word("does"))


def test_jeddah_covers_its_48_hours_of_notice(library: dict[str, Shelved]) -> None:
    """In the 48 hours before the start nobody seeks an advantage, so L207 is silent."""
    deal = library["jeddah-2023"]
    assert ("no-advantage",) == block(deal, "truce").words("before start")
    assert ("notice-time",) == block(deal, "no-advantage").words("during")
    assert [Amount(Decimal(48), "hours")] == amounts(deal, "notice-time", "lasts")
    assert set() == given(deal, "L207")


# --- A8: Gaza, 15 January 2025 ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("norm", "hours", "phase"),
    [("no-flights", 10, "stage-1"), ("no-flights-exchange", 12, "exchange-days")],
)
def test_gaza_january_has_daily_windows_without_flights(
    library: dict[str, Shelved], norm: str, hours: int, phase: str
) -> None:
    """Ten hours a day, and twelve on the days of exchange."""
    deal = library["gaza-2025-january"]
    first, *rest = amounts(deal, norm, "window")
    assert Amount(Decimal(hours), "hours") == first
    assert ["every", "day"] == [getattr(atom, "name", "") for atom in rest]
    assert (phase,) == block(deal, norm).words("during")


@pytest.mark.parametrize(("quota", "prisoners"), [("ratio-civilians", 30), ("ratio-soldiers", 50)])
def test_gaza_january_has_two_ratios(
    library: dict[str, Shelved], quota: str, prisoners: int
) -> None:
    """30 prisoners for a civilian, 50 for a woman soldier, for one hostage each."""
    atoms = amounts(library["gaza-2025-january"], quota, "ratio")
    numbers = [value for atom in atoms if (value := getattr(atom, "value", None)) is not None]
    assert [Decimal(prisoners), Decimal(1)] == numbers


def test_gaza_january_counts_trucks_by_the_day(library: dict[str, Shelved]) -> None:
    """600 trucks every day, owed by a duty that names them."""
    deal = library["gaza-2025-january"]
    (number,) = amounts(deal, "trucks", "amount")
    assert Decimal(600) == getattr(number, "value", None)
    assert [Amount(Decimal(1), "day")] == [
        Amount(a.value, "day") for a in amounts(deal, "trucks", "every") if isinstance(a, Amount)
    ]
    assert "trucks" in block(deal, "aid").words("amount")


def test_gaza_january_goes_on_while_talks_last(library: dict[str, Shelved]) -> None:
    """Stage 1 lasts 42 days, renews itself by silence, and goes on at its end."""
    deal = library["gaza-2025-january"]
    stage = block(deal, "stage-1")
    assert [Amount(Decimal(42), "days")] == amounts(deal, "stage-1", "lasts")
    assert ("tacit", "continues") == (stage.word("renewal"), stage.word("on expiry"))
    assert "so long as" in stage.phrase("renewal lasts")


# --- A9: Gaza, 9 October 2025 -------------------------------------------------------------------


def test_gaza_october_hangs_each_moment_on_the_one_before(library: dict[str, Shelved]) -> None:
    """Approval, then 24 hours to withdraw, then 72 hours from the withdrawal."""
    deal = library["gaza-2025-october"]
    assert "approved(steps, by: cabinet)" == raw(deal, "calm", "starts")
    assert ("in-force(calm)", "24 hours") == tuple(
        raw(deal, "pull-back", key) for key in ("when", "within")
    )
    assert ("done(pull-back)", "72 hours") == tuple(
        raw(deal, "release-hostages", key) for key in ("when", "within")
    )


def test_gaza_october_lets_a_duty_rest_without_notice(library: dict[str, Shelved]) -> None:
    """The words "as long as" suspend a duty without finding or notice, and L605 says so."""
    deal = library["gaza-2025-october"]
    assert {"may-return"} == given(deal, "L605")
    assert "no" == block(deal, "may-return").word("still owed")


# --- A10: Idlib, 17 September 2018 --------------------------------------------------------------


def test_idlib_has_a_width_and_no_geometry(library: dict[str, Shelved]) -> None:
    """The strip is 15 to 20 km deep; its lines are left to consultations, and L302 says so."""
    deal = library["idlib-2018"]
    (width,) = amounts(deal, "dmz", "width")
    assert isinstance(width, AmountRange)
    assert ("15 km", "20 km") == (str(width.low), str(width.high))
    assert "consultations" in block(deal, "dmz").phrase("geometry")
    assert "dmz" in given(deal, "L302")


@pytest.mark.parametrize(
    ("norm_id", "day"), [("weapons-out", (2018, 10, 10)), ("groups-out", (2018, 10, 15))]
)
def test_idlib_has_two_dates(
    library: dict[str, Shelved], norm_id: str, day: tuple[int, int, int]
) -> None:
    """Weapons are out by 10 October and groups by 15 October 2018, by the days of Damascus."""
    norm = library["idlib-2018"].reading.agreement.norm(norm_id)
    assert norm is not None
    assert isinstance(norm.deadline, Instant)
    assert norm.deadline.when is not None
    # Damascus was at UTC+3 until the end of October 2018.
    assert datetime(*day, tzinfo=UTC) - timedelta(hours=3) == norm.deadline.when.start


def test_idlib_was_signed_by_guarantors_alone(library: dict[str, Shelved]) -> None:
    """Two guarantors signed; those who fight did not, and L102 says so."""
    deal = library["idlib-2018"]
    assert ("ru", "tr") == block(deal, "idlib").words("signed by")
    assert {"government", "opposition"} <= given(deal, "L102")


# --- the others ---------------------------------------------------------------------------------


def test_the_widest_gap_of_each_long_deal_is_seen(library: dict[str, Shelved]) -> None:
    """What each deal is known to have left open is among its notes."""
    seen = {
        ("deescalation-2017", "L704", "halt-from-6-may"),
        ("deescalation-2017", "L302", "idlib-area"),
        ("hodeidah-2018", "L302", "agreed-locations"),
        ("hodeidah-2018", "L704", "from-18-december"),
        ("nuba-2002", "L502", "commission"),
        ("syria-procedures-2016", "L503", "co-chairs"),
        ("libya-2020", "L402", "foreign-fighters"),
        ("lebanon-2024", "L421", "self-defence"),
        ("gaza-2012", "L501", ""),
    }
    assert set() == {(name, code, on) for name, code, on in seen if on not in given(library[name], code)}  # noqa: E501  # fmt: skip


def raw(deal: Shelved, block_id: str, key: str) -> str:
    entry = block(deal, block_id).entry(key)
    assert entry is not None
    return entry.raw.strip()


# --- put side by side ---------------------------------------------------------------------------


def test_every_question_is_answered_for_every_deal(library: dict[str, Shelved]) -> None:
    """The comparison has a row a question and an answer a deal, some found and some not."""
    rows = compare(deal.text for deal in library.values())
    assert [q.asked for q in QUESTIONS] == [row.asked for row in rows]
    assert {len(library)} == {len(row.answers) for row in rows}
    assert [] == [row.asked for row in rows if any(not answer for answer in row.answers)]


@pytest.mark.parametrize(
    ("asked", "name", "answer"),
    [
        ("Standard of proof", "sri-lanka-2002", NOT_FOUND),
        ("Who determines a violation", "sri-lanka-2002", "slmm"),
        ("Who determines a violation", "idlib-2018", NOT_FOUND),
        ("Disputes and meaning", "sri-lanka-2002", "dispute, slmm"),
        ("Who may end it", "sri-lanka-2002", "terminate"),
        ("Begins with", "jeddah-2023", "an hour"),
        ("Begins with", "gaza-2025-october", "with an event"),
        ("Guarantors that owe a duty to restrain", "deescalation-2017", "3 of 3"),
        ("Guarantors that owe a duty to restrain", "syria-2016-09", "0 of 2"),
        ("Norms with a consequence", "syria-2016-09", "0 of 14"),
        ("How a body decides", "syria-procedures-2016", "each-alone"),
    ],
)
def test_an_answer_is_what_the_blocks_say(
    library: dict[str, Shelved], asked: str, name: str, answer: str
) -> None:
    """Answers are computed from the blocks of the deal."""
    rows = {row.asked: row.answers for row in compare([library[name].text])}
    assert (answer,) == rows[asked]


def test_exchanging_two_parties_exchanges_the_answers_and_nothing_else() -> None:
    """The comparison is the same deal for deal when two sides change places."""
    path = Path(shelved("jeddah-2023").text.file)
    text = path.read_text("utf-8")
    turned = re.sub(r"\b(rsf|saf)\b", lambda m: {"rsf": "saf", "saf": "rsf"}[m[0]], text)
    readings = [read_deal_text(t, file="x.deal.md") for t in (text, turned)]
    assert [(), ()] == [reading.notes for reading in readings]
    one, other = (compare([reading.text]) for reading in readings)
    assert one == other  # both sides owe the same and stand in every list sorted by id


# --- the command and the page -------------------------------------------------------------------


def test_the_command_lists_every_deal() -> None:
    """`tregua library` has a line for each deal."""
    shown = CliRunner().invoke(app, ["library"])
    assert shown.exit_code == 0
    first = [line.split()[0] for line in shown.output.splitlines() if line]
    assert set(names()) <= set(first)


def test_the_command_shows_one_deal() -> None:
    """A deal's page has its facts, marks, notes and clause types."""
    shown = CliRunner().invoke(app, ["library", "idlib-2018"])
    assert shown.exit_code == 0
    for label in ("Title:", "Declared:", "Held:", "Paragraphs:", "Notes of the linter:", "Codes:"):
        assert label in shown.output


def test_the_command_prints_what_the_catalogue_covers() -> None:
    """`--coverage` ends with the count of clause types and says why some are not used."""
    shown = CliRunner().invoke(app, ["library", "--coverage"])
    assert shown.exit_code == 0
    assert re.search(r"98 clause types: \d+ can be written \(\d+ of them in part\)", shown.output)
    assert "G13  not used: no text of the sample states a standard of proof" in shown.output


def test_the_command_compares() -> None:
    """`--compare` puts each question, and names what was not found."""
    shown = CliRunner().invoke(app, ["library", "idlib-2018", "--compare"])
    assert shown.exit_code == 0
    assert [] == [q.asked for q in QUESTIONS if q.asked not in shown.output]


def test_the_command_gives_json() -> None:
    """With --json nothing but JSON is printed, with what was asked for."""
    shown = CliRunner().invoke(app, ["library", "--compare", "--coverage", "--json"])
    told = json.loads(shown.output)
    assert list(names()) == [deal["name"] for deal in told["deals"]]
    assert len(QUESTIONS) == len(told["compared"])
    assert (98, 98) == (told["coverage"]["types"], told["coverage"]["expressible"])


def test_a_deal_that_the_library_has_not_is_named_with_what_was_meant() -> None:
    """A wrong name is wrong use, with the nearest deal as help."""
    with pytest.raises(WrongUse, match="the library has no deal idlib-2019") as caught:
        take("idlib-2019")
    assert "did you mean idlib-2018?" == caught.value.help
    with pytest.raises(WrongUse):
        take("../library/idlib-2018")


def test_the_page_of_the_library_is_current(library: dict[str, Shelved], update: bool) -> None:  # noqa: FBT001
    """docs/reference/library.md has a heading a deal and is what the deals say today."""
    expected = library_reference(library.values())
    if update:
        PAGE.write_text(expected, "utf-8")
    assert expected == PAGE.read_text("utf-8"), "library.md is not current: run `make update`"
    heads = [line.removeprefix("## ") for line in expected.splitlines() if line.startswith("## ")]
    assert [*names(), "Compared", "Catalogue of clause types"] == heads
