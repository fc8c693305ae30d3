"""Workload Late: from a late, revised or withdrawn report to the revised results.

Attacks of workload T in thirty days arrive some hours after they happened, each by an exponential
draw of six hours; after each, now and then, an earlier one is revised or withdrawn. The norm asks
of each severe attack whether it answers another actor's. After each entry the results stand; now
and then they are held against a plain rebuild of everything, which knows no operator. Beside it
stands the same table decided whole by the columnar operator, as one would do without a live path.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from time import perf_counter, thread_time
from typing import TYPE_CHECKING

import numpy as np

from bench.measure import Figure, run, work
from bench.workload_t import ATTACK, SECOND, SEVERE, TEN_MINUTES, events
from tregua.assessment.columns import certain_rows, ints
from tregua.assessment.live import Change, Live
from tregua.assessment.live_norm import LiveNorm, Part, Reach, Said
from tregua.assessment.live_rows import Line
from tregua.assessment.operators import last_other

if TYPE_CHECKING:
    from pathlib import Path

    from bench.measure import Run

SEED, MONTH, SIX_HOURS, QUARTER = 3, 30 * 86_400, 6 * 3_600 * SECOND, 900
REVISED, WITHDRAWN = 0.03, 0.02
ROUNDS = 3
# Events drawn, of which the attacks arrive, and after how many entries the results are compared.
# The second makes a hundred thousand entries.
SIZES = ((200_000, 61), (3_000_000, 9_973))
AIM = 5.0  # milliseconds from a late report to the revised results, 99 of 100
ZONE, ACTOR, SEVERITY = range(3)
CHANGED = ("moved the place", "changed who did it", "changed the severity")


@dataclass(frozen=True, slots=True)
class Attack:
    """What a report says at last."""

    time: int
    zone: int
    actor: int
    severity: int


def figures(_data: Path | None, _scratch: Path) -> list[Figure]:
    """Measure a month of workload T, then one with a hundred thousand entries."""
    return [line for size, every in SIZES for line in _of_size(size, every)]


def _of_size(size: int, every: int) -> list[Figure]:
    runs = [run(work("late", "replay", str(size), str(every))) for _ in range(ROUNDS)]
    said = runs[0].said
    name = f"late, {said['entries']:,} entries"
    peer, whole = "whole table again", _middle(runs, "whole")
    best = min(runs, key=lambda done: done.busy)
    speed, once = _middle(runs, "per_second"), _middle(runs, "median") * 1e3
    first = f"{name}, median of {ROUNDS}"
    return [
        Figure(first, speed, "entries/s", peer, 1 / whole, best.peak, busy=best.busy),
        Figure("  of it our own work", _middle(runs, "per busy second"), "a busy s"),
        Figure("  to revised results, median", once, "ms", peer, whole * 1e3),
        Figure("  to revised results, p99", _middle(runs, "p99") * 1e3, "ms", aim=AIM),
        Figure("  of it our own work, p99", _middle(runs, "p99 busy") * 1e3, "ms", aim=AIM),
        Figure("  new versions of results", said["versions"], "results"),
        Figure("  equal to a plain rebuild", said["compared"], "moments"),
    ]


def _middle(runs: list[Run], name: str) -> float:
    return float(median(done.said[name] for done in runs))


def replay(size: str, every: str) -> dict[str, float]:
    """Take the entries one by one; compare now and then, outside the time measured.

    Raises:
        RuntimeError: when live results differ from the plain rebuild.
    """
    entries = history(int(size))
    live = Live([ANSWERED], changed=CHANGED)
    known: dict[str, Attack] = {}
    took, busy, whole, versions, compared = [], [], [], 0, 0
    for entry, (incident, attack) in enumerate(entries):
        change = Change(incident, _lines(incident, attack))
        began, worked = perf_counter(), thread_time()
        revised = live.take(entry, [change])
        busy.append(thread_time() - worked)
        took.append(perf_counter() - began)
        versions += len(revised)
        if attack is None:
            del known[incident]
        else:
            known[incident] = attack
        if entry % int(every) == 0 or entry == len(entries) - 1:
            compared += 1
            whole.append(_compare(entry, live, known))
    return {
        "entries": len(entries),
        "per_second": len(took) / sum(took),
        "per busy second": len(busy) / sum(busy),
        "median": median(took),
        "p99": float(np.percentile(took, 99)),
        "p99 busy": float(np.percentile(busy, 99)),
        "whole": median(whole),
        "versions": versions,
        "compared": compared,
    }


def history(size: int) -> list[tuple[str, Attack | None]]:
    """Return the entries in the order of arrival: an incident as it is now, or its withdrawal."""
    drawn = events(size, MONTH)
    which = np.flatnonzero(drawn["kind"] == ATTACK)
    columns = [drawn[name][which] for name in ("t", "zone", "actor", "severity")]
    attacks = [Attack(*line) for line in zip(*(c.tolist() for c in columns), strict=True)]
    draw = np.random.default_rng(SEED)
    arrival = columns[0] + draw.exponential(SIX_HOURS, len(which))
    entries: list[tuple[str, Attack | None]] = []
    known: list[tuple[str, Attack]] = []
    for i in np.argsort(arrival, kind="stable").tolist():
        known.append((f"I-{i:06}", attacks[i]))
        entries.append(known[-1])
        chance = draw.random()
        if chance < REVISED + WITHDRAWN:
            at = int(draw.integers(len(known)))
            incident, earlier = known[at]
            known[at] = incident, _revised(earlier, draw)
            entries.append(known[at] if chance < REVISED else (incident, None))
            if chance >= REVISED:
                known[at] = known[-1]
                known.pop()
    return entries


def _revised(attack: Attack, draw: np.random.Generator) -> Attack:
    moved = int(draw.integers(-QUARTER, QUARTER + 1)) * SECOND
    return Attack(max(0, attack.time + moved), attack.zone, attack.actor, int(draw.integers(1, 6)))


def _lines(incident: str, attack: Attack | None) -> tuple[Line, ...]:
    if attack is None:
        return ()
    codes = (attack.zone, attack.actor, attack.severity)
    return (Line(incident, 0, attack.time, attack.time, True, True, codes),)


def _zone(line: Line) -> int:
    return line.codes[ZONE]


def _answered(part: Part) -> tuple[Said, ...]:
    found = last_other.columnar(part.rows, actor=part.code(ACTOR), within=TEN_MINUTES)
    severe = part.code(SEVERITY) >= SEVERE
    return part.of_rows(part.rows.row[severe], (found.may[severe],), (found.may_row[severe],))


ANSWERED = LiveNorm("attacks", _zone, _answered, Reach(back=TEN_MINUTES))


def _compare(entry: int, live: Live, known: dict[str, Attack]) -> float:
    """Hold the live answers against the plain rebuild; return the seconds of a columnar one."""
    found = {
        r.question.incident: said.witnesses[0].incident if said.witnesses[0] else ""
        for r in live.results()
        if (said := r.said) is not None
    }
    if found != plain(known):
        raise RuntimeError(f"late: after entry {entry} the live results differ from a rebuild")
    began = perf_counter()
    if sum(1 for other in found.values() if other) != whole_table(known):
        raise RuntimeError(f"late: after entry {entry} the columnar results differ")
    return perf_counter() - began


def plain(known: dict[str, Attack]) -> dict[str, str]:
    """Walk back from each severe attack, over its zone, to the last one by another actor."""
    zones: dict[int, list[tuple[int, str, Attack]]] = {}
    for incident, attack in known.items():
        zones.setdefault(attack.zone, []).append((attack.time, incident, attack))
    found = {}
    for acts in zones.values():
        acts.sort(key=lambda act: act[:2])
        for i, (time, incident, attack) in enumerate(acts):
            if attack.severity < SEVERE:
                continue
            found[incident] = ""
            for j in range(i - 1, -1, -1):
                earlier, other, act = acts[j]
                if time - earlier > TEN_MINUTES:
                    break
                if act.actor != attack.actor:
                    found[incident] = other
                    break
    return found


def whole_table(known: dict[str, Attack]) -> int:
    """Decide everything once by the columnar operator; return how many severe ones are answers."""
    acts = [act for _, _, act in sorted((a.time, incident, a) for incident, a in known.items())]
    zone, time = ints([a.zone for a in acts]), ints([a.time for a in acts])
    rows = certain_rows(np.arange(len(acts)), zone, time)
    found = last_other.columnar(rows, actor=ints([a.actor for a in acts]), within=TEN_MINUTES)
    return int((found.may & (ints([a.severity for a in acts]) >= SEVERE)).sum())
