"""A record read as it grows tells what a fresh reading tells, whatever happened since."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sharing.test_views_properties import AT, LABELS, ledger, marks, record
from tregua.centre import KnownAt, known_in
from tregua.errors import LedgerDamaged
from tregua.ledger.intake import append
from tregua.ledger.signing.device_key import new_key
from tregua.ledger.signing.disclosures import Field
from tregua.ledger.signing.sign import Draft, Place, Signed, sign
from tregua.ledger.stores.memory import MemoryStore
from tregua.reports.to_entry import body_of
from tregua.reports.to_fields import fields_of
from tregua.sharing.reader import Reader
from tregua.sharing.visit import Visit

if TYPE_CHECKING:
    from tests.sharing.test_views_properties import Marks
    from tregua.centre import Known
    from tregua.ledger.store import Store

IAT = int(AT.timestamp())


class Post:
    """One device that signs and appends; its bodies are put by the test."""

    def __init__(self, name: str = "a/post") -> None:
        self.store = MemoryStore()
        self._key, self._place = new_key(name), Place()

    def add(self, kind: str, *fields: Field, body: bool = True, **given: object) -> Signed:
        rel = ("A", "B")
        draft = Draft(kind, "00" * 32, rel, IAT, fields, **given)  # type: ignore[arg-type]
        made = sign(draft, self._key, self._place)
        self._place = Place(self._place.seq + 1, made.next)
        if body:
            self.store.bodies.put([made])
        append(self.store, [made.entry])
        return made

    def with_one(self) -> Post:
        self.report(7)
        return self

    def report(
        self, number: int, *, body: bool = True, rel: str = "AB", window: str = ""
    ) -> Signed:
        fields = fields_of(body_of(record(number, "shot")), tuple(rel))
        return self.add("report", *fields, body=body, window=window)


def same(store: Store, reader: Reader, audience: str = "", until: KnownAt | None = None) -> Known:
    """Look again with a reader; it must be what a fresh one sees."""
    asked = until or KnownAt()
    fresh = known_in(store, asked, visit=Visit(audience))
    assert fresh == known_in(store, asked, visit=Visit(audience), reader=reader)
    return fresh


@settings(max_examples=25)
@given(
    st.lists(marks(), min_size=1, max_size=4),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(("", *LABELS))), max_size=6),
)
def test_any_prefix_for_any_audience(marked: list[Marks], looks: list[tuple[int, str]]) -> None:
    """Forward and back, for whoever: nothing of one look is left in the next."""
    store = ledger(marked, ["w"] * len(marked))
    reader = Reader()
    for size, audience in looks:
        same(store, reader, audience, KnownAt(size=size))
        same(store, reader, audience, KnownAt(instant=AT - timedelta(hours=size)))


def test_a_body_that_comes_later_or_is_destroyed() -> None:
    """The entry stays as it is; what it tells follows what is held."""
    post, reader = Post(), Reader()
    post.report(1)
    late = post.report(2, body=False)
    assert 1 == len(same(post.store, reader).records)
    post.store.bodies.put([late])
    assert 2 == len(same(post.store, reader).records)
    post.store.bodies.erase(late.next)
    assert 1 == len(same(post.store, reader).records)


def test_the_end_of_a_sealed_window_opens_what_was_read_before() -> None:
    post, reader = Post(), Reader()
    begun = post.add("notice", Field("sides", ["a"], ("A",)), window="am")
    post.report(1, window="am")
    assert () == same(post.store, reader).records
    post.add("notice", Field("state", "closed", ("A",)), window="am", ref=(begun.next,))
    assert 1 == len(same(post.store, reader).records)


def test_a_release_opens_what_was_hidden() -> None:
    post, reader = Post(), Reader()
    shot = post.report(1, rel="A")
    assert () == same(post.store, reader, "B").records
    why = Field("reason", "so agreed", ("A", "B"))
    post.add("release", Field("to", "B", ("A", "B")), why, ref=(shot.next,))
    assert 1 == len(same(post.store, reader, "B").records)
    assert 1 == len(same(post.store, reader, "A").records)


def test_another_record_leaves_nothing_of_the_first() -> None:
    """A longer and a shorter one: the tree of what was read is not theirs."""
    first, second, reader = Post(), Post("b/post"), Reader()
    for number in range(3):
        first.report(number)
        second.report(number + 9)
    second.report(20)
    for post in (first, second, first):
        same(post.store, reader)
        same(post.store, reader, until=KnownAt(size=2))


def test_entries_that_do_not_give_the_checkpoint_are_refused() -> None:
    """A reader that had read them before refuses them too."""
    post, reader = Post(), Reader()
    post.report(1)
    same(post.store, reader)
    post.report(2)
    other = next(Post("b/post").with_one().store.rows())
    post.store._rows[1] = replace(other, index=1)
    for one in (reader, Reader()):
        with pytest.raises(LedgerDamaged, match="do not give the checkpoint of 2"):
            known_in(post.store, KnownAt(), reader=one)


def test_what_did_not_change_is_the_same_object() -> None:
    """So that whoever compares with the last look need not read what is the same."""
    post, reader = Post(), Reader()
    post.report(1)
    (before,) = known_in(post.store, KnownAt(), reader=reader).records
    post.report(2)
    assert any(before is r for r in known_in(post.store, KnownAt(), reader=reader).records)
