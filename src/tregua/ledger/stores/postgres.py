"""A ledger in a PostgreSQL database, for a centre with several machines (extra ``centre``).

What holds:

1. A commit is acknowledged when it is on the server's disk (``postgres_session.py`` looks).
2. Every write takes one lock of the database first, and looks at what is held only then; the index
   of an entry is the size of the record before it.
3. One batch is one transaction: entries and checkpoint together, or nothing.
4. Before it appends, a writer recomputes the root of what is held and compares it with the last
   checkpoint: nobody builds upon a record that does not hold together.
5. When the server goes away during a commit, nobody says that the batch is recorded, or that it is
   not.

Not here: the tables (``postgres_tables.sql``), who may log in (``postgres_session.py``), what is
shown to whom (``postgres_view.py``), the words of errors (``postgres_errors.py``), the clock. One
store object belongs to one thread.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from itertools import starmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.pq import TransactionStatus

from tregua.errors import StoreUnwritable
from tregua.ledger.keeper import keeper_beside
from tregua.ledger.store import Checkpoint, Row, Setting
from tregua.ledger.stores.growing import GrowingStore, Newest, newest
from tregua.ledger.stores.postgres_accesses import PostgresAccesses
from tregua.ledger.stores.postgres_bodies import PostgresBodies
from tregua.ledger.stores.postgres_errors import answered, explained
from tregua.ledger.stores.postgres_guards import changed_parts
from tregua.ledger.stores.postgres_session import session
from tregua.ledger.tree import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

WAIT_MS = 5_000  # how long a writer waits for its turn
_LOCK = 0x54524755  # "TRGU": the one lock of all writers of a database
_TURN = f"SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock({_LOCK})"
_AT_ONCE = 1_000  # rows of one statement, so that no batch is held in memory a second time
# Casts, because tables that somebody made anew may hold any type anywhere; with ties, because they
# may hold a number twice.
_ROWS = """SELECT idx::bigint, coalesce(bytes::bytea, ''), coalesce(leaf::bytea, '')
  FROM led.entries WHERE idx >= %s AND idx < %s ORDER BY idx FETCH FIRST 1000 ROWS WITH TIES"""
_CHECKPOINTS = """SELECT size::bigint, coalesce(root::bytea, ''), coalesce(at::bigint, 0)
  FROM led.checkpoints WHERE size >= %s AND size < %s
  ORDER BY size FETCH FIRST 1000 ROWS WITH TIES"""
# One statement, so that a writer beside us cannot come between entries and checkpoint.
_NEWEST = """SELECT held, size, coalesce(root::bytea, ''), coalesce(at::bigint, 0)
  FROM (SELECT coalesce(max(idx) + 1, 0)::bigint AS held FROM led.entries) e LEFT JOIN
  (SELECT size::bigint, root, at FROM led.checkpoints ORDER BY size DESC LIMIT 1) c ON true"""
_ADD_ENTRIES = """INSERT INTO led.entries (idx, bytes, leaf)
  SELECT * FROM unnest(%b::bigint[], %b::bytea[], %b::bytea[])"""
_ADD_CHECKPOINT = "INSERT INTO led.checkpoints (size, root, at) VALUES (%s, %s, %s)"
_LEAST, _NO_END = -(2**63), 2**63 - 1
# Each with the values under which nothing acknowledged is lost; the version is only told.
_SETTINGS = {
    "server_version": (),
    "synchronous_commit": ("on", "remote_apply"),
    "fsync": ("on",),
    "full_page_writes": ("on",),
}


class PostgresStore(GrowingStore):
    """A record kept in the schema ``led`` of one database."""

    def __init__(self, address: str, *, write: bool = False, wait_ms: int = WAIT_MS) -> None:
        self._frontier = Frontier()
        self._wait = str(wait_ms)
        self._db = session(address, write=write)
        self.name = address  # only now: it holds no password
        self.accesses = PostgresAccesses(self._db, address)
        # The key lies where it is worked on: what the server holds opens nothing by itself.
        self.bodies = PostgresBodies(self._db, keeper_beside(Path("ledger")), address)

    def _add(
        self, first: int, data: Sequence[bytes], leaves: Sequence[bytes], checkpoint: Checkpoint
    ) -> None:
        held = (checkpoint.size, checkpoint.root, checkpoint.at)
        with self._db.pipeline():  # on one way to the server
            for start in range(0, len(data), _AT_ONCE):
                piece = list(data[start : start + _AT_ONCE])
                numbers = list(range(first + start, first + start + len(piece)))
                own = list(leaves[start : start + _AT_ONCE])
                self._db.execute(_ADD_ENTRIES, (numbers, piece, own))
            self._db.execute(_ADD_CHECKPOINT, held)

    def _explained(self, *, writing: bool = False) -> AbstractContextManager[None]:
        return explained(self.name, writing=writing)

    @contextmanager
    def _turn(self) -> Iterator[Newest]:
        try:
            with self._db.pipeline():  # on one way to the server
                self._db.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
                self._db.execute(_TURN, (self._wait,))
                met = self._newest()
            yield met
            # Alone: what went wrong before it was not recorded, of this the outcome may be unknown.
            with answered(self.name):
                done = self._db.execute("COMMIT").statusmessage
            if done != "COMMIT":  # what PostgreSQL answers when it rolled back instead
                raise StoreUnwritable(self.name, "the server did not take the batch")
        finally:
            self._roll_back()

    def _roll_back(self) -> None:
        if self._db.info.transaction_status is not TransactionStatus.IDLE:
            with suppress(psycopg.Error):  # a session that is gone has rolled back by itself
                self._db.execute("ROLLBACK")

    def _newest(self) -> Newest:
        found = self._db.execute(_NEWEST).fetchone()
        assert found is not None
        return newest(*found)

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """See `Store.rows`."""
        yield from starmap(Row, self._pages(_ROWS, start, _NO_END if end is None else end))

    def checkpoints(self) -> Iterator[Checkpoint]:
        """See `Store.checkpoints`."""
        for size, root, at in self._pages(_CHECKPOINTS, _LEAST, _NO_END):
            yield Checkpoint(size, root, at)

    def _pages(self, query: str, start: int, end: int) -> Iterator[tuple[Any, ...]]:
        # Page by page, so that several readings may go on side by side in one session.
        while True:
            with explained(self.name):
                page = self._db.execute(query, (start, end), binary=True).fetchall()
            if not page:
                return
            yield from page
            start = page[-1][0] + 1

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        with explained(self.name):
            self._db.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        finally:
            self._roll_back()

    def faults(self) -> Iterator[str]:
        """See `Store.faults`; the server checks its own pages as they are read."""
        return iter(())

    def missing_guards(self) -> Iterator[str]:
        """See `Store.missing_guards`."""
        with explained(self.name):
            yield from changed_parts(self._db)

    def settings(self) -> Iterator[Setting]:
        """See `Store.settings`."""
        for name, safe in _SETTINGS.items():
            with explained(self.name):
                found = self._db.execute("SELECT current_setting(%s)", (name,)).fetchone()
            assert found is not None
            yield Setting(name, found[0], is_safe=found[0] in safe or not safe)

    def close(self) -> None:
        """See `Store.close`."""
        self._db.close()
