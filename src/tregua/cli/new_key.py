"""``tregua keys new``: a key that signs entries, the log or cosignatures, and its public line."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from tregua.ledger.notes.signer import SigningKey
    from tregua.ledger.signing.device_key import DeviceKey


class KeyFor(StrEnum):
    """What a new key is to sign."""

    ENTRIES = "entries"
    LOG = "log"
    COSIGNER = "cosigner"


_NEXT = {
    KeyFor.ENTRIES: "the line above is what others need: that of PARTY/root stands in the annex; "
    "any other key is named with `tregua keys name`.",
    KeyFor.LOG: "put the line above into the policy of the annex; exchange it on paper.",
    KeyFor.COSIGNER: "put the line above into the policy of the annex; exchange it on paper.",
}


def new(
    name: Annotated[
        str,
        typer.Argument(
            help="PARTY/DEVICE, where PARTY/root is a party's root key; for the log or a "
            "cosigner an address without https://."
        ),
    ],
    to: Annotated[Path, typer.Option("--to", help="New file for the key, for its owner only.")],
    use: Annotated[KeyFor, typer.Option("--for", help="What it signs.")] = KeyFor.ENTRIES,
    algorithm: Annotated[str, typer.Option(help="EdDSA or ML-DSA-44.")] = "EdDSA",
    as_json: JsonOption = False,
) -> None:
    """Make a key, write it into a new file that its owner alone may read, print its public line.

    \b
    Examples:
      tregua keys new side-a/root --to a-root.key
      tregua keys new side-a/post-7 --to post-7.key
      tregua keys new centre.example/ledger/1 --for log --to log.key
      tregua keys new side-a.example/mirror --for cosigner --to mirror.key

    Exit code: 0 done, 2 or 3 a name that no such key may have, 5 the file is there already.
    """
    from tregua.cli.print import say, say_data, say_json, tell

    made = _for_entries(name, algorithm, to) if use is KeyFor.ENTRIES else ""
    line = made or _for_notes(name, use, algorithm, to)
    if as_json:
        say_json({"name": name, "for": str(use), "key": line})
        return
    say_data(line)
    tell(f"The secret lies in {to}, for its owner alone.")
    say(f"Next: {_NEXT[use]}")


def _for_entries(name: str, algorithm: str, to: Path) -> str:
    from tregua.ledger.signing.device_key import new_key, write_key

    key = new_key(name, alg=algorithm)
    write_key(key, to)
    return public_line(key)


def _for_notes(name: str, use: KeyFor, algorithm: str, to: Path) -> str:
    from tregua.errors import WrongUse
    from tregua.ledger.notes.key import KeyType
    from tregua.ledger.notes.key_file import write_key_file
    from tregua.ledger.notes.signer import new_key

    types = {
        (KeyFor.LOG, "EdDSA"): KeyType.NOTE,
        (KeyFor.COSIGNER, "EdDSA"): KeyType.COSIGNATURE,
        (KeyFor.COSIGNER, "ML-DSA-44"): KeyType.ML_DSA,
    }
    if (use, algorithm) not in types:
        possible = [alg for of, alg in types if of is use]
        why = f"a key for the {use} has no algorithm {algorithm}"
        raise WrongUse(why, help=f"one of: {', '.join(possible)}")
    key = new_key(name, types[use, algorithm])
    write_key_file(key, to)
    return public_line(key)


def public_line(key: DeviceKey | SigningKey) -> str:
    """Return the line by which others know a key: of the policy, of the annex, or of a device."""
    from tregua.ledger.annex import root_line
    from tregua.ledger.notes.signer import SigningKey
    from tregua.ledger.signing.b64 import encode
    from tregua.ledger.signing.keys import ROOT, Root

    if isinstance(key, SigningKey):
        return str(key.public)
    if key.kid == f"{key.party}/{ROOT}":
        return root_line(Root(key.party, key.alg, key.public))
    return f"key {key.kid} {key.alg} {encode(key.public)}"
