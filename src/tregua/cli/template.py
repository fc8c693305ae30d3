"""``tregua template``: an empty report table with one example row of every kind."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def template(
    out: Annotated[Path, typer.Argument(help="File to write: .csv, .xlsx or .jsonl.")],
) -> None:
    """Write a report table to fill in, with one example row of every kind of record.

    \b
    Examples:
      tregua template reports.csv
      tregua template reports.xlsx
    """
    from tregua.cli.print import say
    from tregua.cli.write_whole import write_whole
    from tregua.errors import WrongUse
    from tregua.reports.own_template import template as make

    form = out.suffix.removeprefix(".")
    if form not in ("csv", "xlsx", "jsonl"):
        raise WrongUse(f"{out.name}: name a file that ends in .csv, .xlsx or .jsonl")
    if out.exists():
        raise WrongUse(f"{out} is there already; it is not overwritten")
    write_whole(make(form), out)
    say(f"{out}: fill it in, then: tregua intake {out}")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("template")(template)
