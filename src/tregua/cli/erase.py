"""``tregua erase``: destroy what an entry tells; that it was there, and why it went, stays."""

from __future__ import annotations

from typing import Annotated

import typer

from tregua.cli.where import LEDGER, LedgerOption


def erase(
    entries: Annotated[list[str], typer.Argument(help="Entry ids, or record ids.")],
    reason: Annotated[str, typer.Option(help="Why; everybody may read it, so name nobody.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Destroy the body of an entry, its sealed copies and its attachments. There is no way back.

    The entry stays and is signed for; views say when and why it was erased. What somebody has
    opened or copied, and report files and bundles elsewhere, are not reached.

    \b
    Examples:
      tregua erase side-a:s1 --reason "the source is in danger"
    """
    from tregua.cli.desk import annex_needed, desk_of
    from tregua.cli.print import say
    from tregua.cli.which import entry_of
    from tregua.errors import WrongUse
    from tregua.ledger.open import beside, open_for_reading, open_for_writing
    from tregua.sharing.erase import erase as destroy

    if not reason.strip():
        raise WrongUse("--reason: say why, in a few words that name nobody")
    desk, annex = desk_of(ledger), annex_needed(ledger)
    with open_for_reading(ledger) as store:
        ids = tuple(dict.fromkeys(entry_of(store, what) for what in entries))
    with open_for_writing(ledger) as store:
        new = destroy(store, annex, desk.device, ids, reason.strip(), beside(ledger).parent)
    say(f"{len(ids)} bodies are destroyed, {new} of them now. Next: tregua audit")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("erase")(erase)
