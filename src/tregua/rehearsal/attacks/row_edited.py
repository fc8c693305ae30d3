"""Somebody with access to the database edits a row, and puts the guard back that forbids it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from tregua.rehearsal.attack import Attack, Done
from tregua.rehearsal.host import redated
from tregua.rehearsal.looks import at_the_journal

if TYPE_CHECKING:
    from tregua.rehearsal.stage import Stage

_ROW = 8
_DAY = 86_400


def act(stage: Stage) -> Done:
    """Date a report a day earlier, in its row."""
    changed = redated(stage.entries()[_ROW], -_DAY)
    with closing(sqlite3.connect(stage.ledger, isolation_level=None)) as db:
        guard = "SELECT sql FROM sqlite_schema WHERE name = 'entries_no_update'"
        (again,) = db.execute(guard).fetchone()
        db.execute("DROP TRIGGER entries_no_update")
        db.execute("UPDATE entries SET bytes = ? WHERE idx = ?", (changed, _ROW))
        db.execute(again)
    return Done(f"in the database, row {_ROW} is dated a day earlier", (f"entry {_ROW} ",))


ATTACK = Attack("row-edited", "a row edited in the database", act, at_the_journal)
