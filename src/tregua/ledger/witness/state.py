"""What a cosigner remembers: the newest checkpoint it cosigned of each log, and what it refused.

Comparing the size and storing the new one is one transaction, durable before it returns: without
that a late, smaller request would roll the witness back (tlog-witness, add-checkpoint).
A refused request that the log did sign is kept, a limited number for each log: it may be the proof
that the log told two histories.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING

from tregua.errors import StoreUnwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tregua.ledger.notes.checkpoint import LogHead

KEPT = 256  # refused requests of one log
_TABLES = """
CREATE TABLE IF NOT EXISTS newest (
  origin TEXT PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, note BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS refused (
  origin TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, status INTEGER NOT NULL,
  body BLOB NOT NULL, PRIMARY KEY (origin, text)) STRICT;
"""


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest checkpoint of one log that was cosigned; ``note`` with the cosignatures."""

    size: int
    root: bytes
    note: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A request that the log had signed and the cosigner refused, at POSIX seconds ``at``."""

    origin: str
    at: int
    status: int
    body: bytes


class CosignerState:
    """The memory of one cosigner, in one file; several processes may share it."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._turn = RLock()
        with self._explained():
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute("PRAGMA busy_timeout = 5000")
            self._db.executescript(_TABLES)

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Let nobody else read or write until the block ends; then all of it is durable.

        Raises:
            StoreUnwritable: nothing of the block was stored.
        """
        with self._turn, self._explained():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def newest(self, origin: str) -> Newest | None:
        """Return the newest checkpoint cosigned of a log, ``None`` when there is none."""
        with self._turn, self._explained():
            row = self._db.execute(
                "SELECT size, root, note FROM newest WHERE origin = ?", (origin,)
            ).fetchone()
        return None if row is None else Newest(*row)

    def put(self, head: LogHead, note: bytes) -> None:
        """Store a checkpoint as the newest of its log; only inside a `turn`."""
        self._db.execute(
            "INSERT INTO newest (origin, size, root, note) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root, "
            "note = excluded.note",
            (head.origin, head.size, head.root, note),
        )

    def keep(self, refused: Refused, text: str) -> None:
        """Keep a refused request, the newest of each text; only inside a `turn`.

        When the log's share is full, the oldest that only told a wrong size makes room: a log that
        lost count asks so, and no proof of two histories is pushed out by it.
        """
        with_text = (refused.origin, text)
        self._db.execute("DELETE FROM refused WHERE origin = ? AND text = ?", with_text)
        if self._count(refused.origin) >= KEPT:
            self._db.execute(
                "DELETE FROM refused WHERE rowid IN (SELECT rowid FROM refused "
                "WHERE origin = ? AND status = 409 ORDER BY at, rowid LIMIT 1)",
                (refused.origin,),
            )
        if self._count(refused.origin) < KEPT:
            self._db.execute(
                "INSERT INTO refused (origin, text, at, status, body) VALUES (?, ?, ?, ?, ?)",
                (*with_text, refused.at, refused.status, refused.body),
            )

    def _count(self, origin: str) -> int:
        asked = self._db.execute("SELECT count(*) FROM refused WHERE origin = ?", (origin,))
        count: int = asked.fetchone()[0]
        return count

    def refused(self) -> tuple[Refused, ...]:
        """Return what was refused, oldest first."""
        with self._turn, self._explained():
            rows = self._db.execute(
                "SELECT origin, at, status, body FROM refused ORDER BY at, origin, text"
            ).fetchall()
        return tuple(Refused(*row) for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            why = "it is held by another program, damaged, or its disk is full"
            raise StoreUnwritable(self.name, why, left="nothing was cosigned") from error
