"""``tregua format``: the layout of a deal file in form, and nothing but the layout."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def format_(
    deal: Annotated[Path, typer.Argument(help="The deal, a *.deal.md file.")],
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit code 1 when it is not in form.")
    ] = False,
    write: Annotated[
        bool, typer.Option("--write", help="Write the file again instead of printing it.")
    ] = False,
) -> None:
    """Lay out a deal: indentation, spaces, §, long time forms. Words and order stay.

    \b
    Examples:
      tregua format deal.deal.md
      tregua format deal.deal.md --check
      tregua format deal.deal.md --write

    Lines that cannot be read stay as they are; `tregua lint` shows them.
    Exit code: 0 in form or put into form, 1 not in form (with --check), 3 no text file.
    """
    from tregua.agreement.exchange.write import format_deal
    from tregua.agreement.read import read_deal_text, text_of
    from tregua.cli.print import say, say_data, tell
    from tregua.cli.write_whole import write_whole
    from tregua.errors import WrongUse

    if check and write:
        raise WrongUse("--check changes nothing and --write does: use one of them")
    text = text_of(deal)
    notes = read_deal_text(text, file=str(deal), beside=deal.parent).notes
    laid_out = format_deal(text)
    if notes:
        few = "1 place" if len(notes) == 1 else f"{len(notes)} places"
        tell(f"{few} cannot be read; such lines may keep their form: tregua lint {deal}")
    if not check and not write:
        say_data(laid_out.removesuffix("\n"))
    elif laid_out == text:
        say(f"{deal}: in form")
    elif check:
        say(f"{deal}: not in form; tregua format {deal} --write")
        raise typer.Exit(1)
    else:
        write_whole(laid_out.encode(), deal)
        say(f"{deal}: put into form")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("format")(format_)
