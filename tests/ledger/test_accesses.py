"""Who read what: what every store promises of these lines, and what a day's digest holds fast."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ledger.test_stores import empty
from tregua.errors import SourceUnreachable, StoreUnwritable
from tregua.ledger.accesses import Access, digest_of_day
from tregua.ledger.open import SCHEMES, open_for_reading, open_for_writing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ledger.postgres_server import Server
    from tregua.ledger.store import Store

NOON = 1_915_617_600_000_000  # 2030-09-14T12:00Z
DAY = "2030-09-14"


def line(n: int, owner: str = "a", *, at: int = NOON, entries: int = 2) -> Access:
    seen = tuple(f"{n:060x}{m:04x}" for m in range(entries))
    return Access(f"{n:032x}", at + n, "B", "view", owner, seen)


@pytest.fixture(params=SCHEMES)
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.chdir(tmp_path)
    with open_for_writing(empty(request.param, request)) as opened:
        yield opened


def test_an_owner_reads_its_own_lines_by_time(store: Store) -> None:
    """Two owners, several calls, out of order; an owner of whom nothing was read has none."""
    store.accesses.add([line(3), line(1), line(2, "b")])
    store.accesses.add([line(0), line(4, "c", entries=300)])
    assert (line(0), line(1), line(3)) == store.accesses.of("a")
    assert (line(2, "b"),) == store.accesses.of("b")
    assert (line(4, "c", entries=300),) == store.accesses.of("c")
    assert () == store.accesses.of("d") == store.accesses.of("")


def test_lines_are_added_all_or_none(store: Store) -> None:
    """One that is there already takes the others of its call with it."""
    if store.name == "memory:":
        pytest.skip("a list in memory has no key that could stand twice")
    store.accesses.add([line(1)])
    with pytest.raises(StoreUnwritable):
        store.accesses.add([line(2), line(1)])
    assert (line(1),) == store.accesses.of("a")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_whoever_opens_for_reading_can_log(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record itself stays read only."""
    monkeypatch.chdir(tmp_path)
    where = empty(kind, request)
    open_for_writing(where).close()
    with open_for_reading(where) as store:
        store.accesses.add([line(1), line(2, "b")])
        store.accesses.add([line(3)])
    with open_for_reading(where) as store:
        assert (line(1), line(3)) == store.accesses.of("a")


def test_lines_in_a_file_are_its_owners_alone_and_only_added(tmp_path: Path) -> None:
    with open_for_writing(tmp_path / "ledger.sqlite") as store:
        store.accesses.add([line(1)])
    path = tmp_path / "ledger.accesses"
    assert 0o600 == path.stat().st_mode & 0o777
    with closing(sqlite3.connect(path)) as db:
        for statement in ("UPDATE accesses SET reader = 'A'", "DELETE FROM accesses"):
            with pytest.raises(sqlite3.IntegrityError, match="only added"):
                db.execute(statement)


def test_a_log_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    """A folder or other bytes in its place: not written, not read, and no damage of the ledger."""
    with open_for_writing(tmp_path / "ledger.sqlite") as store:
        path = tmp_path / "ledger.accesses"
        path.mkdir()
        with pytest.raises(StoreUnwritable, match=r"ledger\.accesses"):
            store.accesses.add([line(1)])
        path.rmdir()
        path.write_bytes(b"no lines " * 1_000)
        with pytest.raises(StoreUnwritable, match=r"ledger\.accesses"):
            store.accesses.add([line(1)])
        with pytest.raises(SourceUnreachable, match=r"ledger\.accesses"):
            store.accesses.of("a")


def test_the_server_shows_lines_to_one_owner_at_a_time(postgres: Server) -> None:
    """Without an owner there is no row; nothing can be changed or added in another's name."""
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed (extra centre)")
    where = postgres.emptied()
    with open_for_writing(where) as store:
        store.accesses.add([line(1), line(2, "b")])
    with psycopg.connect(where, autocommit=True) as db:
        every = "SELECT count(*) FROM led.access"
        assert (0,) == db.execute(every).fetchone()
        with db.transaction():
            db.execute("SELECT set_config('tregua.party', 'a', true)")
            assert (1,) == db.execute(every).fetchone()
            with pytest.raises(psycopg.errors.InsufficientPrivilege), db.transaction():
                db.execute(
                    "INSERT INTO led.access SELECT id, at, reader, how, 'b', '' FROM led.access"
                )
        for change in ("UPDATE led.access SET how = ''", "DELETE FROM led.access"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege, match="permission denied"):
                db.execute(change)
    assert [(2,)] == postgres.execute(where, every)


lines = st.builds(
    line, st.integers(0, 9), at=st.sampled_from([NOON, NOON + 1]), entries=st.integers(0, 2)
)


@given(st.lists(lines, min_size=1, unique_by=lambda one: one.id), st.data())
def test_a_days_digest_holds_every_line_fast(given_: list[Access], data: st.DataObject) -> None:
    """The order in which they are found does not matter; a line out, in or changed does."""
    digest = digest_of_day(given_, DAY)
    assert digest == digest_of_day(data.draw(st.permutations(given_)), DAY)
    assert "" == digest_of_day(given_, "2030-09-15") == digest_of_day([], DAY)
    at = data.draw(st.integers(0, len(given_) - 1))
    rest, one = given_[:at] + given_[at + 1 :], given_[at]
    for other in (
        [],
        [replace(one, reader="A")],
        [replace(one, how="seal")],
        [replace(one, at=one.at + 1_000)],
        [replace(one, entries=(*one.entries, "00" * 32))],
        [one, line(99)],
    ):
        assert digest != digest_of_day([*rest, *other], DAY)
