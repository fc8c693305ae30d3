"""``tregua audit``: check the ledger; name what was changed, dropped or re-ordered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import Published, SeenLogOption
from tregua.cli.where import LEDGER, JsonOption, ledger_at
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.ledger.annex import Annex
    from tregua.ledger.windows.seen import Seen


def audit(
    ledger: Annotated[
        str,
        typer.Argument(
            parser=ledger_at,
            metavar="<ledger>",
            help="A file, or postgresql://ROLE@HOST/DATABASE.",
        ),
    ] = LEDGER,
    head: Annotated[
        str, typer.Option(help="A head saved earlier, in quotes; finds a ledger that was cut.")
    ] = "",
    copy: Annotated[
        str | None,
        typer.Option(
            parser=ledger_at,
            metavar="<ledger>",
            help="A copy that somebody else holds; names every difference.",
        ),
    ] = None,
    conflict: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Two checkpoints of one log: do they prove two histories?"),
    ] = None,
    tiles: Annotated[
        str, typer.Option(help="The log of the longer checkpoint: a folder or an address.")
    ] = "",
    log: SeenLogOption = None,
    policy: PolicyOption = Path("policy"),
    into: Annotated[Path, typer.Option(help="Where the proof of two histories is written.")] = Path(
        "conflict.tlog-conflict"
    ),
    write_verifier: Annotated[
        Path | None,
        typer.Option(help="Write the verifier: one file that needs nothing of this program."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Check the ledger: bytes, order and number of entries, every checkpoint, every signature.

    Signatures are checked by the annex beside the ledger, which says whose keys count. How the
    entries of a key stand that was reported lost is said by the cosignatures in --log.

    With --conflict two checkpoints are held against each other; what proves two histories is
    written as one file, which anybody can check by naming it in place of the ledger.

    \b
    Examples:
      tregua audit
      tregua audit ledger.sqlite --head '812 5f3a...'
      tregua audit ledger.sqlite --copy theirs.sqlite
      tregua audit --log public --policy policy
      tregua audit --conflict ours.checkpoint theirs.checkpoint --policy policy
      tregua audit conflict.tlog-conflict
      tregua audit --write-verifier tregua_verify.py

    Exit code: 0 the ledger is whole, 4 it is not, or two histories are proved, 5 it is not there.
    """
    from tregua.cli.conflict import hold_against, look_into

    if write_verifier is not None:
        _hand_out(write_verifier)
    elif conflict is not None:
        hold_against(conflict, tiles, policy, into, as_json=as_json)
    elif ledger.endswith(".tlog-conflict"):
        look_into(Path(ledger), as_json=as_json)
    else:
        _audit_ledger(ledger, head, copy, log, policy, as_json=as_json)


def _hand_out(into: Path) -> None:
    from hashlib import sha256

    from tregua.cli.archived import verifier
    from tregua.cli.print import say
    from tregua.cli.write_whole import write_whole

    program = verifier()
    write_whole(program, into)
    say(f"{into}: {program.count(bytes([10]))} lines, SHA-256 {sha256(program).hexdigest()}.")
    say("Next: read it whole, put its SHA-256 into the annex, and run it without this program.")


def _audit_ledger(
    ledger: str, head: str, copy: str | None, log: Path | None, policy: Path, *, as_json: bool
) -> None:
    from tregua.cli.print import say, say_json, say_notes
    from tregua.cli.standings import standing_lines, standings_json
    from tregua.ledger.annex import annex_beside
    from tregua.ledger.audit import audit as audit_ledger
    from tregua.ledger.store import read_head
    from tregua.terms.notes import note_as_json

    annex = annex_beside(ledger)
    against = read_head(head) if head else None
    seen = _seen(ledger, log, policy)
    result = audit_ledger(ledger, against=against, copy=copy, annex=annex, seen=seen)
    if as_json:
        notes = [note_as_json(n) for n in result.findings]
        point = {"size": result.size, "root": result.root.hex()}
        told = {"checkpoint": point, "notes": notes, "signatures_checked": annex is not None}
        say_json(told | {"standings": standings_json(result.affected)})
    elif result.findings:
        say_notes(result.findings)
        say(*standing_lines(result.affected))
        outcome = "holds together, with doubts" if result.is_intact else "fails its audit"
        places = "1 place" if len(result.findings) == 1 else f"{len(result.findings)} places"
        say(f"The ledger {outcome}: {places}, shown above.")
    else:
        say(f"The ledger is whole: {result.size} entries, root {result.root.hex()}.")
        say(_signatures(annex), *standing_lines(result.affected))
        say(
            "Next: keep this head where nobody here can reach it: "
            f"{result.size} {result.root.hex()}"
        )
    if not result.is_intact:
        raise typer.Exit(4)


def _seen(ledger: str, log: Path | None, policy: Path) -> Seen | None:
    from tregua.ledger.open import open_for_reading

    if log is None:
        return None
    with open_for_reading(ledger) as store:
        return Published(log, policy).seen(store)


def _signatures(annex: Annex | None) -> str:
    if annex is None:
        return "Signatures were not checked: no annex beside the ledger says whose keys count."
    return made_valid_by(annex)


def made_valid_by(annex: Annex) -> str:
    """Say that every entry was signed as the annex allows."""
    roots = "1 root key" if len(annex.roots) == 1 else f"{len(annex.roots)} root keys"
    return f"Every entry is signed, by a key that {roots} of the annex made valid there."


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("audit")(audit)
