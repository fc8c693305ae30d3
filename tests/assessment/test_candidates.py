"""Masks choose incidents: they lose none that the element tests would keep, whatever is unclear."""

from __future__ import annotations

import json
import pickle
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.assessment.plain import asked, lost
from tregua.agreement.read import read_deal
from tregua.assessment import compiled, in_zones
from tregua.assessment.candidates import chosen
from tregua.assessment.columns import ints
from tregua.assessment.compiled import OTHER, compiled_deal
from tregua.assessment.evidence import Evidence
from tregua.assessment.mask_kernel import mask
from tregua.assessment.operator import Form
from tregua.assessment.table import possible, table_of
from tregua.terms.place import Place

if TYPE_CHECKING:
    import pytest

    from tests.assessment.conftest import Scene
    from tregua.agreement.model import Agreement
    from tregua.assessment.columns import Ints
    from tregua.assessment.masks import Vocabulary, Words

BLOCKS = """
acts heavier "Heavier acts"
    row: barrage, shelling

phase afterwards "Afterwards"
    starts: end(truce)
    lasts: 12 hours

prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
    except: answer, outside

prohibition barrages "No barrage in the village"
    on: everyone
    must not: barrage, ground-attack(beyond: village)
    against: everyone
    during: truce, afterwards
    where: village

prohibition advances "No advances"
    on: all-parties
    must not: seize-ground
    during: truce
    where: valley, own-control

prohibition nobodys "Nobody may attack somewhere"
    on: undefined
    must not: attack
    during: truce
    where: undefined

duty quiet "Keeping the militia back"
    on: a
    must keep: restrain(of: a-militia)
    where: valley

duty lists "Lists"
    on: a, b
    must: hand-over, withdraw
    when: in-force(truce)
    within: 24 hours
    where: valley
"""
SQUARE = [[37.0, 36.0], [37.1, 36.0], [37.1, 36.1], [37.0, 36.1], [37.0, 36.0]]
INNER = [[37.02, 36.02], [37.04, 36.02], [37.04, 36.04], [37.02, 36.04], [37.02, 36.02]]
LIBRARY = Path(str(files("tregua"))) / "agreement" / "library"
END = "2030-09-15T07:00"
Happening: TypeAlias = "tuple[str, str, str, str, Place, bool]"

whens = st.integers(0, 66 * 60).map(
    lambda m: f"2030-09-{12 + (17 * 60 + m) // 1440}T{(17 * 60 + m) // 60 % 24:02}:{m % 60:02}"
) | st.sampled_from(["2030-09-12", "2030-09-13", "2030-09-14T19:00", "2030-09-14"])
fights = ("mortar-fire", "attack", "shelling", "barrage", "ground-attack", "raid", "advance")
whats = st.sampled_from((*fights, "hand-over", "deploy", "rumour", ""))
names = ("a", "b", "north", "a-militia", "b-militia", "outcast", "hospital", "third-party")
sides = st.lists(st.sampled_from((*names, "unknown")), max_size=3, unique=True).map("|".join)
spots = st.tuples(
    st.floats(36.98, 37.12) | st.sampled_from((37.0, 37.02, 37.04, 37.1)),
    st.floats(35.98, 36.12) | st.sampled_from((36.0, 36.02, 36.04, 36.1)),
    st.none() | st.sampled_from((0.0, 1.0, 500.0, 900.0, 1_000.0, 5_000.0, 24_999.0, 90_000.0)),
)
named = st.sampled_from(["valley", "The village", "hill", ""])
places = st.one_of(
    named.map(Place),
    named.map(lambda area: Place(area=area)),
    spots.map(lambda s: Place("somewhere", *s)),
    st.tuples(named, spots).map(lambda p: Place(p[0], *p[1])),
)
happenings = st.lists(
    st.tuples(whens, whats, sides, sides, places, st.booleans()), min_size=1, max_size=8
)
shapes = st.sampled_from(["both", "inner", "line", "none"])


def drawn(deal: Agreement, which: str) -> Agreement:
    """Return the deal with outlines: of both zones, of one, of one as a mere line, of none."""
    outlines: dict[str, dict[str, object]] = {
        "valley": {"type": "Polygon", "coordinates": [SQUARE]},
        "village": {"type": "Polygon", "coordinates": [INNER]},
    }
    if which == "line":
        outlines["village"] = {"type": "LineString", "coordinates": INNER}
    if which == "inner":
        del outlines["valley"]
    texts = {} if which == "none" else {k: json.dumps(v) for k, v in outlines.items()}
    grounds = tuple(replace(g, shape=texts.get(g.id, "")) for g in deal.grounds)
    return replace(deal, grounds=grounds)


def known(made: type[Scene], found: list[Happening], which: str) -> Evidence:
    scene = made(BLOCKS).begin()
    for when, what, by, against, where, sure in found:
        scene.happened(when, what, by, against, where=where, sure=sure)
    moments = scene.moments(END)
    at = next(p.end for p in moments.phases if p.id == "afterwards")
    assert at is not None
    return Evidence(drawn(scene.agreement, which), tuple(scene.attributed), (), (), moments, at=at)


@settings(max_examples=150, deadline=None)
@given(found=happenings, which=shapes)
def test_no_candidate_is_lost(
    new_scene: type[Scene], *, found: list[Happening], which: str
) -> None:
    """What may meet a question one by one is left by the masks; what they call certain is."""
    assert [] == lost(known(new_scene, found, which))


def test_the_measure_would_notice(new_scene: type[Scene], monkeypatch: pytest.MonkeyPatch) -> None:
    """With masks that choose nothing, the same measure names what is lost."""
    evidence = known(
        new_scene, [("2030-09-13T05:00", "attack", "a", "b", Place("valley"), True)], "both"
    )
    monkeypatch.setattr("tests.assessment.plain.chosen", lambda *_: ([], []))
    assert ("attacks by a", "I-000") in lost(evidence)


def test_what_is_certainly_elsewhere_is_not_chosen(new_scene: type[Scene]) -> None:
    """Masks do leave out: a shelling far from the village is no candidate for the village."""
    far, near = (Place("x", lon, 36.03, 100.0) for lon in (37.09, 37.03))
    found = [("2030-09-13T05:00", "barrage", "a", "b", where, True) for where in (far, near)]
    evidence = known(new_scene, found, "both")
    assert ([1], [1]) == chosen("barrages by a", evidence)
    assert ([], []) == chosen("barrages by b", evidence)


@settings(max_examples=25, deadline=None)
@given(found=happenings, which=shapes, seed=st.integers(0, 2**32))
def test_caches_may_be_deleted_at_any_moment(
    new_scene: type[Scene], *, found: list[Happening], which: str, seed: int
) -> None:
    """Whatever is kept, thrown away in the middle of the work, changes no row of any answer."""
    whole = known(new_scene, found, which)
    before = {name: chosen(name, whole) for name, *_ in asked(whole)}
    again, random = known(new_scene, found, which), Random(seed)
    for name, rows in before.items():
        assert rows == chosen(name, again)
        if random.random() < 0.5:
            again._kept.clear()
        if random.random() < 0.2:
            compiled.compiled_deal.cache_clear()
            in_zones._classes.cache_clear()
            in_zones._is_area.cache_clear()


@settings(max_examples=15, deadline=None)
@given(found=happenings, which=shapes)
def test_three_forms_choose_the_same(
    new_scene: type[Scene], *, found: list[Happening], which: str
) -> None:
    """P1 on the road: every question has the same rows in all three forms."""
    answers = []
    for form in Form:
        evidence = known(new_scene, found, which)
        evidence.form = form
        answers.append({name: chosen(name, evidence) for name, *_ in asked(evidence)})
    assert answers[0] == answers[1] == answers[2]


@settings(max_examples=40, deadline=None)
@given(found=happenings)
def test_the_batch_kernel_reads_the_same_words(
    new_scene: type[Scene], *, found: list[Happening]
) -> None:
    """Rows of one kind, one actor and one target: the kernel of streams leaves what the road does.

    It is asked without a map, so every zone is possible, and knows no time in force.
    """
    evidence = known(new_scene, found, "none")
    deal, table = compiled_deal(evidence.agreement), table_of(evidence.items)
    sets = ((table.kinds, table.kind), (tuple(map(possible, table.actors)), table.actor))
    (kinds, kind), (actors, actor) = sets
    targets, target = tuple(map(possible, table.targets)), table.target
    single = np.flatnonzero(
        np.array(
            [
                len(kinds[k]) == len(actors[a]) == len(targets[t]) == 1
                for k, a, t in zip(kind, actor, target, strict=True)
            ]
        )
    )
    nowhere = np.full(len(single), np.nan)
    codes = (
        _codes(deal.actors, actors, actor[single]),
        _codes(deal.targets, targets, target[single]),
        _codes(deal.kinds, kinds, kind[single]),
    )
    no_weapon = np.full(len(single), -1)
    for name, (word, bit) in deal.place.items():
        bits = mask(deal.words[word], nowhere, nowhere, table.t_lo[single], *codes, no_weapon)
        left = set(single[(bits & (1 << bit)) != 0].tolist())
        road = set(chosen(name, evidence)[1]) & set(single.tolist())
        assert road <= left
        if not deal.times[word][bit] and not deal.words[word].zoned >> bit & 1:
            assert road == left


def _codes(words: Vocabulary, sets: tuple[Words, ...], code: Ints) -> Ints:
    number = {value: k for k, value in enumerate(words.values)}
    return ints([number.get(sets[c][0], number[OTHER]) for c in code.tolist()])


def test_a_compiled_deal_can_be_sent(new_scene: type[Scene]) -> None:
    """It is one plain object: made again or sent elsewhere it has the same digest and words."""
    deal = new_scene(BLOCKS).agreement
    here, there = compiled_deal(deal), pickle.loads(pickle.dumps(compiled_deal(deal)))
    compiled_deal.cache_clear()
    again = compiled_deal(deal)
    assert here.digest == there.digest == again.digest
    assert here.place == there.place == again.place
    for one, other in zip(here.words, there.words, strict=True):
        assert one.kind.may.tolist() == other.kind.may.tolist()


def test_the_digest_is_of_the_rules_and_not_of_their_words(new_scene: type[Scene]) -> None:
    """Another title is the same deal to the engine; another act is not."""
    deal = new_scene(BLOCKS).agreement
    norm, *others = deal.norms
    titled = replace(deal, norms=(replace(norm, title="Другое"), *others))
    changed = replace(deal, norms=(replace(norm, acts=others[1].acts), *others))
    assert compiled_deal(deal).digest == compiled_deal(titled).digest
    assert compiled_deal(deal).digest != compiled_deal(changed).digest


def test_a_deal_of_many_norms_takes_several_words() -> None:
    """Every question of every bundled deal has a bit of its own, however many there are."""
    most = 0
    for path in sorted(LIBRARY.glob("*.deal.md")):
        deal = compiled_deal(read_deal(path).agreement)
        assert len(set(deal.place.values())) == len(deal.place)
        assert len(deal.place) == sum(len(word.norms) for word in deal.words)
        most = max(most, len(deal.words))
    assert most > 1
