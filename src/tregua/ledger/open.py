"""From what a person writes to a store: a path, ``sqlite:PATH`` or ``memory:``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tregua.errors import WrongUse
from tregua.ledger.stores.memory import MemoryStore
from tregua.ledger.stores.sqlite import SqliteStore

if TYPE_CHECKING:
    from tregua.ledger.store import Store

SCHEMES = ("sqlite", "memory")  # every kind of store; the conformance tests run on each


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


def _opened(where: str | Path, *, write: bool) -> Store:
    if isinstance(where, Path):
        return SqliteStore(where, write=write)
    if where == "memory:":
        return MemoryStore()  # nothing is kept: a new, empty record each time
    scheme, colon, rest = where.partition(":")
    if not colon or "/" in scheme or len(scheme) == 1:  # one letter: a drive of Windows
        return SqliteStore(Path(where), write=write)
    if scheme == "sqlite" and rest:
        return SqliteStore(Path(rest), write=write)
    raise WrongUse(f"{where!r} names no kind of store", help="write a path, sqlite:PATH or memory:")
