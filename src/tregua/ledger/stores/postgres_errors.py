"""What PostgreSQL's errors mean for a person: unwritable, unreachable or damaged.

SQL, values and PostgreSQL's own wording never reach a user; only the code of the error decides
(SQLSTATE, postgresql.org/docs/current/errcodes-appendix.html).
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import psycopg

from tregua.errors import LedgerDamaged, SourceUnreachable, StoreUnwritable, TreguaError

if TYPE_CHECKING:
    from collections.abc import Iterator

GONE = "the server does not answer, or ended the session"
_AWAY = {
    "25006": "the server takes no writing now (a standby, or set to be read only)",
    "42501": "the server does not let this role do that; is it a member of tregua_app?",
    "53100": "the disk of the server is full",
    "53200": "the server has no memory left",
    "53300": "the server takes no more sessions",
    "53400": "the server has reached a limit that was set for it",
    "55P03": "another writer holds it",
    "57014": "the server stopped the statement before its end",
    "58030": "the disk of the server gives an error",
}
# Classes: the first two characters of a code.
_AWAY_CLASSES = {"08": GONE, "57": GONE, "40": "another writer came between"}
_BROKEN_CLASSES = {
    "23": "what it holds does not let the next entry follow",
    "P0": "what it holds does not let the next entry follow",
    "XX": "it is damaged inside and cannot be read to its end",
}
_UNKNOWN = "it is not known whether this batch was recorded; look before you count on either"


@contextmanager
def explained(name: str, *, writing: bool = False) -> Iterator[None]:
    """Turn every error of PostgreSQL inside into one of ours, in words for a person."""
    try:
        yield
    except psycopg.Error as error:
        raise _meaning(error, name, writing=writing) from None  # its text holds SQL and values


@contextmanager
def answered(name: str) -> Iterator[None]:
    """Say of a commit whose answer never came that its outcome is not known.

    A server that refuses to commit says so, and nothing was recorded. One that goes away may have
    committed before it went.
    """
    try:
        yield
    except psycopg.OperationalError as error:
        if error.sqlstate is None or error.sqlstate[:2] in ("08", "57"):
            raise StoreUnwritable(name, GONE, left=_UNKNOWN) from None
        raise


def _meaning(error: psycopg.Error, name: str, *, writing: bool) -> TreguaError:
    code = error.sqlstate or ""
    away = _AWAY.get(code) or _AWAY_CLASSES.get(code[:2]) or ("" if code else GONE)
    if away:
        return StoreUnwritable(name, away) if writing else SourceUnreachable(name, away)
    broken = _BROKEN_CLASSES.get(code[:2], "it does not have the form of a ledger")
    return LedgerDamaged(name, broken)
