"""How many entries a second a store acknowledges, one by one and in batches, all on the disk.

Three kinds of appending, each beside what cannot be left out of it, over the same bytes:

plain      an entry of a ledger begun unsigned: held against its canonical form, sealed;
           beside it a plain durable insert
signed     a signed entry that was read strictly and checked before; beside the same
checked    a signed entry as it comes in: read strictly, its signature, key and place in the chain
           checked; beside a plain durable insert and Ed25519 alone over the same bytes

The insert goes into a table of the same columns, types and checks, with the same settings of the
same store, bytes and leaf hashes made beforehand: no lock, no look at what is held, no hash, no
tree, no checkpoint, no guard. Ours and the peer take turns in one process, each first in every
other round, so that both meet the same disk and the same neighbours; of each the median is taken.
Rounds are counted once the write-ahead logs have their full size, since a file that grows is synced
at twice the cost; and each turn begins at a moment drawn by chance, since many disks answer on a
tick of some milliseconds, and who comes right behind the tick before would meet another one than
who had something to do first. Bodies are kept in files of their own and are not measured here.
"""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import dataclass
from itertools import islice
from random import Random
from statistics import median
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from bench.generate import SEED
from bench.measure import Figure, run, work
from tests.ledger.postgres_server import missing, running

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bench.measure import Run
    from tregua.ledger.store import Store

    Rows = list[tuple[int, bytes, bytes]]
    Put = Callable[[list[Any]], object]

ROUNDS = {1: 300, 256: 80}  # by entries of a batch; 256 are a full tile of the log
WARM = 50  # rounds that are not counted: plans are prepared, files have grown
TICKS = 0.008  # seconds, two ticks of a slow disk
LEAST = 0.7  # of the peer
INSERT = "plain durable insert of the same bytes"
PEERS = {"plain": INSERT, "signed": INSERT, "checked": f"{INSERT} + Ed25519 check of each"}
SPEECH = "Shelling was heard from the north-east for about ten minutes; nobody was hurt. " * 4


_CHANCE = Random(SEED)


@dataclass(frozen=True, slots=True)
class Turns:
    """Seconds that ours and the peer took over one batch."""

    ours: float
    peer: float


def figures(_data: Path | None, scratch: Path) -> list[Figure]:
    """Measure SQLite, and PostgreSQL where a server can be started."""
    cases = [(kind, size) for kind in PEERS for size in ROUNDS]
    found = []
    for kind, size in cases:
        place = str(scratch / f"appends-{kind}-{size}")
        measured = run(work("appends", "to_sqlite", place, kind, str(size)))
        found.append(_figure("SQLite", kind, size, measured))
    if missing():
        sys.stderr.write(f"no PostgreSQL: {missing()} is not installed\n")
        return found
    with running() as server:
        for kind, size in cases:
            address, bare = server.ledger(), server.ledger()
            server.execute(bare, _BARE_POSTGRES)
            measured = run(work("appends", "to_postgres", address, bare, kind, str(size)))
            found.append(_figure("PostgreSQL", kind, size, measured))
    return found


_CHECKS = "(length(bytes) BETWEEN 1 AND 16384), leaf {} NOT NULL CHECK (length(leaf) = 32))"
_BARE_SQLITE = (
    "CREATE TABLE bare (idx INTEGER PRIMARY KEY, bytes BLOB NOT NULL CHECK "
    + _CHECKS.format("BLOB")
    + " STRICT"
)
_BARE_POSTGRES = (
    "CREATE TABLE led.bare (idx bigint PRIMARY KEY, bytes bytea NOT NULL CHECK "
    + _CHECKS.format("bytea")
    + "; GRANT SELECT, INSERT ON led.bare TO tregua_app"
)


def _figure(store: str, kind: str, size: int, measured: Run) -> Figure:
    ours, peer = size / measured.said["ours"], size / measured.said["peer"]
    how = "one by one" if size == 1 else f"in batches of {size}"
    return Figure(
        f"append to {store}, {kind}, {how}",
        ours,
        "entries/s",
        PEERS[kind],
        peer,
        measured.peak,
        busy=measured.busy,
        least=LEAST,
    )


def to_sqlite(place: str, kind: str, size: str) -> dict[str, float]:
    """Append to a ledger file, and insert into a plain table of another with the same settings."""
    from tregua.ledger.stores.sqlite import EVERY_CONNECTION

    db = sqlite3.connect(f"{place}-bare", isolation_level=None)
    for setting in ("PRAGMA journal_mode = WAL", *EVERY_CONNECTION, _BARE_SQLITE):
        db.execute(setting)

    def insert(rows: Rows) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
        db.execute("COMMIT")

    return _measured(f"{place}.sqlite", insert, kind, int(size))


def to_postgres(address: str, bare: str, kind: str, size: str) -> dict[str, float]:
    """Append to a ledger, and insert into a plain table of another database of the server."""
    import psycopg

    db = psycopg.connect(bare, autocommit=True)
    one = "INSERT INTO led.bare VALUES (%b, %b, %b)"
    many = "INSERT INTO led.bare SELECT * FROM unnest(%b::bigint[], %b::bytea[], %b::bytea[])"

    def insert(rows: Rows) -> None:
        if len(rows) == 1:
            db.execute(one, rows[0])
        else:
            db.execute(many, [list(column) for column in zip(*rows, strict=True)])

    return _measured(address, insert, kind, int(size))


def _measured(where: str, insert: Callable[[Rows], None], kind: str, size: int) -> dict[str, float]:
    from tregua.ledger.open import open_for_writing

    with open_for_writing(where) as store:
        items, put, check = _WAYS[kind](store, (ROUNDS[size] + WARM) * size)

        def peer(rows: Rows) -> None:
            insert(rows)
            check([data for _, data, _ in rows])

        _turns(store, items, put, peer, size, WARM)
        turns = _turns(store, items, put, peer, size, ROUNDS[size])
    return {"ours": turns.ours, "peer": turns.peer}


def _turns(
    store: Store,
    items: Iterator[Any],
    put: Put,
    peer: Callable[[Rows], None],
    size: int,
    rounds: int,
) -> Turns:
    ours, theirs = [], []
    for _ in range(0, rounds, 2):  # ours, the peer, the peer, ours
        ours.append(_timed(put, list(islice(items, size))))
        theirs.append(_timed(peer, _last(store, size, size)))
        theirs.append(_timed(peer, _last(store, size, 2 * size)))
        ours.append(_timed(put, list(islice(items, size))))
    return Turns(median(ours), median(theirs))


def _last(store: Store, size: int, ahead: int) -> Rows:
    """Return what was appended last, numbered on behind what the peer holds."""
    first = store.size() - size
    return [(row.index + ahead, row.data, row.leaf) for row in store.rows(first)]


def _timed(call: Callable[[Any], object], given: object) -> float:
    sleep(_CHANCE.uniform(0, TICKS))
    began = perf_counter()
    call(given)
    return perf_counter() - began


def _plain(store: Store, number: int) -> tuple[Iterator[Any], Put, Put]:
    from tregua.ledger.entry import canonical
    from tregua.ledger.intake import append

    bodies = (canonical({"n": n, "text": SPEECH}) for n in range(number))
    items = (("report", "Side A", body) for body in bodies)
    return items, lambda batch: append(store, batch), lambda _: None


def _signed(store: Store, number: int) -> tuple[Iterator[Any], Put, Put]:
    from bench.signed import entries_of
    from tregua.ledger.intake import append
    from tregua.ledger.signed import signed_entry

    named, *reports = entries_of(number + 1)
    append(store, [named])
    read = (signed_entry(report) for report in reports)
    return read, lambda batch: append(store, batch), lambda _: None


def _checked(store: Store, number: int) -> tuple[Iterator[Any], Put, Put]:
    from bench.signed import annex, entries_of, phone_checks
    from tregua.ledger.signing.sign import Signed
    from tregua.ledger.take_signed import SignedIntake

    named, *reports = entries_of(number + 1)
    intake = SignedIntake(store, annex())
    intake.take([Signed(named, ())])
    return iter([Signed(report, ()) for report in reports]), intake.take, phone_checks


_WAYS = {"plain": _plain, "signed": _signed, "checked": _checked}
