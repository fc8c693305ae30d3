"""``tregua symmetry``: one side's duties beside the other's, and what has no mirror."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from tregua.agreement.versions.symmetry import Facing


def symmetry(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Lay the duties of every two sides beside each other.

    \b
    Examples:
      tregua symmetry
      tregua symmetry deal.deal.md --json

    It says where two sides are treated differently, not which is treated better.
    Exit code: 0 every duty has its mirror, 1 some have none or differ, 3 unreadable.
    """
    from tregua.agreement.versions.in_force import deal_at
    from tregua.agreement.versions.symmetry import symmetry as symmetry_of
    from tregua.bulletin.to_json import deal_json, plain
    from tregua.cli.print import say, say_json
    from tregua.cli.where import read_agreement

    reading = deal_at(read_agreement(deal))
    found = symmetry_of(reading)
    if as_json:
        say_json({"deal": deal_json(reading.agreement), "sides": plain(found)})
    elif not found:
        say("There are not two parties to compare.")
    for facing in () if as_json else found:
        _tell(facing)
    if any(facing.asymmetries for facing in found):
        raise typer.Exit(1)


def _tell(facing: Facing) -> None:
    from tregua.agreement.versions.symmetry_words import count, to_rows, to_sentences
    from tregua.cli.print import columns, say

    say(f"{count(facing)}.", "", *columns(to_rows(facing)), "")
    if sentences := to_sentences(facing):
        say(*(f"- {s}" for s in sentences), "")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("symmetry")(symmetry)
