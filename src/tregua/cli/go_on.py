"""``tregua go-on OLDER``: go on with a record in a ledger of one's own, behind the old one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.verify import AnnexOption, RuleOption

if TYPE_CHECKING:
    from tregua.ledger.archive.older import Older


def go_on(
    older: Annotated[
        Path, typer.Argument(help="An archive, or the folder of a log: a mirror's own copy.")
    ],
    ledger: Annotated[
        Path, typer.Option("--ledger", help="The new ledger; no such file may be there.")
    ],
    annex: AnnexOption = None,
    policy: RuleOption = None,
) -> None:
    """Open the next ledger behind an older one; its first entry names the old root.

    Whoever holds an archive or a mirror can do it: another centre, or a party alone. What it holds
    is checked first. New keys are made beside the new ledger; the root key among them belongs into
    an annex before anybody else believes what follows. A mirror holds no annex: name it.

    \b
    Examples:
      tregua go-on record.zip --ledger next.sqlite
      tregua go-on ours --annex ledger.annex --policy policy --ledger next.sqlite

    Exit code: 0 begun, 2 the new ledger is there already, 3 or 4 as of `tregua verify`.
    """
    from tregua.cli.desk import desk_beside
    from tregua.cli.print import say
    from tregua.errors import WrongUse
    from tregua.ledger.archive.next_epoch import begin_next
    from tregua.ledger.intake import machine_clock
    from tregua.ledger.open import open_for_writing

    before = _checked(older, annex, policy)
    if ledger.exists():
        raise WrongUse(f"{ledger} is there already", help="name a file that is not there yet")
    texts = [c.agr for c in before.claims if c.kind == "agreement"]
    desk = desk_beside(ledger, begun=False, agr=texts[-1] if texts else "")
    with open_for_writing(ledger) as store:
        begun = begin_next(store, before, desk, now=machine_clock)
    known = f"{before.head.size:,} entries, root {before.head.root.hex()}"
    say(f"{ledger}: {begun.size} entries; the first names the older ledger: {known}.")
    say(f"Next: keep {older} with it; put the new root key into the annex; tregua intake ...")


def _checked(older: Path, annex: Path | None, policy: Path | None) -> Older:
    from tregua.cli.listen import policy_in, posix_now
    from tregua.cli.verify import checked_archive
    from tregua.errors import WrongUse
    from tregua.ledger.annex import read_annex
    from tregua.ledger.archive.older import is_log, older_in_archive, older_in_log

    if not is_log(older):
        return older_in_archive(checked_archive(older, annex, policy)[0])
    if annex is None:
        raise WrongUse(
            f"{older} is a log, and no annex lies in it",
            help="name the annex that was signed on paper: --annex ledger.annex",
        )
    rule = policy_in(policy or older / "policy")
    return older_in_log(older, read_annex(annex), rule, now=posix_now())


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("go-on")(go_on)
