"""``tregua prove``: what a search through every state of the deal finds, each told as a story."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.agreement.prove.prove_deal import Answered
    from tregua.agreement.prove.question import Counterexample


def prove(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Nothing but JSON on stdout.")] = False,
) -> None:
    """Search every state that a deal can reach for what cannot work.

    Needs the extra `prove` (clingo). Each answer is a shortest story with dates; every story was
    replayed step by step before it is shown.

    \b
    Examples:
      tregua prove deal.deal.md
      tregua prove deal.deal.md --json

    Exit code: 0 nothing found, 1 something found or not decided, 2 the extra is not installed,
    3 the deal cannot be read.
    """
    from tregua.agreement.prove.prove_deal import ask, can_prove
    from tregua.agreement.read import read_deal
    from tregua.cli.print import say, say_json, say_notes
    from tregua.cli.where import find_deal
    from tregua.errors import WrongUse

    if not can_prove():
        raise WrongUse("the solver is not installed", help="pip install 'tregua[prove]'")
    reading = read_deal(find_deal(deal))
    answers = ask(reading)
    if as_json:
        say_json({"deal": reading.agreement.id, "questions": [_json(a) for a in answers]})
    else:
        say(*(text for a in answers for text in _lines(a)))
    if reading.notes:
        say_notes(() if as_json else reading.notes)
        raise typer.Exit(3)
    if any(a.examples for a in answers):
        raise typer.Exit(1)


def _lines(answered: Answered) -> list[str]:
    rule = answered.question.rule
    if not answered.examples:
        return [f"{rule.code}: none found ({rule.title})"]
    lines = [f"{rule.code}: {rule.title}"]
    told = dict.fromkeys((e.said, e.story) for e in answered.examples)  # one circle, told once
    for said, story in told:
        lines += [f"  {said}", *(f"    {line}." for line in story)]
    return [*lines, f"  help: {rule.help}"]


def _json(answered: Answered) -> dict[str, object]:
    rule = answered.question.rule
    return {
        "code": rule.code,
        "title": rule.title,
        "severity": str(rule.severity),
        "undecided": answered.undecided,
        "found": [_example(e) for e in answered.examples if not e.undecided],
    }


def _example(example: Counterexample) -> dict[str, object]:
    story = [{"day": line.day, "said": line.said} for line in example.story]
    return {"on": example.on, "said": example.said, "story": story}


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prove")(prove)
