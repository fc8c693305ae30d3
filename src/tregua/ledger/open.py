"""From what a person writes to a store: a path, ``sqlite:PATH``, ``postgresql://...``, ``memory:``.

An address of PostgreSQL holds no password, and no sentence repeats an address that was not read.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.stores.memory import MemoryStore
from tregua.ledger.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from tregua.ledger.store import Store

SCHEMES = ("sqlite", "postgresql", "memory")  # every kind; the conformance tests run on each
_POSTGRES = ("postgresql", "postgres")  # the driver reads both


def open_for_reading(where: str | Path) -> Store:
    """Open the ledger at ``where``; never makes a file, never changes an entry.

    Raises:
        SourceUnreachable: there is no ledger, or it cannot be opened.
        LedgerDamaged: the file is no ledger, or no longer one.
        WrongUse: an unknown kind of store.
    """
    return _opened(where, write=False)


def open_for_writing(where: str | Path) -> Store:
    """Open the ledger at ``where`` to append to it; begin it when there is none.

    Raises:
        StoreUnwritable: it cannot be opened for writing.
        LedgerDamaged: the file is no ledger, or no longer one.
        WrongUse: an unknown kind of store.
    """
    return _opened(where, write=True)


def file_of(where: str | Path) -> Path | None:
    """Return the file that the ledger at ``where`` lies in; none when it lies in no file.

    Raises:
        WrongUse: an unknown kind of store.
    """
    if isinstance(where, Path):
        return where
    scheme, rest = _split(where)
    return Path(rest) if scheme == "sqlite" else None


def beside(where: str | Path) -> Path:
    """Return the path beside which keys, annex and bodies of a ledger lie.

    Those of a ledger on a server lie in the folder in which it is worked on.
    """
    return file_of(where) or Path("ledger.sqlite")


def _opened(where: str | Path, *, write: bool) -> Store:
    path = file_of(where)
    if path is not None:
        return SqliteStore(path, write=write)
    if where == "memory:":
        return MemoryStore()  # nothing is kept: a new, empty record each time
    if find_spec("psycopg") is None:
        raise WrongUse(
            "the driver of PostgreSQL is not installed", help="pip install 'tregua[centre]'"
        )
    from tregua.ledger.stores.postgres import PostgresStore

    return PostgresStore(str(where), write=write)


def _split(where: str) -> tuple[str, str]:
    scheme, colon, rest = where.partition(":")
    if not colon or "/" in scheme or len(scheme) == 1:  # one letter: a drive of Windows
        return "sqlite", where
    if scheme in _POSTGRES or where == "memory:" or (scheme == "sqlite" and rest):
        return scheme, rest
    # Not the rest of it, which may be an address with a password.
    raise WrongUse(
        f"{scheme[:40]!r}: names no kind of store",
        help="write a path, sqlite:PATH, or postgresql://ROLE@HOST/DATABASE",
    )
