"""What SQLite's errors mean for a person: unwritable, unreachable or damaged.

SQL, values and SQLite's own wording never reach a user; only the kind of the error decides.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, SourceUnreachable, StoreUnwritable, TreguaError

if TYPE_CHECKING:
    from collections.abc import Iterator

# Primary result codes (sqlite.org/rescode.html): the low byte of an extended code.
_AWAY = {
    sqlite3.SQLITE_PERM: "there is no permission to open it",
    sqlite3.SQLITE_BUSY: "another writer holds it",
    sqlite3.SQLITE_LOCKED: "another writer holds it",
    sqlite3.SQLITE_READONLY: "it may only be read",
    sqlite3.SQLITE_IOERR: "the disk gives an error",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened; is the folder there, and may you write in it?",
    sqlite3.SQLITE_NOLFS: "the file is larger than this disk allows",
}
_BROKEN = {
    sqlite3.SQLITE_NOTADB: "it is not a ledger file, or its beginning was overwritten",
    sqlite3.SQLITE_CORRUPT: "the file is damaged inside and cannot be read to its end",
    sqlite3.SQLITE_CONSTRAINT: "what it holds does not let the next entry follow",
}


@contextmanager
def explained(path: str, *, writing: bool = False) -> Iterator[None]:
    """Turn every error of SQLite inside into one of ours, in words for a person."""
    try:
        yield
    except sqlite3.ProgrammingError:  # a closed store, a wrong thread: our mistake, not the file's
        raise
    except sqlite3.Error as error:
        raise _meaning(error, path, writing=writing) from error
    except UnicodeDecodeError as error:  # SQLite quotes a damaged table in its message
        raise LedgerDamaged(path, _BROKEN[sqlite3.SQLITE_CORRUPT]) from error


def primary_code(error: sqlite3.Error) -> int:
    """Return SQLite's primary result code, 0 when the error does not come from SQLite itself."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF


def _meaning(error: sqlite3.Error, path: str, *, writing: bool) -> TreguaError:
    code = primary_code(error)
    if code in _AWAY:
        away = _AWAY[code]
        return StoreUnwritable(path, away) if writing else SourceUnreachable(path, away)
    return LedgerDamaged(path, _BROKEN.get(code, "it does not have the form of a ledger"))
