"""Trees of an amended deal: they say by which words an act was judged, and hold for the checker."""

from __future__ import annotations

import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from tests.explain.ledgers import sealed, trees
from tregua.agreement.read import read_deal_text
from tregua.assessment.check_tree import check
from tregua.assessment.check_tree.entries import Entries
from tregua.centre import KnownAt, known_in, picture, take_in
from tregua.ledger.signing.desk import new_desk
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.model import Means, Observation, Origin
from tregua.reports.to_entry import body_of
from tregua.sharing.reading import lines_for
from tregua.terms.place import Place
from tregua.terms.time import read_time

if TYPE_CHECKING:
    from tregua.assessment.model import Assessment
    from tregua.centre import Picture
    from tregua.reports.model import Record

DESK = new_desk(("PUBLIC",))
DEAL = """---
deal: amended
title: "An amended deal"
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

group brigade "The brigade"
    is: militia
    part of: undefined

phase truce "A week"
    starts: 2030-09-12T00:00 UTC
    lasts: 7 days

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    during: truce
    where: everywhere

prohibition attacks "No attacks, but by the brigade"
    version: 2
    valid from: 2030-09-15T00:00 UTC
    on: a, b
    must not: attack(weapon: any)
    during: truce
    where: everywhere
    tolerance: 1

duty lists "Lists"
    on: a
    must: hand-over
    deadline: 2030-09-14T19:00 UTC
    during: truce

duty lists "Lists"
    version: 2
    valid from: 2030-09-13T00:00 UTC
    on: a
    must: hand-over
    deadline: 2030-09-16T19:00 UTC
    during: truce

link hold-1 "A controls the brigade"
    is: controls
    from: a
    to: brigade
    valid from: 2030-09-14T00:00 UTC
```
"""
END = datetime(2030, 9, 18, tzinfo=UTC)


def shot(day: int, by: str = "b") -> Record:
    when = read_time(f"2030-09-{day}T05:00", "UTC")
    origin = Origin(f"r{day}{by}", "case", "monitors", when.start)
    place = Place(name="the valley")
    means = Means("saw")
    return Observation(origin, when, "mortar-fire", place, by=(by,), means=means, certain=True)


@pytest.fixture(name="ledger")
def ledger_() -> MemoryStore:
    store, deal = MemoryStore(), read_deal_text(DEAL, file="amended.deal.md")
    assert not deal.notes
    records = [shot(13), shot(16), shot(12, "brigade"), shot(17, "brigade")]
    take_in(store, [(r, body_of(r)) for r in records], DESK, agreement=deal.agreement)
    return store


def seen(store: MemoryStore, at: datetime = END) -> Picture:
    deal = read_deal_text(DEAL, file="amended.deal.md").agreement
    return picture(deal, known_in(store, KnownAt()), at=at)


def of(shown: Picture, norm: str, bearer: str, instance: str) -> list[Assessment]:
    wanted = (norm, bearer, instance)
    return [a for a in shown.assessments if (a.norm, a.bearer, a.instance) == wanted]


def test_a_norm_has_one_answer_for_each_of_its_words(ledger: MemoryStore) -> None:
    """The shot of the 13th is a violation; that of the 16th is the one that the new words allow."""
    first, second = of(seen(ledger), "attacks", "b", "whole")
    assert ("violated", True) == (first.answer, first.must)
    assert ("undetermined", ("no-coverage",)) == (second.answer, second.reasons)
    assert first.id != second.id
    assert first.held.end == second.held.start == datetime(2030, 9, 15, tzinfo=UTC)


def test_the_name_of_an_answer_stays_when_the_words_change(ledger: MemoryStore) -> None:
    """Before and after the amendment the answer on the first words has the same id."""
    before = of(seen(ledger, datetime(2030, 9, 14, 12, tzinfo=UTC)), "attacks", "b", "whole")
    after = of(seen(ledger), "attacks", "b", "whole")
    assert [before[0].id] == [after[0].id]


def test_who_answers_for_the_brigade_is_asked_at_the_time_of_the_act(ledger: MemoryStore) -> None:
    """The link begins on the 14th: the shots of the 12th are not laid at the door of A."""
    shown = seen(ledger)
    editions = {e.held.start: e.agreement for e in shown.editions}
    answering = {start: deal.anyone("a") for start, deal in editions.items()}
    assert [()] == [w.answers_for for s, w in answering.items() if w and s is None]
    assert ("brigade",) == next(
        w.answers_for for s, w in answering.items() if w and s == datetime(2030, 9, 14, tzinfo=UTC)
    )


def test_every_tree_holds_and_none_without_its_words(ledger: MemoryStore) -> None:
    """The checker refuses a tree that hides by which words it was judged (P6)."""
    entries = Entries(lines_for(ledger.entries(), ledger.bodies.all()))
    written = trees(seen(ledger))
    assert [""] * len(written) == [check(t, entries) for t in written]
    changed = [t for t in written if t["asks"]["held"]]
    assert changed
    for tree in changed:
        copied = copy.deepcopy(tree)
        at = next(n for n, b in enumerate(copied["because"]) if b["facts"][0][1] == "held")
        del copied["because"][at]
        copied["parts"] -= 1
        assert "how long the words held is missing" in check(sealed(copied), entries)
        later = copy.deepcopy(tree)
        node = next(b for b in later["because"] if b["facts"][0][1] == "held")
        node["facts"][1][1] = "2030-09-01T00:00:00Z/"
        assert check(sealed(later), entries)


def test_a_picture_before_the_amendment_speaks_of_the_old_words(ledger: MemoryStore) -> None:
    """Clocks, gates and titles are those of the text that stands at the moment asked about."""
    titles = [
        n.title
        for day in (14, 16)
        for n in seen(ledger, datetime(2030, 9, day, tzinfo=UTC)).agreement.norms
        if n.id == "attacks"
    ]
    assert ["No attacks", "No attacks, but by the brigade"] == titles


def test_an_instant_decides_which_words_apply(ledger: MemoryStore) -> None:
    """The new words begin at midnight: a microsecond before, the old ones stand."""
    change = datetime(2030, 9, 15, tzinfo=UTC)
    moments = (change - timedelta(microseconds=1), change)
    assert [1, 2] == [
        len({a.held for a in of(seen(ledger, m), "attacks", "b", "whole")}) for m in moments
    ]


def test_an_amendment_of_another_norm_changes_nothing(ledger: MemoryStore) -> None:
    """Without the second words of the duty, every answer on attacks is the same."""
    start = DEAL.index('duty lists "Lists"\n    version: 2')
    shorter = DEAL[:start] + DEAL[DEAL.index("link hold-1") :]
    deal = read_deal_text(shorter, file="amended.deal.md").agreement
    other = picture(deal, known_in(ledger, KnownAt()), at=END)
    one, two = (
        [replace(a, text="") for a in shown.assessments if a.norm == "attacks"]
        for shown in (seen(ledger), other)
    )
    assert one
    assert one == two
