"""Scenarios set every kind of moment that people fix, as a report would."""

from __future__ import annotations

import pytest

from tregua.agreement.read import read_deal_text
from tregua.rehearsal.check import Played, check

DEAL = """---
deal: small
title: "A small deal"
format: tregua-deal/1
prose: restated
time zone: UTC
---

# terms · Terms

```deal
instrument terms "Terms"
    is: terms
    held: whole
    signed by: a, b

party a "North"
    is: armed-force

party b "South"
    is: armed-group

body mission "Mission"
    is: mission
    may: verify

verification watch "The mission counts"
    of: arms
    by: mission

power stop "Leaving"
    holder: a, b
    mode: either
    does: terminate

gate next-step "The next step"
    opens when: kept(arms)
    decided by: a, b
    mode: joint
    leads to: asked

gate loose "A gate that nobody opens"
    opens when: kept(arms)
    decided by: undefined
    leads to: asked

duty arms "Arms are handed in"
    on: a
    must: hand-over
    within: 24 hours
    during: asked
    verified by: watch

duty unwatched "Roads are opened"
    on: b
    must: open-road
    within: 24 hours
    during: asked
    verified by: undefined

phase asked "The phase asked about"
    starts: {starts}
    lasts: 10 days

scenario one "One moment is set"
    set: {name} = 2030-09-12T19:00 UTC
    known at: 2030-09-13T00:00 UTC
    expect: asked {state}
```
"""


def played(name: str, *, starts: str = "", state: str = "in-force") -> Played:
    text = DEAL.format(name=name, starts=starts or name, state=state)
    reading = read_deal_text(text, file="small.deal.md")
    assert [] == [n.said for n in reading.notes]
    (one,) = check(reading)
    return one


@pytest.mark.parametrize(
    "name",
    [
        "signed(terms)",
        "approved(terms)",
        "approved(terms, by: mission)",
        "accepted(a)",
        "accepted(mission)",
        "done(arms)",
        "opened(next-step)",
        "notified(stop)",
        "notified(arms)",
        "notified(terms, by: a)",
        "notified(stop, to: mission)",
        "notified(mission)",
    ],
)
def test_a_moment_that_is_set_has_come(name: str) -> None:
    """Whoever the deal names speaks, and the phase that starts then is in force."""
    one = played(name)
    assert ("", ["asked in-force"]) == (one.why_not, [e.got for e in one.expected])


def test_a_moment_may_rest_on_one_set_before() -> None:
    """The second moment of a line counts from the first."""
    one = played(
        "signed(terms) = 2030-09-01 UTC, approved(terms) = signed(terms) + 13 days, done(arms)",
        starts="approved(terms)",
        state="not-begun",
    )
    assert ("", ["asked not-begun"]) == (one.why_not, [e.got for e in one.expected])


def test_done_without_anybody_who_verifies() -> None:
    """Where nobody verifies a duty, saying that it is done makes it possible and no more."""
    one = played("done(unwatched)", state="unknown")
    assert ("", ["asked unknown"]) == (one.why_not, [e.got for e in one.expected])


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("opened(loose)", "names nobody who fixes it; decided by: ...  in the gate"),
        ("notified(terms)", "names nobody who fixes it; notified(X, by: ...)"),
        ("start(asked)", "follows from other moments; set what it rests on"),
    ],
)
def test_a_moment_that_nobody_fixes_is_said(name: str, why: str) -> None:
    """What the deal lets nobody fix, or what follows from it, no scenario sets."""
    one = played(name, starts="undefined")
    assert why in one.why_not


def test_a_called_moment_of_nothing_is_noted() -> None:
    """A set line is held against the names of the deal."""
    text = DEAL.format(name="approved(term)", starts="signed(terms)", state="in-force")
    (note,) = read_deal_text(text, file="small.deal.md").notes
    assert ("D007", "    set: approved(term)") == (note.code, note.spot.text[:23])
