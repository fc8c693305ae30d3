"""When moments fell and phases ran, and whose word counts for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Amount, Named, Shifted
from tregua.assessment.moments import PhaseSpan, resolve
from tregua.assessment.steps import moved
from tregua.reports.model import Says
from tregua.terms.time import read_time, show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tests.assessment.conftest import Scene

from decimal import Decimal

ATTACKS = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack
    during: truce
    where: everywhere
"""


def local(when: datetime | None) -> str:
    return "" if when is None else show_time(when, "Asia/Damascus")[:16]


def truce(scene: Scene, when: str) -> PhaseSpan:
    span = scene.moments(when).phase("truce")
    assert span is not None
    return span


def ends(scene: Scene, when: str) -> tuple[str, str, str]:
    span = truce(scene, when)
    return span.state, local(span.certain_end), local(span.end)


def test_day_set_by_both(scene: Scene) -> None:
    """A moment that both holders fixed together is known and certain."""
    moments = scene.moments("2030-09-13")
    day = moments.at("D")
    assert ("2030-09-12 19:00", ()) == (local(day.start if day else None), moments.uncertain)
    assert ("in-force", "2030-09-14 19:00", "2030-09-14 19:00") == ends(scene, "2030-09-13")


def test_both_may_speak_apart(new_scene: type[Scene]) -> None:
    """Two holders who fix the same instant in two statements act together; titles count."""
    scene = new_scene()
    for who in ("Northern power", "south"):
        scene.said(Says.SETS, (who,), "fix-day", "2030-09-09", until="2030-09-12T19:00")
    assert "in-force" == truce(scene, "2030-09-13").state


def test_day_set_by_one(new_scene: type[Scene]) -> None:
    """With only one of two joint holders the phase may run, and is unknown."""
    scene = new_scene()
    scene.said(Says.SETS, ("north",), "fix-day", "2030-09-09", until="2030-09-12T19:00")
    span = truce(scene, "2030-09-13")
    assert ("unknown", False) == (span.state, span.begun_certainly)
    assert ("D",) == scene.moments("2030-09-13").uncertain


def test_one_holder_with_two_accounts(new_scene: type[Scene]) -> None:
    """Two accounts of one holder do not replace the other holder."""
    scene = new_scene()
    for hour in ("18", "19"):
        scene.said(Says.SETS, ("north",), "fix-day", "2030-09-09", until=f"2030-09-12T{hour}:00")
    assert not truce(scene, "2030-09-13").begun_certainly


def test_two_complete_accounts(new_scene: type[Scene]) -> None:
    """Two accounts of both holders begin possibly at the first and certainly at the second."""
    scene = new_scene()
    both = ("north", "south")
    for hour in ("18", "19"):
        scene.said(Says.SETS, both, "fix-day", "2030-09-09", until=f"2030-09-12T{hour}:00")
    span = truce(scene, "2030-09-13")
    assert ("2030-09-12 18:00", "2030-09-12 19:00") == (
        local(span.start),
        local(span.certain_start),
    )
    assert ("2030-09-14 18:00", "2030-09-14 19:00") == ends(scene, "2030-09-13")[1:]


def test_suspended_and_resumed(new_scene: type[Scene]) -> None:
    """While a holder of that power suspends it, the truce is suspended and no act violates it."""
    blocks = f"""
power hold-off "Suspending the truce"
    holder: north, south
    mode: either
    does: suspend
    over: truce
{ATTACKS}"""
    scene = new_scene(blocks).begin()
    scene.said(Says.SUSPENDS, ("north",), "hold-off", "2030-09-13T08:00")
    scene.said(Says.RESUMES, ("north",), "hold-off", "2030-09-13T12:00")
    scene.happened("2030-09-13T10:00", "attack", "a", "b")
    assert "suspended" == truce(scene, "2030-09-13T10:00").state
    assert "in-force" == truce(scene, "2030-09-13T13:00").state
    assert ["whole", "whole"] == [a.instance for a in scene.assessed("2030-09-14T19:00")]


def test_day_set_by_nobody_who_may(new_scene: type[Scene]) -> None:
    """A side that holds no power over the day fixes nothing."""
    scene = new_scene()
    scene.said(Says.SETS, ("a", "b"), "fix-day", "2030-09-09", until="2030-09-12T19:00")
    assert "not-begun" == truce(scene, "2030-09-13").state
    assert () == scene.assessed("2030-09-13")


def test_not_begun_until_its_hour(scene: Scene) -> None:
    """A minute before its hour the truce has not begun."""
    assert "not-begun" == truce(scene, "2030-09-12T18:59").state
    assert "in-force" == truce(scene, "2030-09-12T19:00").state


def test_runs_out(scene: Scene) -> None:
    """Without an extension it expires after 48 hours, to the minute."""
    assert "in-force" == truce(scene, "2030-09-14T18:59").state
    assert "expired" == truce(scene, "2030-09-14T19:00").state


def test_extended_by_both(scene: Scene) -> None:
    """A length that both declare is added to the end."""
    scene.said(
        Says.EXTENDS, ("north", "south"), "prolong", "2030-09-14T15:00", quantity=48, unit="hours"
    )
    assert ("extended", "2030-09-16 19:00", "2030-09-16 19:00") == ends(scene, "2030-09-15")


def test_one_extension_told_twice(scene: Scene) -> None:
    """Two records of one extension extend it once."""
    for hour in ("15", "16"):
        scene.said(
            Says.EXTENDS, ("north", "south"), "prolong", f"2030-09-14T{hour}:00",
            quantity=48, unit="hours",
        )  # fmt: skip
    assert "2030-09-16 19:00" == ends(scene, "2030-09-15")[2]


def test_extended_by_one(scene: Scene) -> None:
    """One of two holders moves the possible end only; then the state is unknown."""
    scene.said(Says.EXTENDS, ("north",), "truce", "2030-09-14T15:00", quantity=48, unit="hours")
    assert ("unknown", "2030-09-14 19:00", "2030-09-16 19:00") == ends(scene, "2030-09-15")


def test_extensions_that_differ(scene: Scene) -> None:
    """Of two accounts of an extension the earlier end is certain, the later one possible."""
    both = ("north", "south")
    scene.said(Says.EXTENDS, both, "prolong", "2030-09-14T15:00", quantity=72, unit="hours")
    scene.said(Says.EXTENDS, both, "prolong", "2030-09-14T16:00", until="2030-09-16")
    assert ("2030-09-16 00:00", "2030-09-17 19:00") == ends(scene, "2030-09-15")[1:]


def test_extended_twice(scene: Scene) -> None:
    """An extension declared after the first end is about the second one."""
    both = ("north", "south")
    scene.said(Says.EXTENDS, both, "prolong", "2030-09-14T15:00", quantity=48, unit="hours")
    scene.said(Says.EXTENDS, both, "prolong", "2030-09-16T15:00", quantity=72, unit="hours")
    assert ("extended", "2030-09-19 19:00") == ends(scene, "2030-09-17")[:2]


def test_said_later_does_not_count_yet(scene: Scene) -> None:
    """What is declared after the moment asked about does not change the picture of that moment."""
    scene.said(
        Says.EXTENDS, ("north", "south"), "prolong", "2030-09-14T15:00", quantity=48, unit="hours"
    )
    assert "2030-09-14 19:00" == ends(scene, "2030-09-14T14:00")[2]


def test_claim_that_it_is_over(scene: Scene) -> None:
    """A side that holds no power over the truce may call it over; that is a claim."""
    record = scene.said(Says.ENDS, ("a",), "truce", "2030-09-13T12:00")
    span = truce(scene, "2030-09-13T13:00")
    claim = next(b for b in span.because if b.records == (record,))
    assert ("in-force", False) == (span.state, claim.holds)


def test_ended_by_power(scene: Scene) -> None:
    """Either holder may leave, and then it has ended."""
    scene.said(Says.ENDS, ("south",), "leave", "2030-09-13T12:00")
    assert ("ended", "2030-09-13 12:00", "2030-09-13 12:00") == ends(scene, "2030-09-13T13:00")


def test_calendar_days_and_hours() -> None:
    """Two days over a change of clocks keep the wall clock; 48 hours do not."""
    start = read_time("2030-03-30T12:00", "Europe/Berlin").start
    days = moved(start, Amount(Decimal(2), "days"), zone="Europe/Berlin")
    hours = moved(start, Amount(Decimal(48), "hours"), zone="Europe/Berlin")
    assert days is not None
    assert hours is not None
    assert ("12:00", "13:00") == (
        show_time(days, "Europe/Berlin")[11:16],
        show_time(hours, "Europe/Berlin")[11:16],
    )


def test_month_that_does_not_exist() -> None:
    """A month after 31 January has no day, and nothing is rounded."""
    start = read_time("2030-01-31T12:00", "UTC").start
    assert moved(start, Amount(Decimal(1), "months"), zone="UTC") is None


def test_relative_moment(scene: Scene) -> None:
    """``D + 2 days`` is two calendar days after D, and nothing while D is not known."""
    expression = Shifted(Named("D"), 1, Amount(Decimal(2), "days"))
    known = resolve(expression, scene.agreement, scene.moments("2030-09-13"))
    assert "2030-09-14 19:00" == local(known.start if known else None)
    other = Shifted(Named("E"), 1, Amount(Decimal(2), "days"))
    assert resolve(other, scene.agreement, scene.moments("2030-09-13")) is None
