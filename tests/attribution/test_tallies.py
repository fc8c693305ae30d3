"""Two tallies side by side: bounds that hold, reasons in words, and lists that add up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.model import Agreement
from tregua.attribution.tallies import Cell, Tallies, two_tallies
from tregua.attribution.transport import greatest_pairing
from tregua.attribution.weigh import attribute
from tregua.errors import WrongUse
from tregua.incidents.match import match
from tregua.reports.model import CountClaim, Naming, Observation, Origin, Record
from tregua.terms.estimate import at_least, exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, read_time, start_of_day

ZONE = "Asia/Damascus"
START = read_time("2016-09-12T19:00", ZONE).start
END = start_of_day(date(2016, 9, 20), ZONE)
KNOWN = datetime(2016, 9, 23, tzinfo=UTC)


TIMES_DIFFER = (
    "the times differ: 2016-09-12 00:00 +03:00 to 2016-09-19 00:00 +03:00 against "
    "2016-09-12 00:00 +03:00 to 2016-09-20 00:00 +03:00"
)


def origin(key: str, reporter: str) -> Origin:
    return Origin(key, "case", reporter, KNOWN)


def days(first: int, last: int) -> When:
    start = start_of_day(date(2016, 9, first), ZONE)
    end = start_of_day(date(2016, 9, last + 1), ZONE)
    return When(start, end, Precision.PERIOD, ZONE)


def claim(
    key: str, reporter: str, number: int, accused: str, when: When, *, known: datetime = KNOWN
) -> CountClaim:
    who = (accused,) if accused else ()
    origin = Origin(key, "case", reporter, known)
    return CountClaim(origin, when, exactly(number), "violations", accused=who)


def naming(name: str, **more: tuple[str, ...] | str) -> Naming:
    return Naming(origin(f"n-{name}", "desk"), name, **more)  # type: ignore[arg-type]


# a stands for the government, g for its guarantor, b for the opposition of the case.
NAMINGS = (
    naming("general staff", speaks_for=("g",), office="ministry"),
    naming("reconciliation centre", speaks_for=("g",), office="ministry"),
    naming("network"),
    naming("armed groups", stands_for=("b",)),
    naming("armed opposition", stands_for=("b",)),
)
CASE = (
    *NAMINGS,
    claim("1", "reconciliation centre", 199, "armed groups", days(12, 17)),
    replace(claim("2", "general staff", 302, "armed groups", days(12, 18)), cumulative=True),
    claim("3", "reconciliation centre", 42, "armed groups", days(13, 14)),
    claim("4", "general staff", 37, "armed groups", days(13, 14)),
    claim("5", "network", 203, "a", days(12, 19)),
    claim("6", "network", 10, "g", days(12, 19)),
    claim("7", "network", 6, "armed opposition", days(12, 19)),
    claim("8", "network", 28, "a", days(12, 14)),
)


def laid_out(deal: Agreement, *records: Record, a: str = "g", b: str = "network") -> Tallies:
    attributed = attribute(match(records), records, deal)
    return two_tallies(records, attributed, deal, camp_a=(a,), camp_b=(b,), start=START, end=END)


def test_the_week_of_302_and_219_gives_bounds_and_no_point(deal: Agreement) -> None:
    """302 against 203, 10 and 6: at most 6 in both, at least 83 of the 302 stand alone."""
    bounds = laid_out(deal, *CASE).bounds
    assert bounds is not None
    assert (bounds.claimant_a, bounds.claimant_b) == ("ministry", "network")
    assert (bounds.total_a, bounds.total_b) == (exactly(302), exactly(219))
    assert str(bounds.both) == "0-6"
    assert str(bounds.contradict) == "0-213"
    assert str(bounds.only_a) == "83-302"
    assert str(bounds.only_b) == "0-219"
    assert bounds.condition == "if each of them counted one incident"
    assert bounds.records == ("case:2", "case:5", "case:6", "case:7")
    rows = {r.accused: (str(r.both), str(r.only_a), str(r.only_b)) for r in bounds.rows}
    assert rows == {
        ("a",): ("0", "0", "0-203"),
        ("b",): ("0-6", "83-302", "0-6"),
        ("g",): ("0", "0", "0-10"),
    }


def test_counts_without_a_defined_unit_are_never_added(deal: Agreement) -> None:
    """The page says first that the counts are not comparable, and every reason."""
    tallies = laid_out(deal, *CASE)
    assert not tallies.comparable
    assert tallies.warning.startswith("These numbers cannot be added, subtracted or drawn")
    for words in (
        "ministry counts 'violations' and does not say what one of them is",
        "network does not state the hour at which its count begins and ends",
        TIMES_DIFFER,
        "ministry counts on from a start named elsewhere",
        "ministry gives no number for acts of a, g",
    ):
        assert words in tallies.why_not


def test_counts_that_state_everything_alike_are_comparable_and_still_not_added(
    deal: Agreement,
) -> None:
    """With one defined unit, one time with hours and the same accused, only the sum is refused."""
    week = When(START, END, Precision.PERIOD, ZONE)
    mine = replace(claim("1", "general staff", 5, "b", week), unit_is_defined=True)
    other = replace(claim("2", "network", 3, "b", week), unit_is_defined=True)
    tallies = laid_out(deal, *NAMINGS, mine, other)
    assert tallies.comparable
    assert "both may count the same incidents" in tallies.warning


def test_every_number_of_a_claimant_stays_listed(deal: Agreement) -> None:
    """The widest claim is the tally; 42 and 37 for one day stand and point at each other."""
    rows = {r.record: r for r in laid_out(deal, *CASE).claims_a}
    assert sorted(rows) == ["case:1", "case:2", "case:3", "case:4"]
    assert [r for r in rows if rows[r].is_tally] == ["case:2"]
    assert rows["case:3"].others == ("case:4",)
    assert rows["case:4"].others == ("case:3",)


def test_of_equally_wide_claims_the_latest_is_the_tally(deal: Agreement) -> None:
    """A corrected number replaces the older one as tally; both stay listed."""
    old = claim("1", "network", 203, "a", days(12, 19), known=KNOWN - timedelta(days=1))
    new = claim("2", "network", 190, "a", days(12, 19))
    rows = laid_out(deal, *NAMINGS, old, new).claims_b
    assert [(r.record, r.is_tally) for r in rows] == [("case:1", False), ("case:2", True)]


def test_a_claim_that_reaches_beyond_the_window_is_no_tally_of_it(deal: Agreement) -> None:
    """A count to the 21st is listed beside a window to the 19th and decides nothing there."""
    (row,) = laid_out(deal, *NAMINGS, claim("1", "network", 9, "a", days(12, 21))).claims_b
    assert (row.in_window, row.is_tally) == (False, False)


def test_parts_are_added_up_and_laid_beside_the_stated_number(deal: Agreement) -> None:
    """219 and 32 make 251 against 242, and nothing is corrected; 27 to 1 make 55."""
    wrong = replace(
        claim("1", "network", 242, "", days(12, 19)), parts=(("combat", 219), ("arrests", 32))
    )
    right = replace(
        claim("2", "general staff", 55, "b", days(16, 17)),
        parts=(("n", 27), ("c", 11), ("w", 7), ("k", 6), ("h", 2), ("q", 1), ("s", 1)),
    )
    tallies = laid_out(deal, *NAMINGS, wrong, right)
    (row,) = tallies.claims_b
    assert row.parts_say == "219 + 32 = 251, stated 242: does not add up"
    assert row.parts_agree is False
    assert row.number == exactly(242)
    assert tallies.claims_a[0].parts_agree is True
    assert any("251" in reason for reason in tallies.why_not)


def test_a_name_that_does_not_tell_sides_apart_is_said_to_be_unclear(deal: Agreement) -> None:
    """An accused that may be a party or an excluded group is no clean count of either."""
    wider = naming("rebels", stands_for=("b", "x"))
    mine = claim("1", "general staff", 30, "rebels", days(12, 18))
    tallies = laid_out(deal, *NAMINGS, wider, mine, claim("2", "network", 6, "b", days(12, 18)))
    assert "'rebels' may stand for b or x" in tallies.why_not
    assert tallies.bounds is not None
    assert str(tallies.bounds.both) == "0-6"
    assert str(tallies.bounds.contradict) == "0"


def test_at_least_leaves_bounds_open(deal: Agreement) -> None:
    """ "At least 30" has no upper end, and neither has what only that side tells."""
    mine = replace(claim("1", "general staff", 30, "b", days(12, 18)), number=at_least(30))
    bounds = laid_out(deal, *NAMINGS, mine, claim("2", "network", 6, "b", days(12, 18))).bounds
    assert bounds is not None
    assert str(bounds.only_a) == "at least 24"
    assert str(bounds.only_b) == "0-6"
    assert str(bounds.both) == "0-6"


def test_numbers_of_another_unit_stay_out_of_the_sum(deal: Agreement) -> None:
    """Arrests are listed beside attacks and never added to them."""
    arrests = replace(claim("9", "network", 18, "jailers", days(12, 19)), unit="arrests")
    tallies = laid_out(deal, *CASE, arrests)
    assert tallies.bounds is not None
    assert tallies.bounds.total_b == exactly(219)
    assert "case:9" in [r.record for r in tallies.claims_b if r.is_tally]


def test_every_pair_of_claimants_is_laid_out_and_none_is_summed(deal: Agreement) -> None:
    """The ministry, which published most counts, stands first; the army's 300 stands beside it."""
    army = naming("army", speaks_for=("a",))
    longer = claim("9", "army", 300, "armed groups", days(12, 19))
    records = (*CASE, army, longer)
    tallies = two_tallies(
        records, (), deal, camp_a=("a", "g"), camp_b=("network",), start=START, end=END
    )
    laid = [b for b in (tallies.bounds, *tallies.other_bounds) if b is not None]
    assert [(b.claimant_a, str(b.only_a)) for b in laid] == [
        ("ministry", "83-302"),
        ("army", "81-300"),
    ]


def test_a_camp_without_a_count_gives_no_table(deal: Agreement) -> None:
    """Silence is not zero: without a count of one side there are no bounds."""
    tallies = laid_out(deal, *NAMINGS, claim("1", "network", 6, "b", days(12, 18)))
    assert tallies.bounds is None
    assert tallies.why_not == ("one of the two camps published no count that lies in the window",)


def test_camps_that_name_the_same_are_refused(deal: Agreement) -> None:
    """One name cannot stand on both sides of a comparison."""
    with pytest.raises(WrongUse, match="g stands in both camps"):
        laid_out(deal, *NAMINGS, a="g", b="g")


# --- single incidents ---------------------------------------------------------------------------


def told(key: str, reporter: str, matter: str, *by: str) -> Observation:
    when = read_time("2016-09-14", ZONE)
    place = Place("north gate")
    return Observation(origin(key, reporter), when, "attack", place, by=by, matter=matter)


INCIDENTS = (
    told("1", "general staff", "one", "b"),
    told("2", "network", "two", "a"),
    told("3", "general staff", "three", "b"),
    told("4", "network", "three", "b", "x"),
    told("5", "reconciliation centre", "four", "b"),
    told("6", "network", "four", "a"),
    told("7", "general staff", "five"),
    told("8", "network", "five", "a"),
    told("9", "press", "six", "a"),
)


def test_incidents_are_sorted_by_who_tells_of_them(deal: Agreement) -> None:
    """Each cell opens its list, with the records behind every incident."""
    tallies = laid_out(deal, *NAMINGS, *INCIDENTS)
    assert {c.cell: c.records for c in tallies.cells} == {
        Cell.ONLY_A: ("case:1",),
        Cell.ONLY_B: ("case:2",),
        Cell.BOTH: ("case:3", "case:4"),
        Cell.CONTRADICT: ("case:5", "case:6"),
        Cell.NOT_COMPARABLE: ("case:7", "case:8"),
        Cell.OTHERS: ("case:9",),
    }
    assert [c.number for c in tallies.cells] == [1, 1, 1, 1, 1, 1]


REPORTS = st.lists(
    st.builds(
        told,
        st.just("0"),
        st.sampled_from(("general staff", "network", "press", "reconciliation centre")),
        st.sampled_from(("one", "two", "three", "four")),
        st.sampled_from(("a", "b", "g", "x", "nobody known")),
    ),
    max_size=12,
)


@given(REPORTS)
def test_the_cells_add_up_to_the_incidents_of_the_window(
    deal: Agreement, reports: list[Observation]
) -> None:
    """Every incident of the window stands in exactly one cell."""
    records = [replace(r, origin=replace(r.origin, key=str(n))) for n, r in enumerate(reports)]
    tallies = laid_out(deal, *NAMINGS, *records)
    assert tallies.incidents == sum(c.number for c in tallies.cells)
    listed = sorted(i.incident for c in tallies.cells for i in c.items)
    assert listed == sorted({i.id for i in match(tuple(records))})


@given(REPORTS)
def test_swapping_the_camps_swaps_the_cells(deal: Agreement, reports: list[Observation]) -> None:
    """With A and B swapped, only A and only B change places, and nothing else moves."""
    records = [replace(r, origin=replace(r.origin, key=str(n))) for n, r in enumerate(reports)]
    here = laid_out(deal, *CASE, *records)
    there = laid_out(deal, *CASE, *records, a="network", b="g")
    assert here.cell(Cell.ONLY_A).items == there.cell(Cell.ONLY_B).items
    for cell in (Cell.BOTH, Cell.CONTRADICT, Cell.NOT_COMPARABLE, Cell.OTHERS):
        assert here.cell(cell).items == there.cell(cell).items
    assert here.bounds is not None
    assert there.bounds is not None
    assert (here.bounds.only_a, here.bounds.both) == (there.bounds.only_b, there.bounds.both)


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=3),
    st.lists(st.integers(0, 4), min_size=1, max_size=3),
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 2))),
)
def test_the_greatest_pairing_is_the_least_cut(
    left: list[int], right: list[int], allowed: set[tuple[int, int]]
) -> None:
    """The flow equals the least cut over all subsets (Ford and Fulkerson's theorem)."""
    cuts = []
    for chosen in range(2 ** len(left)):
        inside = [i for i in range(len(left)) if chosen >> i & 1]
        met = {j for i in inside for j in range(len(right)) if (i, j) in allowed}
        outside = sum(a for i, a in enumerate(left) if i not in inside)
        cuts.append(outside + sum(right[j] for j in met))
    assert greatest_pairing(left, right, lambda i, j: (i, j) in allowed) == min(cuts)
