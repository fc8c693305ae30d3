"""``tregua read``: what the blocks of a deal say, in labelled rows, in three languages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from tregua.agreement.readback.read_back import ReadBack


def read(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    language: Annotated[str, typer.Option("--language", help="en, ru or ar.")] = "en",
    clause: Annotated[str, typer.Option("--clause", help="Only this clause, by its label.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Read a deal back: what each block says, to be held against its clause.

    \b
    Examples:
      tregua read deal.deal.md
      tregua read deal.deal.md --clause 3d
      tregua read deal.deal.md --language ar

    Exit code: 0 read, 3 the deal cannot be read.
    """
    from tregua.agreement.readback.to_deal_text import to_deal_text
    from tregua.cli.print import say_data, say_json

    answer = read_in(deal, language, clause=clause)
    if as_json:
        from tregua.agreement.readback.read_back_json import read_back_json

        say_json(read_back_json(answer))
    else:
        say_data(to_deal_text(answer).rstrip("\n"))


def read_in(deal: Path | None, language: str, *, clause: str = "") -> ReadBack:
    """Return the read-back that an option asks for.

    Raises:
        WrongUse: when there is no such language or clause.
        InputUnreadable: when the deal has reading errors: what was lost would not be seen.
    """
    from tregua.agreement.readback.read_back import read_back
    from tregua.agreement.readback.words_of import LANGUAGES
    from tregua.cli.where import read_agreement
    from tregua.errors import WrongUse

    if language not in LANGUAGES:
        raise WrongUse(f"--language {language}: write en, ru or ar")
    text = read_agreement(deal).text
    label = clause.removeprefix("§").strip()
    known = list(dict.fromkeys(c.label for c in text.clauses))
    if label and label not in known:
        raise WrongUse(f"--clause {clause}: the deal has {', '.join(known) or 'no clauses'}")
    return read_back(text, language, clause=label)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("read")(read)
