"""Live is batch on the whole road: drawn deals and ledgers, entry by entry, to the last byte."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.generated.ledgers import World, worlds
from tests.generated.road import examples, store_of
from tregua.assessment.live_answers import LiveAnswers
from tregua.bulletin.to_json import picture_json
from tregua.centre import Known, KnownAt, Picture, known_in, picture, picture_after
from tregua.sharing.reader import Reader

if TYPE_CHECKING:
    from datetime import datetime


def whole(shown: Picture) -> tuple[str, str, object]:
    """Return all that a picture holds, trees and drawn numbers included, as it is written."""
    return repr(shown.assessments), repr(shown.status), picture_json(shown)


def prefixes(world: World, step: int = 1) -> list[Known]:
    """Return what was known after each entry, or after every few of them, as one reader reads on.

    At the last entry it is held against what a fresh reader sees.
    """
    store, reader = store_of(world), Reader()
    sizes = [*range(1, store.size(), step), store.size()]
    known = [known_in(store, KnownAt(size=size), reader=reader) for size in sizes]
    assert known_in(store, KnownAt()).records == known[-1].records
    return known


def agree(world: World, known: Known, live: LiveAnswers, at: datetime) -> None:
    """Hold the picture made with what was kept against the one made alone."""
    shown, _ = picture_after(world.deal.agreement, known, live, at=at)
    alone = picture(world.deal.agreement, known, at=at)
    assert whole(alone) == whole(shown)
    assert alone.attributed == shown.attributed


@examples(10)
@given(worlds())
def test_live_is_batch_at_every_prefix(world: World) -> None:
    """Late, revised and withdrawn reports, statements, watches, links and namings, one by one."""
    live = LiveAnswers()
    for known in prefixes(world):
        agree(world, known, live, world.at)


@examples(12)
@given(worlds(), st.randoms(use_true_random=False))
def test_live_is_batch_in_any_order_of_knowledge(world: World, random: object) -> None:
    """From any prefix to any other, back as well: then records are withdrawn from view."""
    live, all_known = LiveAnswers(), prefixes(world)
    random.shuffle(all_known)  # type: ignore[attr-defined]
    for known in all_known[:6]:
        agree(world, known, live, world.at)


@examples(10)
@given(worlds(), st.integers(2, 5))
def test_live_is_batch_while_time_goes_on(world: World, step: int) -> None:
    """The moment asked about moves with the entries, as it does for whoever looks every day."""
    live = LiveAnswers()
    all_known = prefixes(world, step)
    for number, known in enumerate(all_known):
        agree(world, known, live, world.at - timedelta(hours=7 * (len(all_known) - number)))


@examples(12)
@given(worlds(), worlds())
def test_what_was_kept_of_another_deal_changes_nothing(first: World, second: World) -> None:
    """Neither another deal nor another record leaves anything behind."""
    live = LiveAnswers()
    agree(first, prefixes(first, 99)[-1], live, first.at)
    other = replace(second, records=first.records)
    agree(other, prefixes(other, 99)[-1], live, second.at)
    agree(second, prefixes(second, 99)[-1], live, second.at)


@examples(10)
@given(worlds(), st.integers(1, 4))
def test_versions_tell_every_change_and_nothing_else(world: World, step: int) -> None:
    """The last versions are the batch; a new one differs from the last and counts one more."""
    live, last = LiveAnswers(), dict[str, tuple[int, object]]()
    for known in prefixes(world, step):
        shown, new = picture_after(world.deal.agreement, known, live, at=world.at)
        for one in new:
            number, before = last.get(one.id, (0, None))
            if len({v.id for v in new}) == len(new):
                assert one.version == number + 1
                assert repr(one.answer) != repr(before)
            last[one.id] = one.version, one.answer
            assert one.known_from == known.size
        now = [v.answer for v in live.versions() if v.answer is not None]
        assert sorted(map(repr, now)) == sorted(map(repr, shown.assessments))
