"""How many entries a second a store acknowledges, one by one and in batches, all on the disk.

Peer: the same bytes and leaf hashes, made beforehand, in a plain durable insert of the same store:
no lock, no look at what is held, no check, no hash, no tree, no checkpoint, no guard. Ours and the
peer take turns in one process, so that both meet the same disk; of each the median is taken.
"""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

from bench.measure import Figure, run, work
from tests.ledger.postgres_server import missing, running

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.measure import Run

    Rows = list[tuple[int, bytes, bytes]]

ROUNDS = 300
BATCH = 256  # entries; a full tile of the log
LEAST = 0.7  # of the peer
KINDS = {"one by one": 1, f"in batches of {BATCH}": BATCH}
SPEECH = "Shelling was heard from the north-east for about ten minutes; nobody was hurt. " * 4


@dataclass(frozen=True, slots=True)
class Turns:
    """Seconds that ours and the peer took over one batch."""

    ours: float
    peer: float


def figures(_data: Path | None, scratch: Path) -> list[Figure]:
    """Measure SQLite, and PostgreSQL where a server can be started."""
    found = []
    for name, size in KINDS.items():
        place = str(scratch / f"appends-{size}")
        found.append(_figure(f"append to SQLite, {name}", run(work(*_SQLITE, place, str(size)))))
    if missing():
        sys.stderr.write(f"no PostgreSQL: {missing()} is not installed\n")
        return found
    with running() as server:
        for name, size in KINDS.items():
            address, bare = server.ledger(), server.ledger()
            server.execute(bare, _BARE + "GRANT SELECT, INSERT ON led.bare TO tregua_app")
            measured = run(work("appends", "to_postgres", address, bare, str(size)))
            found.append(_figure(f"append to PostgreSQL, {name}", measured))
    return found


_SQLITE = ("appends", "to_sqlite")
_BARE = "CREATE TABLE led.bare (idx bigint PRIMARY KEY, bytes bytea, leaf bytea);"


def _figure(name: str, measured: Run) -> Figure:
    entries = measured.said["entries"]
    ours, peer = entries / measured.said["ours"], entries / measured.said["peer"]
    return Figure(
        name,
        ours,
        "entries/s",
        "plain durable insert",
        peer,
        measured.peak,
        busy=measured.busy,
        least=LEAST,
    )


def to_sqlite(place: str, size: str) -> dict[str, float]:
    """Append to a ledger file, and insert into a plain table of another with the same settings."""
    db = sqlite3.connect(f"{place}-bare", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE bare (idx INTEGER PRIMARY KEY, bytes BLOB, leaf BLOB)")

    def insert(rows: Rows) -> None:
        db.execute("BEGIN IMMEDIATE")
        db.executemany("INSERT INTO bare VALUES (?, ?, ?)", rows)
        db.execute("COMMIT")

    return _measured(f"{place}.sqlite", insert, int(size))


def to_postgres(address: str, bare: str, size: str) -> dict[str, float]:
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

    return _measured(address, insert, int(size))


def _measured(where: str, insert: Callable[[Rows], None], size: int) -> dict[str, float]:
    from tregua.ledger.open import open_for_writing

    rounds = ROUNDS if size == 1 else ROUNDS // 3
    with open_for_writing(where) as store:
        _turns(store, insert, size, 10)  # plans are prepared, files have grown
        turns = _turns(store, insert, size, rounds)
    return {"entries": size, "ours": turns.ours, "peer": turns.peer}


def _turns(store: Any, insert: Callable[[Rows], None], size: int, rounds: int) -> Turns:
    from tregua.ledger.entry import canonical
    from tregua.ledger.intake import append

    ours, peer = [], []
    for _ in range(rounds):
        first = store.size()
        bodies = [canonical({"n": n, "text": SPEECH}) for n in range(first, first + size)]
        began = perf_counter()
        append(store, [("report", "Side A", body) for body in bodies])
        ours.append(perf_counter() - began)
        rows = [(row.index, row.data, row.leaf) for row in store.rows(first)]
        began = perf_counter()
        insert(rows)
        peer.append(perf_counter() - began)
    return Turns(median(ours), median(peer))
