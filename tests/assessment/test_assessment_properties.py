"""Properties that hold for every deal and record (deal language, section 6.3)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import given, settings
from hypothesis import strategies as st

from tregua.assessment.model import Answer

if TYPE_CHECKING:
    from random import Random

    from tests.assessment.conftest import Scene
    from tregua.assessment.model import Assessment
    from tregua.attribution.model import Attributed

END = "2030-09-14T19:00"
BLOCKS = """
prohibition attacks "No attacks"
    on: a, b
    must not: attack(weapon: any)
    against: a, b
    during: truce
    where: everywhere
    except: answer, outside

prohibition advances "No advances"
    on: a, b
    must not: seize-ground
    during: truce
    where: valley

duty lists "Lists"
    on: a, b
    must: hand-over
    when: in-force(truce)
    within: 24 hours
"""
Happening: TypeAlias = "tuple[str, str, str, str, str, bool]"

whens = st.integers(0, 54 * 60).map(
    lambda m: f"2030-09-{12 + (17 * 60 + m) // 1440}T{(17 * 60 + m) // 60 % 24:02}:{m % 60:02}"
)
days = st.sampled_from(["2030-09-12", "2030-09-13", "2030-09-14"])
whats = st.sampled_from(["mortar-fire", "attack", "advance", "hand-over", ""])
sides = st.sampled_from(["a", "b", "a|b", "", "a-militia", "b-militia", "outcast", "b|outcast"])
happenings = st.tuples(
    whens | days, whats, sides, sides, st.sampled_from(["valley", "village", "hill"]), st.booleans()
)
many = st.lists(happenings, max_size=6)
quick = settings(max_examples=60, deadline=None, derandomize=True)


def build(made: type[Scene], found: list[Happening], *, watched: bool) -> Scene:
    scene = made(BLOCKS).begin()
    for when, what, by, against, where, sure in found:
        scene.happened(when, what, by, against, where=where, sure=sure)
    if watched:
        scene.watched("2030-09-12T19:00", END)
    return scene


def answers(scene: Scene) -> dict[tuple[str, str, str], Assessment]:
    return {(a.norm, a.bearer, a.instance): a for a in scene.assessed(END)}


@quick
@given(found=many, random=st.randoms(use_true_random=False), watched=st.booleans())
def test_order_of_arrival_is_irrelevant(
    new_scene: type[Scene], *, found: list[Happening], random: Random, watched: bool
) -> None:
    """P2: records in any order give the same assessments, in the same order."""
    scene = build(new_scene, found, watched=watched)
    before = scene.assessed(END)
    random.shuffle(scene.attributed)
    random.shuffle(scene.statements)
    assert before == scene.assessed(END)


@quick
@given(found=many, watched=st.booleans())
def test_must_implies_may(new_scene: type[Scene], *, found: list[Happening], watched: bool) -> None:
    """What is certain is possible, bounds are in order, and every undetermined has a reason."""
    for one in build(new_scene, found, watched=watched).assessed(END):
        assert one.may or not one.must
        assert 0 <= one.low <= one.high <= 1
        assert (one.answer is Answer.UNDETERMINED) == bool(one.reasons)
        assert tuple(sorted(set(one.reasons))) == one.reasons


@quick
@given(found=many)
def test_silence_without_coverage_is_never_kept(
    new_scene: type[Scene], *, found: list[Happening]
) -> None:
    """P8: without a single watch no norm as a whole is kept."""
    whole = [
        a for a in build(new_scene, found, watched=False).assessed(END) if a.instance == "whole"
    ]
    assert Answer.KEPT not in [a.answer for a in whole]


def made_certain(one: Attributed, scene: Scene, who: str, target: str) -> Attributed:
    """Make an incident certain: it happened, and one of its readings is the truth."""
    incident = replace(one.incident, certain=True)
    return replace(
        one,
        incident=incident,
        actors=scene.whom(who),
        targets=scene.whom(target),
        happened_must=True,
    )


@quick
@given(found=many.filter(bool), data=st.data(), watched=st.booleans())
def test_certainty_never_flips(
    new_scene: type[Scene], *, found: list[Happening], data: st.DataObject, watched: bool
) -> None:
    """P4: making an incident certain resolves undetermined and never turns kept and violated."""
    scene = build(new_scene, found, watched=watched)
    before = answers(scene)
    index = data.draw(st.integers(0, len(found) - 1))
    _, _, by, against, _, _ = found[index]
    ids = ["a", "b", "north", "outcast", "a-militia"]
    who = data.draw(st.sampled_from(by.split("|") if by else ids))
    target = data.draw(st.sampled_from(against.split("|") if against else ids))
    scene.attributed[index] = made_certain(scene.attributed[index], scene, who, target)
    after = answers(scene)
    decided = (Answer.KEPT, Answer.VIOLATED)
    for key, one in before.items():
        if one.answer in decided and key in after:
            assert one.answer is after[key].answer
        # An instance may vanish once it is certain that it never was a violation.
        assert key in after or one.answer is not Answer.VIOLATED


SWAP = str.maketrans("ab", "ba")


def swapped(names: str) -> str:
    return "|".join(
        n.translate(SWAP) if n in ("a", "b") else n for n in (names.split("|") if names else [])
    )


neutral = st.sampled_from(["a", "b", "a|b", "", "outcast", "north"])


@quick
@given(
    found=st.lists(
        st.tuples(whens | days, whats, neutral, neutral, st.just("valley"), st.booleans()),
        max_size=6,
    ),
    watched=st.booleans(),
)
def test_swapping_two_parties_swaps_the_results(
    new_scene: type[Scene], *, found: list[Happening], watched: bool
) -> None:
    """P7: with the two sides swapped, answers, reasons and bounds swap and nothing else changes."""
    other = [(w, k, swapped(by), swapped(on), p, s) for w, k, by, on, p, s in found]
    results = []
    for happened, turn in ((found, False), (other, True)):
        results.append(
            {
                (n, swapped(b) if turn else b, i): (a.answer, a.reasons, a.state, a.low, a.high)
                for (n, b, i), a in answers(build(new_scene, happened, watched=watched)).items()
            }
        )
    assert results[0] == results[1]
