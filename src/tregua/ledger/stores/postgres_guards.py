"""Whether the tables of a PostgreSQL ledger are still as they were made, guards and rights too.

``postgres_catalog.sql`` asks the server what is there, ``postgres_catalog.txt`` is what it answers
of fresh tables; PostgreSQL 16 and 18 say the same. Whoever owns the server can take a guard away
and put it back: then only the entries tell.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.ledger.stores.postgres_session import Session

_LONGEST = 80  # characters of a name, which may be somebody else's


def changed_parts(db: Session) -> tuple[str, ...]:
    """Return the names of parts that are missing, changed or not ours, sorted."""
    asked = text_of("postgres_catalog.sql")
    held = {(str(name), str(said)) for name, said in db.execute(asked).fetchall()}
    changed = {name for name, _ in _fresh() ^ held}
    return tuple(sorted(" ".join(name.split())[:_LONGEST] for name in changed))


def text_of(name: str) -> str:
    """Return a file that lies beside this one."""
    return files("tregua.ledger.stores").joinpath(name).read_text("utf-8")


@cache
def _fresh() -> frozenset[tuple[str, str]]:
    lines = (line.partition("|") for line in text_of("postgres_catalog.txt").splitlines())
    return frozenset((name, said) for name, _, said in lines)
