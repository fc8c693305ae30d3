"""A ledger in one SQLite file, through Python's own sqlite3.

What holds:

1. WAL with ``synchronous=FULL``: a commit that returned survives a kill, and a power cut as far as
   the disk keeps its word (sqlite.org/pragma.html#pragma_synchronous).
2. Every write begins with ``BEGIN IMMEDIATE``: a transaction that reads first and locks later fails
   at once when another writer came between, whatever the timeout.
3. One batch is one transaction: entries and checkpoint together, or nothing.
4. Before it appends, a writer recomputes the root of what is held and compares it with the last
   checkpoint: nobody builds upon a record that does not hold together.

Not here: the tables (``sqlite_schema.py``), the words of errors (``sqlite_errors.py``), the clock.
One store object belongs to one thread. WAL does not work on network file systems.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from itertools import count, starmap
from typing import TYPE_CHECKING

from tregua.errors import InputUnreadable, LedgerDamaged, SourceUnreachable, StoreUnwritable
from tregua.ledger.store import Checkpoint, Row, Setting
from tregua.ledger.stores.growing import GrowingStore, Newest, newest
from tregua.ledger.stores.sqlite_accesses import SqliteAccesses
from tregua.ledger.stores.sqlite_bodies import SqliteBodies
from tregua.ledger.stores.sqlite_errors import explained, primary_code
from tregua.ledger.stores.sqlite_schema import APPLICATION_ID, FORM, changed_parts, create, is_empty
from tregua.ledger.tree import Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

WAIT_MS = 5_000  # how long a writer waits for its turn
_BEGINNERS = 50  # how many writers may meet while they begin one file
_OLDEST = (3, 37, 0)  # STRICT tables
EVERY_CONNECTION = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",
    "PRAGMA trusted_schema = OFF",
)
# Casts, because a damaged page, or tables that somebody made anew, may hold any type anywhere.
_ROWS = """SELECT CAST(idx AS INTEGER), coalesce(CAST(bytes AS BLOB), x''),
  coalesce(CAST(leaf AS BLOB), x'') FROM entries WHERE idx >= ? AND idx < ? ORDER BY idx"""
_CHECKPOINTS = """SELECT coalesce(CAST(size AS INTEGER), 0), coalesce(CAST(root AS BLOB), x''),
  coalesce(CAST(at AS INTEGER), 0) FROM checkpoints ORDER BY size"""
# One statement, so that a writer beside us cannot come between entries and checkpoint.
_NEWEST = """SELECT held, size, coalesce(CAST(root AS BLOB), x''), coalesce(CAST(at AS INTEGER), 0)
  FROM (SELECT CAST(coalesce(max(idx) + 1, 0) AS INTEGER) AS held FROM entries)
  LEFT JOIN (SELECT size, root, at FROM checkpoints ORDER BY size DESC LIMIT 1)"""
_NO_END = 2**63 - 1
_LEVELS = ("OFF", "NORMAL", "FULL", "EXTRA")  # of `synchronous`; below FULL a power cut may lose


class SqliteStore(GrowingStore):
    """A record kept in one file (and, while it is open, a ``-wal`` and a ``-shm`` beside it)."""

    def __init__(self, path: Path, *, write: bool = False, wait_ms: int = WAIT_MS) -> None:
        self.name = str(path)
        self.accesses = SqliteAccesses(path)
        self.bodies = SqliteBodies(path)
        if sqlite3.sqlite_version_info < _OLDEST:
            version = sqlite3.sqlite_version
            raise SourceUnreachable(self.name, f"SQLite 3.37 or newer is needed, here is {version}")
        self._frontier = Frontier()
        if write:
            with explained(self.name, writing=True):
                self._db = _opened_for_writing(path, wait_ms)
        else:
            with explained(self.name):
                self._db = _opened_for_reading(path, wait_ms)

    def _add(
        self, first: int, data: Sequence[bytes], leaves: Sequence[bytes], checkpoint: Checkpoint
    ) -> None:
        rows = zip(count(first), data, leaves, strict=False)
        self._db.executemany("INSERT INTO entries (idx, bytes, leaf) VALUES (?, ?, ?)", rows)
        held = (checkpoint.size, checkpoint.root, checkpoint.at)
        self._db.execute("INSERT INTO checkpoints (size, root, at) VALUES (?, ?, ?)", held)

    def _explained(self, *, writing: bool = False) -> AbstractContextManager[None]:
        return explained(self.name, writing=writing)

    @contextmanager
    def _turn(self) -> Iterator[Newest]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield self._newest()
            self._db.execute("COMMIT")
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def _newest(self) -> Newest:
        return newest(*self._db.execute(_NEWEST).fetchone())

    def rows(self, start: int = 0, end: int | None = None) -> Iterator[Row]:
        """See `Store.rows`."""
        with explained(self.name):
            found = self._db.execute(_ROWS, (start, _NO_END if end is None else end))
            yield from starmap(Row, found)

    def checkpoints(self) -> Iterator[Checkpoint]:
        """See `Store.checkpoints`."""
        with explained(self.name):
            for size, root, at in self._db.execute(_CHECKPOINTS):
                yield Checkpoint(size, root, at)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See `Store.snapshot`."""
        with explained(self.name):
            self._db.execute("BEGIN")
        try:
            yield
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def faults(self) -> Iterator[str]:
        """See `Store.faults`; the first few that SQLite's own quick check of the file names."""
        with explained(self.name):
            for (said,) in self._db.execute("PRAGMA quick_check(5)"):
                if said != "ok":
                    yield " ".join(str(said).split())

    def missing_guards(self) -> Iterator[str]:
        """See `Store.missing_guards`."""
        with explained(self.name):
            yield from changed_parts(self._db)

    def settings(self) -> Iterator[Setting]:
        """See `Store.settings`."""
        with explained(self.name):
            journal = self._db.execute("PRAGMA journal_mode").fetchone()[0]
            level = _LEVELS[self._db.execute("PRAGMA synchronous").fetchone()[0]]
        yield Setting("SQLite", sqlite3.sqlite_version, sqlite3.sqlite_version_info >= _OLDEST)
        yield Setting("journal mode", journal, journal == "wal")
        yield Setting("synchronous", level, level in ("FULL", "EXTRA"))

    def close(self) -> None:
        """See `Store.close`."""
        self._db.close()


def _opened_for_writing(path: Path, wait_ms: int) -> sqlite3.Connection:
    db = _connected(path, "mode=rwc", wait_ms)
    with _closed_on_failure(db):
        if not is_empty(db):
            _check_form(db, path)
        _keep_a_log(db, path)
        db.execute("BEGIN IMMEDIATE")
        if is_empty(db):  # asked again: another writer may have begun the same record meanwhile
            create(db)
        db.execute("COMMIT")
        _check_form(db, path)
    return db


def _keep_a_log(db: sqlite3.Connection, path: Path) -> None:
    # The first switch to WAL needs the file for itself and, unlike other statements, does not wait
    # for it. Only writers that begin the same file at the same moment meet here: each waits for its
    # turn, and asks again.
    for _ in range(_BEGINNERS):
        try:
            mode = db.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY:
                raise
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        else:
            break
    else:
        raise StoreUnwritable(path, "too many writers begin it at the same time")
    if mode != "wal":
        raise StoreUnwritable(path, "this disk cannot keep a ledger safely (no write-ahead log)")


def _opened_for_reading(path: Path, wait_ms: int) -> sqlite3.Connection:
    if not path.exists():
        raise SourceUnreachable(
            str(path), "there is no ledger here", help="`tregua intake` begins one"
        )
    try:
        # Not mode=ro: such a connection cannot tidy up, and leaves a -wal and a -shm behind.
        return _checked(_connected(path, "mode=rw", wait_ms), path)
    except sqlite3.Error as error:
        # A file on a medium that cannot be written: SQLite cannot put its -shm beside it. Without
        # a -wal the file is complete by itself and may be read as one that nobody changes.
        wal = path.with_name(path.name + "-wal")
        on_fixed_medium = primary_code(error) in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY)
        if not on_fixed_medium or path.is_dir() or (wal.exists() and wal.stat().st_size):
            raise
    return _checked(_connected(path, "immutable=1", wait_ms), path)


def _connected(path: Path, how: str, wait_ms: int) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?{how}"
    db = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=wait_ms / 1000)
    with _closed_on_failure(db):
        for setting in EVERY_CONNECTION:
            db.execute(setting)
    return db


def _checked(db: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    with _closed_on_failure(db):
        db.execute("PRAGMA query_only = ON")
        _check_form(db, path)
    return db


@contextmanager
def _closed_on_failure(db: sqlite3.Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        db.close()
        raise


def _check_form(db: sqlite3.Connection, path: Path) -> None:
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise LedgerDamaged(str(path), "it is a database, but not that of a ledger")
    form = db.execute("PRAGMA user_version").fetchone()[0]
    if form > FORM:
        raise InputUnreadable(path, f"a newer tregua wrote it (form {form}, known here: {FORM})")
    db.execute("SELECT idx, bytes, leaf FROM entries LIMIT 1").fetchone()
    db.execute("SELECT size, root, at FROM checkpoints LIMIT 1").fetchone()
