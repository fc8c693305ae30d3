"""Where the deal stands, from a whole ledger: GED, Airwars, the bundled reports of September 2016.

Without real data the generated events take the place of both sets. The peer reads the same ledger
entry by entry and parses it, which is the least that any answer must do.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from bench.intake import RECEIVED, ZONE, ged_file
from bench.measure import Figure, run, tregua, work
from bench.start import DEAL

if TYPE_CHECKING:
    from tregua.centre import Known

AT = "2016-09-20"
STEPS = ("match", "attribute", "assess", "advance")


def figures(data: Path | None, scratch: Path) -> list[Figure]:
    """Measure the picture in process and the command as a process."""
    ledger = scratch / "whole.sqlite"
    sources = [ged_file(data, scratch)]
    sources += [data / "airwars_syria" / "incidents.csv.gz"] if data else []
    built = run(work("status", "build", str(ledger), *map(str, sources)))
    parsed = run(work("status", "read_entries", str(ledger)))
    known = run(work("status", "read_known", str(ledger)))
    picture = run(work("status", "look", str(ledger)))
    words = ("status", "--deal", str(DEAL), "--ledger", str(ledger), "--at", AT)
    whole = run(tregua(*words))
    peer = "read and parse every entry"
    size = f"{built.said['entries']:,} entries"
    least = parsed.said["seconds"]
    in_process = {
        f"read what was known, {size}": (known.said["seconds"], known),
        f"picture at {AT}, {size}": (picture.said["picture"], picture),
    }
    name = f"tregua status, whole process, {size}"
    return [
        *(
            Figure(what, seconds, "s", peer, least, ours.peak, busy=ours.busy)
            for what, (seconds, ours) in in_process.items()
        ),
        Figure(name, whole.seconds, "s", peer, parsed.seconds, whole.peak, busy=whole.busy),
        *(Figure(f"  of the picture: {step}", picture.said[step], "s") for step in STEPS),
    ]


def build(ledger: str, *sources: str) -> dict[str, int]:
    """Take the sources and the bundled reports into one ledger."""
    from tregua.agreement.read import read_deal
    from tregua.centre import take_in
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.desk import new_desk
    from tregua.reports.read_file import read_file
    from tregua.reports.reader import Options
    from tregua.reports.to_entry import body_of_row

    bundled = Path(str(files("tregua"))) / "reports" / "library" / "syria-2016-09"
    paths = [*sorted(bundled.glob("*.csv")), *map(Path, sources)]
    readings = [read_file(path, Options(zone=ZONE, received=RECEIVED)) for path in paths]
    pairs = (
        (r, body_of_row(r, row))
        for reading in readings
        for row in reading.rows
        for r in row.records
    )
    with open_for_writing(Path(ledger)) as store:
        taken = take_in(store, pairs, new_desk(("PUBLIC",)), agreement=read_deal(DEAL).agreement)
    return {"entries": taken.size}


def read_entries(ledger: str) -> dict[str, float]:
    """Read every entry's bytes with sqlite3 and parse them as JSON."""
    import json
    import sqlite3

    began = perf_counter()
    db = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    parsed = sum(1 for (entry,) in db.execute("SELECT bytes FROM entries") if json.loads(entry))
    db.close()
    return {"seconds": perf_counter() - began, "entries": parsed}


def read_known(ledger: str) -> dict[str, float]:
    """Read everything that the ledger holds, as records."""
    began = perf_counter()
    known = read_whole(ledger)
    return {"seconds": perf_counter() - began, "records": len(known.records)}


def read_whole(ledger: str) -> Known:
    """Return everything that the ledger holds."""
    from tregua.centre import KnownAt, known_in
    from tregua.ledger.open import open_for_reading

    with open_for_reading(Path(ledger)) as store:
        return known_in(store, KnownAt(), zone=ZONE)


def look(ledger: str) -> dict[str, float]:
    """Make the picture once as a whole, with the seconds of its four steps."""
    from tregua import centre
    from tregua.agreement.read import read_deal
    from tregua.cli.where import at_instant

    agreement = read_deal(DEAL).agreement
    known = read_whole(ledger)
    steps = timed_steps()
    began = perf_counter()
    centre.picture(agreement, known, at=at_instant(AT, agreement.zone))
    return {"picture": perf_counter() - began, **steps}


def timed_steps() -> dict[str, float]:
    """Have the steps of every picture from now on add their seconds to what is returned."""
    from tregua import centre
    from tregua.assessment import kept

    steps: dict[str, float] = {}
    for name in STEPS:
        room = kept if name == "attribute" else centre
        setattr(room, name, _timed(name, getattr(room, name), steps))
    return steps


def _timed(name: str, step: object, into: dict[str, float]) -> object:
    def timed(*given: object, **named: object) -> object:
        began = perf_counter()
        result = step(*given, **named)  # type: ignore[operator]
        into[name] = into.get(name, 0.0) + perf_counter() - began
        return result

    return timed
