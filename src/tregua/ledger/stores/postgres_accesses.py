"""Who read what of a ledger in PostgreSQL: rows that the server shows for one owner at a time."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tregua.errors import LedgerDamaged, StoreUnwritable
from tregua.ledger.accesses import Access, Accesses, in_order
from tregua.ledger.stores.packed import packed, unpacked
from tregua.ledger.stores.postgres_errors import explained
from tregua.ledger.stores.postgres_view import acting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.stores.postgres_session import Session

# Whoever reads opens a session that is read only; this one transaction is not, and waits for the
# disk whatever the server is set to.
_WRITING = ("SET TRANSACTION READ WRITE", "SET LOCAL synchronous_commit = on")
_ADD = """INSERT INTO led.access (id, at, reader, how, owner, entries)
  VALUES (%b, %b, %b, %b, %b, %b)"""
_OF = "SELECT id, at, reader, how, owner, entries FROM led.access WHERE owner = %s"


class PostgresAccesses(Accesses):
    """Lines in the table ``access`` of the ledger's own database."""

    def __init__(self, db: Session, name: str) -> None:
        self._db, self._name = db, name

    def add(self, items: Iterable[Access]) -> None:
        """See `Accesses.add`."""
        try:
            self._add(items)
        except LedgerDamaged as damaged:  # a refused line is no damage of the record
            raise StoreUnwritable(self._name, damaged.why) from None

    def _add(self, items: Iterable[Access]) -> None:
        by_owner = sorted(items, key=lambda one: one.owner)
        with explained(self._name, writing=True), self._db.transaction():
            for statement in _WRITING:
                self._db.execute(statement)
            for owner, own in groupby(by_owner, key=lambda one: one.owner):
                with acting(self._db, party=owner):
                    for one in own:
                        self._db.execute(_ADD, packed(one))

    def of(self, owner: str) -> tuple[Access, ...]:
        """See `Accesses.of`."""
        with explained(self._name), acting(self._db, party=owner):
            rows = self._db.execute(_OF, (owner,), binary=True).fetchall()
        return in_order(unpacked(*row) for row in rows)
