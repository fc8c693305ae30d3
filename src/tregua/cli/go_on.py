"""``tregua go-on ARCHIVE``: go on with a record in a ledger of one's own, behind the old one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tregua.cli.verify import AnnexOption, ArchiveArgument, RuleOption


def go_on(
    archive: ArchiveArgument,
    ledger: Annotated[
        Path, typer.Option("--ledger", help="The new ledger; no such file may be there.")
    ],
    annex: AnnexOption = None,
    policy: RuleOption = None,
) -> None:
    """Open the next ledger behind an archived one; its first entry names the old root.

    Whoever holds an archive can do it: another centre, or a party alone. The archive is checked
    first. New keys are made beside the new ledger; the root key among them belongs into an annex
    before anybody else believes what follows.

    \b
    Examples:
      tregua go-on record.zip --ledger next.sqlite

    Exit code: 0 begun, 2 the new ledger is there already, 3 or 4 as of `tregua verify`.
    """
    from tregua.cli.desk import desk_beside
    from tregua.cli.print import say
    from tregua.cli.verify import checked_archive
    from tregua.errors import WrongUse
    from tregua.ledger.archive.next_epoch import begin_next
    from tregua.ledger.intake import machine_clock
    from tregua.ledger.open import open_for_writing

    checked, _ = checked_archive(archive, annex, policy)
    if ledger.exists():
        raise WrongUse(f"{ledger} is there already", help="name a file that is not there yet")
    texts = [c.agr for c in checked.claims if c.kind == "agreement"]
    desk = desk_beside(ledger, begun=False, agr=texts[-1] if texts else "")
    with open_for_writing(ledger) as store:
        begun = begin_next(store, checked, desk, now=machine_clock)
    head = checked.head
    older = f"{head.size:,} entries, root {head.root.hex()}"
    say(f"{ledger}: {begun.size} entries; the first names the older ledger: {older}.")
    say("Next: keep the archive with it; put the new root key into the annex; tregua intake ...")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("go-on")(go_on)
