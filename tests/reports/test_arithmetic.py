"""Sums within and across claimed counts: what must be noted, and what must not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tregua.reports.arithmetic import check_claims, check_parts
from tregua.reports.model import CountClaim, Naming, Origin
from tregua.terms.estimate import Estimate, at_least
from tregua.terms.notes import Note, Severity
from tregua.terms.time import Precision, When, start_of_day

ZONE = "Asia/Damascus"


def claim(
    number: int | Estimate,
    first: int = 12,
    last: int = 12,
    *,
    key: str = "c",
    reporter: str = "Centre",
    accused: str = "a",
    unit: str = "violations",
    cumulative: bool = False,
    parts: tuple[tuple[str, int], ...] = (),
) -> CountClaim:
    """A claim for days of September 2030, both included."""
    start = start_of_day(date(2030, 9, first), ZONE)
    end = start_of_day(date(2030, 9, last) + timedelta(days=1), ZONE)
    return CountClaim(
        Origin(key, "test", reporter, end),
        When(start, end, Precision.PERIOD, ZONE),
        Estimate(best=number) if isinstance(number, int) else number,
        unit,
        (accused,),
        parts=parts,
        cumulative=cumulative,
    )


def said(*claims: CountClaim) -> list[tuple[str, str]]:
    return [(note.code, note.said) for note in check_claims(claims)]


def office(name: str, of: str) -> Naming:
    return Naming(Origin(name, "test", "clerk", datetime(2030, 1, 1, tzinfo=UTC)), name, office=of)


# -- parts ----------------------------------------------------------------------------------------


def only(notes: tuple[Note, ...]) -> Note:
    (note,) = notes
    return note


def test_parts_that_do_not_add_up_are_noted_with_the_reading_that_fits() -> None:
    """219 + 32 = 251 against 242; with the 18 + 5 listed arrests it fits: both are said."""
    parts = (("combat", 219), ("arrests", 32), ("arrests / x", 18), ("arrests / y", 5))
    note = only(check_parts(claim(242, parts=parts)))
    assert "the parts 219 + 32 give 251, the total is 242" == note.said
    assert "arrests as listed in detail is 23, not 32: with it the sum fits" == note.why


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (556, (504, 54), "the parts 504 + 54 give 558, the total is 556"),
        (7, (3, 1, 1, 1), "the parts 3 + 1 + 1 + 1 give 6, the total is 7"),
    ],
)
def test_sums_of_past_missions_that_did_not_fit(
    total: int, parts: tuple[int, ...], expected: str
) -> None:
    """A sum that is two or one off is noted."""
    named = tuple((f"p{n}", number) for n, number in enumerate(parts))
    assert expected == only(check_parts(claim(total, parts=named))).said


@pytest.mark.parametrize("parts", [(27, 11, 7, 2, 6, 1, 1), (55,), ()])
def test_parts_that_add_up_are_not_noted(parts: tuple[int, ...]) -> None:
    """55 = 27 + 11 + 7 + 2 + 6 + 1 + 1 is right; a count without parts is not noted."""
    named = tuple((f"p{n}", number) for n, number in enumerate(parts))
    assert () == check_parts(claim(55, parts=named))


def test_part_that_was_counted_besides_is_named() -> None:
    """When the total fits without one part, the note says without which."""
    note = only(check_parts(claim(23, parts=(("bound", 23), ("excluded", 2)))))
    assert "without excluded (2) it fits" == note.why


def test_open_and_wide_totals_are_wrong_only_outside() -> None:
    """'At least 50' and '50 to 60' both hold 55; 'at least 60' does not."""
    parts = (("north", 55),)
    assert () == check_parts(claim(at_least(50), parts=parts))
    assert () == check_parts(claim(Estimate(low=50, high=60), parts=parts))
    assert 1 == len(check_parts(claim(at_least(60), parts=parts)))


# -- one period -----------------------------------------------------------------------------------


def test_one_claimant_with_two_numbers_is_noted() -> None:
    """42 in a bulletin and 37 of the same office for the same days are put side by side."""
    bulletin = claim(42, 13, 14, key="bulletin")
    staff = claim(37, 13, 14, key="staff", reporter="Staff")
    assert () == check_claims((bulletin, staff))
    notes = check_claims((bulletin, staff), (office("Staff", "mod"), office("Centre", "mod")))
    assert ["R106"] == [note.code for note in notes]
    assert "37 here and 42 in test:bulletin, for one period" == notes[0].said


@pytest.mark.parametrize(
    ("first", "second", "is_slip"),
    [
        (479, 49, True),
        (84, 48, True),
        (84, 81, True),
        (84, 91, False),
        (42, 37, False),
        (23, 2, False),
    ],
)
def test_numbers_one_slip_apart_are_suspected(first: int, second: int, *, is_slip: bool) -> None:
    """A digit too many, another digit, or two exchanged is called a suspicion, no more."""
    note = only(check_claims((claim(first, key="x"), claim(second, key="y"))))
    assert is_slip == note.why.startswith("digit suspicion")


def test_two_units_for_one_period_are_noted() -> None:
    """Six attacks or twenty explosions: two units, never added."""
    assert [
        ("R107", "20 explosions here and 6 attacks in test:x, for one period: never added")
    ] == said(claim(6, key="x", unit="attacks"), claim(20, key="y", unit="explosions"))


def test_different_accused_periods_and_claimants_are_not_compared() -> None:
    """Numbers on another accused, for another day, or of another claimant do not contradict."""
    assert [] == said(
        claim(9, key="1"),
        claim(7, key="2", accused="b"),
        claim(5, 13, 13, key="3"),
        claim(3, key="4", reporter="Monitors"),
    )


def test_one_number_told_twice_is_no_contradiction() -> None:
    """The same number in two carriers is not noted."""
    assert [] == said(claim(9, key="1"), claim(9, key="2"))


# -- running totals and series --------------------------------------------------------------------


def test_unexplained_rest_of_a_running_total_is_noted() -> None:
    """199 and 53 give 252; the new total of 302 leaves 50 unexplained."""
    notes = said(
        claim(199, 12, 17, key="old", cumulative=True),
        claim(53, 17, 18, key="day"),
        claim(302, 12, 18, key="new", cumulative=True),
    )
    assert [("R105", "199 and 53 give 252, the new total is 302: 50 are unexplained")] == notes


def test_running_total_that_fits_is_not_noted() -> None:
    """14 + 35 = 49 is right."""
    assert [] == said(
        claim(14, 27, 28, key="first"),
        claim(35, 28, 29, key="second"),
        claim(49, 27, 29, key="both", cumulative=True),
    )


def test_days_without_a_number_are_told_with_the_rest() -> None:
    """23 + 37 + 45 + 55 = 160 of 199 leaves a rest for the one missing day: only told."""
    days = [claim(n, d, d + 1, key=f"d{d}") for n, d in ((23, 12), (37, 13), (45, 14), (55, 16))]
    (note,) = check_claims((*days, claim(199, 12, 17, key="all", cumulative=True)))
    assert ("R116", Severity.INFO) == (note.code, note.severity)
    assert (
        "23 + 37 + 45 + 55 give 160 of 199: the rest is for 1 day(s) without a number" == note.said
    )


def test_complete_series_that_does_not_fit_is_noted() -> None:
    """With a number for every day, the total must be their sum."""
    days = [claim(n, d, d, key=f"d{d}") for n, d in ((5, 12), (6, 13), (7, 14))]
    total = claim(20, 12, 14, key="all", cumulative=True)
    assert ("R116", "5 + 6 + 7 give 18, the total over these days is 20") in said(*days, total)


def test_day_told_in_two_numbers_widens_the_sum() -> None:
    """When a day has 37 or 42, a total that fits one of them is not noted as a sum."""
    days = [claim(23, 12, 13, key="1"), claim(37, 13, 14, key="2"), claim(42, 13, 14, key="3")]
    notes = check_claims((*days, claim(60, 12, 14, key="all", cumulative=True)))
    assert ["R106"] == [note.code for note in notes if note.code != "R105"]


def test_order_of_claims_means_nothing() -> None:
    """The notes are the same whichever claim came first."""
    claims = (
        claim(199, 12, 17, key="old", cumulative=True),
        claim(53, 17, 18, key="day"),
        claim(302, 12, 18, key="new", cumulative=True),
    )
    assert check_claims(claims) == check_claims(claims[::-1])
