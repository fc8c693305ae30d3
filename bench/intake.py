"""How many rows a second go into the ledger: read, checked, made canonical, durable.

Two peers on the same rows: the table read with csv, each row as sorted JSON with its SHA-256; and
the same with a plain, durable insert into SQLite. Neither understands a word of the row.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.generate import events
from bench.measure import Figure, run, work

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.measure import Run

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)
ZONE = "Asia/Damascus"


def ged_file(data: Path | None, scratch: Path) -> Path:
    """Return GED Syria of the data folder, or the generated file."""
    if data is not None:
        return data / "ged_syria" / "ged_syria.csv.gz"
    path = scratch / "events.csv"
    return path if path.is_file() else events(path)


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure our intake and both peers."""
    path = str(ged_file(data, scratch))
    ours = run(work("intake", "take_in_rows", path, str(scratch / "intake.sqlite")))
    plain = run(work("intake", "csv_json_sha256", path))
    durable = run(work("intake", "plain_sqlite", path, str(scratch / "plain.sqlite")))
    what = f"intake, {ours.said['rows']:,} rows" + ("" if data else " (generated)")
    again = run(work("intake", "take_in_rows", path, str(scratch / "intake.sqlite")))
    return [
        _figure(what, ours, "csv + json + sha256", plain.said),
        _figure(what, ours, "the same + durable SQLite insert", durable.said),
        _figure(f"{what}, all there already", again, "", {}),
    ]


def _figure(what: str, ours: Run, peer: str, other: dict[str, float]) -> Figure:
    speed = other["rows"] / other["seconds"] if other else 0.0
    value = ours.said["rows"] / ours.said["seconds"]
    return Figure(what, value, "rows/s", peer, speed, ours.peak, busy=ours.busy)


def take_in_rows(path: str, ledger: str) -> dict[str, float]:
    """Read a file with its reader and append what came of it, as `tregua intake` does."""
    from tregua.centre import take_in
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.desk import new_desk
    from tregua.reports.read_file import read_file
    from tregua.reports.reader import Options
    from tregua.reports.to_entry import body_of_row

    began = perf_counter()
    reading = read_file(Path(path), Options(zone=ZONE, received=RECEIVED))
    with open_for_writing(Path(ledger)) as store:
        pairs = ((r, body_of_row(r, row)) for row in reading.rows for r in row.records)
        taken = take_in(store, pairs, new_desk(("PUBLIC",)))
    return {
        "rows": len(reading.rows),
        "seconds": perf_counter() - began,
        "new": taken.new,
        "refused": len(reading.refused),
    }


def csv_json_sha256(path: str) -> dict[str, float]:
    """Read the rows, write each as sorted JSON, take its digest."""
    began = perf_counter()
    rows = sum(1 for _ in _bodies(path))
    return {"rows": rows, "seconds": perf_counter() - began}


def plain_sqlite(path: str, target: str) -> dict[str, float]:
    """The same, and insert JSON and digest in one durable transaction."""
    began = perf_counter()
    db = sqlite3.connect(target)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE row (n INTEGER PRIMARY KEY, body BLOB, digest BLOB)")
    with db:
        db.executemany("INSERT INTO row (body, digest) VALUES (?, ?)", _bodies(path))
    (rows,) = db.execute("SELECT count(*) FROM row").fetchone()
    db.close()
    return {"rows": rows, "seconds": perf_counter() - began}


def _bodies(path: str) -> Iterator[tuple[bytes, bytes]]:
    opened = gzip.open if path.endswith(".gz") else open
    with opened(path, "rt", encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            body = json.dumps(row, sort_keys=True, ensure_ascii=False).encode()
            yield body, hashlib.sha256(body).digest()
