"""``tregua open``: read a sealed body, and hold it against the digests of its entry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, JsonOption, LedgerOption

if TYPE_CHECKING:
    from tregua.ledger.signing.disclosures import Field

PREFIX = "AGE-SECRET-KEY-"


def open_(
    file: Annotated[Path, typer.Argument(help="A sealed body, AUDIENCE.age.")],
    identity: Annotated[Path, typer.Option("--identity", "-i", help="File of an age identity.")],
    ledger: LedgerOption = LEDGER,
    as_json: JsonOption = False,
) -> None:
    """Open a sealed body, refuse what is not its entry's, and say where the entry stands.

    \b
    Examples:
      tregua open B.age --identity b.txt
    """
    from tregua.cli.print import say, say_json
    from tregua.ledger.signing.disclosures import fields_in
    from tregua.ledger.signing.presentation import read_presentation
    from tregua.ledger.signing.read import read_entry
    from tregua.ledger.tree import leaf_hash
    from tregua.sharing.seal import unseal
    from tregua.terms.visible import one_line

    entry, disclosures = read_presentation(unseal(_bytes(file), _identities(identity)))
    claims, entry_id = read_entry(entry), leaf_hash(entry).hex()
    fields = fields_in(claims, disclosures)
    index = _index(entry_id, ledger)
    if as_json:
        say_json({"entry": entry_id, "signer": claims.iss, "index": index, "fields": _json(fields)})
        return
    where = "in no ledger here" if index is None else f"entry {index} of {ledger}"
    say(f"{entry_id}, signed in the name of {claims.iss}: {where}")
    say(*(one_line(f"  {f.name}: {_value(f.value)}  [{', '.join(f.rel)}]") for f in fields))


def _bytes(path: Path) -> bytes:
    from tregua.errors import InputUnreadable

    try:
        return path.read_bytes()
    except OSError as error:
        raise InputUnreadable(path, error.strerror or "it cannot be read") from error


def _identities(path: Path) -> list[str]:
    from tregua.errors import InputUnreadable

    text = _bytes(path).decode("ascii", "replace")
    found = [line.strip() for line in text.splitlines() if line.startswith(PREFIX)]
    if not found:
        raise InputUnreadable(path, "it holds no age identity", help="`age-keygen -o FILE`")
    return found


def _index(entry_id: str, ledger: str) -> int | None:
    from tregua.ledger.open import file_of, open_for_reading
    from tregua.ledger.signed import SignedEntry

    file = file_of(ledger)
    if file is not None and not file.exists():
        return None
    with open_for_reading(ledger) as store:
        signed = ((i, e) for i, e in store.entries() if isinstance(e, SignedEntry))
        return next((i for i, e in signed if e.id == entry_id), None)


def _json(fields: tuple[Field, ...]) -> list[dict[str, object]]:
    return [{"field": f.name, "value": f.value, "rel": list(f.rel)} for f in fields]


def _value(value: object) -> str:
    import json

    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("open")(open_)
