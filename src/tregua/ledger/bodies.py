"""The working copy of what stands behind the digests of entries: kept beside the ledger, not in it.

A body can be destroyed, and every proof stays as it was: the ledger holds digests only. Salts are
kept nowhere else, since a body of which the salt survives can be guessed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Protocol

from tregua.ledger.stores.sqlite_errors import explained

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    Item = tuple[str, tuple[str, ...]]


class Bodies(Protocol):
    """Disclosures by entry id (leaf hash, hex)."""

    def put(self, items: Iterable[Item]) -> None:
        """Keep the disclosures of entries; those of an entry that is there are replaced.

        Raises:
            StoreUnwritable: nothing of it was kept.
        """

    def get(self, entry_id: str) -> tuple[str, ...]:
        """Return the disclosures of an entry; none when they are not held."""

    def all(self) -> dict[str, tuple[str, ...]]:
        """Return everything that is held."""

    def erase(self, entry_id: str) -> bool:
        """Destroy the disclosures of an entry; say whether there were any."""


class MemoryBodies(Bodies):
    """Bodies for as long as the program runs."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, ...]] = {}

    def put(self, items: Iterable[Item]) -> None:
        """See `Bodies.put`."""
        self._held.update(items)

    def get(self, entry_id: str) -> tuple[str, ...]:
        """See `Bodies.get`."""
        return self._held.get(entry_id, ())

    def all(self) -> dict[str, tuple[str, ...]]:
        """See `Bodies.all`."""
        return dict(self._held)

    def erase(self, entry_id: str) -> bool:
        """See `Bodies.erase`."""
        return self._held.pop(entry_id, None) is not None


_TABLE = """CREATE TABLE IF NOT EXISTS bodies (
  entry BLOB PRIMARY KEY CHECK (length(entry) = 32), disclosures TEXT NOT NULL
) STRICT, WITHOUT ROWID"""


class SqliteBodies(Bodies):
    """Bodies in a file of their own. What is destroyed is overwritten, in no log left behind."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def put(self, items: Iterable[Item]) -> None:
        """See `Bodies.put`."""
        rows = [(bytes.fromhex(key), json.dumps(held)) for key, held in items]
        if not rows:
            return
        _begun(self._path)
        with self._opened(writing=True) as db:
            db.execute(_TABLE)
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT OR REPLACE INTO bodies VALUES (?, ?)", rows)
            db.execute("COMMIT")

    def get(self, entry_id: str) -> tuple[str, ...]:
        """See `Bodies.get`."""
        if not self._path.exists():
            return ()
        with self._opened() as db:
            row = db.execute(
                "SELECT disclosures FROM bodies WHERE entry = ?", (bytes.fromhex(entry_id),)
            ).fetchone()
        return () if row is None else tuple(json.loads(row[0]))

    def all(self) -> dict[str, tuple[str, ...]]:
        """See `Bodies.all`."""
        if not self._path.exists():
            return {}
        with self._opened() as db:
            rows = db.execute("SELECT entry, disclosures FROM bodies").fetchall()
        return {bytes(key).hex(): tuple(json.loads(held)) for key, held in rows}

    def erase(self, entry_id: str) -> bool:
        """See `Bodies.erase`."""
        if not self._path.exists():
            return False
        with self._opened(writing=True) as db:
            gone = db.execute("DELETE FROM bodies WHERE entry = ?", (bytes.fromhex(entry_id),))
            db.execute("VACUUM")
        return gone.rowcount > 0

    @contextmanager
    def _opened(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        with explained(str(self._path), writing=writing):
            db = _connected(self._path)
            try:
                yield db
            except sqlite3.Error:
                db.close()
                _recover(self._path)
                raise
            finally:
                db.close()


def _begun(path: Path) -> None:
    """Make the file, for its owner alone, where there is none."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT, 0o600))  # whatever stands against it, SQLite will say


def _connected(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    # No write-ahead log, which would keep what was destroyed until it is folded back.
    for setting in ("journal_mode = DELETE", "synchronous = FULL", "secure_delete = ON"):
        db.execute(f"PRAGMA {setting}")
    return db


def _recover(path: Path) -> None:
    """Let SQLite take back a batch that failed; reading anything makes it look."""
    with suppress(sqlite3.Error):
        db = _connected(path)
        try:
            db.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        finally:
            db.close()
