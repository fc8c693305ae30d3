"""``tregua new-key NAME FILE``: a key for the log or for a cosigner, and its line for the annex."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tregua.cli.where import JsonOption


class KeyFor(StrEnum):
    """What a new key is to sign."""

    LOG = "log"
    COSIGNER = "cosigner"
    COSIGNER_ML_DSA = "cosigner-ml-dsa"


def new_key(
    name: Annotated[str, typer.Argument(help="Whose key: an address without https://.")],
    file: Annotated[Path, typer.Argument(help="Where the secret goes; a file that is not there.")],
    use: Annotated[KeyFor, typer.Option("--for", help="What it signs.")] = KeyFor.COSIGNER,
    as_json: JsonOption = False,
) -> None:
    """Make a key for the log, a witness or a mirror; print the line that belongs into the policy.

    \b
    Examples:
      tregua new-key centre.example/ledger/1 log.key --for log
      tregua new-key side-a.example/mirror mirror.key

    Exit code: 0 done, 3 a name that no key may have, 5 the file is there already.
    """
    from tregua.cli.print import say, say_data, say_json, tell
    from tregua.ledger.notes.key import KeyType
    from tregua.ledger.notes.key_file import write_key_file
    from tregua.ledger.notes.signer import new_key as make

    types = (KeyType.NOTE, KeyType.COSIGNATURE, KeyType.ML_DSA)
    key = make(name, types[list(KeyFor).index(use)])
    write_key_file(key, file)
    if as_json:
        say_json({"name": name, "key": str(key.public)})
        return
    say_data(str(key.public))
    tell(f"The secret lies in {file}, for its owner alone.")
    say("Next: put the line above into the policy of the annex; exchange it on paper.")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new-key")(new_key)
