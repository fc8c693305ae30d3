"""Seven past deals, restated: Ukraine 2014 to 2020, South Sudan 2017 and 2018, Karabakh 2020.

The values are those of the language cases A1 to A6 of the deal language (02, 6.1); the instants
were checked there with IANA zone data.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import tregua
from tregua.agreement.exchange.write import format_deal
from tregua.agreement.lint_deal import lint
from tregua.agreement.model import Compare, Named, Norm, Shifted, is_open
from tregua.agreement.read import Reading, read_deal, read_deal_text
from tregua.agreement.reading.calendar import Calendar
from tregua.agreement.reading.expressions import shown, time_of
from tregua.agreement.shelf.catalogue import clause_types
from tregua.agreement.value import Call, Instant, Item, Items
from tregua.rehearsal.check import check

LIBRARY = Path(tregua.__file__).parent / "agreement" / "library"
MEMORANDUM = "minsk-memorandum-2014"
PROTOCOL = "minsk-protocol-2014"
PACKAGE = "minsk-package-2015"
MEASURES = "ukraine-measures-2020"
COHA = "south-sudan-coha-2017"
RARCSS = "south-sudan-r-arcss-2018"
KARABAKH = "karabakh-2020"

NUMBERS = {
    MEMORANDUM: "PA-X 1362",
    PROTOCOL: "PA-X 1363",
    PACKAGE: "PA-X 1364",
    MEASURES: "PA-X 2440",
    COHA: "PA-X 1966",
    RARCSS: "PA-X 2112",
    KARABAKH: "PA-X 2324",
}
DEALS = tuple(NUMBERS)
# The rare clause types, each with the deals in which the catalogue read it (02, Annex A)
RARE = """
minsk-memorandum-2014: C05 E08 G10
minsk-package-2015: B06 C05 E05 G10
ukraine-measures-2020: D06 D12 D13 E11 F04 G11 I04 J06
south-sudan-coha-2017: A02 A09 B13 D04 D05 D06 D08 D10 D11 D12 D13 D14 E11 E13 E15 F06
south-sudan-coha-2017: G02 G03 G04 G05 G11 H01 H02 I02 I04 I07 J01
south-sudan-r-arcss-2018: A09 B06 B07 B11 B13 B14 C10 D04 D05 D08 D10 D11 D14 E11 E13 E15
south-sudan-r-arcss-2018: F07 G06 H02 I02 I07 J01 J06
karabakh-2020: B05 B12 I06 J03
"""
# What the linter's rules tell of these deals (02, section 5, "Why")
PAST_FAILURES = """
minsk-memorandum-2014: L302 sectors | L304 memo-4 | L305 general-ring
minsk-protocol-2014: L306 fire | L411 release-all | L412 release-all
minsk-package-2015: L303 ring-ukraine | L803 all-for-all
ukraine-measures-2020: L504 coordination
south-sudan-coha-2017: L206 positions | L207 cessation | L504 complaint
south-sudan-r-arcss-2018: L604 corrective-action
karabakh-2020: L702 statement-gazakh | L901 contingent
"""
FEWEST, MOST = 15, 60  # blocks
LONGEST_QUOTATION = 25  # words


def _text(deal: str) -> str:
    return (LIBRARY / f"{deal}.deal.md").read_text(encoding="utf-8")


def _deal(deal: str) -> Reading:
    return read_deal(LIBRARY / f"{deal}.deal.md")


def _norm(deal: str, norm_id: str) -> Norm:
    norm = _deal(deal).agreement.norm(norm_id)
    assert norm is not None
    return norm


def _utc(deal: str, moment: object) -> datetime | None:
    """Return the instant that a moment of the deal means, when its text alone fixes it."""
    assert isinstance(moment, Instant | Named | Shifted | Call)
    return Calendar(_deal(deal).text.blocks).instant(moment)


def _start(deal: str, phase_id: str) -> datetime | None:
    phase = _deal(deal).agreement.phase(phase_id)
    assert phase is not None
    return _utc(deal, phase.starts)


def _written(deal: str, block_id: str, key: str) -> str:
    """Return a value as it stands in the deal."""
    block = _deal(deal).text.block(block_id)
    entry = block.entry(key) if block else None
    return entry.raw if entry else ""


def _column(deal: str, block_id: str, column: str) -> list[str]:
    block = _deal(deal).text.block(block_id)
    assert block is not None
    at = block.words("columns").index(column)
    values = [e.value for e in block.every("row")]
    return [shown(v.items[at]) for v in values if isinstance(v, Items)]


def _codes(reading: Reading) -> set[tuple[str, str]]:
    return {(n.code, n.on) for n in lint(reading)}


# --- all seven ----------------------------------------------------------------------------------


@pytest.mark.parametrize("deal", DEALS)
def test_a_past_deal_is_read_without_a_note(deal: str) -> None:
    """Each of the seven deals is free of reading errors."""
    assert _deal(deal).notes == ()


@pytest.mark.parametrize("deal", DEALS)
def test_a_past_deal_is_in_form(deal: str) -> None:
    """The formatter leaves each of the seven files byte for byte as it is."""
    assert _text(deal) == format_deal(_text(deal))


@pytest.mark.parametrize(("deal", "number"), NUMBERS.items())
def test_a_past_deal_names_itself_and_its_source(deal: str, number: str) -> None:
    """The id is the file's name, the header has the PA-X number, and so has a source."""
    text = _deal(deal).text
    header = next(e.raw for e in text.header if e.key == "ids")
    sources = " ".join(s for b in text.of_kind("instrument") for s in b.texts("source"))
    assert deal == text.head_word("deal")
    assert number in header
    assert number in sources


@pytest.mark.parametrize("deal", DEALS)
def test_every_norm_says_where_its_reading_comes_from(deal: str) -> None:
    """Norms, moments, bodies and numbers name the text, or the press, or memory."""
    kinds = "prohibition duty permission exception phase schedule quota weapons ring body power"
    more = "procedure consequence verification"
    blocks = _deal(deal).text.of_kind(*kinds.split(), *more.split())
    assert [b.id for b in blocks if not b.texts("source")] == []


@pytest.mark.parametrize("deal", DEALS)
def test_a_past_deal_has_fifteen_to_sixty_blocks(deal: str) -> None:
    """No deal is so thin that it says little, or so long that nobody reads it."""
    assert FEWEST <= len(_deal(deal).text.blocks) <= MOST


@pytest.mark.parametrize("deal", DEALS)
def test_no_paragraph_claims_to_be_read_whole(deal: str) -> None:
    """Every paragraph has a mark and a pointer, and none claims more than was held."""
    paragraphs = _deal(deal).text.paragraphs
    assert paragraphs
    assert {p.mark for p in paragraphs} <= {"P", "M", "X"}
    assert [p for p in paragraphs if not p.pointer] == []


@pytest.mark.parametrize("deal", DEALS)
def test_a_past_deal_quotes_a_few_words_at_most(deal: str) -> None:
    """No quotation in a paragraph is longer than 25 words; the prose is restated."""
    reading = _deal(deal)
    quoted = [q for p in reading.text.paragraphs for q in re.findall(r'"([^"]*)"', p.text)]
    assert reading.text.head_word("prose") == "restated"
    assert [q for q in quoted if len(q.split()) > LONGEST_QUOTATION] == []


@pytest.mark.parametrize("deal", DEALS)
def test_no_number_comes_from_nowhere(deal: str) -> None:
    """Every number of a block stands in its clause or is marked as the drafter's (L706)."""
    assert [n.on for n in lint(_deal(deal)) if n.code == "L706"] == []


@pytest.mark.parametrize("deal", DEALS)
def test_every_clause_is_encoded_or_says_why_not(deal: str) -> None:
    """No clause stands without a block (L414)."""
    assert [n.clause for n in lint(_deal(deal)) if n.code == "L414"] == []


@pytest.mark.parametrize("deal", DEALS)
def test_every_scenario_of_a_past_deal_holds(deal: str) -> None:
    """Each scenario is played on the whole road and gives what it expects."""
    played = check(_deal(deal))
    assert played
    assert [(p.id, p.why_not, p.expected) for p in played if not p.holds] == []


@pytest.mark.parametrize("line", RARE.strip().splitlines())
def test_what_the_catalogue_read_in_a_deal_is_used_by_it(line: str) -> None:
    """Clause types that the catalogue names a deal for are shown by blocks of that deal."""
    deal, _, codes = line.partition(": ")
    assert set() == set(codes.split()) - {use.code for use in clause_types(_deal(deal).text)}


@pytest.mark.parametrize("line", PAST_FAILURES.strip().splitlines())
def test_the_linter_finds_what_a_deal_is_known_for(line: str) -> None:
    """The rule that tells a deal's story gives its note on that deal."""
    deal, _, places = line.partition(": ")
    expected = {tuple(place.split()) for place in places.split(" | ")}
    assert set() == expected - _codes(_deal(deal))


# --- A1 and the protocol ------------------------------------------------------------------------


def test_the_memorandum_has_eleven_distances() -> None:
    """Eleven rows, in kilometres as the point lists them, and 15 km for the rest (A1)."""
    expected = [f"{km} km" for km in (9, 8, 16, 33, 21, 36, 70, 40, 70, 120, 120)]
    assert expected == _column(MEMORANDUM, "memo-4", "distance")
    assert _written(MEMORANDUM, "memo-4", "rest") == "15 km"


def test_the_safety_zone_is_at_least_30_km_wide() -> None:
    """The width is a lower bound, not a figure (A1)."""
    assert _written(MEMORANDUM, "safety-zone", "width") == ">= 30 km"


def test_only_the_100_mm_gun_lies_outside_the_scope() -> None:
    """The row of 100 mm is reported; the mortar of 8 km is an exception, not a conflict (A1)."""
    (note,) = [n for n in lint(_deal(MEMORANDUM)) if n.code == "L304"]
    assert "gun-mt12" in note.marker
    assert "mortar-120" not in note.marker


def test_heavy_weapons_are_back_24_hours_after_approval() -> None:
    """The memorandum counts from its approval, a moment that the text does not fix."""
    phase = _deal(MEMORANDUM).agreement.phase("truce")
    assert phase is not None
    assert isinstance(phase.starts, Call)
    assert phase.starts.name == "approved"
    assert str(_norm(MEMORANDUM, "pull-back").within) == "24 hours"


def test_the_protocol_binds_nobody_in_particular() -> None:
    """All twelve points are norms, and not one names who owes it, by when, or what follows."""
    norms = _deal(PROTOCOL).agreement.norms
    assert [f"{n}" for n in range(1, 13)] == [n.clause for n in norms]
    assert [n.id for n in norms if not is_open(n.bearers)] == []
    assert [n.id for n in norms if not (is_open(n.within) and is_open(n.deadline))] == []
    assert [n.id for n in norms if not is_open(n.consequences)] == []


def test_the_protocol_gets_a_note_for_each_missing_bearer_and_day() -> None:
    """L411 stands on all twelve norms, L412 on the ten duties that something has to be done."""
    agreement = _deal(PROTOCOL).agreement
    notes = _codes(_deal(PROTOCOL))
    assert {n.id for n in agreement.norms} == {on for code, on in notes if code == "L411"}
    achieve = {n.id for n in agreement.norms if n.shape == "achieve"}
    assert achieve == {on for code, on in notes if code == "L412"}


# --- A2 and A3: the package ---------------------------------------------------------------------


def test_the_package_has_zones_of_50_70_and_140_km() -> None:
    """Three widths by class of weapon (A2)."""
    assert _column(PACKAGE, "package-2", "width") == ["50 km", "70 km", "140 km", "140 km"]
    widths = [_written(PACKAGE, f"zone-{km}", "width") for km in (50, 70, 140)]
    assert widths == [">= 50 km", "70 km", "140 km"]


def test_the_two_sides_measure_from_different_lines() -> None:
    """One side counts from the actual line, which has no day, the other from 2014-09-19 (A2)."""
    assert _written(PACKAGE, "ring-ukraine", "from") == "actual-line"
    assert _written(PACKAGE, "ring-formations", "from") == "memo-line"
    assert _written(PACKAGE, "actual-line", "as of").startswith("undefined")
    assert _written(PACKAGE, "memo-line", "as of").startswith("2014-09-19")


def test_without_the_second_line_both_distances_are_reported() -> None:
    """With distances filled in, L303 stands on one ring; without the second line on both (A2)."""
    filled = _text(PACKAGE).replace('distance: undefined "equal distances"', "distance: 25 km")
    merged = filled.replace("from: memo-line", "from: actual-line")
    rings = [
        {on for code, on in _codes(read_deal_text(text, file="package")) if code == "L303"}
        for text in (filled, merged)
    ]
    assert rings == [{"ring-ukraine"}, {"ring-formations", "ring-ukraine"}]


def test_the_package_starts_at_midnight_of_kyiv() -> None:
    """00:00 at Kyiv on 15 February 2015 is 22:00 UTC of the 14th (A3)."""
    assert datetime(2015, 2, 14, 22, 0, tzinfo=UTC) == _start(PACKAGE, "truce")


def test_the_steps_of_the_package_form_a_chain() -> None:
    """Withdrawal begins by day 2, is done in 14 days; release 5 days after both sides' (A3)."""
    assert str(_norm(PACKAGE, "begin-withdrawal").within) == "2 days"
    assert str(_norm(PACKAGE, "withdrawal-ukraine").within) == "14 days"
    assert str(_norm(PACKAGE, "withdrawal-formations").within) == "14 days"
    release = _norm(PACKAGE, "release").deadline
    assert isinstance(release, Shifted)
    assert isinstance(release.base, Call)
    assert (release.base.name, release.sign, str(release.amount)) == ("last", 1, "5 days")
    done = [shown(item) for item in release.base.plain()]
    assert done == ["done(withdrawal-formations)", "done(withdrawal-ukraine)"]


def test_control_of_the_border_waits_for_point_11() -> None:
    """The gate of point 9 opens when the duties of point 11 are done (A3)."""
    agreement = _deal(PACKAGE).agreement
    (gate,) = agreement.gates
    assert isinstance(gate.opens_when, tuple)
    waits_for = {c.plain()[0].word for c in gate.opens_when if isinstance(c, Call)}
    assert {n.id for n in agreement.norms if n.clause == "11"} <= waits_for
    assert gate.leads_to == ("restore-border",)


# --- the measures of 2020 -----------------------------------------------------------------------


def test_the_measures_start_one_minute_after_midnight() -> None:
    """00:01 at Kyiv on 27 July 2020 is 21:01 UTC of the 26th."""
    assert datetime(2020, 7, 26, 21, 1, tzinfo=UTC) == _start(MEASURES, "truce")


def test_fire_is_answered_only_by_order_and_after_the_mechanism() -> None:
    """The exception needs an offensive action before, the mechanism tried, and an order."""
    (answer,) = _deal(MEASURES).agreement.exceptions
    assert isinstance(answer.when, tuple)
    names = [c.name for c in answer.when if not isinstance(c, Compare)]
    assert names == ["prior", "tried", "authorised"]


def test_what_the_measures_do_say_is_not_reported_as_missing() -> None:
    """They have a hotline before fire, a duty of discipline and a defined word: no such note."""
    assert {"L423", "L606"} & {code for code, _ in _codes(_deal(MEASURES))} == set()
    assert ("L402", "offensive") not in _codes(_deal(MEASURES))


# --- A4: South Sudan 2017 -----------------------------------------------------------------------


def test_the_cessation_starts_three_days_after_signature() -> None:
    """00:01 in Juba on 24 December 2017 is 21:01 UTC of the 23rd; it was signed on the 21st."""
    assert datetime(2017, 12, 23, 21, 1, tzinfo=UTC) == _start(COHA, "cessation")
    assert _written(COHA, "coha", "date") == "2017-12-21"


@pytest.mark.parametrize(
    ("norm_id", "span"),
    [("tell-commanders", "72 hours"), ("lists", "72 hours"), ("release", "14 days")],
)
def test_three_deadlines_run_from_signature(norm_id: str, span: str) -> None:
    """Commanders and lists have 72 hours, the release 14 days, from signature (A4)."""
    deadline = _norm(COHA, norm_id).deadline
    assert isinstance(deadline, Shifted)
    assert isinstance(deadline.base, Call)
    assert (deadline.base.name, str(deadline.amount)) == ("signed", span)


def test_forces_move_only_with_leave_of_the_monitors() -> None:
    """The freeze has one exception, and it needs the body's authorisation (A4)."""
    agreement = _deal(COHA).agreement
    assert _norm(COHA, "freeze").exceptions == ("authorised-movement",)
    (leave,) = agreement.exceptions
    assert isinstance(leave.when, tuple)
    assert "authorised(by: ctsamm)" in [
        shown(Item((c,))) for c in leave.when if isinstance(c, Call)
    ]


def test_one_body_determines_a_violation() -> None:
    """The monitors may determine, and nobody else may (A4)."""
    who = _deal(COHA).agreement.who
    assert ["ctsamm"] == [w.id for w in who if isinstance(w.may, tuple) and "determine" in w.may]


# --- A5: South Sudan 2018 -----------------------------------------------------------------------


def test_the_period_ends_with_eight_months_or_redeployment() -> None:
    """The pre-transitional period ends with the first of two moments (A5)."""
    phase = _deal(RARCSS).agreement.phase("pre-transitional")
    assert phase is not None
    assert isinstance(phase.ends, Call)
    assert phase.ends.name == "first"
    months, redeployed = phase.ends.plain()
    eight = time_of(months)
    assert isinstance(eight, Shifted)
    assert str(eight.amount) == "8 months"
    assert shown(redeployed) == "done(redeploy)"


def test_the_commission_has_a_quorum_in_two_parts() -> None:
    """29 of 42, of whom 15 of the one part and 14 of the other; consensus, then majority (A5)."""
    assert _written(RARCSS, "rjmec", "quorum") == "29 of 42"
    parts = [_written(RARCSS, p, "quorum") for p in ("rjmec-south-sudan", "rjmec-outside")]
    assert parts == ["15", "14"]
    assert _written(RARCSS, "rjmec", "decides by") == "consensus-then-majority"


def test_the_number_in_two_ways_is_reported() -> None:
    """L705 stands at the clause that writes forty-three and 42 (A5)."""
    notes = [n for n in lint(_deal(RARCSS)) if n.code == "L705"]
    assert [(n.clause, n.marker) for n in notes] == [("7.13", "in words 43, in digits 42")]


def test_the_ministers_have_14_days_to_meet() -> None:
    """One step of the procedure has a time limit (A5)."""
    procedure = _deal(RARCSS).text.block("serious-violation")
    assert procedure is not None
    timed = [e.raw for e in procedure.every("step") if "within 14 days" in e.raw]
    assert timed == ["act by igad-council within 14 days else undefined"]


def test_stages_run_to_30_120_150_and_180_days() -> None:
    """The schedule has the four offsets of the text."""
    schedule = _deal(RARCSS).text.block("review")
    assert schedule is not None
    rows = [e.value.items[0] for e in schedule.every("row") if isinstance(e.value, Items)]
    steps = [time_of(item) for item in rows]
    days = [str(s.amount) for s in steps if isinstance(s, Shifted)]
    assert days == ["30 days", "120 days", "150 days", "180 days"]


# --- A6: Karabakh -------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["Asia/Baku", "Asia/Yerevan"])
def test_midnight_of_moscow_is_one_oclock_for_both_parties(zone: str) -> None:
    """00:00 Moscow on 10 November 2020 is 21:00 UTC of the 9th and 01:00 for both (A6)."""
    start = _start(KARABAKH, "truce")
    assert start is not None
    assert datetime(2020, 11, 9, 21, 0, tzinfo=UTC) == start
    local = start.astimezone(ZoneInfo(zone))
    assert (10, 1, 0) == (local.day, local.hour, local.minute)


def test_the_mandate_renews_itself_every_five_years() -> None:
    """Five years, then five more, unless a Party speaks six months before the end (A6)."""
    keys = ("lasts", "renewal", "renewal lasts", "notice")
    written = [_written(KARABAKH, "mandate", key) for key in keys]
    assert written == ["5 years", "tacit", "5 years", "6 months"]


def test_the_last_day_for_notice_is_10_may_2025() -> None:
    """Six months before the end of the fifth year, in Moscow's calendar (A6)."""
    power = next(p for p in _deal(KARABAKH).agreement.powers if p.id == "stop-renewal")
    last = _utc(KARABAKH, power.at)
    assert last is not None
    assert "2025-05-10" == f"{last.astimezone(ZoneInfo('Europe/Moscow')):%Y-%m-%d}"


def test_three_districts_go_back_on_three_days() -> None:
    """Kalbajar by 15 November, Aghdam by the 20th, Lachin by 1 December 2020 (A6)."""
    text = _deal(KARABAKH).text
    rows = [
        (shown(e.value.items[0]), e.value.items[4].word)
        for block in ("return-aghdam", "hand-over")
        for e in (text.block(block) or pytest.fail(block)).every("row")
        if isinstance(e.value, Items)
    ]
    assert sorted(rows) == [
        ("2020-11-15", "kalbajar"),
        ("2020-11-20", "aghdam"),
        ("2020-12-01", "lachin"),
    ]


def test_the_statement_has_two_versions_and_neither_prevails() -> None:
    """The version with Gazakh is a variant, its block names it, and L702 reports the two (A6)."""
    assert _written(KARABAKH, "statement-gazakh", "variant of") == "statement"
    assert _written(KARABAKH, "return-gazakh", "made by") == "statement-gazakh"
    assert ("L702", "statement-gazakh") in _codes(_deal(KARABAKH))


def test_the_force_is_counted() -> None:
    """1960 soldiers, 90 carriers, 380 vehicles (A6)."""
    amounts = [_written(KARABAKH, q, "amount") for q in ("soldiers", "carriers", "vehicles")]
    assert amounts == ["1960", "90", "380"]
