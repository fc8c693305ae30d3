"""What must hold of every status, whatever was assessed, watched and said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import given, seed, settings
from hypothesis import strategies as st

from tregua.reports.model import Says

if TYPE_CHECKING:
    from tests.status.conftest import Given
    from tregua.status.model import Status

RULES = st.sampled_from(["violation(attacks)", "undefined", "none"])
STARTS = st.sampled_from(["start(truce)", "undefined"])
DAYS = st.sampled_from(["calendar", "24-hours", ""])
COUNTS = st.sampled_from(["consecutive-days", "consecutive-hours", "total-days", "elapsed"])
DECIDERS = st.sampled_from(["north, south", "undefined", "none"])
OTHER = {"a": "b", "b": "a", "north": "south", "south": "north"}


@dataclass(frozen=True)
class Deal:
    """The parts of a deal that are varied."""

    bad: str
    resets: str
    starts: str
    day: str
    counts: str
    deciders: str

    def blocks(self) -> str:
        day = "undefined" if self.day == "" else "calendar"
        return f"""
clock calm "Calm"
    counts: {self.counts}
    day: {day}
    starts: {self.starts}
    bad day: {self.bad}
    resets on: {self.resets}
    certified by: north, south
    target: 2 days

gate talks "Talks"
    opens when: calm >= 2 days, not(violation(attacks, count: 2, in: 1 days))
    decided by: {self.deciders}
    mode: joint
    leads to: truce
"""


@dataclass(frozen=True)
class Act:
    """One incident: hours after the start, length in hours, whose it may be, and how sure."""

    hour: int
    length: int
    bearers: tuple[str, ...]
    sure: bool


DEALS = st.builds(Deal, RULES, RULES, STARTS, DAYS, COUNTS, DECIDERS)
ACTS = st.builds(
    Act,
    st.integers(0, 96),
    st.integers(1, 40),
    st.sampled_from([("a",), ("b",), ("a", "b")]),
    st.booleans(),
)
WATCHES = st.lists(st.tuples(st.integers(0, 80), st.integers(1, 80)), max_size=3)
NOW = 100  # hours after the start


def hour(hours: int) -> str:
    """Return the local time so many hours after 19:00 on 12 September."""
    days, rest = divmod(19 + hours, 24)
    return f"2030-09-{12 + days:02}T{rest:02}:00"


def written(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> Given:
    notes = notebook(blocks=deal.blocks(), day="24-hours" if deal.day == "24-hours" else "")
    for act in acts:
        sure = act.sure and len(act.bearers) == 1
        end = hour(min(NOW, act.hour + act.length))
        notes.violation(hour(act.hour), *act.bearers, end=end, sure=sure)
    for start, length in watches:
        notes.watched(hour(start), hour(start + length))
    notes.said(Says.DECIDES, ("north", "south"), "talks", hour(90))
    return notes


def state(notes: Given) -> Status:
    return notes.status(hour(NOW))


QUICK = settings(derandomize=True, max_examples=40, deadline=None)


@seed(11)
@QUICK
@given(DEALS, st.lists(ACTS, max_size=4), WATCHES)
def test_the_lower_hand_never_passes_the_upper(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> None:
    """Certain is never more than possible, at the end of any day."""
    (clock,) = state(written(notebook, deal, acts, watches)).clocks
    pairs = [(clock.low, clock.high), *((d.low, d.high) for d in clock.days)]
    assert [] == [p for p in pairs if not 0 <= p[0] <= p[1]]


@seed(12)
@QUICK
@given(DEALS, st.lists(ACTS, max_size=4), WATCHES)
def test_swapping_the_parties_swaps_the_results_and_nothing_else(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> None:
    """Hands, days and gates stay; what is due on one side is due on the other."""
    swapped = [replace(a, bearers=tuple(OTHER[b] for b in a.bearers)) for a in acts]
    first = state(written(notebook, deal, acts, watches))
    second = state(written(notebook, deal, swapped, watches))
    assert _plain(first, swap=True) == _plain(second)
    dues = sorted((d.norm, d.state, tuple(sorted(OTHER[w] for w in d.on_whom))) for d in first.dues)
    assert dues == sorted((d.norm, d.state, d.on_whom) for d in second.dues)


def _plain(status: Status, *, swap: bool = False) -> list[object]:
    clocks = [
        (c.low, c.high, c.reached, [(d.counts, d.low, d.high, d.incidents) for d in c.days])
        for c in status.clocks
    ]
    said = [[_other_side(m) if swap else m for m in g.missing] for g in status.gates]
    return [clocks, [g.state for g in status.gates], [sorted(m) for m in said]]


def _other_side(sentence: str) -> str:
    return re.sub(r"(?<=by )[ab](?=:| \(|$)", lambda side: OTHER[side[0]], sentence)


@seed(13)
@QUICK
@given(DEALS, st.lists(ACTS, max_size=4), WATCHES)
def test_more_watch_never_lowers_the_lower_hand_and_moves_the_upper_not_at_all(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> None:
    """Silence raises nothing: taking a watch away never makes more days certain."""
    (fewer,) = state(written(notebook, deal, acts, watches[1:])).clocks
    (more,) = state(written(notebook, deal, acts, watches)).clocks
    assert (True, fewer.high) == (fewer.low <= more.low, more.high)


@seed(14)
@QUICK
@given(DEALS, st.lists(ACTS, min_size=1, max_size=4), WATCHES)
def test_settling_an_incident_only_narrows_the_clock(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> None:
    """More certainty keeps both hands inside the interval that was shown before."""
    open_act = replace(acts[0], sure=False, bearers=("a",))
    settled = replace(open_act, sure=True)
    (before,) = state(written(notebook, deal, [open_act, *acts[1:]], watches)).clocks
    (after,) = state(written(notebook, deal, [settled, *acts[1:]], watches)).clocks
    (gone,) = state(written(notebook, deal, acts[1:], watches)).clocks
    inside = [before.low <= c.low and c.high <= before.high for c in (after, gone)]
    assert [True, True] == inside


@seed(15)
@QUICK
@given(DEALS, st.lists(ACTS, max_size=4), WATCHES)
def test_no_gate_opens_without_those_who_decide(
    notebook: type[Given], deal: Deal, acts: list[Act], watches: list[tuple[int, int]]
) -> None:
    """A gate whose decider is undefined is never open, whatever else is recorded."""
    deal = replace(deal, deciders="undefined")
    (gate,) = state(written(notebook, deal, acts, watches)).gates
    assert "open" != gate.state


@seed(16)
@QUICK
@given(st.lists(ACTS, max_size=3), WATCHES, st.integers(0, 99), DAYS)
def test_a_certain_violation_leaves_no_possible_day_at_its_hour(
    notebook: type[Given],
    acts: list[Act],
    watches: list[tuple[int, int]],
    when: int,
    day: str,
) -> None:
    """Right after a violation that resets, the upper hand is at zero."""
    rule = "violation(attacks)"
    deal = Deal(rule, rule, "start(truce)", day, "consecutive-days", "none")
    notes = written(notebook, deal, acts, watches)
    notes.violation(hour(when), "a", end=hour(when + 1))
    clock = notes.status(hour(when + 1)).clocks[0]
    assert (0, 0) == (clock.low, clock.high)
