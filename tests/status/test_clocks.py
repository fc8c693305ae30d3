"""The two hands of a clock."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tregua.reports.model import Says
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from tests.status.conftest import Given

CALENDAR = """
clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    bad day: violation(attacks)
    resets on: violation(attacks)
    pauses on: none
    certified by: north, south
    target: 3 days
"""
FIXES_D = """
power fix-day "Fixing the day"
    holder: north, south
    does: set
    sets: D
"""


def test_watched_days_without_a_violation_count_for_both_hands(given: Given) -> None:
    """Whole watched days count; the day of the start counts as possible only."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-17T00:00")
    assert (4, 5) == given.hands("2030-09-17T00:00")


def test_the_day_that_is_still_running_counts_for_neither_hand(given: Given) -> None:
    """At noon of a day the hands stand where they stood at midnight."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-16T12:00")
    assert (3, 4) == given.hands("2030-09-16T00:00")
    assert (3, 4) == given.hands("2030-09-16T12:00")


def test_a_certain_violation_puts_both_hands_to_zero(given: Given) -> None:
    """After the violation both hands are zero, and the next days count again."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T10:00", "a")
    assert (0, 0) == given.hands("2030-09-15T11:00")
    assert (0, 0) == given.hands("2030-09-16T00:00")
    assert (2, 2) == given.hands("2030-09-18T00:00")


def test_a_possible_violation_resets_the_lower_hand_only(given: Given) -> None:
    """Who did it is not settled: certain days begin again, possible ones go on."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T10:00", "a", "b", sure=False)
    assert (2, 6) == given.hands("2030-09-18T00:00")


def test_a_day_says_why_it_is_open(given: Given) -> None:
    """The day of two unclear incidents says how many, by whom, and what is not settled."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    first = given.violation("2030-09-15T10:00", "a", "b", sure=False)
    second = given.violation("2030-09-15T12:00", "a", "b", sure=False)
    day = next(d for d in given.clock("2030-09-18T00:00").days if d.day == date(2030, 9, 15))
    assert "open" == day.counts
    assert (first, second) == day.incidents
    assert ("attacks: 2 possible violations, by a or b (open: who)",) == day.why
    assert 4 == len(day.assessments)
    assert (0, 3) == (day.low, day.high - 1)


def test_a_day_nobody_watched_resets_the_lower_hand(given: Given) -> None:
    """Silence without coverage is never a day of calm."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-14T00:00")
    given.watched("2030-09-15T00:00", "2030-09-17T00:00")
    clock = given.clock("2030-09-17T00:00")
    assert (2, 5) == (clock.low, clock.high)
    assert ["open", "good", "open", "good", "good"][1:] == [d.counts for d in clock.days][1:]
    assert ("nobody watched for attacks (clause 1)",) == clock.days[2].why


def test_time_before_the_phase_is_never_certainly_good(given: Given) -> None:
    """A clock that starts before its phase counts days in which nothing was forbidden as possible.

    Nobody watched them, and a shot in them would not have been judged.
    """
    given.header = given.header.replace("starts: 2030-09-12T19:00", "starts: 2030-09-16T00:00")
    given.blocks = CALENDAR.replace("start(truce)", "2030-09-12T00:00 Asia/Damascus")
    clock = given.clock("2030-09-16T00:00")
    assert (0, 4) == (clock.low, clock.high)
    assert ("no norm that the clock asks about was in force all the time",) == clock.days[0].why
    assert "open" == clock.days[0].counts
    given.watched("2030-09-16T00:00", "2030-09-18T00:00")
    assert (2, 6) == given.hands("2030-09-18T00:00")


def test_a_clock_of_a_phase_that_never_begins_is_not_certain(given: Given) -> None:
    """While nobody fixes the day on which the phase begins, no hour is certainly calm."""
    given.header = given.header.replace("starts: 2030-09-12T19:00 Asia/Damascus", "starts: D")
    given.blocks = CALENDAR.replace("start(truce)", "2030-09-12T19:00 Asia/Damascus")
    given.blocks = given.blocks.replace("consecutive-days", "consecutive-hours")
    given.blocks = given.blocks.replace("target: 3 days", "target: 36 hours")
    given.blocks += FIXES_D
    assert (0, 88) == given.hands("2030-09-16T11:00")


def test_a_half_watched_day_is_not_certain(given: Given) -> None:
    """Half a day of watch says nothing about the other half, and says how much was watched."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-13T12:00")
    day = given.clock("2030-09-14T00:00").days[1]
    assert "open" == day.counts
    assert ("attacks (clause 1) was watched for 50% only, of the 100% that is needed",) == day.why


def test_a_watch_elsewhere_does_not_make_a_day_certain(given: Given) -> None:
    """A norm that holds everywhere is not watched by watching one village."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-17T00:00", place="One village")
    assert (0, 5) == given.hands("2030-09-17T00:00")


def test_days_of_24_hours_run_from_the_start(given: Given) -> None:
    """With "24-hours" the first day ends a day after the start, not at midnight."""
    given.blocks, given.day = CALENDAR, "24-hours"
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    assert (0, 0) == given.hands("2030-09-13T18:59")
    assert (1, 1) == given.hands("2030-09-13T19:00")
    assert (4, 4) == given.hands("2030-09-17T00:00")


def test_an_undefined_day_covers_both_readings(given: Given) -> None:
    """The lower hand is the lowest and the upper the highest of calendar and 24-hour days."""
    given.blocks = CALENDAR.replace("day: calendar", 'day: undefined "consecutive days"')
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    clock = given.clock("2030-09-14T19:00")
    assert (1, 2) == (clock.low, clock.high)
    assert any("consecutive days" in p for p in clock.open_points)


def test_an_undefined_start_makes_nothing_certain(given: Given) -> None:
    """Any moment since the phase began may be the start, so the lower hand stays at zero."""
    given.blocks = CALENDAR.replace("starts: start(truce)", "starts: undefined")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    clock = given.clock("2030-09-17T00:00")
    assert (0, 5) == (clock.low, clock.high)
    assert clock.open_points[0].startswith("start: the deal leaves it open")


def test_a_clock_whose_start_is_not_known_has_not_begun(given: Given) -> None:
    """A clock that starts with a gate which did not open shows zero and no days."""
    given.blocks = CALENDAR.replace("start(truce)", "end(truce)")
    clock = given.clock("2030-09-17T00:00")
    assert (0, 0, ()) == (clock.low, clock.high, clock.days)


def test_an_undefined_reset_rule_covers_reset_and_standing_still(given: Given) -> None:
    """A bad day resets the lower hand; the upper one merely does not count it."""
    given.blocks = CALENDAR.replace("resets on: violation(attacks)", "resets on: undefined")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T10:00", "a")
    clock = given.clock("2030-09-18T00:00")
    assert (2, 5) == (clock.low, clock.high)
    assert any(p.startswith("reset: the deal leaves it open") for p in clock.open_points)


def test_a_bad_day_that_does_not_reset_is_left_out(given: Given) -> None:
    """With "resets on: none" a bad day stands still and the count goes on after it."""
    given.blocks = CALENDAR.replace("resets on: violation(attacks)", "resets on: none")
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T10:00", "a")
    assert (4, 5) == given.hands("2030-09-18T00:00")


def test_with_bad_day_and_reset_both_undefined_nothing_is_certain_about_a_violation(
    given: Given,
) -> None:
    """A certain violation may reset or mean nothing to the clock: low falls, high goes on."""
    given.blocks = CALENDAR.replace("bad day: violation(attacks)", "bad day: undefined").replace(
        "resets on: violation(attacks)", "resets on: undefined"
    )
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T10:00", "a")
    assert (2, 6) == given.hands("2030-09-18T00:00")


def test_the_third_violation_in_seven_days_resets(given: Given) -> None:
    """A reset that needs three violations comes with the third of them, not before."""
    given.blocks = CALENDAR.replace("bad day: violation(attacks)", "bad day: none").replace(
        "resets on: violation(attacks)", "resets on: violation(attacks, count: 3, in: 7 days)"
    )
    given.watched("2030-09-12T19:00", "2030-09-30T00:00")
    given.violation("2030-09-13T10:00", "a")
    given.violation("2030-09-14T10:00", "b")
    assert (2, 3) == given.hands("2030-09-15T00:00")
    given.violation("2030-09-16T10:00", "a")
    assert (0, 0) == given.hands("2030-09-17T00:00")
    assert (2, 2) == given.hands("2030-09-19T00:00")


def test_a_violation_known_only_to_two_days_leaves_the_first_start_possible(given: Given) -> None:
    """It was on the 15th or the 16th: after that at most the days since the 15th are possible."""
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-15T00:00", "a", end="2030-09-17T00:00")
    assert (0, 1) == given.hands("2030-09-17T00:00")
    assert [(0, 4), (0, 1)] == [(d.low, d.high) for d in given.clock("2030-09-17T00:00").days[3:5]]
    assert (1, 2) == given.hands("2030-09-18T00:00")


def test_the_clock_stops_when_its_phase_has_ended(given: Given) -> None:
    """Days after the end of the truce do not count, and the clock says when it stopped."""
    given.header = given.header.replace("lasts: 30 days", "lasts: 2 days")
    given.blocks = CALENDAR
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    clock = given.clock("2030-09-18T00:00")
    assert (1, 2) == (clock.low, clock.high)
    assert "the clock stopped at 2030-09-14 19:00 +03:00, when its phase ended" in clock.open_points
    assert date(2030, 9, 14) == clock.days[-1].day


def test_the_certifier_stands_beside_the_hands(given: Given) -> None:
    """What the certifier declared is a third figure and moves neither hand."""
    given.blocks = CALENDAR
    given.said(
        Says.CERTIFIES, ("Northern guarantor",), "calm", "2030-09-15T09:00", quantity=2, unit="days"
    )
    clock = given.clock("2030-09-17T00:00")
    assert (2, ("north", "south")) == (clock.certified, clock.certifier)
    assert (0, 5) == (clock.low, clock.high)


def test_without_a_certifier_a_figure_binds_nobody(given: Given) -> None:
    """Where the deal names no certifier, a stated figure is shown as open, not as certified."""
    given.blocks = CALENDAR.replace("north, south", "undefined")
    given.said(Says.CERTIFIES, ("north",), "calm", "2030-09-15T09:00", quantity=7, unit="days")
    clock = given.clock("2030-09-17T00:00")
    assert (None, ()) == (clock.certified, clock.certifier)
    assert (
        "certified by: the deal leaves it open; north said 7 days, which binds nobody"
        in clock.open_points
    )


def test_reached_has_three_values(given: Given) -> None:
    """Three of three days: certain, out of reach, or possible."""
    given.blocks = CALENDAR
    assert False is given.clock("2030-09-14T00:00").reached
    assert None is given.clock("2030-09-16T00:00").reached
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    assert True is given.clock("2030-09-16T00:00").reached


def test_hours_are_counted_from_the_start(given: Given) -> None:
    """A clock of hours counts elapsed hours, and begins again after a violation."""
    given.blocks = CALENDAR.replace("consecutive-days", "consecutive-hours").replace(
        "target: 3 days", "target: 48 hours"
    )
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.violation("2030-09-13T05:30", "a")
    assert (10, 10) == given.hands("2030-09-13T05:00")
    assert (0, 0) == given.hands("2030-09-13T06:00")
    assert (6, 6) == given.hands("2030-09-13T12:00")


def test_a_suspended_phase_lets_the_clock_stand(given: Given) -> None:
    """While those who may suspend the truce have suspended it, neither hand moves."""
    given.header = given.header.replace("lasts: 30 days", "lasts: 30 days\n    suspended by: halt")
    given.blocks = (
        CALENDAR + '\npower halt "Halt"\n    holder: north, south\n    mode: joint\n'
        "    does: suspend\n    over: truce\n"
    )
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    given.said(Says.SUSPENDS, ("north", "south"), "halt", "2030-09-15T00:00")
    assert (2, 3) == given.hands("2030-09-15T00:00")
    assert (2, 3) == given.hands("2030-09-18T00:00")


def test_a_finding_that_it_was_kept_takes_the_violation_away(given: Given) -> None:
    """Where the body that may determine found otherwise, the clock follows the finding."""
    given.blocks = (
        CALENDAR
        + '\nbody board "Board"\n    is: joint-commission\n    members: a, b\n    may: determine\n'
    )
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    incident = given.violation("2030-09-15T10:00", "a")
    assert (2, 2) == given.hands("2030-09-18T00:00")
    given.said(Says.FINDS, ("board",), incident, "2030-09-17T09:00", claim="kept")
    assert (5, 6) == given.hands("2030-09-18T00:00")


BANK = """
duty accept "The truce is accepted"
    on: b
    must: accept
    during: truce
    deadline: 2030-09-14T12:00 Asia/Damascus
"""


def test_with_bad_day_left_open_another_norm_may_spoil_a_day(given: Given) -> None:
    """A duty not done on the 14th may make that day bad: it is left out, and does not reset."""
    given.blocks = CALENDAR.replace("bad day: violation(attacks)", "bad day: undefined") + BANK
    given.watched("2030-09-12T19:00", "2030-09-20T00:00")
    when = read_time("2030-09-14T12:00", "Asia/Damascus")
    given.assessed("accept", "b", "deadline", sure=True, when=when)
    clock = given.clock("2030-09-17T00:00")
    assert (3, 5) == (clock.low, clock.high)
    day = clock.days[2]
    assert ("open", ("accept assessed as not done in time by b",)) == (day.counts, day.why)
