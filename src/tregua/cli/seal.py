"""``tregua seal``: what an audience may see of an entry, encrypted to its age recipients."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, LedgerOption

if TYPE_CHECKING:
    from tregua.ledger.store import Store
    from tregua.sharing.view import Held
    from tregua.sharing.visit import Visit


def seal(
    entry: Annotated[str, typer.Argument(help="Entry id, or record id.")],
    audience: Annotated[str, typer.Option("--audience", help="Whose view of it is sealed.")],
    to: Annotated[list[str], typer.Option("--to", help="age recipient, age1...; may be repeated.")],
    attach: Annotated[
        list[Path] | None,
        typer.Option("--attach", help="A file whose SHA-256 the entry names; may be repeated."),
    ] = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Seal the fields of an entry that an audience may see; any age tool opens it.

    It is written into bodies/ENTRY/AUDIENCE.age beside the ledger, attachments into media/.

    \b
    Examples:
      tregua seal side-a:s1 --audience B --to age1...
    """
    from tregua.cli.print import say
    from tregua.cli.where import visit_of
    from tregua.cli.which import entry_of
    from tregua.errors import WrongUse
    from tregua.ledger.open import beside, open_for_reading
    from tregua.sharing.seal import seal as sealed_for
    from tregua.sharing.sealed_files import keep_attachment, keep_body

    visit, folder = visit_of(audience, ledger, how="seal"), beside(ledger).parent
    viewer = visit.audience
    if not viewer:
        raise WrongUse("--audience: name whose view is sealed")
    with open_for_reading(ledger) as store:
        entry_id = entry_of(store, entry)
        body, seen = _shown(store, entry_id, visit)
    plain = [_attachment(path, seen) for path in attach or ()]
    written = [keep_body(folder, entry_id, viewer, sealed_for(body, to))]
    written += [keep_attachment(folder, entry_id, sealed_for(data, to)) for data in plain]
    say(*(f"{path}: sealed to {len(to)} recipients" for path in written))


def _shown(store: Store, entry_id: str, visit: Visit) -> tuple[bytes, Held]:
    """Return what an audience may see of an entry: as a presentation, and as its fields."""
    from dataclasses import replace

    from tregua.errors import WrongUse
    from tregua.ledger.entry import to_bytes
    from tregua.ledger.signing.presentation import presentation
    from tregua.sharing.reading import held_in
    from tregua.sharing.view import visible

    entries = tuple(store.entries())
    bodies = visit.bodies(store, entries, only=(entry_id,))
    held, releases = held_in(entries, bodies, releasers=visit.releasers)
    one = held[entry_id]
    texts = bodies[entry_id] if one.fields else ()
    pairs = [
        (field, text)
        for field, text in zip(one.fields, texts, strict=True)
        if visible(one, field, visit.audience, releases)
    ]
    if not pairs:
        raise WrongUse(
            f"{visit.audience} may see nothing of this entry, or nothing of it is held here"
        )
    ((_, entry),) = store.entries(one.index, one.index + 1)
    body = presentation(to_bytes(entry), [text for _, text in pairs])
    return body, replace(one, fields=tuple(field for field, _ in pairs))


def _attachment(path: Path, seen: Held) -> bytes:
    """Read a file that a visible field of the entry names by its digest.

    Raises:
        InputUnreadable: it cannot be read.
        WrongUse: no field that the audience sees names it.
    """
    import json
    from hashlib import sha256

    from tregua.errors import InputUnreadable, WrongUse

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputUnreadable(path, error.strerror or "it cannot be read") from error
    digest = sha256(data).hexdigest()
    if not any(digest in json.dumps(field.value) for field in seen.fields):
        raise WrongUse(f"--attach {path.name}: the entry tells its audience no such SHA-256")
    return data


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("seal")(seal)
