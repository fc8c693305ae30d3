"""A visit: what a reader may see is opened, logged first, and nothing else is opened at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tregua
from tests.ledger.signing.conftest import randomness
from tregua.errors import StoreUnwritable
from tregua.ledger.accesses import MemoryAccesses
from tregua.ledger.intake import append
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.sign import Draft, Place, Signed, sign
from tregua.ledger.stores.memory import MemoryStore
from tregua.sharing.reading import lines_for, read_entries
from tregua.sharing.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.accesses import Access

LABELS = ("A", "B", "MON", "PUBLIC")
PARTIES = ("a", "b")
NAMES = ("what", "note")
START = datetime(2030, 9, 14, 5, tzinfo=UTC)
Marks = tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]
Freed = tuple[str, int, str, str]


def some(labels: Iterable[str]) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.lists(st.sampled_from(tuple(labels)), min_size=1, unique=True)
    return chosen.map(sorted).map(tuple)


@st.composite
def marks(draw: st.DrawFn) -> Marks:
    """Who signed a report, its audiences, and those of each of its fields, within those."""
    rel = draw(some(LABELS))
    return draw(st.sampled_from(PARTIES)), rel, tuple(draw(some(rel)) for _ in NAMES)


releases = st.tuples(
    st.sampled_from(PARTIES), st.integers(0, 4), st.sampled_from(LABELS), st.sampled_from(NAMES)
)


class Ledger:
    """Reports of two parties, then releases by them; all of it told to whoever keeps the record."""

    def __init__(self, marked: list[Marks], freed: Iterable[Freed] = ()) -> None:
        self.store = MemoryStore()
        self._random = randomness("visit")
        self._keys = {p: new_key(f"{p}/post", random=self._random) for p in PARTIES}
        self._places = dict.fromkeys(PARTIES, Place())
        self.ids: list[str] = []
        for party, rel, narrower in marked:
            fields = (Field(name, name, own) for name, own in zip(NAMES, narrower, strict=True))
            self.ids.append(self.put(party, Draft("report", "00" * 32, rel, 5, tuple(fields))))
        for party, number, to, name in freed:
            if number < len(self.ids):
                said = {"fields": [name], "reason": "so agreed", "to": to}
                fields_ = tuple(Field(n, v, (to,)) for n, v in said.items())
                ref = (self.ids[number],)
                self.put(party, Draft("release", "00" * 32, (to,), 5, fields_, ref=ref))

    def put(self, party: str, draft: Draft) -> str:
        place = self._places[party]
        made: Signed = sign(draft, self._keys[party], place, random=self._random)
        self._places[party] = Place(place.seq + 1, made.next)
        self.store.bodies.put([made])
        append(self.store, [made.entry])
        return made.next

    def logged(self) -> list[Access]:
        return [line for party in PARTIES for line in self.store.accesses.of(party)]


@given(st.lists(marks(), max_size=5), st.lists(releases, max_size=3), st.sampled_from(LABELS))
def test_a_visit_opens_enough_and_changes_no_view(
    marked: list[Marks], freed: list[Freed], audience: str
) -> None:
    """What is read of the bodies that were opened is what is read of all that are held."""
    store = Ledger(marked, freed).store
    for releasers in (frozenset[str](), frozenset(("b",))):
        visit = Visit(audience, releasers=releasers)
        views = [
            (
                read_entries(store.entries(), bodies, audience=audience, releasers=releasers),
                [*lines_for(store.entries(), bodies, audience=audience, releasers=releasers)],
            )
            for bodies in (visit.bodies(store, store.entries()), store.bodies.all())
        ]
        assert views[0] == views[1]


@given(st.lists(marks(), max_size=5), st.sampled_from(LABELS))
def test_exactly_what_not_everybody_sees_is_logged(marked: list[Marks], audience: str) -> None:
    """Entries with a field marked for the reader and not for everybody, each under its owner."""
    ledger = Ledger(marked)
    Visit(audience).bodies(ledger.store, ledger.store.entries())
    seen = {
        (party, entry)
        for entry, (party, rel, narrower) in zip(ledger.ids, marked, strict=True)
        if any(audience in own and not {"PUBLIC"} & set(own) for own in narrower) and rel
    }
    lines = ledger.logged()
    assert seen == {(line.owner, entry) for line in lines for entry in line.entries}
    assert {(audience, "view")} >= {(line.reader, line.how) for line in lines}
    assert len({line.owner for line in lines}) == len(lines)


def test_what_was_released_is_logged_like_what_is_marked() -> None:
    """B sees a field of A's by a release; a release to everybody leaves nothing to log."""
    report = ("a", ("A",), (("A",), ("A",)))
    ledger = Ledger([report, report], [("a", 0, "B", "note"), ("a", 1, "PUBLIC", "note")])
    Visit("B").bodies(ledger.store, ledger.store.entries())
    (line,) = ledger.logged()
    assert ("B", "a", (ledger.ids[0],)) == (line.reader, line.owner, line.entries)


def test_what_the_keeper_matches_is_no_reading_and_what_it_takes_out_is() -> None:
    ledger = Ledger([("a", ("A",), (("A",), ("A",))), ("b", ("PUBLIC",), (("PUBLIC",),) * 2)])
    store = ledger.store
    assert store.bodies.all() == Visit().bodies(store, store.entries())
    assert [] == ledger.logged()
    Visit(how="export").bodies(store, store.entries())
    (line,) = ledger.logged()
    assert ("keeper", "export", "a") == (line.reader, line.how, line.owner)
    assert (ledger.ids[0],) == line.entries


def test_one_visit_logs_an_entry_once_and_a_second_visit_again() -> None:
    """A command that reads twice is one reading; what it sees more the second time is logged."""
    report = ("a", ("A",), (("A",), ("A",)))
    ledger = Ledger([report, report])
    store, minutes = ledger.store, count()
    visit = Visit("A", now=lambda: START + timedelta(minutes=next(minutes)))
    for size in (1, 2, 2):
        visit.bodies(store, store.entries(0, size))
    later = START + timedelta(days=1)
    Visit("A", how="seal", now=lambda: later).bodies(store, store.entries(), only=ledger.ids[:1])
    one, other = ledger.ids
    assert [("view", (one,)), ("view", (other,)), ("seal", (one,))] == [
        (line.how, line.entries) for line in ledger.logged()
    ]


class Full(MemoryAccesses):
    """A log that takes no line."""

    def add(self, items: Iterable[Access]) -> None:
        raise StoreUnwritable("ledger.accesses", f"the disk is full, {len(list(items))} lines")


def test_what_cannot_be_logged_is_not_opened() -> None:
    ledger = Ledger([("a", ("A",), (("A",), ("A",)))])
    ledger.store.accesses = Full()
    with pytest.raises(StoreUnwritable, match=r"disk is full.* so nothing is shown"):
        Visit("A").bodies(ledger.store, ledger.store.entries())
    assert {} == Visit("B").bodies(ledger.store, ledger.store.entries())  # nothing to log


def test_no_command_opens_a_body_past_the_door() -> None:
    """Who shows something asks a visit for it; only the rooms that compute look at what is held."""
    package = Path(tregua.__file__).parent
    files = [*package.glob("cli/*.py"), *package.glob("bulletin/**/*.py")]
    assert len(files) > 50
    past = re.compile(r"(?<!visit)\.bodies\b")
    assert [] == [path.name for path in files if past.search(path.read_text("utf-8"))]
