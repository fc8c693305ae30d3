"""From an entry to the revised answers on the whole road, beside the same picture made alone.

The ledger is that of `status`: GED, Airwars and the bundled reports, or generated rows without
data. Then entries arrive about the days before the moment asked about: a report that comes late,
one whose place is moved, one whose time is moved out of view. Each is appended durably, and the
picture made with what was kept of the one before; now and then it is made alone as well, and held
against it to the last byte. At last a statement comes, after which nothing is taken over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from bench.intake import RECEIVED, ZONE, ged_file
from bench.measure import Figure, run, work
from bench.start import DEAL
from bench.status import AT, STEPS, read_whole, timed_steps

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from tregua.agreement.model import Agreement
    from tregua.assessment.live_answers import LiveAnswers
    from tregua.centre import Known
    from tregua.ledger.store import Store
    from tregua.reports.model import Observation, Record

SEED, ENTRIES, EVERY = 5, 30, 3
TEN_DAYS, YEAR = timedelta(days=10), timedelta(days=365)
A_KILOMETRE = 0.01  # degrees of longitude and latitude, about


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure entries one by one, and the steps of the pictures that follow them."""
    ledger = scratch / "live_road.sqlite"
    sources = [ged_file(data, scratch)]
    sources += [data / "airwars_syria" / "incidents.csv.gz"] if data else []
    built = run(work("status", "build", str(ledger), *map(str, sources)))
    ours = run(work("live_road", "replay", str(ledger)))
    said = ours.said
    name = f"live road, {built.said['entries']:,} entries, {said['answers']:,} answers"
    peer = "the picture made alone"
    return [
        Figure(
            f"{name}: an entry to revised answers, median",
            said["median"], "s", peer, said["alone"], ours.peak, busy=ours.busy,
        ),
        Figure("  the same, p99", said["p99"], "s", peer, said["alone"]),
        *(Figure(f"  of the median picture: {s}", said[s], "s") for s in STEPS),
        Figure("  answers about incidents asked again, median", said["asked"], "answers"),
        Figure("  new versions, median", said["versions"], "answers"),
        Figure("  after a statement: it touches all", said["statement"], "s", peer, said["alone"]),
        Figure("  equal to it, to the byte", said["compared"], "pictures"),
    ]  # fmt: skip


def replay(ledger: str) -> dict[str, float]:
    """Append entries one by one, each followed by a picture; compare outside the time measured.

    Raises:
        RuntimeError: when a live picture is not the one made alone, to the byte.
    """
    from tregua.agreement.read import read_deal
    from tregua.assessment.live_answers import LiveAnswers
    from tregua.centre import picture_after
    from tregua.cli.where import at_instant
    from tregua.ledger.open import open_for_writing

    agreement = read_deal(DEAL).agreement
    at, known, live = at_instant(AT, agreement.zone), read_whole(ledger), LiveAnswers()
    shown, _ = picture_after(agreement, known, live, at=at)
    steps, alone = timed_steps(), []
    took: list[dict[str, float]] = []
    with open_for_writing(Path(ledger)) as store:
        for number, record in enumerate((*entries(known, at), statement())):
            steps.clear()
            known, one = _take(store, agreement, known, record, live, at)
            took.append({**dict.fromkeys(STEPS, 0.0), **steps, **one})
            if number % EVERY == 0 or number == ENTRIES:
                alone.append(_compared(agreement, known, live, at))
    *usual, last = took
    middle = {name: median(one[name] for one in usual) for name in usual[0]}
    return {
        **middle,
        "median": middle["seconds"],
        "p99": float(np.percentile([one["seconds"] for one in usual], 99)),
        "statement": last["seconds"],
        "alone": median(alone),
        "compared": len(alone),
        "answers": len(shown.assessments),
    }


def _take(
    store: Store,
    agreement: Agreement,
    known: Known,
    record: Record,
    live: LiveAnswers,
    at: datetime,
) -> tuple[Known, dict[str, float]]:
    """Append a record and look again; return what is known then, and what it took."""
    from tregua.assessment.again import INCIDENT
    from tregua.centre import picture_after
    from tregua.ledger.intake import append
    from tregua.reports.to_entry import body_of, entry_kind

    began = perf_counter()
    head = append(store, [(entry_kind(record), "bench", body_of(record))])
    known = _with(known, record, head.size, head.root.hex())
    _, new = picture_after(agreement, known, live, at=at)
    seconds = perf_counter() - began
    asked = sum(1 for key in live.kept.asked if key[0] == INCIDENT)
    return known, {"seconds": seconds, "asked": asked, "versions": len(new)}


def _with(known: Known, record: Record, size: int, root: str) -> Known:
    """Return what is known after one more entry, without reading the others again."""
    records = [r for r in known.records if r.origin.id != record.origin.id]
    records.append(record)
    records.sort(key=lambda r: (r.origin.known, r.origin.id))
    positions = {**dict(known.positions), record.origin.id: size - 1}
    told = tuple(sorted(positions.items()))
    return replace(known, records=tuple(records), positions=told, size=size, root=root)


def _compared(agreement: Agreement, known: Known, live: LiveAnswers, at: datetime) -> float:
    """Hold the live picture against the one made alone; return the seconds that this one takes."""
    from tregua.centre import picture, picture_after

    began = perf_counter()
    alone = picture(agreement, known, at=at)
    seconds = perf_counter() - began
    shown, _ = picture_after(agreement, known, live, at=at)
    if _text(alone) != _text(shown):
        raise RuntimeError(f"live road: after {known.size} entries the picture differs")
    return seconds


def _text(shown: Any) -> str:
    return repr((shown.assessments, shown.status))


def entries(known: Known, at: datetime) -> list[Observation]:
    """Return reports about the last days that come late, move the place, or leave the time."""
    from tregua.reports.model import Observation

    draw = np.random.default_rng(SEED)
    recent = [
        r
        for r in known.records
        if isinstance(r, Observation) and at - TEN_DAYS < r.when.start < at and r.place.has_point
    ]
    chosen = draw.choice(len(recent), ENTRIES, replace=False).tolist()
    return [_entry(n, recent[i]) for n, i in enumerate(chosen)]


def _entry(number: int, one: Observation) -> Observation:
    if number % 3 == 0:
        came = replace(one.origin, key=f"late-{number}", known=RECEIVED)
        earlier = timedelta(hours=5)
        when = replace(one.when, start=one.when.start - earlier, end=one.when.end - earlier)
        return replace(one, origin=came, when=when, matter="")
    if number % 3 == 1:
        assert one.place.lon is not None
        return replace(one, place=replace(one.place, lon=one.place.lon + A_KILOMETRE))
    return replace(
        one, when=replace(one.when, start=one.when.start + YEAR, end=one.when.end + YEAR)
    )


def statement() -> Record:
    """Return a statement that answers to nothing."""
    from tregua.reports.model import Origin, Says, Statement
    from tregua.terms.time import read_time

    return Statement(
        Origin("bench", "own", "bench", RECEIVED),
        read_time("2016-09-13", ZONE),
        Says.REPLIES,
        ("x",),
    )
