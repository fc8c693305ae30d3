"""The four norms of workload T with the columnar operators, from a Parquet file to results."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from bench.workload_t import (
    ACTORS,
    APPROVAL,
    ATTACK,
    DAY,
    MANY,
    REQUEST,
    SEVERE,
    TEN_MINUTES,
    TICKS,
    TWO_DAYS,
    WEEK,
    ZONES,
)
from tregua.assessment.columns import Flags, Ints, Rows, Ticks, certain_rows
from tregua.assessment.in_duckdb import connect
from tregua.assessment.operators import count_within, last_other, match_deadline, none_within

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True, eq=False)
class Results:
    """Calm and count as truths per partition and tick; access and attacks as ids and rows."""

    calm: Flags | Ints
    access: Flags | Ints
    attacks: Flags | Ints
    count: Flags | Ints

    def said(self, seconds: float, steps: dict[str, float]) -> dict[str, object]:
        """Return the sizes of the results, their digest, and the times."""
        parts = (
            self.calm.astype(np.uint8),
            np.sort(self.access).astype("<i8"),
            np.sort(self.attacks).astype("<i8"),
            self.count.astype(np.uint8),
        )
        found = (int(self.calm.sum()), len(self.access), len(self.attacks), int(self.count.sum()))
        digest = hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()
        return {"seconds": seconds, "found": found, "digest": digest, "steps": steps}


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """What is left after noise was left out, in row order."""

    row: Ints
    t: Ints
    zone: Ints
    actor: Ints
    kind: Ints
    severity: Ints
    request: Ints

    def of(self, which: Flags, partition: Ints) -> Rows:
        """Return some events as rows of the engine."""
        return certain_rows(self.row[which], partition[which], self.t[which])


def decide(path: str) -> dict[str, object]:
    """Decide the four norms with the columnar operators; starting DuckDB is no part of it."""
    connect().close()
    began = perf_counter()
    with connect() as database:
        columns = database.execute(
            """SELECT file_row_number, t, zone, actor, kind, severity, request
               FROM read_parquet(?, file_row_number = true) WHERE kind <> 0""",
            [path],
        ).fetchnumpy()
    events = Events(*(np.asarray(column, np.int64) for column in columns.values()))
    steps = {"read": perf_counter() - began}
    norms: dict[str, Callable[[Events], Flags | Ints]] = {
        "calm": calm,
        "access": access,
        "attacks": attacks,
        "count": count,
    }
    found = {}
    for name, norm in norms.items():
        start = perf_counter()
        found[name] = norm(events)
        steps[name] = perf_counter() - start
    return Results(**found).said(perf_counter() - began, steps)


def daily(partitions: int) -> Ticks:
    """Return a tick at the end of each day but the last, for each partition."""
    days = np.arange(1, TICKS + 1) * DAY
    return Ticks(np.repeat(np.arange(partitions), TICKS), np.tile(days, partitions))


def calm(events: Events) -> Flags:
    """Return whether no severe attack was in the last week."""
    severe = (events.kind == ATTACK) & (events.severity >= SEVERE)
    return none_within.columnar(events.of(severe, events.zone), daily(ZONES), within=WEEK).must


def access(events: Events) -> Ints:
    """Return the requests that nobody approved in time."""
    asked, approved = events.kind == REQUEST, events.kind == APPROVAL
    rows = events.of(asked, events.request), events.of(approved, events.request)
    kept = match_deadline.columnar(*rows, within=TWO_DAYS).may
    return np.asarray(events.request[asked][~kept])


def attacks(events: Events) -> Ints:
    """Return the severe attacks that answer nobody."""
    attack = events.kind == ATTACK
    rows, actor = events.of(attack, events.zone), events.actor[attack]
    answers = last_other.columnar(rows, actor=actor, within=TEN_MINUTES)
    return np.asarray(rows.row[(events.severity[attack] >= SEVERE) & ~answers.may])


def count(events: Events) -> Flags:
    """Return whether there were many attacks in the last week."""
    by_whom = events.zone * ACTORS + events.actor
    rows = events.of(events.kind == ATTACK, by_whom)
    return count_within.columnar(rows, daily(ZONES * ACTORS), within=WEEK).low > MANY
