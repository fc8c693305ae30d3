"""What every store promises: one suite, run on each kind that ``open.py`` knows."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tregua.errors import EntryRefused, WrongUse
from tregua.ledger.entry import Entry, canonical, from_bytes
from tregua.ledger.intake import Receipt, append
from tregua.ledger.open import SCHEMES, open_for_reading, open_for_writing
from tregua.ledger.store import Head, Store, read_head
from tregua.ledger.tree import EMPTY_ROOT, leaf_hash, root_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ledger.postgres_server import Server

START = datetime(2016, 9, 12, 16, tzinfo=UTC)
START_US = 1_473_696_000_000_000


def clock(*minutes: int) -> Iterator[datetime]:
    return iter([START + timedelta(minutes=m) for m in minutes])


def items(first: int, end: int) -> list[tuple[str, str, str]]:
    return [("report", "Side A", canonical({"n": n})) for n in range(first, end)]


def empty(kind: str, request: pytest.FixtureRequest) -> str:
    """Give the address of a new store of that kind."""
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server.emptied()
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("store")
    return {"sqlite": f"sqlite:{folder / 'ledger.sqlite'}", "memory": "memory:"}[kind]


@pytest.fixture(params=SCHEMES)
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    with open_for_writing(empty(request.param, request)) as opened:
        yield opened


def test_an_empty_record_has_the_empty_root(store: Store) -> None:
    """A new record has no entries, and the root of none."""
    assert Head(0, EMPTY_ROOT) == store.head()
    assert [] == list(store.entries())
    assert EMPTY_ROOT == store.root_at(0)


def test_a_store_says_whether_what_it_acknowledged_stays(store: Store) -> None:
    """Each names the settings on which that rests; all are safe, but for memory."""
    settings = list(store.settings())
    assert settings
    assert (store.name != "memory:") == all(s.is_safe for s in settings)


def test_a_receipt_says_where_the_batch_stands(store: Store) -> None:
    """The receipt names the first index, the size and the root after the batch."""
    assert 0 == append(store, items(0, 3)).first
    second = append(store, items(3, 5))
    assert Receipt(3, 5, store.root_at(5)) == second
    assert Head(5, second.root) == store.head()


def test_an_empty_batch_changes_nothing(store: Store) -> None:
    """Appending nothing leaves size, root and checkpoints as they were."""
    before = append(store, items(0, 2))
    assert Receipt(2, 2, before.root) == append(store, [])
    assert 1 == len(list(store.checkpoints()))


def test_entries_come_back_as_submitted(store: Store) -> None:
    """Kind, issuer and body are what was submitted; the time is the ledger's own."""
    append(store, [("finding", "لجنة", '["x"]')], now=lambda: START)
    assert [(0, Entry("finding", "لجنة", '["x"]', START_US))] == list(store.entries())


def test_the_time_of_receipt_never_goes_back(store: Store) -> None:
    """When the clock was set back, entries carry the time of the one before them."""
    times = clock(5, 3, 9)
    for n in range(3):
        append(store, items(n, n + 1), now=lambda: next(times))
    told = [entry.received for _, entry in store.entries() if isinstance(entry, Entry)]
    received = [(at - START_US) // 60_000_000 for at in told]
    assert [5, 5, 9] == received


def test_a_clock_without_a_zone_is_wrong_use(store: Store) -> None:
    """A naive time is refused and nothing is recorded."""
    with pytest.raises(WrongUse, match="a time without a zone"):
        append(store, items(0, 1), now=lambda: START.replace(tzinfo=None))
    assert 0 == store.size()


def test_a_batch_with_one_bad_entry_leaves_nothing(store: Store) -> None:
    """All or nothing: the good entries of a refused batch are not recorded, and the next is."""
    append(store, items(0, 2))
    before = store.head()
    with pytest.raises(EntryRefused, match="its kind is not one of"):
        append(store, [*items(2, 4), ("rumour", "Side B", "1")])
    assert before == store.head()
    assert 2 == append(store, items(2, 3)).first


def test_two_equal_submissions_are_two_entries(store: Store) -> None:
    """The ledger does not judge whether an entry says anything new."""
    append(store, items(0, 1) * 2, now=lambda: START)
    assert 2 == store.size()
    (_, first), (_, second) = store.entries()
    assert first == second


def test_only_what_is_there_can_be_asked_for(store: Store) -> None:
    """A prefix longer than the record is wrong use, not a shorter answer."""
    append(store, items(0, 3))
    for start, end in ((0, 4), (-1, 2), (2, 1), (4, None)):
        with pytest.raises(WrongUse, match="the record has 3"):
            store.entries(start, end)
    for size in (-1, 4):
        with pytest.raises(WrongUse, match="the record has 3 entries"):
            store.root_at(size)


def test_one_checkpoint_is_kept_for_each_batch(store: Store) -> None:
    """Each batch leaves size, root and time of its last entry."""
    times = clock(0, 7)
    append(store, items(0, 4), now=lambda: next(times))
    append(store, items(4, 5), now=lambda: next(times))
    kept = [(c.size, c.root, c.at) for c in store.checkpoints()]
    assert [
        (4, store.root_at(4), START_US),
        (5, store.root_at(5), START_US + 7 * 60_000_000),
    ] == kept


@pytest.mark.parametrize("kind", SCHEMES)
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(0, 6), max_size=6), cut=st.integers(0, 36))
def test_a_prefix_is_the_shorter_record(
    sizes: list[int], cut: int, kind: str, request: pytest.FixtureRequest
) -> None:
    """The first K entries of a longer record are the record as it was at K, in every store."""
    with open_for_writing(empty(kind, request)) as store, open_for_writing("memory:") as shorter:
        for size in sizes:
            append(store, items(store.size(), store.size() + size), now=lambda: START)
        known = min(cut, store.size())
        append(shorter, items(0, known), now=lambda: START)
        assert list(shorter.entries()) == list(store.entries(0, known))
        assert shorter.head().root == store.root_at(known)
        for size in range(store.size() + 1):
            leaves = [leaf_hash(row.data) for row in store.rows(0, size)]
            assert root_of(leaves) == store.root_at(size)


def test_rows_are_the_bytes_that_were_hashed(store: Store) -> None:
    """A row's bytes are its entry, and its leaf is their hash."""
    append(store, items(0, 3))
    for (index, entry), row in zip(store.entries(1), store.rows(1), strict=True):
        assert (index, entry) == (row.index, from_bytes(row.data))
        assert leaf_hash(row.data) == row.leaf


def test_a_head_is_written_and_read_back() -> None:
    """A saved head is one line: the size, and the root in hex."""
    head = Head(812, EMPTY_ROOT)
    assert head == read_head(f"{head}\n")
    for text in ("", "812", "0812 " + "0" * 64, "812 " + "A" * 64, f"{head} x"):
        with pytest.raises(WrongUse, match="a saved head is written as"):
            read_head(text)


def test_an_unknown_kind_of_store_is_wrong_use() -> None:
    """A scheme that names no store is refused, with those that do."""
    for where in ("mysql:x", "sqlite:"):
        with pytest.raises(WrongUse, match="names no kind of store"):
            open_for_reading(where)
