"""``tregua verify ARCHIVE``: check an archive, whoever made it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tregua.ledger.annex import Annex
    from tregua.ledger.archive.check_archive import Archive
    from tregua.ledger.notes.policy import Policy

ArchiveArgument = Annotated[Path, typer.Argument(help="The archive: a zip, or its folder.")]
AnnexOption = Annotated[
    Path | None, typer.Option("--annex", help="Root keys and texts, from the paper.")
]
RuleOption = Annotated[
    Path | None, typer.Option("--policy", help="The trust rule, from the paper.")
]


def verify(
    archive: ArchiveArgument,
    annex: AnnexOption = None,
    policy: RuleOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check an archive: digests, signers, disclosures, log, checkpoints, every explanation.

    Without --annex and --policy those in the archive are used, which its maker chose: compare them
    with the paper. Nothing of an archive is written anywhere.

    \b
    Examples:
      tregua verify record.zip
      tregua verify record.zip --annex annex --policy policy

    Exit code: 0 it holds, 3 it cannot be read, 4 something in it does not hold.
    """
    from tregua.cli.print import say, say_json
    from tregua.cli.standings import standings_json

    checked, trees = checked_archive(archive, annex, policy)
    sentences = _sentences(checked, trees)
    if as_json:
        head = {"size": checked.head.size, "root": checked.head.root.hex()}
        standings = standings_json(checked.affected)
        say_json({"head": head, "trees": trees, "said": sentences, "standings": standings})
        return
    say(*sentences)
    if annex is None:
        say("Next: compare ledger/annex and ledger/policy in it with the paper that was signed.")


def checked_archive(path: Path, annex: Path | None, policy: Path | None) -> tuple[Archive, int]:
    """Return an archive that holds, and how many explanation trees are in it.

    Raises:
        InputUnreadable: it cannot be read.
        LedgerDamaged: with the first place that does not hold.
    """
    from tregua.cli.listen import policy_in
    from tregua.ledger.annex import read_annex
    from tregua.ledger.archive.unpack import files_in

    return check_files(
        files_in(path),
        annex=None if annex is None else read_annex(annex),
        policy=None if policy is None else policy_in(policy),
    )


def check_files(
    files: Mapping[str, bytes], *, annex: Annex | None = None, policy: Policy | None = None
) -> tuple[Archive, int]:
    """Check the files of an archive, and every explanation tree; see `checked_archive`."""
    from tregua.cli.listen import posix_now
    from tregua.ledger.archive.check_archive import check_archive

    checked = check_archive(files, annex=annex, policy=policy, now=posix_now())
    return checked, _check_trees(checked)


def _check_trees(archive: Archive) -> int:
    import json

    from tregua.assessment.check_tree import check
    from tregua.assessment.check_tree.entries import Entries
    from tregua.errors import InputUnreadable, LedgerDamaged
    from tregua.ledger.archive.names import ENTRIES, TREES

    if TREES not in archive.files:
        return 0
    try:
        trees = json.loads(archive.files[TREES])
    except (ValueError, RecursionError):
        raise InputUnreadable(TREES, "it is not JSON") from None
    if not isinstance(trees, list) or not all(isinstance(tree, dict) for tree in trees):
        raise InputUnreadable(TREES, "it is no list of trees")
    entries = Entries(archive.files[ENTRIES].splitlines())
    for tree in trees:
        if why := check(tree, entries):
            raise LedgerDamaged(f"the answer {str(tree.get('id'))[:60]}", why)
    return len(trees)


def _sentences(archive: Archive, trees: int) -> list[str]:
    from tregua.cli.archived import programs
    from tregua.cli.standings import standing_lines

    head = archive.head
    said = [
        f"{len(archive.files)} files are those that were packed.",
        f"{head.size:,} entries are signed by keys valid there.",
        f"{archive.disclosed:,} fields are disclosed, and each belongs to its entry.",
        f"{trees:,} answers follow from the entries.",
    ]
    for held in archive.checkpoints:
        names = ", ".join(c.key.name for c, _ in held.by) or "nobody"
        met = "" if held.is_met else ", not enough for the policy"
        said.append(f"Checkpoint of {held.head.size:,}: signed by its log and by {names}{met}.")
    if not archive.checkpoints:
        said.append("No checkpoint is in it: only the signers of the entries vouch for them.")
    said += standing_lines(archive.affected)
    other = [name for name, data in programs().items() if archive.files.get(name) != data]
    said += [f"{name} in it is of another version than this program's." for name in other]
    return [*said, f"The archive holds: {head.size:,} entries, root {head.root.hex()}."]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify")(verify)
