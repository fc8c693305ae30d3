"""Matching over a growing record: neighbourhood by neighbourhood, and only those that are touched.

The whole record as one neighbourhood, every pair in it weighed, is the plain form that says what
the incidents are.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.incidents.test_match import DAY, KNOWN, SCENES, WORDS, said, spoken, told
from tests.incidents.test_match_real import observations_of
from tregua.incidents.compare import strength
from tregua.incidents.match import match
from tregua.incidents.matched import Matched
from tregua.incidents.neighbourhood import incidents_of
from tregua.incidents.person import last_words
from tregua.reports.model import Link, Observation, Origin, Says, Statement

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.incidents.model import Incident
    from tregua.reports.model import Record


def plainly(records: tuple[Record, ...]) -> list[Incident]:
    """Match a record as one neighbourhood of which every pair is weighed; without replies."""
    told_ = {r.origin.id: r for r in records if isinstance(r, Observation)}
    ids = sorted(told_)
    rows = [told_[i] for i in ids]
    pairs = combinations(range(len(rows)), 2)
    strengths = {(a, b): s for a, b in pairs if (s := strength(rows[a], rows[b])) > 0}
    words = last_words((r for r in records if isinstance(r, Link)), told_)
    said_ = {(ids.index(a), ids.index(b)): word for (a, b), word in words.items()}
    return sorted(incidents_of(rows, strengths, said_), key=lambda i: (i.when.start, i.id))


def without_replies(incidents: tuple[Incident, ...]) -> list[Incident]:
    return [replace(i, replies=()) for i in incidents]


@given(SCENES, WORDS)
def test_neighbourhoods_give_what_the_whole_gives(
    scene: tuple[Observation, ...], words: list[tuple[int, int, bool, int]]
) -> None:
    """No link, rival or word reaches beyond a neighbourhood, and no pair is left unweighed."""
    records: tuple[Record, ...] = (*scene, *spoken(scene, words))
    assert plainly(records) == without_replies(match(records))


def answer(key: int, says: Says, about: str) -> Statement:
    return Statement(Origin(f"a{key}", "desk", "clerk", KNOWN), DAY, says, ("b",), about)


ANSWERS = st.lists(
    st.tuples(st.sampled_from((Says.DENIES, Says.ADMITS)), st.sampled_from(("m", "n", "a:0"))),
    max_size=3,
).map(lambda found: [answer(n, *one) for n, one in enumerate(found)])


@given(SCENES, SCENES, WORDS, ANSWERS, st.randoms(use_true_random=False), st.integers(0, 12))
def test_live_is_batch_after_every_entry(
    scene: tuple[Observation, ...],
    revised: tuple[Observation, ...],
    words: list[tuple[int, int, bool, int]],
    answers: list[Statement],
    random: object,
    forgotten: int,
) -> None:
    """Reports that come, are revised or go, and words: the same incidents, in the same order.

    In the middle all that was kept is thrown away, and nothing shows it.
    """
    told_: list[Record] = [*scene, *spoken(scene, words), *answers]
    random.shuffle(told_)  # type: ignore[attr-defined]
    withdrawn = [(r.origin.id, None) for r in told_[::3]]
    entries = [*((r.origin.id, r) for r in (*told_, *revised)), *withdrawn]
    known: dict[str, Record | None] = {}
    kept = Matched()
    for n, (key, entry) in enumerate(entries):
        known[key] = entry
        kept = Matched() if n == forgotten else kept
        records = tuple(r for r in known.values() if r is not None)
        assert repr(match(records)) == repr(match(records, kept))


def test_an_incident_that_nothing_touches_stays_the_object() -> None:
    """A report of another valley makes one incident, and leaves the one that is there."""
    pair = (told("x:1"), told("y:1"))
    far = told("x:2", place=replace(pair[0].place, lon=38.0))
    kept = Matched()
    (before,) = match(pair, kept)
    assert any(before is i for i in match((*pair, far), kept))


def test_a_join_makes_one_neighbourhood_of_two_and_its_parting_two_again() -> None:
    """A word of a person reaches as far as a link, and no further."""
    pair = (told("x:1"), told("x:2", at="2016-09-20"))
    join = said("1", "x:1", "x:2", same=True)
    part = said("2", "x:1", "x:2", same=False, hour=1)
    kept = Matched()
    assert 2 == len(match(pair, kept))
    assert 1 == len(match((*pair, join), kept))
    assert 2 == len(match((*pair, join, part), kept))
    assert 1 == len(match((*pair, join), kept))


@pytest.mark.outside
@pytest.mark.slow
def test_real_neighbourhoods_give_what_the_whole_gives(shared_data: Path) -> None:
    """Two data sets of one autumn, every pair weighed, give the incidents of the neighbourhoods."""
    ged = observations_of("ged", shared_data / "ged_syria" / "ged_syria.csv.gz")
    airwars = observations_of("airwars", shared_data / "airwars_syria" / "incidents.csv.gz")
    records = tuple(o for o in (*ged, *airwars) if o.when.start.month == DAY.start.month)
    found = match(records)
    print(f"\n{len(records)} records, {len(found)} incidents")
    assert any(i.links for i in found)
    assert plainly(records) == without_replies(found)
