"""Moving a record from one kind of store to another: exactly, from where it stopped, or not."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tregua.errors import LedgerDamaged, WrongUse
from tregua.ledger.audit import audit
from tregua.ledger.entry import canonical
from tregua.ledger.intake import append
from tregua.ledger.open import SCHEMES, open_for_reading, open_for_writing
from tregua.ledger.replay import replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.ledger.postgres_server import Server
    from tregua.ledger.store import Checkpoint, Store

START = datetime(2016, 9, 12, 16, tzinfo=UTC)


def fill(store: Store, sizes: list[int], issuer: str = "Side A") -> None:
    for turn, size in enumerate(sizes):
        first = store.size()
        batch = [("report", issuer, canonical({"n": first + n})) for n in range(size)]
        at = START + timedelta(minutes=turn)
        append(store, batch, now=lambda at=at: at)  # type: ignore[misc]


def content(store: Store) -> tuple[list[object], list[object]]:
    return list(store.rows()), list(store.checkpoints())


def place(kind: str, request: pytest.FixtureRequest) -> str:
    if kind == "postgresql":
        server: Server = request.getfixturevalue("postgres")
        return server.emptied()
    folder: Path = request.getfixturevalue("tmp_path_factory").mktemp("replay")
    return "memory:" if kind == "memory" else str(folder / "ledger.sqlite")


@pytest.mark.parametrize("kind", SCHEMES)
@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 5), max_size=6), kept=st.integers(0, 6))
def test_both_stores_then_hold_the_same(
    sizes: list[int], kept: int, kind: str, request: pytest.FixtureRequest
) -> None:
    """Rows, checkpoints and root are equal, whether the other one was empty or had a beginning."""
    with open_for_writing("memory:") as record, open_for_writing(place(kind, request)) as into:
        fill(into, sizes[:kept])
        fill(record, sizes)
        done = replay(record, into)
        assert content(record) == content(into)
        assert record.head() == into.head() == done.head
        assert sum(sizes[:kept]) == done.before
        assert len(sizes[kept:]) == done.checkpoints


def test_there_and_back_is_the_same_file_of_entries(postgres: Server, tmp_path: Path) -> None:
    """SQLite to PostgreSQL and back: nothing is lost on the way, and each audits clean."""
    here, there, back = tmp_path / "here.sqlite", postgres.emptied(), tmp_path / "back.sqlite"
    with open_for_writing(here) as record:
        fill(record, [3, 1, 1_200, 2])
    for source, target in ((here, there), (there, back)):
        with open_for_reading(source) as record, open_for_writing(target) as into:
            replay(record, into)
    with open_for_reading(here) as one, open_for_reading(back) as other:
        assert content(one) == content(other)
    assert () == audit(there, copy=here).findings
    assert () == audit(back, copy=there).findings


def test_a_move_that_was_stopped_goes_on_from_there(postgres: Server, tmp_path: Path) -> None:
    """Stopped after the second batch, the other store is whole; the next call brings the rest."""

    class Stopped(Exception):
        pass

    def stop(left: Iterable[Checkpoint]) -> Iterator[Checkpoint]:
        for checkpoint in left:
            yield checkpoint
            if checkpoint.size == 5:
                raise Stopped

    here, there = tmp_path / "here.sqlite", postgres.emptied()
    with open_for_writing(here) as record:
        fill(record, [3, 2, 4, 1])
    with open_for_reading(here) as record, open_for_writing(there) as into:
        with pytest.raises(Stopped):
            replay(record, into, each=stop)
        assert 5 == into.size()
    assert () == audit(there).findings
    with open_for_reading(here) as record, open_for_writing(there) as into:
        done = replay(record, into)
    assert (5, 2) == (done.before, done.checkpoints)
    assert () == audit(there, copy=here).findings


@pytest.mark.parametrize(
    ("theirs", "issuer", "from_entry"),
    [([3, 2, 4], "Side A", 5), ([3, 1], "Side A", 3), ([3, 2], "Side B", 0)],
)
def test_a_store_with_another_record_is_refused_and_left_alone(
    theirs: list[int], issuer: str, from_entry: int, tmp_path: Path
) -> None:
    """Longer, cut into other batches, or with other words: nothing is written into it."""
    there = tmp_path / "there.sqlite"
    with open_for_writing("memory:") as record, open_for_writing(there) as into:
        fill(record, [3, 2])
        fill(into, theirs, issuer)
        before = content(into)
        with pytest.raises(WrongUse, match=f"holds another record, from entry {from_entry} on"):
            replay(record, into)
        assert before == content(into)


def test_a_damaged_record_is_moved_up_to_the_damage(tmp_path: Path) -> None:
    """A batch that does not give its checkpoint is not moved, and neither is what follows."""
    here = tmp_path / "here.sqlite"
    with open_for_writing(here) as record:
        fill(record, [3, 2, 4])
    db = sqlite3.connect(here)
    db.executescript(
        "DROP TRIGGER checkpoints_no_update; UPDATE checkpoints SET at = at + 1 WHERE size = 5"
    )
    db.close()
    with open_for_reading(here) as record, open_for_writing("memory:") as into:
        with pytest.raises(LedgerDamaged, match="do not give the checkpoint of 5"):
            replay(record, into)
        assert 3 == into.size()


def test_a_store_that_somebody_else_fills_meanwhile_is_not_mixed(tmp_path: Path) -> None:
    """A batch of another writer between two of ours stops the move before it writes again."""
    there = tmp_path / "there.sqlite"

    def meddle(left: Iterable[Checkpoint]) -> Iterator[Checkpoint]:
        for checkpoint in left:
            yield checkpoint
            with open_for_writing(there) as other:
                append(other, [("report", "Side B", "1")])

    with open_for_writing("memory:") as record, open_for_writing(there) as into:
        fill(record, [3, 2])
        with pytest.raises(WrongUse, match="somebody else appended to it meanwhile"):
            replay(record, into, each=meddle)
        assert 4 == into.size()
