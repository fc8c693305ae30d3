"""Bodies beside a ledger in SQLite: headers in ``ledger.vault``, payloads in ``ledger.bodies``.

Rows of two files and not one file for each body, which would be two durable writes for each report
(decision 0007). Both are written in one transaction of two attached files, which SQLite commits
together as long as neither keeps a write-ahead log (sqlite.org/lang_attach.html). What is destroyed
is overwritten, and the files are written anew without it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import contextmanager, suppress
from itertools import starmap
from typing import TYPE_CHECKING, Any

from tregua.errors import InputUnreadable, LedgerDamaged
from tregua.ledger.keeper import MAX_HEADER, keeper_beside
from tregua.ledger.stores.sealed_bodies import Sealed, SealedBodies
from tregua.ledger.stores.sqlite_errors import explained
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MARK = 0x54524742  # "TRGB": application_id of both files
# No write-ahead log, which would keep what was destroyed until it is folded back, and with which
# two files are not committed together; nothing in the temporary folder.
_EVERY_CONNECTION = (
    "PRAGMA main.journal_mode = DELETE",
    "PRAGMA vault.journal_mode = DELETE",
    "PRAGMA main.synchronous = FULL",
    "PRAGMA vault.synchronous = FULL",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA trusted_schema = OFF",
)
_TABLES = (
    f"""CREATE TABLE IF NOT EXISTS vault.headers (
  entry BLOB PRIMARY KEY CHECK (length(entry) = 32), keeper TEXT NOT NULL,
  header BLOB NOT NULL CHECK (length(header) <= {MAX_HEADER})
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS main.payloads (
  entry BLOB PRIMARY KEY CHECK (length(entry) = 32), rel TEXT NOT NULL, payload BLOB NOT NULL
) STRICT""",
    f"PRAGMA main.application_id = {_MARK}",
    f"PRAGMA vault.application_id = {_MARK}",
)
_OF_ONE = """SELECT entry, keeper, header, coalesce(payload, x'')
  FROM vault.headers LEFT JOIN main.payloads USING (entry) WHERE entry = ?"""
_HEADERS = "SELECT entry, header FROM vault.headers"
_MARKED = """SELECT entry, keeper, header, coalesce(payload, x'')
  FROM vault.headers LEFT JOIN main.payloads USING (entry)
  WHERE ? = '' OR EXISTS (SELECT 1 FROM json_each(rel) WHERE value IN (?, ?))"""
_IN_PAYLOADS = "SELECT name FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
_IN_VAULT = "SELECT name FROM vault.sqlite_schema WHERE name NOT LIKE 'sqlite_%'"


class SqliteBodies(SealedBodies):
    """Bodies in two files of their own."""

    def __init__(self, ledger: Path) -> None:
        super().__init__(keeper_beside(ledger))
        self._payloads, self._vault = ledger.with_suffix(".bodies"), ledger.with_suffix(".vault")

    def erase(self, entry_id: str) -> bool:
        """See `Bodies.erase`."""
        if not self._holds_any():
            return False
        entry = bytes.fromhex(entry_id)
        with self._opened_files(writing=True) as db:
            db.execute("BEGIN IMMEDIATE")
            gone = db.execute("DELETE FROM vault.headers WHERE entry = ?", (entry,)).rowcount
            gone += db.execute("DELETE FROM main.payloads WHERE entry = ?", (entry,)).rowcount
            db.execute("COMMIT")
            for name in ("vault", "main"):
                db.execute(f"VACUUM {name}")
        return gone > 0

    def _holds_any(self) -> bool:
        return bool(self._query("SELECT 1 FROM vault.headers LIMIT 1"))

    def _keep(self, rows: list[Sealed]) -> None:
        for path in (self._payloads, self._vault):
            with suppress(OSError):  # whatever stands against it, SQLite will say
                os.close(os.open(path, os.O_CREAT, 0o600))
        headers = [(row.entry, row.keeper, row.header) for row in rows]
        payloads = [(row.entry, json.dumps(row.rel), row.payload) for row in rows]
        with self._opened_files(writing=True) as db:
            db.execute("BEGIN IMMEDIATE")
            for statement in _TABLES:
                db.execute(statement)
            db.executemany("INSERT OR REPLACE INTO vault.headers VALUES (?, ?, ?)", headers)
            db.executemany("INSERT OR REPLACE INTO main.payloads VALUES (?, ?, ?)", payloads)
            db.execute("COMMIT")

    def _some(self, entries: list[bytes]) -> Iterator[Sealed]:
        return starmap(Sealed, self._query(_OF_ONE, [(entry,) for entry in entries]))

    def _headers(self) -> list[tuple[Any, ...]]:
        return self._query(_HEADERS)

    def _marked(self, audience: str) -> Iterator[Sealed]:
        return starmap(Sealed, self._query(_MARKED, [(audience, audience, PUBLIC)]))

    def _query(
        self, query: str, given: Iterable[tuple[object, ...]] = ((),)
    ) -> list[tuple[Any, ...]]:
        """Return what a query finds, asked once for each line of what is given."""
        if not self._there():
            return []
        with self._opened_files() as db:
            begun = db.execute(_IN_VAULT).fetchone()
            asked = (db.execute(query, one) for one in given)
            return [row for found in asked for row in found] if begun else []

    def _there(self) -> bool:
        """Say whether there is anything to read.

        Raises:
            InputUnreadable: one of the files is missing, or bodies lie there unencrypted.
        """
        held, other = self._payloads, self._vault
        if _is_empty(held):
            held, other = other, held
        if _is_empty(held):
            return False
        if _is_empty(other):
            self._refuse_earlier(held)
            why = f"it is missing, and what {held.name} holds does not open without it"
            raise InputUnreadable(other, why, help="put it back from its back-up")
        return True

    def _refuse_earlier(self, path: Path) -> None:
        with explained(str(path)):
            db = sqlite3.connect(path)
            try:
                found = db.execute(_IN_PAYLOADS).fetchall()
            finally:
                db.close()
        if ("bodies",) in found:
            raise InputUnreadable(
                path,
                "an earlier tregua wrote it, unencrypted",
                help="take reports and bundles into a new ledger, then destroy this file",
            )

    @contextmanager
    def _opened_files(self, *, writing: bool = False) -> Iterator[sqlite3.Connection]:
        with explained(str(self._payloads), writing=writing):
            db = self._connected()
            try:
                self._check_form(db)
                yield db
            except sqlite3.Error:
                db.close()
                self._recover()
                raise
            finally:
                db.close()

    def _connected(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._payloads, isolation_level=None)
        db.execute("ATTACH ? AS vault", (str(self._vault),))
        for setting in _EVERY_CONNECTION:
            db.execute(setting)
        return db

    def _recover(self) -> None:
        """Let SQLite take back a batch that failed; reading anything makes it look."""
        with suppress(sqlite3.Error):
            db = self._connected()
            try:
                for query in (_IN_PAYLOADS, _IN_VAULT):
                    db.execute(query).fetchone()
            finally:
                db.close()

    def _check_form(self, db: sqlite3.Connection) -> None:
        of_payloads = ("PRAGMA main.application_id", _IN_PAYLOADS, self._payloads)
        of_vault = ("PRAGMA vault.application_id", _IN_VAULT, self._vault)
        for mark, tables, path in (of_payloads, of_vault):
            is_other = db.execute(mark).fetchone()[0] != _MARK
            if is_other and db.execute(tables).fetchone():
                raise LedgerDamaged(str(path), "it is a database, but holds no bodies of a ledger")


def _is_empty(path: Path) -> bool:
    return not path.exists() or (path.is_file() and not path.stat().st_size)
