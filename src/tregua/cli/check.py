"""``tregua check``: play the scenarios that a deal carries and compare what they expect."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from tregua.rehearsal.check import Played


def check(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Play every scenario of a deal: given these acts, is this what follows?

    \b
    Examples:
      tregua check
      tregua check deal.deal.md --json

    Exit code: 0 every expectation holds, 1 one does not, 3 the deal cannot be read.
    """
    from tregua.bulletin.to_json import plain
    from tregua.cli.print import say, say_json
    from tregua.cli.where import read_agreement
    from tregua.rehearsal.check import check as play

    reading = read_agreement(deal)
    played = play(reading)
    if as_json:
        say_json({"deal": reading.agreement.id, "scenarios": plain(played)})
    else:
        say(*(line for one in played for line in _told(one)), _summary(played))
    if not all(one.holds for one in played):
        raise typer.Exit(1)


def _told(one: Played) -> list[str]:
    head = f"{one.id}: {one.title}" + ("" if one.holds else f"  ({one.spot})")
    if one.why_not:
        return [head, f"  not played: {one.why_not}"]
    return [head, *(f"  {_line(e.line, e.got)}" for e in one.expected)]


def _line(expected: str, got: str) -> str:
    return f"holds     {expected}" if expected == got else f"does not  {expected}   but: {got}"


def _summary(played: tuple[Played, ...]) -> str:
    if not played:
        return (
            'The deal carries no scenario. Next: add a block  scenario NAME "..."  with lines  '
            "given: at TIME, ACT, by SIDE  and  expect: NORM violated by SIDE"
        )
    good = sum(one.holds for one in played)
    return f"{good} of {len(played)} scenarios hold. Next: tregua lint"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)
