"""Worlds of who did it: every hypothesis keeps its share, one office moves all its incidents."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from math import isclose, prod
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.attribution.test_weigh import DAY, OFFICES, replied, told, weighed
from tregua.attribution.model import UNKNOWN
from tregua.attribution.scale import Scale, scale_of
from tregua.attribution.weigh import attribute
from tregua.attribution.worlds import MOST, packed, points, unpacked, worlds_of
from tregua.errors import WrongUse
from tregua.incidents.match import match
from tregua.reports.model import Observation, Says

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement

HEAD = bytes(range(32))
REPORTERS = ("A press", "B press", "G ministry", "monitor", "relief", "passer-by", "blog")
SAID = st.tuples(
    st.sampled_from(REPORTERS),
    st.sampled_from([(), ("a",), ("b",), ("a", "b"), ("x",), ("brigade", "a")]),
    st.booleans(),
)
RECORDS = st.lists(SAID, min_size=1, max_size=5, unique_by=lambda s: s[0]).map(
    lambda said: [told(who, *by, pair_only=pair and len(by) > 1) for who, by, pair in said]
)
REPLIES = st.sets(st.sampled_from([(Says.DENIES, "a"), (Says.DENIES, "b"), (Says.ADMITS, "b")]))


def in_all_ways(scale: Scale) -> dict[str, float]:
    """Return the share of each hypothesis over every way in which offices may be believed."""
    found = dict.fromkeys((who for who, _ in scale.owed), 0.0)
    for ways in product((True, False), repeat=len(scale.offices)):
        pairs = list(zip(scale.offices, ways, strict=True))
        believed = {office for (office, _), yes in pairs if yes}
        weight = prod(share if yes else 1 - share for (_, share), yes in pairs)
        heard = [t for t in scale.tellings if believed & {o for o, _ in t.offices}]
        if len(heard) == 1:
            chances = {n: 1 / len(heard[0].names) for n in heard[0].names}
        else:
            chances = dict(scale.owed)
        for who, chance in chances.items():
            found[who] += weight * chance
    return found


@given(RECORDS, REPLIES)
def test_the_share_over_all_worlds_is_the_share_shown(
    deal: Agreement, records: list[Observation], replies: set[tuple[Says, str]]
) -> None:
    """Whatever offices say, each hypothesis is true in just the share of worlds that it has."""
    one = weighed(deal, *records, *(replied(*reply) for reply in sorted(replies)))
    scale = scale_of(one)
    shares = in_all_ways(scale)
    assert [h.who for h in one.actors] == list(shares)
    assert all(isclose(shares[h.who], h.share, abs_tol=1e-12) for h in one.actors)
    assert all(chance >= 0 for _, chance in scale.owed)


@given(RECORDS)
def test_who_must_have_done_it_leaves_nothing_open(
    deal: Agreement, records: list[Observation]
) -> None:
    """A must needs no office to be believed; without one every office that names has its share."""
    one = weighed(deal, *records)
    scale = scale_of(one)
    if any(h.must for h in one.actors):
        assert () == scale.tellings
        assert {h.who: float(h.must) for h in one.actors} == dict(scale.owed)
    else:
        assert {v.office for v in one.voices if v.names} == {o for o, _ in scale.offices}


def test_agreeing_offices_are_followed_and_contradicting_ones_leave_it_open(
    deal: Agreement,
) -> None:
    """Where both are believed: two that name the same settle it, two that differ do not."""
    alike = scale_of(weighed(deal, told("A press", "b"), told("passer-by", "b")))
    assert [("b",)] == [t.names for t in alike.tellings]
    assert isclose(4 / 9, alike.tellings[0].nobody_believed)
    apart = scale_of(weighed(deal, told("A press", "b"), told("B press", "a")))
    assert [("a",), ("b",)] == [t.names for t in apart.tellings]
    assert {"a": 0.2, "b": 0.2, UNKNOWN: 0.6} == pytest.approx(dict(apart.owed))


def test_one_office_is_believed_on_all_its_incidents_or_on_none(deal: Agreement) -> None:
    """Two incidents told by one office share its words; those of another office are others."""
    day_after = replace(DAY, start=DAY.end, end=DAY.end + (DAY.end - DAY.start))
    second = replace(told("A press", "b", key="2"), when=day_after, matter="mill")
    records = (*OFFICES, told("A press", "b"), second)
    one, two = (scale_of(i) for i in attribute(match(records), records, deal))
    assert one.incident != two.incident
    assert [("A press", 0.5)] == list(one.offices) == list(two.offices)
    worlds = worlds_of([*many(20), *one.offices, *two.offices], HEAD)
    assert (worlds.believed["A press", 0.5] != worlds.believed["office 3", 0.5]).any()


def many(count: int, share: float = 0.5) -> list[tuple[str, float]]:
    return [(f"office {k}", share) for k in range(count)]


def test_sixteen_offices_are_written_out_and_seventeen_drawn() -> None:
    """Sixteen offices give all 65,536 worlds; one more gives 256 drawn ones."""
    assert (MOST, 0) == (worlds_of(many(16), HEAD).size, worlds_of(many(16), HEAD).drawn)
    assert (256, 256) == (worlds_of(many(17), HEAD).size, worlds_of(many(17), HEAD).drawn)


@given(st.lists(st.tuples(st.sampled_from("klm"), st.sampled_from([0.2, 1 / 3, 0.5])), max_size=6))
def test_written_out_worlds_give_each_office_its_shares(offices: list[tuple[str, float]]) -> None:
    """An office is believed with its share; where it has a greater one, in those worlds as well."""
    worlds = worlds_of(offices, HEAD)
    assert isclose(sum(worlds.weight), 1)
    believed = {o: unpacked(words)[: worlds.size] for o, words in worlds.believed.items()}
    for (office, share), where in believed.items():
        assert isclose(share, worlds.mean(where.astype(float)), abs_tol=1e-12)
        for (other, other_share), there in believed.items():
            if office == other and share <= other_share:
                assert (there | ~where).all()
            if office != other:
                both = worlds.mean((where & there).astype(float))
                assert isclose(share * other_share, both, abs_tol=1e-12)


def test_a_draw_depends_on_head_and_name_alone() -> None:
    """Neither other offices nor their order disturb a draw; another head does."""
    one = worlds_of(many(20), HEAD).believed
    more = worlds_of([("another", 0.1), *reversed(many(40))], HEAD).believed
    assert all((more[office] == words).all() for office, words in one.items())
    elsewhere = worlds_of(many(20), HEAD[::-1]).believed
    assert all((elsewhere[office] != words).any() for office, words in one.items())


def test_drawn_worlds_are_these() -> None:
    """The words of a draw are fixed for ever: a published number can be recomputed."""
    words = [2099769405279464119, 5020063151009203969, 1201077517527607337, 15491123417058222820]
    assert words == worlds_of(many(17), HEAD).believed["office 0", 0.5].tolist()
    assert [0.3532182731731148, 0.0012142903078091738] == points(HEAD, "office 0", 2).tolist()


def test_drawn_offices_are_believed_as_often_as_their_share_says() -> None:
    """Over many offices of one fixed head the mean share of worlds is near the share."""
    worlds = worlds_of(many(400, 0.3), HEAD)
    believed = unpacked(np.array(list(worlds.believed.values())))
    assert abs(float(believed.mean()) - 0.3) < 0.01


def test_packing_is_undone_by_unpacking() -> None:
    """Bits and truths are the same thing; a world that fills no word is followed by zeros."""
    truths = np.random.default_rng(4).random((5, 130)) < 0.5
    assert (truths == unpacked(packed(truths))[:, :130]).all()
    assert not unpacked(packed(truths))[:, 130:].any()


def test_a_width_that_fills_no_word_is_refused() -> None:
    """Worlds stand side by side in words of 64."""
    with pytest.raises(WrongUse, match="multiple of 64"):
        worlds_of(many(3), HEAD, width=100)
