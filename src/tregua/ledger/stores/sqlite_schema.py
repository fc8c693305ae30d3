"""The tables of a ledger in SQLite, and the guards that keep them append-only.

The guards stop a program or a person who uses SQL by mistake. Somebody who owns the file can drop
them: that is what the audit is for, and it says when they are gone.
"""

from __future__ import annotations

import sqlite3

from tregua.ledger.entry import MAX_ENTRY

APPLICATION_ID = 0x54524755  # "TRGU": tells a ledger from any other SQLite file
FORM = 1  # of the tables; a later form gets the next number

# Every insert must continue the row before it. That also stops INSERT OR REPLACE, which triggers on
# DELETE see only where recursive_triggers is on (sqlite.org/lang_conflict.html).
TABLES = (
    f"""CREATE TABLE entries (
  idx INTEGER PRIMARY KEY CHECK (idx >= 0),
  bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND {MAX_ENTRY}),
  leaf BLOB NOT NULL CHECK (length(leaf) = 32)
) STRICT""",
    """CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY CHECK (size > 0),
  root BLOB NOT NULL CHECK (length(root) = 32),
  at INTEGER NOT NULL
) STRICT""",
    """CREATE TRIGGER entries_follow BEFORE INSERT ON entries
  WHEN NEW.idx <> (SELECT coalesce(max(idx) + 1, 0) FROM entries)
  BEGIN SELECT RAISE(ABORT, 'entries are only appended'); END""",
    """CREATE TRIGGER checkpoints_follow BEFORE INSERT ON checkpoints
  WHEN NEW.size <> (SELECT coalesce(max(idx) + 1, 0) FROM entries)
    OR NEW.size <= (SELECT coalesce(max(size), 0) FROM checkpoints)
  BEGIN SELECT RAISE(ABORT, 'checkpoints are only appended'); END""",
    *(
        f"""CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table}
  BEGIN SELECT RAISE(ABORT, '{table} are only appended'); END"""
        for table in ("entries", "checkpoints")
        for act in ("UPDATE", "DELETE")
    ),
)

_STORED = "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"


def is_empty(db: sqlite3.Connection) -> bool:
    """Say whether the file holds nothing yet: neither tables nor anybody's mark."""
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    return bool(mark == 0 and db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0)


def create(db: sqlite3.Connection) -> None:
    """Make the tables and guards; inside the caller's transaction."""
    for statement in TABLES:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {FORM}")


def changed_parts(db: sqlite3.Connection) -> tuple[str, ...]:
    """Return the names of tables and guards that are missing, changed or not ours, sorted."""
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        create(fresh)
        expected = set(fresh.execute(_STORED).fetchall())
    finally:
        fresh.close()
    return tuple(sorted({str(name) for name, _ in expected ^ set(db.execute(_STORED).fetchall())}))
