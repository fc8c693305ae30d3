"""Scenarios of a deal are played over the whole road, and their expectations compared."""

from __future__ import annotations

from importlib.resources import files

import pytest

from tregua.agreement.read import read_deal_text
from tregua.rehearsal.check import Played, check

DEAL = """---
deal: small
title: "A small deal"
format: tregua-deal/1
authoritative: text
prose: restated
time zone: UTC
---

```deal
party a "North"
    is: armed-force

party b "South"
    is: armed-group

zone valley "The valley"
    is: area
    geometry: undefined

power start-day "The start"
    holder: a, b
    mode: joint
    does: set
    sets: D
    if silent: undefined

phase truce "Truce"
    starts: D
    lasts: 48 hours

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    during: truce
    where: everywhere

{scenario}
```
"""
SET = "    set: D = 2030-09-12T19:00 UTC\n"


def played(scenario: str) -> Played:
    reading = read_deal_text(DEAL.format(scenario=scenario), file="small.deal.md")
    assert () == reading.notes
    (one,) = check(reading)
    return one


def test_an_expectation_that_holds_is_said_to_hold() -> None:
    """A certain shot is a violation of whoever fired it."""
    one = played(
        'scenario shot "One shot"\n'
        + SET
        + "    given: at D + 1 hours, mortar-fire, by b, against a\n"
        "    expect: attacks violated by b\n"
    )
    assert one.holds
    assert ["attacks violated by b"] == [e.got for e in one.expected]


def test_an_expectation_that_does_not_hold_says_what_was_got() -> None:
    """The line is given back in the same form with what the road gives."""
    one = played('scenario quiet "Nothing"\n' + SET + "    expect: attacks kept by a\n")
    assert not one.holds
    assert ["attacks undetermined by a because no-coverage"] == [e.got for e in one.expected]


def test_a_covered_and_quiet_time_is_kept() -> None:
    """`covered` stands for a watch of the place and the time."""
    one = played(
        'scenario watched "Quiet"\n' + SET + "    covered: everywhere, D .. D + 48 hours\n"
        "    known at: D + 48 hours\n    expect: attacks kept by a\n"
    )
    assert one.holds


def test_less_than_certain_is_not_taken_as_certain() -> None:
    """With p below 1 the incident may be a violation, and no more."""
    one = played(
        'scenario maybe "Perhaps"\n'
        + SET
        + "    given: at D + 1 hours, mortar-fire, by b, against a, p 0.6\n"
        "    expect: attacks undetermined by b because who\n"
    )
    assert one.holds


def test_a_phase_is_asked_about_at_its_own_moment() -> None:
    """`in-force at TIME` asks about that time, whatever the scenario's last act."""
    one = played(
        'scenario phases "Before and in it"\n' + SET + "    known at: D + 100 hours\n"
        "    expect: truce in-force at D + 1 hours\n    expect: truce expired\n"
    )
    assert one.holds


def test_a_moment_that_no_power_sets_is_said() -> None:
    """A scenario cannot fix what the deal lets nobody fix."""
    one = played(
        'scenario odd "Odd"\n    set: E = 2030-09-12T19:00 UTC\n    expect: truce not-begun\n'
    )
    assert "which no power of the deal sets" in one.why_not
    assert not one.holds


LIBRARY = sorted(
    p.name
    for p in (files("tregua") / "agreement" / "library").iterdir()
    if p.name.endswith(".deal.md")
)


@pytest.mark.parametrize("name", LIBRARY)
def test_every_scenario_of_the_library_holds(name: str) -> None:
    """What a bundled deal says must follow does follow on the real road."""
    text = (files("tregua") / "agreement" / "library" / name).read_text(encoding="utf-8")
    wrong = [
        (one.id, one.why_not, [(e.line, e.got) for e in one.expected if not e.holds])
        for one in check(read_deal_text(text, file=name))
        if not one.holds
    ]
    assert [] == wrong
