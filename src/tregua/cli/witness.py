"""``tregua witness FOLDER``: cosign the checkpoints of a log, and never two histories."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tregua.cli.where import JsonOption

KeyOption = Annotated[Path, typer.Option("--key", help="The secret, as `keys new` wrote it.")]
PolicyOption = Annotated[Path, typer.Option("--policy", help="The trust rule of the annex.")]
ListenOption = Annotated[str, typer.Option("--listen", help="Address and port to listen on.")]


def witness(
    folder: Annotated[Path, typer.Argument(help="What the witness remembers lies there.")],
    key: KeyOption = Path("witness.key"),
    policy: PolicyOption = Path("policy"),
    listen: ListenOption = "127.0.0.1:8731",
    refused: Annotated[
        bool, typer.Option("--refused", help="List what was refused, and serve nothing.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Serve the witness call (C2SP tlog-witness): store, then cosign what continues what was seen.

    A witness sees sizes and roots, no entry. Put a proxy with TLS before it; it speaks plain HTTP.

    \b
    Examples:
      tregua witness seen --key un.key --policy policy
      tregua witness seen --key un.key --policy policy --refused

    Exit code: 0 stopped or listed, 1 something was refused, 3 key or policy cannot be read,
    5 the address or the folder cannot be used.
    """
    from tregua.cli.listen import listen as serve
    from tregua.cli.listen import policy_in, posix_now
    from tregua.ledger.notes.key_file import read_key_file
    from tregua.ledger.witness.routes import cosigner_routes
    from tregua.ledger.witness.witness import Witness

    logs = policy_in(policy).log_keys
    here = Witness((read_key_file(key),), logs, folder)
    if refused:
        _list(here, as_json=as_json)
        return
    serve(cosigner_routes(here, posix_now), listen, "The witness")


def _list(here: object, *, as_json: bool) -> None:
    from datetime import UTC, datetime

    from tregua.cli.print import columns, say, say_json
    from tregua.ledger.witness.request import read_request
    from tregua.ledger.witness.witness import Witness

    assert isinstance(here, Witness)
    kept = here.state.refused()
    rows = [
        (
            datetime.fromtimestamp(one.at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            str(one.status),
            one.origin,
            read_request(one.body).note.text.split("\n")[1],
        )
        for one in kept
    ]
    names = ("at", "status", "origin", "size")
    if as_json:
        say_json([dict(zip(names, row, strict=True)) for row in rows])
    else:
        say(*columns([names, *rows]) if rows else ["Nothing that the log signed was refused."])
    if kept:
        raise typer.Exit(1)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("witness")(witness)
