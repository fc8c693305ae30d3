"""``tregua receipt FOLDER INDEX``: the proof that one entry stands in the record, to keep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def receipt(
    folder: Annotated[str, typer.Argument(help="The log: a folder or an address.")],
    index: Annotated[int, typer.Argument(help="Number of the entry, from 0.", min=0)],
    into: Annotated[Path, typer.Argument(help="File that is written, *.tlog-proof.")],
) -> None:
    """Write the receipt of an entry (C2SP tlog-proof), which can be checked without the record.

    \b
    Examples:
      tregua receipt public 812 entry-812.tlog-proof

    Exit code: 0 written, 2 no checkpoint covers such an entry yet, 3 the files are out of form.
    """
    from tregua.cli.print import say
    from tregua.cli.write_whole import write_whole
    from tregua.ledger.mirror.receipt import receipt_of
    from tregua.ledger.mirror.sources import source_at

    proof = receipt_of(source_at(folder), index)
    write_whole(proof.to_bytes(), into)
    say(f"{into} proves entry {index} under a checkpoint of {proof.note.text.split(chr(10))[1]}.")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("receipt")(receipt)
