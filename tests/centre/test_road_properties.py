"""Properties of the whole road: what must hold for every deal and every set of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tregua.agreement.read import read_deal_text
from tregua.assessment.model import Answer
from tregua.bulletin.to_json import status_json
from tregua.centre import KnownAt, Picture, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import (
    Harm,
    Naming,
    Observation,
    Origin,
    Record,
    Says,
    Statement,
    Watch,
)
from tregua.reports.to_entry import body_of
from tregua.terms.estimate import at_least, exactly
from tregua.terms.place import Place
from tregua.terms.time import Precision, When, whole_day

if TYPE_CHECKING:
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
time zone: UTC
---

```deal
party a "North"
    is: armed-force

party b "South"
    is: armed-group

excluded black-flag "Black Flag"
    basis: named

phase truce "Truce"
    starts: 2030-09-12T00:00 UTC
    lasts: 96 hours

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    during: truce
    where: everywhere
    except: against-excluded, self-defence

exception against-excluded "The target is excluded"
    when: target-in(excluded)
    result: outside
    burden: undefined

exception self-defence "Answer within the hour"
    when: prior(attack, on: actor, within: 60 minutes)
    burden: acting-party

duty lists "Lists of detainees"
    on: a, b
    must: hand-over
    when: in-force(truce)
    within: 24 hours
    during: truce
    where: everywhere

clock calm "Days of calm"
    counts: consecutive-days
    day: calendar
    time zone: UTC
    starts: 2030-09-12T00:00 UTC
    bad day: violation(attacks)
    resets on: violation(attacks)
    certified by: undefined
    target: 3 days
```
"""
SIDES = {"a": "b", "b": "a", "press of a": "press of b", "press of b": "press of a"}


@pytest.fixture(scope="module", name="deal")
def deal_() -> Agreement:
    reading = read_deal_text(DEAL, file="small.deal.md")
    assert () == reading.notes
    return reading.agreement


# The sides' names are exchanged in DEAL too; ids are what carries the meaning.
WHO = st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("black-flag",), ("rebels",)])
REPORTER = st.sampled_from(["press of a", "press of b", "monitor one", "monitor two", "somebody"])


@st.composite
def observations(draw: st.DrawFn) -> tuple[Observation, ...]:
    found = []
    for key in range(draw(st.integers(0, 5))):
        hour = draw(st.integers(-6, 100))
        when = When(
            START + timedelta(hours=hour),
            START + timedelta(hours=hour, minutes=1),
            Precision.MINUTE,
        )
        if draw(st.booleans()):
            when = whole_day((START + timedelta(hours=hour)).date(), "UTC")
        known = when.start + timedelta(hours=draw(st.integers(0, 60)))
        found.append(
            Observation(
                Origin(f"o{key}", "own", draw(REPORTER), known),
                when,
                draw(st.sampled_from(["attack", "mortar-fire", "hand-over", ""])),
                Place(name="the bridge"),
                by=draw(WHO),
                against=draw(WHO),
                harm=Harm(killed=draw(st.sampled_from([exactly(0), at_least(2), exactly(3)]))),
                matter=draw(st.sampled_from(["", "bridge", "school"])),
                certain=draw(st.booleans()),
            )
        )
    return tuple(found)


@st.composite
def watches(draw: st.DrawFn) -> tuple[Watch, ...]:
    found = []
    for key in range(draw(st.integers(0, 2))):
        first = draw(st.integers(0, 90))
        last = draw(st.integers(first + 1, 100))
        when = When(
            START + timedelta(hours=first), START + timedelta(hours=last), Precision.PERIOD, "UTC"
        )
        origin = Origin(f"w{key}", "own", "monitor one", when.end)
        found.append(Watch(origin, when, Place(name="everywhere"), "patrol"))
    return tuple(found)


@st.composite
def denials(draw: st.DrawFn) -> tuple[Statement, ...]:
    if not draw(st.booleans()):
        return ()
    side = draw(st.sampled_from(["a", "b"]))
    when = When(AT - timedelta(hours=30), AT - timedelta(hours=29), Precision.HOUR)
    origin = Origin("s", "own", f"press of {side}", when.start)
    return (Statement(origin, when, Says.DENIES, (side,), about="bridge"),)


def _names() -> tuple[Naming, ...]:
    early = START - timedelta(days=30)

    def one(key: str, name: str, **rest: tuple[str, ...] | str) -> Naming:
        return Naming(Origin(key, "names", "the clerk", early), name, **rest)  # type: ignore[arg-type]

    return (
        one("n1", "press of a", speaks_for=("a",)),
        one("n2", "press of b", speaks_for=("b",)),
        one("n3", "monitor one", office="monitor one"),
        one("n4", "monitor two", office="monitor two"),
        one("n5", "rebels", stands_for=("a", "b", "black-flag")),
    )


RECORDS = st.tuples(observations(), watches(), denials()).map(
    lambda t: (*_names(), *t[0], *t[1], *t[2])
)


def store_of(records: tuple[Record, ...], deal: Agreement) -> MemoryStore:
    store = MemoryStore()
    take_in(store, [(r, body_of(r)) for r in records], DESK, agreement=deal)
    return store


def seen(store: MemoryStore, deal: Agreement, until: KnownAt | None = None) -> Picture:
    return picture(deal, known_in(store, until or KnownAt()), at=AT)


def told(shown: Picture) -> object:
    """Everything that the status says, without the ledger's own size and root."""
    return status_json(shown)["status"], [a.incident for a in shown.attributed]


@given(RECORDS, st.randoms(use_true_random=False))
def test_the_order_in_which_reports_arrive_does_not_matter(
    deal: Agreement, records: tuple[Record, ...], random: object
) -> None:
    """P2: any permutation of the intake gives the same status."""
    shuffled = list(records)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    first = seen(store_of(records, deal), deal)
    second = seen(store_of(tuple(shuffled), deal), deal)
    assert told(first) == told(second)


@given(RECORDS, st.integers(0, 20))
def test_as_known_at_k_is_the_replay_of_the_first_k_entries(
    deal: Agreement, records: tuple[Record, ...], size: int
) -> None:
    """P3: asking a long ledger about entry K is the same as never having had more."""
    long = store_of(records, deal)
    k = min(size, long.size())
    short = store_of(records[: max(0, k - 2)], deal)  # first the key of the desk, and the deal
    if k == 0:
        return
    assert told(seen(short, deal)) == told(seen(long, deal, KnownAt(size=k)))


@given(RECORDS)
def test_what_became_known_later_is_not_seen_earlier(
    deal: Agreement, records: tuple[Record, ...]
) -> None:
    """A question as of an instant sees exactly the records whose source could be known by then."""
    instant = START + timedelta(days=2)
    early = tuple(r for r in records if r.origin.known <= instant)
    asked = seen(store_of(records, deal), deal, KnownAt(instant=instant))
    assert told(seen(store_of(early, deal), deal)) == told(asked)


def _swap(value: str) -> str:
    return SIDES.get(value, value)


def _swap_all(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_swap(v) for v in values)


def swapped(record: Record) -> Record:
    fields: dict[str, object] = {
        "origin": replace(record.origin, reporter=_swap(record.origin.reporter))
    }
    for name in ("by", "against", "stands_for", "speaks_for"):
        if hasattr(record, name):
            fields[name] = _swap_all(getattr(record, name))
    if isinstance(record, Naming):
        fields["name"] = _swap(record.name)
    return replace(record, **fields)  # type: ignore[arg-type]


@given(RECORDS)
def test_exchanging_the_parties_exchanges_the_answers_and_nothing_else(
    deal: Agreement, records: tuple[Record, ...]
) -> None:
    """P7: every answer about one side becomes the same answer about the other."""
    first = seen(store_of(records, deal), deal)
    second = seen(store_of(tuple(swapped(r) for r in records), deal), deal)

    def answers(shown: Picture, *, exchange: bool) -> list[tuple[object, ...]]:
        rows = [
            (
                a.norm,
                SIDES.get(a.bearer, a.bearer) if exchange else a.bearer,
                a.instance,
                a.answer,
                a.reasons,
                a.state,
                a.must,
                a.may,
                round(a.low, 9),
                round(a.high, 9),
                a.p,
            )
            for a in shown.assessments
        ]
        return sorted(rows, key=repr)

    assert answers(first, exchange=True) == answers(second, exchange=False)
    hands = [[(c.low, c.high, c.reached) for c in p.status.clocks] for p in (first, second)]
    assert hands[0] == hands[1]


@given(observations(), denials())
def test_without_a_watch_no_prohibition_is_called_kept(
    deal: Agreement, acts: tuple[Observation, ...], said: tuple[Statement, ...]
) -> None:
    """P8: silence without coverage is never kept, and no day of calm is certain."""
    shown = seen(store_of((*_names(), *acts, *said), deal), deal)
    kept = [a for a in shown.assessments if a.norm == "attacks" and a.answer is Answer.KEPT]
    assert [] == [a for a in kept if a.instance == "whole"]
    assert [0] == [c.low for c in shown.status.clocks]


@given(RECORDS)
def test_every_undetermined_answer_has_a_reason_and_no_other_has_one(
    deal: Agreement, records: tuple[Record, ...]
) -> None:
    """Principle 9: undetermined is an answer, with its reason from the closed list."""
    for a in seen(store_of(records, deal), deal).assessments:
        assert (a.answer is Answer.UNDETERMINED) == bool(a.reasons)
        assert a.low <= a.high
        assert not (a.must and not a.may)


@given(RECORDS)
def test_every_record_stands_in_exactly_one_incident(
    deal: Agreement, records: tuple[Record, ...]
) -> None:
    """Linking loses nothing and uses nothing twice."""
    shown = picture(deal, known_in(store_of(records, deal), KnownAt()), at=AT + timedelta(days=30))
    told_of = sorted(o.origin.id for a in shown.attributed for o in a.incident.observations)
    assert sorted(r.origin.id for r in records if isinstance(r, Observation)) == told_of
