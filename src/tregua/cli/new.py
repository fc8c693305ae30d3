"""``tregua new``: a deal file to begin from, as a skeleton or with a mission's mechanism."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.agreement.profiles import Side


def new(
    file: Annotated[Path | None, typer.Argument(help="File to write: NAME.deal.md.")] = None,
    profile: Annotated[
        str, typer.Option("--profile", help="Begin with the mechanism of this mission.")
    ] = "",
    side_a: Annotated[
        tuple[str, str], typer.Option("--side-a", help="Id and title of one side.")
    ] = ("side-a", "Side A"),
    side_b: Annotated[
        tuple[str, str], typer.Option("--side-b", help="Id and title of the other side.")
    ] = ("side-b", "Side B"),
    title: Annotated[str, typer.Option("--title", help="Title of the deal.")] = "",
    zone: Annotated[
        str, typer.Option("--zone", help="Time zone of the deal, such as Asia/Damascus.")
    ] = "",
    listed: Annotated[bool, typer.Option("--list", help="Show the profiles.")] = False,
) -> None:
    """Write a new deal file; a file that is there is never overwritten.

    \b
    Examples:
      tregua new --list
      tregua new valley.deal.md
      tregua new valley.deal.md --profile amm --side-a north "Northern side" --zone Asia/Jakarta
    """
    from tregua.agreement.profiles import Side
    from tregua.cli.print import say
    from tregua.errors import WrongUse

    if listed:
        say(*_profiles())
        return
    if file is None:
        raise WrongUse("no file is named", help="tregua new valley.deal.md")
    _write(file, profile, (Side(*side_a), Side(*side_b)), title=title, zone=zone)
    told = f", with the mechanism of {profile}" if profile else ""
    say(f"{file}: written{told}. Next: tregua lint {file}")


def _profiles() -> list[str]:
    from tregua.agreement.profiles import profile, profile_names
    from tregua.cli.print import columns

    rows = [(name, profile(name).title) for name in profile_names()]
    return [*columns(rows), "", "Next: tregua new FILE.deal.md --profile NAME"]


def _write(file: Path, profile: str, sides: tuple[Side, Side], *, title: str, zone: str) -> None:
    from tregua.agreement.profiles import ENDING, Start, new_deal
    from tregua.cli.write_whole import write_whole
    from tregua.errors import WrongUse

    if not file.name.endswith(ENDING):
        raise WrongUse(f"{file.name}: name a file that ends in {ENDING}")
    if file.exists():
        raise WrongUse(f"{file} is there already; it is not overwritten")
    start = Start(file.name.removesuffix(ENDING), title, sides, zone)
    write_whole(new_deal(start, profile_name=profile).encode(), file)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("new")(new)
