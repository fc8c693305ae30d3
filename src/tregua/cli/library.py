"""``tregua library``: the past deals that come with the program, one by one and side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import JsonOption

if TYPE_CHECKING:
    from tregua.agreement.shelf.shelf import Shelved


def library(
    name: Annotated[str, typer.Argument(help="A deal of the library; default: all.")] = "",
    compare: Annotated[
        bool, typer.Option("--compare", help="Put the same questions to every deal.")
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Which clause types the deals use, and which not.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Show the past deals that come with the program: what each holds and what it leaves out.

    \b
    Examples:
      tregua library
      tregua library idlib-2018
      tregua library --compare
      tregua library --coverage --json
    """
    from tregua.agreement.shelf.shelf import take, take_all
    from tregua.cli.print import say, say_json

    deals = (take(name),) if name else take_all()
    if as_json:
        say_json(_json(deals, compare=compare, coverage=coverage))
        return
    if compare:
        say(*_compared(deals))
    if coverage:
        say(*_covered(deals))
    if not compare and not coverage:
        say(*(_page(deals[0]) if name else _list(deals)))


def _list(deals: tuple[Shelved, ...]) -> list[str]:
    from tregua.agreement.shelf.library_reference import marks_told
    from tregua.cli.print import columns

    head = ("deal", "blocks", "V", "P", "M", "X", "errors", "warnings", "types", "title")
    rows = [head, *(_row(deal) for deal in deals)]
    return [*columns(rows), "", f"Paragraphs: {marks_told()}.", "Next: tregua library NAME"]


def _row(deal: Shelved) -> tuple[str, ...]:
    counts = [number for _, number in deal.marks]
    counted = deal.counted
    numbers = (len(deal.text.blocks), *counts, counted.errors, counted.warnings, len(deal.uses))
    return (deal.name, *(str(n) for n in numbers), deal.text.head_word("title"))


def _page(deal: Shelved) -> list[str]:
    from tregua.agreement.shelf.library_reference import facts, marks_told
    from tregua.cli.print import columns

    rows = [(f"{label}:", value) for label, value in facts(deal)]
    path = deal.text.file
    return [*columns(rows), "", f"Paragraphs: {marks_told()}.", f"Next: tregua lint {path}"]


def _compared(deals: tuple[Shelved, ...]) -> list[str]:
    from tregua.agreement.shelf.comparison import compare
    from tregua.cli.print import columns

    lines: list[str] = []
    for row in compare(deal.text for deal in deals):
        pairs = [
            (f"  {deal.name}", answer) for deal, answer in zip(deals, row.answers, strict=True)
        ]
        lines += [row.asked, *columns(pairs), ""]
    return [*lines, '"not found": not in what is held of the text, or left open by it.']


def _covered(deals: tuple[Shelved, ...]) -> list[str]:
    from tregua.agreement.shelf.catalogue import coverage
    from tregua.agreement.shelf.library_reference import reasons
    from tregua.cli.print import columns

    found = coverage((deal.name, deal.text) for deal in deals)
    rows = [(r.type.code, r.type.title, str(len(r.deals)), _few(r.deals)) for r in found.rows]
    told = [f"{code}  {reason}" for code, reason in reasons(found)]
    return [*columns([("code", "clause type", "deals", ""), *rows]), "", *told, "", f"{found}."]


def _few(deals: tuple[str, ...]) -> str:
    shown = ", ".join(deals[:3])
    return f"{shown} and {len(deals) - 3} more" if len(deals) > 3 else shown  # noqa: PLR2004


def _json(deals: tuple[Shelved, ...], *, compare: bool, coverage: bool) -> dict[str, object]:
    """Return what was asked for as plain values; the deals always, in the order of their names."""
    from tregua.agreement.shelf.catalogue import coverage as cover
    from tregua.agreement.shelf.comparison import compare as ask

    shown: dict[str, object] = {"deals": [_deal_json(deal) for deal in deals]}
    if compare:
        rows = ask(deal.text for deal in deals)
        names = [deal.name for deal in deals]
        shown["compared"] = [
            {"asked": r.asked, "answers": dict(zip(names, r.answers, strict=True))} for r in rows
        ]
    if coverage:
        found = cover((deal.name, deal.text) for deal in deals)
        shown["coverage"] = {
            "types": len(found.rows),
            "expressible": len(found.expressible),
            "in_part": len(found.limited),
            "used": len(found.used),
            "rows": [
                {
                    "code": r.type.code,
                    "title": r.type.title,
                    "written": r.type.written,
                    "limit": r.type.limit,
                    "cannot": r.type.cannot,
                    "deals": list(r.deals),
                }
                for r in found.rows
            ],
        }
    return shown


def _deal_json(deal: Shelved) -> dict[str, object]:
    counted = deal.counted
    return {
        "name": deal.name,
        "title": deal.text.head_word("title"),
        "declared": deal.fact("declared"),
        "effective": deal.fact("effective"),
        "time_zone": deal.fact("time zone"),
        "marks": dict(deal.marks),
        "blocks": dict(deal.kinds),
        "errors": counted.errors,
        "warnings": counted.warnings,
        "infos": counted.infos,
        "clause_types": {use.code: list(use.blocks) for use in deal.uses},
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("library")(library)
