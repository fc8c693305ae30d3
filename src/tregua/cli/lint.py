"""``tregua lint``: what the deal leaves out, with file, line, caret, reason and help."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.agreement.lint_deal import Summary
    from tregua.agreement.model import Agreement
    from tregua.agreement.read import Reading
    from tregua.terms.notes import Note

_ORDER = {"error": 0, "warning": 1, "info": 2, "never": -1}


def lint(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text, json, sarif or github.")] = "text",
    fail_on: Annotated[
        str, typer.Option(help="error, warning, info or never: from which severity exit code 1.")
    ] = "error",
    expert: Annotated[bool, typer.Option("--expert", help="Show notes of severity info.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show accepted notes too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    prove: Annotated[
        bool, typer.Option("--prove", help="Ask the exhaustive rules too (extra prove).")
    ] = False,
) -> None:
    """Say what a deal leaves out.

    \b
    Examples:
      tregua lint
      tregua lint --prove
      tregua lint deal.deal.md --expert
      tregua lint deal.deal.md --format sarif > notes.sarif

    Exit code: 0 nothing at or above --fail-on, 1 there is, 3 the deal cannot be read.
    """
    from tregua.agreement.lint_deal import shown, summary
    from tregua.agreement.read import read_deal
    from tregua.cli.where import find_deal
    from tregua.terms.notes import by_place

    form = _known(("text", "json", "sarif", "github"), "json" if as_json else form, "--format")
    fail_on = _known(tuple(_ORDER), fail_on, "--fail-on")
    reading = read_deal(find_deal(deal))
    linted, not_run = _notes(reading, prove=prove)
    found = by_place([*reading.notes, *linted])
    visible = shown(found, expert=expert, everything=every)
    counted = summary(found, expert=expert, not_run=not_run)
    _write(found, visible, form, agreement=reading.agreement, counted=counted)
    if reading.notes:
        raise typer.Exit(3)
    open_notes = [n for n in found if not n.accepted]
    if any(_ORDER[str(n.severity)] <= _ORDER[fail_on] for n in open_notes):
        raise typer.Exit(1)


def _notes(reading: Reading, *, prove: bool) -> tuple[tuple[Note, ...], tuple[str, ...]]:
    """Return the notes, and the codes of the rules that were not asked."""
    from tregua.agreement.lint import NOT_RUN
    from tregua.agreement.lint_deal import lint as lint_deal
    from tregua.cli.print import tell

    if prove:
        from tregua.agreement.prove.prove_deal import can_prove, lint_and_prove

        if can_prove():
            return lint_and_prove(reading), ()
        tell("the exhaustive rules were not run: pip install 'tregua[prove]'")
    return lint_deal(reading), NOT_RUN


def _known(allowed: tuple[str, ...], given: str, option: str) -> str:
    from tregua.errors import WrongUse

    if given not in allowed:
        raise WrongUse(f"{option} {given}: write {', '.join(allowed[:-1])} or {allowed[-1]}")
    return given


def _write(
    found: tuple[Note, ...],
    visible: tuple[Note, ...],
    form: str,
    *,
    agreement: Agreement,
    counted: Summary,
) -> None:
    from tregua.cli.print import say, say_data, say_notes

    if form == "json":
        _as_json(visible, agreement, counted)
    elif form == "sarif":
        say_data(_as_sarif(visible))
    elif form == "github":
        from tregua.agreement.to_annotations import to_annotations

        say_data(to_annotations(visible).rstrip("\n"))
    else:
        say_notes(visible)
        say(f"{counted}.", _next(found, visible))


def _as_json(visible: tuple[Note, ...], agreement: Agreement, counted: Summary) -> None:
    from tregua.bulletin.to_json import deal_json
    from tregua.cli.print import say_json
    from tregua.terms.notes import note_as_json

    notes = [note_as_json(n) for n in visible]
    say_json({"deal": deal_json(agreement), "notes": notes, "summary": asdict(counted)})


def _as_sarif(visible: tuple[Note, ...]) -> str:
    from tregua import __version__
    from tregua.agreement.codes import PAGES
    from tregua.agreement.lint_deal import pages
    from tregua.agreement.prove.prove_deal import pages as prove_pages
    from tregua.agreement.to_sarif import to_sarif

    every = (*PAGES, *pages(), *prove_pages())
    return to_sarif(visible, every, version=__version__).rstrip("\n")


def _next(found: tuple[Note, ...], visible: tuple[Note, ...]) -> str:
    """Return the next step: the page of the first of the gravest notes that are shown."""
    if visible:
        first = min(visible, key=lambda note: _ORDER[str(note.severity)])
        return f"Next: tregua explain {first.code}"
    return "Next: tregua lint --expert --all" if found else "Nothing to note."


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("lint")(lint)
