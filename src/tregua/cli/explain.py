"""``tregua explain CODE``: the page of a note or error code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.terms.notes import Page


def explain(
    code: Annotated[str, typer.Argument(help="A code such as L601; without one, the list.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Nothing but JSON on stdout.")] = False,
) -> None:
    """Explain a code: what it says, why it matters, what to do.

    \b
    Examples:
      tregua explain L601
      tregua explain
    """
    from dataclasses import asdict
    from difflib import get_close_matches

    from tregua.cli.print import columns, say, say_json
    from tregua.errors import WrongUse

    pages = {p.code: p for p in _pages()}
    wanted = code[:4].upper() + code[4:].lower()
    if not code:
        rows = [(p.code, p.title) for p in pages.values()]
        say_json([asdict(p) for p in pages.values()]) if as_json else say(*columns(rows))
        return
    page = pages.get(wanted)
    if page is None:
        near = get_close_matches(wanted, pages, n=1)
        raise WrongUse(
            f"there is no code {code}" + (f"; did you mean {near[0]}?" if near else ""),
            help="`tregua explain` lists all codes",
        )
    say_json(asdict(page)) if as_json else say(*_lines(page))


def _pages() -> tuple[Page, ...]:
    from tregua.agreement.codes import PAGES as DEAL_PAGES
    from tregua.agreement.lint_deal import pages as lint_pages
    from tregua.agreement.prove.prove_deal import pages as prove_pages
    from tregua.assessment.zone_codes import PAGES as ZONE_PAGES
    from tregua.cli.codes import PAGES as CALL_PAGES
    from tregua.ledger.codes import PAGES as LEDGER_PAGES
    from tregua.reports.codes import PAGES as REPORT_PAGES

    return (
        *DEAL_PAGES,
        *lint_pages(),
        *prove_pages(),
        *REPORT_PAGES,
        *ZONE_PAGES,
        *LEDGER_PAGES,
        *CALL_PAGES,
    )


def _lines(page: Page) -> list[str]:
    import textwrap

    lines = [f"{page.code}: {page.title}", ""]
    for label, text in (("When", page.what), ("Why", page.why), ("What to do", page.help)):
        if text:
            lines += [
                label,
                *textwrap.wrap(text, 88, initial_indent="  ", subsequent_indent="  "),
                "",
            ]
    for label, text in (("An example that gives it", page.bad), ("The same without it", page.good)):
        if text:
            lines += [label, *(f"  | {row}" for row in text.strip("\n").splitlines()), ""]
    return lines[:-1]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("explain")(explain)
