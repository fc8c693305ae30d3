"""``tregua move FROM TO``: put a ledger into another store, and prove that it is the same."""

from __future__ import annotations

from typing import Annotated

import typer

from tregua.cli.where import JsonOption, ledger_at

_Place = typer.Argument(
    parser=ledger_at, metavar="<ledger>", help="A file, or postgresql://ROLE@HOST/DATABASE."
)


def move(
    source: Annotated[str, _Place],
    target: Annotated[str, _Place],
    as_json: JsonOption = False,
) -> None:
    """Put a ledger into another store, exactly, with all that entries tell; the first one stays.

    Stopped on the way, it goes on from there when it is called again. A store that holds another
    record is refused. For PostgreSQL the tables are made first, see `tregua tables`.

    \b
    Examples:
      tregua move ledger.sqlite postgresql://centre@db.example/truce
      tregua move postgresql:///?service=truce copy.sqlite

    Exit code: 0 both are the same, 2 the second holds another record, 4 the first is damaged,
    5 one of them cannot be reached or written.
    """
    from tregua.cli.print import say, say_json
    from tregua.cli.progress import watched
    from tregua.ledger.open import open_for_reading, open_for_writing
    from tregua.ledger.replay import replay

    with open_for_reading(source) as record, open_for_writing(target) as into:
        done = replay(record, into, each=lambda left: watched(left, source, "batches"))
    moved = done.head.size - done.before
    if as_json:
        checkpoint = {"size": done.head.size, "root": done.head.root.hex()}
        say_json({"checkpoint": checkpoint, "moved": moved, "there_already": done.before})
        return
    say(
        f"{target}: {moved:,} entries in {done.checkpoints:,} batches moved, "
        f"{done.before:,} there already; both have the root {done.head.root.hex()}.",
        f"Next: tregua audit '{target}' --copy '{source}'",
    )


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("move")(move)
