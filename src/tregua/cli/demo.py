"""``tregua demo CASE``: the whole road on a bundled case, in a new folder, without a network.

``tregua demo attacks`` is another play on the same stage: see ``show_attacks.py``.
"""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.model import Agreement
    from tregua.centre import Known, Picture

SECTIONS = ("summary", "state", "days", "gates", "aid", "tallies", "watched")
SHOWN = 4  # names listed for one lint code

# The window that each bundled case is shown for, by local day; the facts stand in its reports.
CASES: dict[str, tuple[date, date]] = {
    "syria-2016-02": (date(2016, 2, 27), date(2016, 3, 6)),
    "syria-2016-09": (date(2016, 9, 12), date(2016, 9, 20)),
}


def demo(
    case: Annotated[
        str, typer.Argument(help="syria-2016-09, syria-2016-02, or attacks.")
    ] = "syria-2016-09",
    folder: Annotated[
        Path | None,
        typer.Option("--in", help="Folder to write; default: ./CASE, for attacks none is kept."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Replay a bundled case: lint, intake, the state day by day, two tallies, the bulletin.

    With `attacks`, fifteen attacks on a small record of two sides and a neutral are played, each
    on a copy, and each with the sentence by which it is caught.

    \b
    Examples:
      tregua demo syria-2016-09
      tregua demo syria-2016-02 --in february
      tregua demo attacks

    It needs no network. Run again, it records nothing twice.

    Exit code: 0 done, 4 an attack was neither caught nor made visible.
    """
    from tregua.cli.show_attacks import show_attacks
    from tregua.errors import WrongUse

    if case == "attacks":
        show_attacks(folder, as_json=as_json)
        return
    if case not in CASES:
        raise WrongUse(
            f"there is no case {case}",
            help=f"the bundled cases: {', '.join(sorted(CASES))}; and attacks",
        )
    if as_json:
        raise WrongUse("--json goes with `tregua demo attacks`", help="leave it out")
    target = folder or Path(case)
    reports = _copy(case, target)
    for lines in _walk(case, target, reports):
        _say(lines)


def _say(lines: list[str]) -> None:
    from tregua.cli.print import say

    say(*lines, "")


def _copy(case: str, target: Path) -> list[Path]:
    """Copy deal and reports, return the reports; files of ours are written again, no others."""
    from tregua.cli.write_whole import write_whole
    from tregua.errors import StoreUnwritable

    package = files("tregua")
    try:
        (target / "reports").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        why = error.strerror or "it cannot be made"
        raise StoreUnwritable(target, why, left="nothing was written") from error
    deal = package / "agreement" / "library" / f"{case}.deal.md"
    write_whole(deal.read_bytes(), target / deal.name)
    sources = sorted((package / "reports" / "library" / case).iterdir(), key=lambda s: s.name)
    for source in sources:
        place = target if source.name == "README.md" else target / "reports"
        write_whole(source.read_bytes(), place / source.name)
    return [target / "reports" / s.name for s in sources if s.name != "README.md"]


def _walk(case: str, target: Path, reports: list[Path]) -> Iterator[list[str]]:
    from tregua.agreement.lint_deal import lint
    from tregua.agreement.read import read_deal
    from tregua.centre import KnownAt, known_in
    from tregua.cli.intake import _read, record
    from tregua.ledger.open import open_for_reading

    deal, ledger = target / f"{case}.deal.md", target / "ledger.sqlite"
    reading = read_deal(deal)
    agreement = reading.agreement
    yield [f"tregua demo: {agreement.title}", "", *_lint_lines(lint(reading), deal)]
    readings = [_read(p, "", "", agreement.zone) for p in reports]
    taken = record(readings, ledger, agreement)
    rows, refused = sum(len(r.rows) for r in readings), sum(len(r.refused) for r in readings)
    told = f"{rows} rows of {len(readings)} files, {refused} refused"
    head = f"the ledger has {taken.size} entries, root {taken.root[:16]}"
    fresh = f"{taken.new} new, {taken.already} were there"
    yield [f"2. Reports in: {told}; {head} ({fresh})."]
    with open_for_reading(ledger) as store:
        known = known_in(store, KnownAt(), zone=agreement.zone)
    yield from _answers(case, target, agreement, known)


def _answers(case: str, target: Path, agreement: Agreement, known: Known) -> Iterator[list[str]]:
    from tregua.bulletin.compose import compose
    from tregua.bulletin.to_html import to_html
    from tregua.bulletin.to_text import to_text
    from tregua.centre import picture
    from tregua.cli.print import columns
    from tregua.cli.write_whole import write_whole
    from tregua.terms.time import start_of_day

    first, last = CASES[case]
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    pictures = [
        picture(agreement, known, at=start_of_day(d + timedelta(days=1), agreement.zone))
        for d in days
    ]
    yield [
        "3. The state day by day, at the end of each day (as known today)",
        *_daily(days, pictures),
    ]
    final = pictures[-1]
    text = to_text(compose(final, only=SECTIONS))
    yield [f"4. The state at the end of {last}", "", *text.splitlines()]
    html = to_html(compose(final), final)
    page = write_whole(html.encode(), target / f"bulletin-{last}.html")
    yield [
        f"5. The bulletin: {page} (one page, every number links to the records behind it)",
        "",
        f"Next, in the folder {target}:",
        *("  " + line for line in columns(_next(days, last))),
    ]


def _next(days: list[date], last: date) -> list[tuple[str, str]]:
    then = f"tregua status --at {days[5]} --known-at {days[3]}"
    return [
        ("tregua lint", "what the deal leaves out"),
        (then, "known then against known now"),
        (f"tregua why attacks --at {last}", "how an answer was reached"),
        ("tregua audit", "every line of the ledger"),
    ]


def _lint_lines(notes: tuple[object, ...], deal: Path) -> list[str]:
    from tregua.terms.notes import Note, Severity

    found = [n for n in notes if isinstance(n, Note) and not n.accepted]
    errors = [n for n in found if n.severity is Severity.ERROR]
    kinds = {n.code: n for n in reversed(errors)}
    lines = [
        f"1. The deal ({deal}): {len(errors)} errors and {len(found) - len(errors)} lesser notes"
    ]
    for code in sorted(kinds):
        where = sorted({n.on or "the deal" for n in errors if n.code == code})
        left = len(where) - SHOWN
        more = f" and {left} more" if left > 0 else ""
        lines.append(f"   {code} {kinds[code].said}: {', '.join(where[:SHOWN])}{more}")
    return lines


def _daily(days: list[date], pictures: list[Picture]) -> list[str]:
    from tregua.cli.print import columns

    head = ("day", "phases", "clocks", "gates", "violated", "kept", "undetermined", "due")
    rows = [_day_row(d, p) for d, p in zip(days, pictures, strict=True)]
    return ["   " + line for line in columns([head, *rows])]


def _day_row(day: date, shown: Picture) -> tuple[str, ...]:
    status = shown.status
    whole = [a for a in shown.assessments if not a.instance.startswith("I-")]
    counts = [sum(a.answer == w for a in whole) for w in ("violated", "kept", "undetermined")]
    due = sum(d.state in ("due", "overdue") for d in status.dues)
    return (
        f"{day}",
        ", ".join(f"{p.id} {p.state}" for p in status.phases),
        ", ".join(f"{c.id} {c.low}..{c.high} {c.unit}" for c in status.clocks) or "none",
        ", ".join(f"{g.id} {g.state}" for g in status.gates) or "none",
        *(str(n) for n in counts),
        str(due),
    )


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("demo")(demo)
