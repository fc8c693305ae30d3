"""A deal that asks for every kind of test, ledgers drawn for it, and their trees."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from tregua.agreement.read import read_deal_text
from tregua.assessment.check_tree.entries import Entries
from tregua.assessment.check_tree.hashes import digest
from tregua.assessment.to_tree import AsOf, trees_json
from tregua.centre import KnownAt, Picture, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Naming, Observation, Origin, Record, Says, Statement, Watch
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, whole_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.model import Agreement

DESK = new_desk(("PUBLIC",))
START = datetime(2030, 9, 12, tzinfo=UTC)
AT = START + timedelta(days=4)
DEAL = """---
deal: small
title: "A small deal"
format: tregua-deal/1
authoritative: text
prose: restated
effective: 2030-09-12T00:00 UTC
time zone: UTC
---

```deal
party a "North"
    is: armed-force

party b "South"
    is: armed-group

group wing "A wing of the South"
    is: militia
    part of: b
    certainty: 0.6

excluded black-flag "Black Flag"
    basis: named

body panel "Panel"
    is: joint-commission
    members: a, b
    may: determine

zone valley "The valley"
    is: area
    geometry: undefined

zone town "The town"
    is: area
    geometry: undefined
    inside: valley

power fix-day "Fixing the day"
    holder: a, b
    mode: joint
    does: set
    sets: D

power prolong "Prolonging"
    holder: a, b
    mode: joint
    does: extend
    over: truce

power halt "Halting"
    holder: a, b
    mode: either
    does: suspend
    over: truce

power leave "Leaving"
    holder: a, b
    mode: joint
    does: terminate
    over: truce

phase truce "Truce"
    starts: D
    lasts: 48 hours
    extended by: prolong

term measured "Measured"
    decided by: panel

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
    except: answer, outside, agreed
    assumed by drafter: on "the text says both"

exception answer "Answer within the hour"
    when: prior(attack, on: actor, within: 60 minutes), judged(measured)
    result: justified
    burden: acting-party
    assumed by drafter: when "the text says at once"

exception outside "The target is excluded"
    when: target-in(excluded)
    result: outside

exception agreed "Agreed or out of town"
    when: any(notified(to: panel, before: 2 hours), all(declared(by: panel)), not(in-force(truce)))
    result: justified
    burden: accusing-party
    only in: valley

prohibition moves "No advance in the valley"
    on: a, b
    must not: seize-ground, move-force
    where: valley
    tolerance: 1 per 24 hours
    verified by: watching

verification watching "Watching the valley"
    by: panel
    of: moves
    coverage: 0.5
    violated at: 0.6
    kept at: 0.1

prohibition flights "No flights"
    on: everyone
    must not: fly
    where: undefined "to be agreed"
    check: person

prohibition nobody "Nobody named"
    on: undefined
    must not: attack
    during: truce
    where: everywhere

duty hold "Black Flag is kept out"
    on: b
    must keep: restrain(of: black-flag)
    during: truce
    where: valley

duty calm "Order is kept"
    on: a
    must keep: establish
    during: truce
    where: everywhere

duty lists "Lists of detainees"
    on: a, b
    must: hand-over, publish
    when: in-force(truce)
    within: 24 hours
    during: truce
    where: everywhere

duty reply "Convoys pass"
    on: a
    must: allow
    when: request(aid-convoy)
    within: 6 hours
    during: truce
    where: everywhere

duty vow "The deal is accepted"
    on: a, b
    must: accept
    deadline: 2030-09-14T00:00 UTC
    where: everywhere

duty share "Maps are shared"
    on: b
    must: share
    within: undefined "soon"
    after: lists
    during: truce
    where: everywhere
```
"""
ACTS = (
    *("attack", "mortar-fire", "hand-over", "publish", "advance", "fly", "allow", "notify"),
    *("share", "aid-request", ""),
)
SIDES = st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("wing",), ("black-flag",), ("rebels",)])
REPORTER = st.sampled_from(["press of a", "press of b", "monitor one", "monitor two", "somebody"])
PLACES = st.sampled_from(["valley", "town", "the bridge"])


@cache
def deal() -> Agreement:
    """Read the deal; it must hold no mistake."""
    reading = read_deal_text(DEAL, file="small.deal.md")
    assert [] == [n.said for n in reading.notes if n.severity == "error"]
    return reading.agreement


def _origin(key: str, reporter: str, known: datetime) -> Origin:
    return Origin(key, "own", reporter, known)


@st.composite
def _observations(draw: st.DrawFn) -> tuple[Observation, ...]:
    found = []
    for key in range(draw(st.integers(0, 7))):
        start = START + timedelta(minutes=20 * draw(st.integers(-9, 290)))
        when = When(start, start + timedelta(minutes=1), Precision.MINUTE)
        if draw(st.integers(0, 3)) == 0:
            when = whole_day(start.date(), "UTC")
        known = when.start + timedelta(hours=draw(st.integers(0, 60)))
        found.append(
            Observation(
                _origin(f"o{key}", draw(REPORTER), known),
                when,
                draw(st.sampled_from(ACTS)),
                Place(name=draw(PLACES)),
                by=draw(SIDES),
                against=draw(SIDES),
                matter=draw(st.sampled_from(["", "bridge"])),
                certain=draw(st.booleans()),
                asked=draw(st.sampled_from(["", "", "convoy-1"])),
            )
        )
    return tuple(found)


@st.composite
def _watches(draw: st.DrawFn) -> tuple[Watch, ...]:
    found = []
    for key in range(draw(st.integers(0, 3))):
        first = draw(st.integers(-4, 60))
        start, length = START + timedelta(hours=first), timedelta(hours=draw(st.integers(1, 96)))
        when = When(start, start + length, Precision.PERIOD)
        place = Place(name=draw(st.sampled_from(["everywhere", "valley", "town"])))
        share = draw(st.sampled_from([1.0, 0.7, 0.3]))
        sees = draw(st.sampled_from([(), ("attack",), ("move-force",)]))
        found.append(
            Watch(_origin(f"w{key}", "monitor one", when.end), when, place, "patrol", sees, share)
        )
    return tuple(found)


SAID = (
    (Says.SUSPENDS, "truce"),
    (Says.RESUMES, "truce"),
    (Says.ENDS, "truce"),
    (Says.EXTENDS, "truce"),
    (Says.DENIES, "bridge"),
    (Says.ACCEPTS, ""),
    (Says.REJECTS, ""),
    (Says.DECLARES, "share"),
    (Says.JUDGES, "bridge"),
    (Says.DECIDES, "bridge"),
    (Says.CERTIFIES, "lists"),
)


@st.composite
def _statements(draw: st.DrawFn) -> tuple[Statement, ...]:
    found = []
    for key in range(draw(st.integers(0, 4))):
        says, about = draw(st.sampled_from(SAID))
        start = START + timedelta(hours=draw(st.integers(0, 90)))
        when = When(start, start + timedelta(minutes=1), Precision.MINUTE)
        by = draw(st.sampled_from([("a",), ("b",), ("a", "b"), ("panel",)]))
        quantity, unit = (24.0, "hours") if says is Says.EXTENDS else (None, "")
        claim = "measured" if says is Says.JUDGES else ""
        origin = _origin(f"s{key}", "press of a", when.start)
        found.append(Statement(origin, when, says, by, about, None, quantity, unit, claim))
    return tuple(found)


def _names() -> tuple[Naming, ...]:
    early = START - timedelta(days=30)
    return (
        Naming(_origin("n1", "clerk", early), "press of a", speaks_for=("a",)),
        Naming(_origin("n2", "clerk", early), "press of b", speaks_for=("b",)),
        Naming(_origin("n3", "clerk", early), "monitor one", office="monitor one"),
        Naming(_origin("n4", "clerk", early), "monitor two", office="monitor two"),
        Naming(_origin("n5", "clerk", early), "rebels", stands_for=("a", "b", "black-flag")),
    )


def _day() -> Statement:
    early = START - timedelta(days=2)
    when = When(early, early + timedelta(minutes=1), Precision.MINUTE)
    fixed = When(START, START + timedelta(minutes=1), Precision.MINUTE)
    return Statement(_origin("day", "clerk", early), when, Says.SETS, ("a", "b"), "fix-day", fixed)


RECORDS = st.tuples(_observations(), _watches(), _statements()).map(
    lambda t: (*_names(), _day(), *t[0], *t[1], *t[2])
)


@dataclass(frozen=True)
class Told:
    """A picture with its trees as JSON gives them back, and the raw entries."""

    picture: Picture
    trees: tuple[dict[str, Any], ...]
    entries: Entries


def told(records: Iterable[Record], until: KnownAt | None = None, *, at: datetime = AT) -> Told:
    """Take the records in, assess, and write every tree."""
    store = MemoryStore()
    take_in(store, [(r, body_of(r)) for r in records], DESK, agreement=deal())
    shown = picture(deal(), known_in(store, until or KnownAt()), at=at)
    lines = list(lines_for(store.entries(), store.bodies.all()))
    return Told(shown, trees(shown), Entries(lines))


def trees(shown: Picture) -> tuple[dict[str, Any], ...]:
    """Write the tree of every answer of a picture."""
    known = shown.known
    as_of = AsOf(shown.at, known.size, known.root, known.instant)
    written = trees_json(shown.assessments, (e.agreement for e in shown.editions), as_of)
    return tuple(json.loads(json.dumps(written)))


def sealed(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a changed tree with a digest that fits it, as a forger would hand it on."""
    rest = {k: v for k, v in tree.items() if k != "digest"}
    return {**rest, "digest": digest(rest)}
