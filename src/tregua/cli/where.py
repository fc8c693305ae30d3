"""Which deal and which ledger a command means, and which two times: the same on every command."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.agreement.read import Reading
    from tregua.centre import KnownAt
    from tregua.sharing.visit import Visit
    from tregua.terms.time import When

DealOption = Annotated[
    Path | None,
    typer.Option("--deal", help="The deal; default: the only *.deal.md in this folder."),
]


def ledger_at(text: str) -> str:
    """Read where a ledger is.

    Raises:
        WrongUse: it names no kind of store, or one that keeps nothing.
    """
    from tregua.errors import WrongUse
    from tregua.ledger.open import file_of

    if file_of(text) is None and text == "memory:":
        raise WrongUse("memory: keeps nothing after the command", help="name a file or an address")
    return text


LedgerOption = Annotated[
    str,
    typer.Option(
        "--ledger",
        parser=ledger_at,
        metavar="<ledger>",
        help="The ledger: a file, or postgresql://ROLE@HOST/DATABASE.",
    ),
]
AtOption = Annotated[
    str,
    typer.Option(
        "--at",
        help="What happened until: a time, or a day of the deal's zone, which is then included. "
        "Default: now.",
    ),
]
KnownAtOption = Annotated[
    str,
    typer.Option(
        "--known-at",
        help="What was known until: a time, a day (included), or @N for the first N entries of "
        "the ledger. Default: everything in the ledger.",
    ),
]
AudienceOption = Annotated[
    str,
    typer.Option(
        "--audience",
        help="Show what this audience may see: A, MON, PUBLIC. Default: all that is held here.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Nothing but JSON on stdout.")]
LEDGER = "ledger.sqlite"  # in this folder
_SIZE = re.compile(r"@[0-9]{1,15}")


def find_deal(path: Path | None) -> Path:
    """Return the deal that is meant.

    Raises:
        WrongUse: when none is named and the folder holds none or several.
    """
    from tregua.errors import WrongUse

    if path is not None:
        return path
    found = sorted(Path().glob("*.deal.md"))
    if len(found) == 1:
        return found[0]
    many = ", ".join(f.name for f in found)
    raise WrongUse(
        f"which deal? this folder holds {f'several: {many}' if found else 'no *.deal.md'}",
        help="name it: `tregua lint my.deal.md`, `tregua status --deal my.deal.md`; "
        "or begin with `tregua demo syria-2016-09`",
    )


def read_agreement(path: Path | None) -> Reading:
    """Read the deal; it must be free of reading errors.

    Raises:
        InputUnreadable: when it has errors; each is shown by `tregua lint`.
    """
    from tregua.agreement.read import read_deal
    from tregua.errors import InputUnreadable

    deal = find_deal(path)
    reading = read_deal(deal)
    if reading.notes:
        first, many = reading.notes[0], len(reading.notes)
        counted = f"{many} reading errors, the first" if many > 1 else "a reading error"
        raise InputUnreadable(
            deal,
            f"the deal has {counted} at line {first.spot.line}: {first.said}",
            help=f"run `tregua lint {deal}` to see {'them all' if many > 1 else 'it in place'}",
        )
    return reading


def at_instant(text: str, zone: str, *, option: str = "--at") -> datetime:
    """Read ``--at``: the end of the day for a date, the instant itself otherwise, UTC.

    Raises:
        WrongUse: when the text is no time.
    """
    from tregua.terms.time import Precision

    if not text:
        return datetime.now(UTC)
    when = read_when(text, zone, option=option)
    return when.end if when.precision is Precision.DAY else when.start


def read_when(text: str, zone: str, *, option: str) -> When:
    """Read the time or day that an option names.

    Raises:
        WrongUse: when the text is neither.
    """
    from tregua.errors import WrongUse
    from tregua.terms.time import BadTime, read_time

    try:
        return read_time(text, zone)
    except BadTime as bad:
        raise WrongUse(f"{option}: {bad}", help="write 2016-09-16 or 2016-09-16T19:00") from bad


def known_at(text: str, zone: str) -> KnownAt:
    """Read ``--known-at``: everything, ``@N``, or an instant.

    Raises:
        WrongUse: when the text is neither.
    """
    from tregua.centre import KnownAt
    from tregua.errors import WrongUse

    if not text:
        return KnownAt()
    if text.startswith("@"):
        if not _SIZE.fullmatch(text):
            raise WrongUse(f"--known-at {text[:40]}: write @ and a number of entries, like @812")
        return KnownAt(size=int(text[1:]))
    return KnownAt(instant=at_instant(text, zone, option="--known-at"))


def an_audience(text: str) -> str:
    """Read ``--audience``.

    Raises:
        WrongUse: it is not one label.
    """
    from tregua.errors import WrongUse
    from tregua.reports.marking import labels

    found = labels(text, where="--audience")
    if len(found) > 1:
        raise WrongUse(f"--audience {text}: a view is that of one audience")
    return found[0] if found else ""


def visit_of(audience: str, ledger: str, *, how: str = "view", role: str = "") -> Visit:
    """Return the visit of an audience; empty: of whoever keeps the record.

    ``how`` and ``role`` stand in the log; the role is the audience's own unless it is said.

    Raises:
        WrongUse: it is not one label.
    """
    from tregua.sharing.visit import Visit

    viewer, releasers = an_audience(audience), _releasers_of(ledger)
    return Visit(viewer, how=how, releasers=releasers, reader=role)


def _releasers_of(ledger: str) -> frozenset[str]:
    """Return who may release what others signed, by the annex beside the ledger."""
    from tregua.ledger.annex import annex_beside

    annex = annex_beside(ledger)
    return frozenset(annex.releasers if annex is not None else ())
