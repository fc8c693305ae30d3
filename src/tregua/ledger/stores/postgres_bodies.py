"""Bodies of a ledger in PostgreSQL: payloads in ``entry_view``, headers in ``vault``.

They are written in the transaction of the entries that they belong to. The server reads neither: it
knows whose entry it is and for which audiences, and hides rows by that (``postgres_view.py``).

Payloads are only ever added: the role of a centre may destroy nothing there. What it destroys is
the header, without which the payload is noise to everybody.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from tregua.ledger.stores.postgres_errors import explained
from tregua.ledger.stores.postgres_view import EntryView, acting, add_views
from tregua.ledger.stores.sealed_bodies import Sealed, SealedBodies
from tregua.terms.marking import PUBLIC

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tregua.ledger.keeper import Keeper
    from tregua.ledger.stores.postgres_session import Session

_AT_ONCE = 1_000  # rows of one statement
_LABELS = "SELECT label FROM led.audience"
_ANY = "SELECT 1 FROM led.vault LIMIT 1"
_OF_THESE = """SELECT v.entry_hash, v.keeper, v.header, coalesce(e.body, '')
  FROM led.vault v LEFT JOIN led.entry_view e USING (party, entry_hash, version)
  WHERE v.entry_hash = ANY(%s)"""
_HEADERS = "SELECT entry_hash, header FROM led.vault"
_OF_ALL = """SELECT v.entry_hash, v.keeper, v.header, coalesce(e.body, '')
  FROM led.vault v LEFT JOIN led.entry_view e USING (party, entry_hash, version)"""
_OF_SOME = """SELECT v.entry_hash, v.keeper, v.header, e.body
  FROM led.vault v JOIN led.entry_view e USING (party, entry_hash, version)"""
_VERSIONS = """SELECT party, entry_hash, max(version) FROM led.entry_view
  WHERE entry_hash = ANY(%s) GROUP BY party, entry_hash"""
_PARTIES = "SELECT party FROM led.vault WHERE entry_hash = %s"
_ERASE = "DELETE FROM led.vault WHERE entry_hash = %s"
_ADD = """INSERT INTO led.vault (entry_hash, party, version, keeper, header)
  SELECT * FROM unnest(%b::bytea[], %b::text[], %b::integer[], %b::text[], %b::bytea[])"""


class PostgresBodies(SealedBodies):
    """Bodies in the schema ``led`` of the ledger's own database."""

    def __init__(self, db: Session, keeper: Keeper, name: str) -> None:
        super().__init__(keeper)
        self._db, self._name = db, name

    def erase(self, entry_id: str) -> bool:
        """See `Bodies.erase`."""
        with explained(self._name, writing=True):
            return self._destroy(bytes.fromhex(entry_id))

    def _holds_any(self) -> bool:
        with explained(self._name):
            return self._db.execute(_ANY).fetchone() is not None

    def _keep(self, rows: list[Sealed]) -> None:
        with explained(self._name, writing=True), self._db.transaction():
            for start in range(0, len(rows), _AT_ONCE):
                self._keep_some(rows[start : start + _AT_ONCE])

    def _keep_some(self, rows: list[Sealed]) -> None:
        before = self._versions(rows)
        for row in rows:
            if (row.party, row.entry) in before:
                self._destroy(row.entry)
        by_party = sorted(rows, key=lambda row: row.party)
        for party, own in groupby(by_party, key=lambda row: row.party):
            with acting(self._db, party=party):
                self._add([(row, before.get((party, row.entry), 0) + 1) for row in own])

    def _versions(self, rows: list[Sealed]) -> dict[tuple[str, bytes], int]:
        labels = self._labels() | {label for row in rows for label in row.rel}
        with acting(self._db, audiences=labels):
            found = self._db.execute(_VERSIONS, ([row.entry for row in rows],), binary=True)
            return {(party, entry): version for party, entry, version in found}

    def _add(self, rows: list[tuple[Sealed, int]]) -> None:
        add_views(self._db, [EntryView(r.entry, r.party, r.rel, r.payload, n) for r, n in rows])
        columns = zip(*((r.entry, r.party, n, r.keeper, r.header) for r, n in rows), strict=True)
        self._db.execute(_ADD, tuple(map(list, columns)))

    def _destroy(self, entry: bytes) -> bool:
        gone = 0
        for (party,) in self._db.execute(_PARTIES, (entry,)).fetchall():
            with acting(self._db, party=party, erasing=entry.hex()):
                gone += self._db.execute(_ERASE, (entry,)).rowcount
        return gone > 0

    def _some(self, entries: list[bytes]) -> Iterator[Sealed]:
        labels = self._labels()
        for start in range(0, len(entries), _AT_ONCE):
            asked = entries[start : start + _AT_ONCE]
            yield from self._rows(_OF_THESE, labels, asked)

    def _headers(self) -> list[tuple[Any, ...]]:
        with explained(self._name), acting(self._db, audiences=self._labels()):
            return self._db.execute(_HEADERS, binary=True).fetchall()

    def _marked(self, audience: str) -> Iterator[Sealed]:
        if audience:
            return iter(self._rows(_OF_SOME, {audience, PUBLIC}))
        return iter(self._rows(_OF_ALL, self._labels()))

    def _rows(self, query: str, labels: Iterable[str], *given: object) -> list[Sealed]:
        with explained(self._name), acting(self._db, audiences=labels):
            found = self._db.execute(query, given, binary=True).fetchall()
        return [Sealed(*row) for row in found]

    def _labels(self) -> set[str]:
        """Return every audience: whoever keeps the record names them all."""
        with explained(self._name):
            return {label for (label,) in self._db.execute(_LABELS).fetchall()}
