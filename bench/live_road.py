"""From an entry to the revised answers on the whole road, beside the same made alone.

The ledger is that of `status`: GED, Airwars and the bundled reports, or generated rows without
data. Then entries arrive about the days before the moment asked about: a report that comes late,
one whose place is moved, one whose time is moved out of view. Each is appended durably, the record
read on and the picture made with what was kept of the one before. Now and then both are done alone
as well, from the first entry on; a difference of one byte ends the bench. At last a statement
comes, after which no answer is taken over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from bench.intake import RECEIVED, ZONE, ged_file
from bench.measure import Figure, run, work
from bench.start import DEAL
from bench.status import AT, STEPS, timed_steps

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.assessment.live_answers import Version
    from tregua.centre import Known, Picture
    from tregua.ledger.store import Store
    from tregua.reports.model import Observation, Record

SEED, ENTRIES, EVERY = 5, 40, 8
TEN_DAYS, YEAR = timedelta(days=10), timedelta(days=365)
AUDIENCE = ("PUBLIC",)
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
    alone = ("read and made alone", said["alone"])
    return [
        Figure(
            f"{name}: an entry to revised answers, median",
            said["median"], "s", *alone, ours.peak, aim=1.0, busy=ours.busy,
        ),
        Figure("  the same, p99", said["p99"], "s", *alone),
        Figure("  of the median: append durably", said["append"], "s"),
        Figure("  of the median: read on", said["read"], "s", "read all", said["read all"]),
        Figure("  of the median: picture", said["picture"], "s", "made alone", said["made alone"]),
        *(Figure(f"  of the median picture: {s}", said[s], "s") for s in STEPS),
        Figure("  answers about incidents asked again, median", said["asked"], "answers"),
        Figure("  new versions, median", said["versions"], "answers"),
        Figure("  after a statement: it touches all", said["statement"], "s", *alone),
        Figure("  held against those made alone: 0 differences", said["compared"], "pictures"),
    ]  # fmt: skip


def replay(ledger: str) -> dict[str, float]:
    """Append entries one by one, each followed by a look; compare outside the time measured.

    Raises:
        RuntimeError: when a live picture is not the one made alone.
    """
    from tregua.agreement.read import read_deal
    from tregua.cli.where import at_instant
    from tregua.ledger.open import open_for_writing

    agreement = read_deal(DEAL).agreement
    at, steps = at_instant(AT, agreement.zone), timed_steps()
    took: list[dict[str, float]] = []
    alone: list[dict[str, float]] = []
    with open_for_writing(Path(ledger)) as store:
        road = Road(store, agreement, at)
        first = road.look()
        for number, record in enumerate((*entries(first.known, at), statement())):
            steps.clear()
            one = road.take(record)
            took.append({**dict.fromkeys(STEPS, 0.0), **steps, **one})
            if number % EVERY == 0 or number == ENTRIES:
                alone.append(road.alone())
    *usual, last = took
    middle = {name: median(one[name] for one in usual) for name in usual[0]}
    return {
        **middle,
        "median": middle["seconds"],
        "p99": float(np.percentile([one["seconds"] for one in usual], 99)),
        "statement": last["seconds"],
        **{name: median(one[name] for one in alone) for name in alone[0]},
        "compared": len(alone),
        "answers": len(first.assessments),
    }


class Road:
    """A ledger that grows, and whoever looks again after every entry."""

    def __init__(self, store: Store, agreement: Agreement, at: datetime) -> None:
        from tregua.assessment.live_answers import LiveAnswers
        from tregua.ledger.signing.device_key import new_key
        from tregua.ledger.signing.sign import Place
        from tregua.sharing.reader import Reader

        self._store, self._agreement, self._at = store, agreement, at
        self._reader, self._live = Reader(), LiveAnswers()
        self._versions: tuple[Version, ...] = ()
        self._key, self._place = new_key("centre/bench"), Place()

    def look(self) -> Picture:
        """Read on and make the next picture."""
        self._read()
        return self._picture()

    def take(self, record: Record) -> dict[str, float]:
        """Append a record and look; return what it took, and how much was asked again."""
        from tregua.assessment.again import INCIDENT

        times = [perf_counter()]
        for step in (partial(self._append, record), self._read, self._picture):
            step()
            times.append(perf_counter())
        append, read, shown = (b - a for a, b in pairwise(times))
        asked = sum(1 for key in self._live.kept.asked if key[0] == INCIDENT)
        return {
            "append": append, "read": read, "picture": shown, "seconds": times[-1] - times[0],
            "asked": asked, "versions": len(self._versions),
        }  # fmt: skip

    def alone(self) -> dict[str, float]:
        """Read and make the same from the first entry on; return what it took.

        Raises:
            RuntimeError: when the live picture, or what was known, is not the same to the byte.
        """
        from tregua.centre import KnownAt, known_in, picture

        times = [perf_counter()]
        known = known_in(self._store, KnownAt(), zone=ZONE)
        times.append(perf_counter())
        shown = picture(self._agreement, known, at=self._at)
        times.append(perf_counter())
        read, made = (b - a for a, b in pairwise(times))
        if known != self._known or _text(shown) != _text(self._shown):
            raise RuntimeError(f"live road: after {known.size} entries the picture differs")
        return {"read all": read, "made alone": made, "alone": read + made}

    def _append(self, record: Record) -> None:
        from tregua.ledger.intake import append
        from tregua.ledger.signing.sign import Draft, Place, sign
        from tregua.reports.to_entry import body_of, entry_kind
        from tregua.reports.to_fields import fields_of

        # Signed for the party of the desk that took the ledger in: nobody else could revise it.
        fields, digest = fields_of(body_of(record), AUDIENCE), self._agreement.text.digest
        iat = int(RECEIVED.timestamp())
        made = sign(
            Draft(entry_kind(record), digest, AUDIENCE, iat, fields), self._key, self._place
        )
        self._place = Place(self._place.seq + 1, made.next)
        self._store.bodies.put([made])
        append(self._store, [made.entry])

    def _read(self) -> None:
        from tregua.centre import KnownAt, known_in

        self._known = known_in(self._store, KnownAt(), zone=ZONE, reader=self._reader)

    def _picture(self) -> Picture:
        from tregua.centre import picture_after

        self._shown, self._versions = picture_after(
            self._agreement, self._known, self._live, at=self._at
        )
        return self._shown


def _text(shown: Picture) -> str:
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
