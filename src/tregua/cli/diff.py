"""``tregua diff``: two drafts of a deal, or one deal at two moments, in legal terms."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.read import Reading
    from tregua.agreement.versions.difference import Difference


def diff(
    old: Annotated[Path, typer.Argument(help="The deal, or the older of two drafts.")],
    new: Annotated[Path | None, typer.Argument(help="The newer draft.")] = None,
    begin: Annotated[
        str, typer.Option("--from", help="One file: the versions in force at this time or day.")
    ] = "",
    end: Annotated[
        str, typer.Option("--to", help="One file: and at this one; default: the newest text.")
    ] = "",
    variant: Annotated[
        str, typer.Option(help="One file: compare the base text with this variant of it.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Say who gained or lost which duty, exception, deadline or consequence.

    \b
    Examples:
      tregua diff draft-1.deal.md draft-2.deal.md
      tregua diff deal.deal.md --from 2030-05-01 --to 2030-06-01
      tregua diff deal.deal.md --variant with-clause-9 --json

    A day means its end. Exit code: 0 nothing differs, 1 something does, 3 a deal cannot be read.
    """
    from tregua.agreement.versions.diff import diff as diff_of

    before, after = _two(old, new, begin, end, variant)
    found = diff_of(before, after)
    _write(found, before, after, as_json=as_json)
    if found:
        raise typer.Exit(1)


def _two(
    old: Path, new: Path | None, begin: str, end: str, variant: str
) -> tuple[Reading, Reading]:
    """Return the two texts that are meant.

    Raises:
        WrongUse: when the arguments name one text only, or more than two.
    """
    from tregua.agreement.versions.in_force import deal_at
    from tregua.cli.where import read_agreement
    from tregua.errors import WrongUse

    moments = bool(begin or end)
    if (new is not None) + moments + bool(variant) != 1:
        raise WrongUse(
            "compare two files, one file at two moments, or one file and a variant of it",
            help="tregua diff OLD NEW, or tregua diff FILE  with  --from DAY  or  --variant ID",
        )
    first = read_agreement(old)
    if new is not None:
        return deal_at(first), deal_at(read_agreement(new))
    if variant:
        return deal_at(first), deal_at(first, variant=variant)
    zone = first.agreement.zone
    moment = _moment(begin, zone, "--from")
    if moment is None:
        raise WrongUse("--to without --from: from which moment?", help="add  --from 2030-05-01")
    return deal_at(first, moment), deal_at(first, _moment(end, zone, "--to"))


def _moment(text: str, zone: str, option: str) -> datetime | None:
    """Return the moment that is asked about: the last second of a day, UTC; ``None`` for none."""
    from datetime import timedelta

    from tregua.errors import WrongUse
    from tregua.terms.time import BadTime, Precision, read_time

    if not text:
        return None
    try:
        when = read_time(text, zone)
    except BadTime as bad:
        raise WrongUse(f"{option}: {bad}", help="write 2030-05-01 or 2030-05-01T19:00") from bad
    return when.end - timedelta(seconds=1) if when.precision is Precision.DAY else when.start


def _write(
    found: tuple[Difference, ...], before: Reading, after: Reading, *, as_json: bool
) -> None:
    from tregua.agreement.versions.diff_words import by_side, sentence, to_text
    from tregua.bulletin.to_json import deal_json, plain
    from tregua.cli.print import say, say_json

    if as_json:
        rows = [{**_row(plain(d), d), "sentence": sentence(d)} for d in found]
        pair = {"old": deal_json(before.agreement), "new": deal_json(after.agreement)}
        say_json({**pair, "differences": rows})
        return
    sides = sorted({p.id for r in (before, after) for p in r.agreement.parties})
    if found:
        say(*by_side(found, tuple(sides)), "", *to_text(found), "")
    count = f"{len(found)} differences." if len(found) != 1 else "1 difference."
    say(count if found else "Nothing differs in law.")


def _row(row: dict[str, object], difference: Difference) -> dict[str, object]:
    return {**row, "area": difference.area.name.lower().replace("_", "-")}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("diff")(diff)
