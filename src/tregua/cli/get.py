"""``tregua get SET``: fetch an open data set, checked, with its licence beside it.

It uses the network, as `publish`, `mirror` and `witness` do, and no other command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tregua.cli.where import JsonOption


def get(
    name: Annotated[str, typer.Argument(help="Name of a set; without one, the list.")] = "",
    into: Annotated[Path, typer.Option("--into", help="Folder of the data.")] = Path("data"),
    file: Annotated[
        Path | None, typer.Option(help="A file fetched by hand, to be checked and taken in.")
    ] = None,
    accept: Annotated[
        str, typer.Option(help="SHA-256 of a file that differs from the pinned one.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Fetch an open data set: size and digest checked, licence kept beside it, resumed when cut.

    \b
    Examples:
      tregua get
      tregua get ged-26-1
      tregua get ged-26-1 --file ged261-csv.zip

    Exit code: 0 done, 5 the address cannot be reached or the file is not the one expected.
    """
    from tregua.cli.print import columns, say, say_json
    from tregua.reports.download import fetch, take
    from tregua.reports.sets import data_set, data_sets
    from tregua.reports.unpack import unpack

    if not name:
        found = data_sets()
        rows = [(s.name, s.title, s.licence) for s in found]
        say_json(
            [dict(zip(("name", "title", "licence"), r, strict=True)) for r in rows]
        ) if as_json else say(*columns(rows))
        return
    wanted = data_set(name)
    done = take(wanted, file, into, accept=accept) if file else fetch(wanted, into, accept=accept)
    if as_json:
        from tregua.bulletin.to_json import plain

        say_json({k: str(v) for k, v in plain(done).items()})
        return
    tables = unpack(done.path, done.path.parent) if done.path.suffix == ".zip" else (done.path,)
    say(*done.remarks, f"Next: tregua intake {' '.join(str(t) for t in tables)}")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("get")(get)
