"""Who read what of a ledger in SQLite: ``ledger.accesses`` beside it, for its owner alone."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, SourceUnreachable, StoreUnwritable
from tregua.ledger.accesses import Access, Accesses, in_order
from tregua.ledger.stores.packed import packed, unpacked
from tregua.ledger.stores.sqlite_errors import explained

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_TABLE = (
    """CREATE TABLE IF NOT EXISTS accesses (
  id BLOB PRIMARY KEY CHECK (length(id) = 16), at INTEGER NOT NULL, reader TEXT NOT NULL,
  how TEXT NOT NULL, owner TEXT NOT NULL, entries BLOB NOT NULL
) STRICT""",
    "CREATE INDEX IF NOT EXISTS of_owner ON accesses (owner, at)",
    """CREATE TRIGGER IF NOT EXISTS no_update BEFORE UPDATE ON accesses
  BEGIN SELECT RAISE(ABORT, 'accesses are only added'); END""",
    """CREATE TRIGGER IF NOT EXISTS no_delete BEFORE DELETE ON accesses
  BEGIN SELECT RAISE(ABORT, 'accesses are only added'); END""",
)
_ADD = "INSERT INTO accesses VALUES (?, ?, ?, ?, ?, ?)"
_OF = "SELECT id, at, reader, how, owner, entries FROM accesses WHERE owner = ?"


class SqliteAccesses(Accesses):
    """Lines in a file of their own."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_suffix(".accesses")

    def add(self, items: Iterable[Access]) -> None:
        """See `Accesses.add`."""
        rows = [packed(one) for one in items]
        with suppress(OSError):  # whatever stands against it, SQLite will say
            os.close(os.open(self._path, os.O_CREAT, 0o600))
        try:
            with explained(str(self._path), writing=True), closing(self._connected()) as db, db:
                db.execute("BEGIN IMMEDIATE")
                for statement in _TABLE:
                    db.execute(statement)
                db.executemany(_ADD, rows)
        except LedgerDamaged as damaged:
            raise StoreUnwritable(self._path, damaged.why) from None

    def of(self, owner: str) -> tuple[Access, ...]:
        """See `Accesses.of`."""
        if not self._path.exists():
            return ()
        try:
            with explained(str(self._path)), closing(self._connected()) as db:
                return in_order(unpacked(*row) for row in db.execute(_OF, (owner,)))
        except LedgerDamaged as damaged:
            raise SourceUnreachable(str(self._path), damaged.why) from None

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, isolation_level=None)
        for setting in ("synchronous = FULL", "recursive_triggers = ON", "trusted_schema = OFF"):
            db.execute(f"PRAGMA {setting}")
        return db
