"""``tregua intake FILE...``: take reports into the ledger; refuse with a reason, lose nothing."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, DealOption, JsonOption, LedgerOption

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement
    from tregua.centre import TakenIn
    from tregua.reports.read_file import Reading
    from tregua.terms.notes import Note

BUNDLE = ".bundle"
ENDINGS = (".csv", ".csv.gz", ".tsv", ".tsv.gz", ".xlsx", ".jsonl", ".jsonl.gz", ".ndjson")
REFUSED = ".refused."
MOST_NOTES = 20  # shown on a terminal; --notes shows all, the refusal file holds every reason


def intake(
    files: Annotated[list[Path], typer.Argument(help="Report files, or folders of them.")],
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    reader: Annotated[str, typer.Option(help="Name of the reader; default: by the columns.")] = "",
    source: Annotated[
        str, typer.Option(help="Name of the data set, first half of record ids.")
    ] = "",
    zone: Annotated[
        str, typer.Option(help="IANA zone for times without one; default: the deal's.")
    ] = "",
    notes: Annotated[bool, typer.Option("--notes", help="Show every note.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Read and check, record nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take reports into the ledger.

    Every row is accepted, accepted with notes, or refused with a reason into a refusal file beside
    the ledger (in this folder, when the ledger is no file). What stands in the ledger already is
    not recorded twice. A bundle of signed entries (`.bundle`, from `tregua sign`) is checked by the
    annex, and taken whole or not at all.

    \b
    Examples:
      tregua intake reports/
      tregua intake ged_syria.csv.gz --reader ged
      tregua intake reports/un.csv --dry-run --notes
      tregua intake day-3.bundle

    Exit code: 0 all rows taken, 1 some were refused, 3 a file cannot be read, 5 not recorded.
    """
    from tregua.cli.print import say, say_json
    from tregua.errors import WrongUse
    from tregua.terms.time import is_zone

    if zone and not is_zone(zone):
        raise WrongUse(f"--zone {zone}: this is no time zone", help="write one like Asia/Damascus")
    bundles = [path for path in files if path.suffix == BUNDLE]
    if bundles:
        from tregua.cli.bundles import take_bundles

        if len(bundles) < len(files):
            raise WrongUse("signed bundles and report files are taken in by calls of their own")
        take_bundles(bundles, ledger, dry_run=dry_run, as_json=as_json)
        return
    agreement = _agreement(deal)
    zone = zone or (agreement.zone if agreement is not None else "")
    readings = [_read(path, reader, source, zone) for path in _files(files)]
    taken = None if dry_run else record(readings, ledger, agreement)
    refused = sum(len(r.refused) for r in readings)
    if as_json:
        say_json(_as_json(readings, taken, agreement))
    else:
        for reading in readings:
            say(*_told(reading, every=notes))
        say(*_summary(taken, ledger))
    if refused:
        raise typer.Exit(1)


def _agreement(deal: Path | None) -> Agreement | None:
    from tregua.cli.where import read_agreement

    if deal is None and len(list(Path().glob("*.deal.md"))) != 1:
        return None
    return read_agreement(deal).agreement


def _files(given: list[Path]) -> list[Path]:
    found: list[Path] = []
    for path in given:
        found += _inside(path) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """Return the report files of a folder; refusal files are read only when they are named."""
    from tregua.errors import InputUnreadable

    try:
        names = sorted(folder.iterdir())
    except OSError as error:
        raise InputUnreadable(folder, error.strerror or "it cannot be opened") from error
    inside = [p for p in names if p.name.lower().endswith(ENDINGS) and REFUSED not in p.name]
    if not inside:
        raise InputUnreadable(folder, "the folder holds no .csv, .xlsx or .jsonl file")
    return inside


def _read(path: Path, reader: str, source: str, zone: str) -> Reading:
    from tregua.cli.progress import watched
    from tregua.reports.read_file import read_file, reader_named
    from tregua.reports.reader import Options

    chosen = reader_named(reader) if reader else None
    options = Options(zone=zone or None, source=source, received=datetime.now(UTC))
    return read_file(path, options, chosen, each=lambda rows: watched(rows, path.name))


def record(readings: list[Reading], ledger: str | Path, agreement: Agreement | None) -> TakenIn:
    """Write the refusal files, then append everything in one batch.

    Raises:
        StoreUnwritable: nothing was recorded.
    """
    from tregua.centre import take_in
    from tregua.cli.desk import desk_beside
    from tregua.ledger.open import file_of, open_for_writing
    from tregua.reports.refusals import write_refusals
    from tregua.reports.to_entry import body_of_row

    # Refusals first: a row that is neither recorded nor in a refusal file would be lost.
    file = file_of(ledger)
    beside = Path() if file is None else file.parent
    for name, reading in _named(readings):
        write_refusals(Path(name), reading.rows, folder=beside)
    with open_for_writing(ledger) as store:
        agr = agreement.text.digest if agreement is not None else ""
        # The keys of a ledger on a server lie in the folder in which it is worked on.
        desk = desk_beside(ledger, begun=store.size() > 0, agr=agr)
        records = (
            (record, body_of_row(record, row))
            for reading in readings
            for row in reading.rows
            for record in row.records
        )
        return take_in(store, records, desk, agreement=agreement)


def _named(readings: list[Reading]) -> list[tuple[str, Reading]]:
    """Return a name for the refusals of each file: files of one name come from several folders."""
    seen: Counter[str] = Counter()
    named = []
    for reading in readings:
        seen[reading.file] += 1
        again = seen[reading.file]
        named.append((reading.file if again == 1 else f"{again}-{reading.file}", reading))
    return named


def _told(reading: Reading, *, every: bool) -> list[str]:
    from tregua.terms.notes import Severity

    noted = sum(bool(row.notes) for row in reading.rows if row.records)
    line = (
        f"{reading.file} ({reading.reader}): {len(reading.rows):,} rows, "
        f"{reading.accepted:,} accepted ({noted:,} with notes), "
        f"{len(reading.refused):,} refused, {reading.set_aside:,} set aside"
    )
    dropped = ", ".join(f"{column} in {rows:,} rows" for column, rows in reading.dropped)
    lines = [line] + (
        [f"  not kept (names of people, others' texts): {dropped}"] if dropped else []
    )
    notes = reading.all_notes
    shown = (
        notes if every else tuple(n for n in notes if n.severity is not Severity.INFO)[:MOST_NOTES]
    )
    lines += [f"  {_short(n)}" for n in shown]
    left = len(notes) - len(shown)
    return [*lines, f"  {left:,} further notes (--notes shows all)"] if left else lines


def _short(note: Note) -> str:
    return f"row {note.spot.line} {note.severity}[{note.code}]: {note.said}"


def _summary(taken: TakenIn | None, ledger: str) -> list[str]:
    if taken is None:
        return ["Nothing was recorded (--dry-run)."]
    counts = (
        f"{taken.new:,} new records, {taken.revised:,} revised, {taken.already:,} there already"
    )
    head = f"{taken.size:,} entries, root {taken.root[:16]}"
    return [f"{ledger}: {counts}; {head}", "Next: tregua status"]


def _as_json(
    readings: list[Reading], taken: TakenIn | None, agreement: Agreement | None
) -> dict[str, object]:
    from dataclasses import asdict

    from tregua.bulletin.to_json import deal_json
    from tregua.terms.notes import note_as_json

    files = [
        {
            "file": r.file,
            "reader": r.reader,
            "rows": len(r.rows),
            "accepted": r.accepted,
            "refused": len(r.refused),
            "set_aside": r.set_aside,
            "notes": [note_as_json(n) for n in r.all_notes],
        }
        for r in readings
    ]
    return {
        "deal": None if agreement is None else deal_json(agreement),
        "files": files,
        "ledger": None if taken is None else asdict(taken),
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("intake")(intake)
