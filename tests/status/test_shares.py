"""The share of worlds in which a clock has run out, or a gate's condition holds: by brute force."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import pairwise, product
from math import isclose, prod
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.test_probability import HEAD, START, author_in, exchanged, named
from tregua.agreement.read import read_deal_text
from tregua.assessment.assess import assess
from tregua.assessment.model import Probability
from tregua.assessment.moments import moments_in
from tregua.assessment.spells import spells_in, undivided
from tregua.attribution.scale import scale_of
from tregua.attribution.weigh import attribute
from tregua.incidents.match import match
from tregua.reports.model import Observation, Origin, Watch
from tregua.status.basis import Basis
from tregua.status.clocks import clock_state, clock_states
from tregua.status.facts import facts_of
from tregua.status.gates import gate_states
from tregua.status.model import ClockState, GateState
from tregua.terms.place import Place
from tregua.terms.time import Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tregua.agreement.model import Agreement
    from tregua.reports.model import Record
    from tregua.status.events import Event
    from tregua.status.facts import Facts


END = START + timedelta(days=4, hours=6)
DEAL = """---
deal: small
title: "A small deal"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: UTC
---

```deal
party a "Side A"
    is: armed-force

party b "Side B"
    is: armed-group

phase truce "Five days"
    starts: 2030-09-12T19:00 UTC
    lasts: 5 days

prohibition shots "No shots"
    on: a, b
    must not: attack
    during: truce
    where: everywhere

prohibition raids "No shots by A"
    on: a
    must not: attack
    during: truce
    where: everywhere

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    starts: start(truce)
    bad day: violation(shots)
    resets on: violation(raids)
    pauses on: none
    certified by: none
    target: 2 days

clock quiet "Hours of quiet"
    counts: consecutive-hours
    starts: 2030-09-15T19:00 UTC
    bad day: none
    resets on: violation(shots)
    pauses on: none
    certified by: none
    target: 24 hours

clock total "Days without shots"
    counts: total-days
    day: undefined
    starts: start(truce)
    bad day: violation(shots)
    resets on: none
    pauses on: none
    certified by: none
    target: 3 days

clock twice "Days without two shots"
    counts: consecutive-days
    day: 24-hours
    starts: start(truce)
    bad day: undefined
    resets on: violation(shots, count: 2, in: 1 days)
    pauses on: none
    certified by: none
    target: 3 days

clock vague "Days, the rest left open"
    counts: consecutive-days
    day: undefined
    starts: start(truce)
    bad day: undefined
    resets on: undefined
    pauses on: violation(raids)
    certified by: none
    target: 3 days

gate first "First"
    opens when: calm >= 2 days, not(violation(raids, count: 2))
    decided by: a
    leads to: truce

gate second "Second"
    opens when: any(kept(shots, for: 2 days), quiet < 24 hours)
    decided by: a
    leads to: truce

gate third "Third"
    opens when: kept(raids)
    decided by: a
    leads to: truce
```
"""
# One shot: after how many hours, known to the minute or to the day, and who names whom.
State: TypeAlias = "ClockState | GateState"
Shot: TypeAlias = "tuple[int, bool, tuple[tuple[str, tuple[str, ...]], ...]]"


@cache
def deal(text: str = DEAL) -> Agreement:
    """Read the deal; it must hold no mistake."""
    reading = read_deal_text(text, file="small.deal.md")
    assert [] == [n.said for n in reading.notes if n.severity == "error"]
    return reading.agreement


def told(number: int, shot: Shot) -> Iterator[Observation]:
    """Yield what the offices say of a shot, and monitors, who heard it and name nobody."""
    hours, exact, offices = shot
    start = START + timedelta(hours=hours)
    minute = When(start, start + timedelta(minutes=1), Precision.MINUTE)
    day = start.replace(hour=0)
    when = minute if exact else When(day, day + timedelta(days=1), Precision.DAY)
    for office, by in (*offices, ("monitors", ())):
        hit = tuple(n for n in exchanged(by) if n in "ab")
        yield Observation(
            Origin(f"{office}-{number}", "own", office, END),
            when,
            "mortar-fire",
            Place(f"hill {number}"),
            by=by,
            against=hit,
            matter=f"shot {number}",
        )


def known(
    shots: Sequence[Shot], agreement: Agreement, *, seed: bytes = HEAD, watched: bool = True
) -> Facts:
    """Return the facts of a ledger of shots, all of the time watched or none of it."""
    when = When(START, END, Precision.PERIOD)
    watch = Watch(Origin("w", "own", "monitors", END), when, Place("everywhere"), "patrol")
    watches = (watch,) if watched else ()
    reports = [o for n, shot in enumerate(shots) for o in told(n, shot)]
    records: tuple[Record, ...] = (*reports, named("monitors"), *watches)
    items = attribute(match(records), records, agreement)
    moments = moments_in(agreement, (), at=END)
    norms = spells_in(undivided(agreement, items, moments), watches, (), at=END, seed=seed)
    basis = Basis(agreement, assess(norms), items, watches, (), moments, END)
    return facts_of(basis, norms)


def states(facts: Facts) -> tuple[State, ...]:
    clocks = clock_states(facts)
    return (*clocks, *gate_states(facts, clocks))


def share(name: str, *shots: Shot, seed: bytes = HEAD, text: str = DEAL) -> Probability | None:
    """Return the share of a clock or a gate after these shots."""
    found = next(s for s in states(known(shots, deal(text), seed=seed)) if s.id == name).share
    return None if found is None else found.p


def near(least: float, most: float) -> Probability:
    """Return an exact share as it is written: twelve digits."""
    return Probability(round(least, 12), round(most, 12))


# --- scenes ---------------------------------------------------------------------------------------

A, B, ELSE = ("a",), ("b",), ("third-party",)


def test_who_did_it_decides_whether_the_clock_went_back() -> None:
    """K names a and L names b: a third of the votes each, and one that nobody knows."""
    shot = (90, True, (("k", A), ("l", B)))
    assert near(1 / 3, 1 / 3) == share("quiet", shot)  # any shot by a or b
    assert near(2 / 3, 2 / 3) == share("calm", shot)  # a shot by a alone


def test_what_is_open_beside_the_author_leaves_two_ends() -> None:
    """Nobody names b, so whoever is unknown may be b: possibly, never certainly."""
    shot = (90, True, (("k", A), ("l", ELSE)))
    assert near(1 / 3, 2 / 3) == share("quiet", shot)
    some_day = (50, False, (("k", A), ("l", B)))  # two days of 24 hours may have been bad, or one
    assert near(1 / 3, 1) == share("twice", some_day)


def test_two_shots_of_one_office_stand_or_fall_together() -> None:
    """The clock is right about both or wrong about both; two pairs of offices are not."""
    first, again = (90, True, (("k", A), ("l", B))), (80, True, (("k", B), ("l", A)))
    assert near(1 / 5, 1 / 5) == share("quiet", first, again)
    others = (80, True, (("m", A), ("n", B)))
    assert near(1 / 9, 1 / 9) == share("quiet", first, others)


def test_what_is_settled_has_no_share() -> None:
    """Nothing was shot, or somebody admits it: the hands say it all."""
    for name in ("calm", "quiet", "total", "twice", "third"):
        assert None is share(name)
    assert None is share("quiet", (90, True, (("a", A), ("k", A))))
    assert None is share("total", (90, True, (("k", A),)))


def test_what_nobody_watched_has_no_share() -> None:
    """No author tells whether the calm was broken where nobody looked."""
    facts = known([], deal(), watched=False)
    assert {None} == {s.share for s in states(facts)}
    assert None is next(c for c in clock_states(facts) if c.id == "quiet").reached


def test_a_gate_that_asks_whether_a_norm_was_kept_has_the_rest_of_its_p() -> None:
    """The gate opens in the worlds in which the answer over the whole time is no violation."""
    shots = [(90, True, (("k", A), ("l", B))), (30, True, (("l", A), ("m", ELSE)))]
    facts = known(shots, deal())
    whole = next(a.p for a in facts.basis.assessments if (a.norm, a.instance) == ("raids", "whole"))
    assert near(1 - whole.most, 1 - whole.least) == share("third", *shots)


def test_worlds_are_drawn_where_they_are_too_many() -> None:
    """256 worlds, others for another root, and near the share that two halves give exactly."""
    half = [(f"k{n}", A if n % 2 else B) for n in range(10)]
    rest = [(f"l{n}", B if n % 2 else A) for n in range(10)]
    shots = ((90, True, tuple(half)), (70, True, tuple(rest)))
    one, two = share("calm", *shots), share("calm", *shots, seed=HEAD[::-1])
    assert one is not None
    assert two is not None
    assert (256, 256) == (one.drawn, two.drawn)
    assert one.least != two.least
    exact = [share("calm", shot) for shot in shots]
    assert [0, 0] == [p.drawn for p in exact if p is not None]
    wanted = prod(p.least for p in exact if p is not None)
    assert abs(one.least - wanted) < 5 * (wanted * (1 - wanted) / 256) ** 0.5


# --- by brute force -------------------------------------------------------------------------------


@dataclass(frozen=True)
class World:
    """Who did what, and how probable it is."""

    authors: tuple[tuple[str, str], ...]
    weight: float


def every_world(facts: Facts) -> list[World]:
    """Walk through every step of every office, and every author that it leaves possible."""
    scales = [scale_of(item) for item in facts.basis.attributed]
    shares: dict[str, set[float]] = {}
    for office, share in (o for scale in scales for o in scale.offices):
        shares.setdefault(office, {0.0, 1.0}).add(share)
    steps = [[(o, low, high) for low, high in pairwise(sorted(shares[o]))] for o in shares]
    found: dict[tuple[tuple[str, str], ...], float] = {}
    for way in product(*steps):
        weight = prod(high - low for _, low, high in way)
        point = {office: low for office, low, _ in way}
        chances = [author_in(scale, point) for scale in scales]
        for who in product(*(c.items() for c in chances)):
            key = tuple((s.incident, w) for s, (w, _) in zip(scales, who, strict=True))
            found[key] = found.get(key, 0.0) + weight * prod(chance for _, chance in who)
    return [World(authors, weight) for authors, weight in found.items()]


def facts_there(facts: Facts, world: World) -> Facts:
    """Return the facts of one world, in which it is known who did it."""
    norms = (replace(f, events=tuple(events_there(f.events, facts, world))) for f in facts.norms)
    return replace(facts, norms=tuple(norms))


def events_there(events: tuple[Event, ...], facts: Facts, world: World) -> Iterator[Event]:
    answers = {a.id: a for a in facts.basis.assessments}
    items = {i.incident.id: i for i in facts.basis.attributed}
    for event in events:
        shares = {h.who: h.share for h in items[event.incidents[0]].actors}
        author = dict(world.authors)[event.incidents[0]]
        hidden = author == "unknown" and event.bearer not in shares
        if event.must or author == event.bearer or hidden:
            certain = answers[event.assessment].low >= shares.get(event.bearer, 2) - 1e-9
            yield replace(event, must=event.must or (author == event.bearer and certain))


def by_brute_force(facts: Facts) -> dict[str, tuple[float, float]]:
    """Add up the worlds in which each clock surely, and possibly, has reached its target."""
    shares: dict[str, list[float]] = {}
    for world in every_world(facts):
        there = facts_there(facts, world)
        clocks = tuple(clock_state(c, there) for c in facts.basis.agreement.clocks)
        values = {c.id: c.reached for c in clocks}
        for gate in gate_states(there, clocks):
            if gate.id != "third":
                values[gate.id] = {"ready": True, "shut": False}.get(gate.state)
        for name, value in values.items():
            held = shares.setdefault(name, [0.0, 0.0])
            held[0] += world.weight * (value is True)
            held[1] += world.weight * (value is not False)
    return {name: (least, most) for name, (least, most) in shares.items()}


OFFICES = st.lists(
    st.tuples(
        st.sampled_from(("k", "l", "m")),
        st.sampled_from((("a",), ("b",), ("a", "b"), ("third-party",))),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda o: o[0],
).map(tuple)
SHOTS = st.lists(
    st.tuples(st.integers(0, 100), st.sampled_from((True, True, True, False)), OFFICES), max_size=3
)


@settings(max_examples=8, deadline=None)
@given(SHOTS)
def test_the_share_is_that_of_every_world_one_by_one(shots: list[Shot]) -> None:
    """Each end is the sum over all worlds, whatever the clock counts and the gate asks."""
    facts = known(shots, deal())
    wanted = by_brute_force(facts)
    for state in (s for s in states(facts) if s.id != "third"):
        least, most = wanted[state.id]
        if state.share is None:
            assert_says_nothing(state, least, most)
        else:
            p = state.share.p
            assert 0 == p.drawn
            assert isclose(least, p.least, abs_tol=1e-9), (
                state.id,
                wanted[state.id],
                p,
            )
            assert isclose(most, p.most, abs_tol=1e-9), (state.id, wanted[state.id], p)


def assert_says_nothing(state: State, least: float, most: float) -> None:
    """There is no share where it is settled, or where worlds say no more than the two hands."""
    if isinstance(state, ClockState):
        settled = state.reached
    else:
        settled = {"ready": True, "open": True, "shut": False}.get(state.state)
    if settled is None:
        assert isclose(0, least, abs_tol=1e-9)
        assert isclose(1, most, abs_tol=1e-9)
    else:
        assert isclose(settled, least, abs_tol=1e-9)
        assert isclose(settled, most, abs_tol=1e-9)


# --- what must hold for every draw ----------------------------------------------------------------


def swapped(shots: list[Shot]) -> list[Shot]:
    return [(h, e, tuple((o, exchanged(by)) for o, by in offices)) for h, e, offices in shots]


@settings(max_examples=6, deadline=None)
@given(SHOTS)
def test_exchanging_the_sides_exchanges_the_shares_and_nothing_else(shots: list[Shot]) -> None:
    """The norm on a alone is then one on b alone; every share stays, be it exact or drawn."""
    other = deal(DEAL.replace("    on: a\n", "    on: b\n"))
    crowd = tuple((f"office {n}", ("a", "b", "third-party")[n % 3 :][:1]) for n in range(24))
    for told_ in (shots, [*shots, (95, True, crowd)]):
        before, after = states(known(told_, deal())), states(known(swapped(told_), other))
        for one, same in zip(before, after, strict=True):
            assert one.share == same.share, one.id


def test_a_drawn_share_is_this_one_in_any_process() -> None:
    """P10: bit for bit the same in another process, whatever order its sets have."""
    script = (
        "from tests.status.test_shares import *;"
        "crowd = tuple((f'office {n}', ('a', 'b', 'third-party')[n % 3:][:1]) for n in range(24));"
        "print([s.share for s in states(known([(95, True, crowd)], deal()))])"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert "drawn=256" in runs[0]
