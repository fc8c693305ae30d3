"""``tregua print-deal``: a deal for a table where nobody reads code, as a page or a document."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from tregua.agreement.readback.read_back import ReadBack

_ALL = "all"


def print_deal(
    deal: Annotated[
        Path | None, typer.Argument(help="The deal; default: the only *.deal.md in this folder.")
    ] = None,
    out: Annotated[Path, typer.Option("--out", "-o", help="File to write: .html or .docx.")] = Path(
        "deal.html"
    ),
    language: Annotated[
        str, typer.Option("--language", help="en, ru, ar, or all of them together.")
    ] = "en",
) -> None:
    """Print a deal with its read-back: the text of each clause beside what its blocks say.

    \b
    Examples:
      tregua print-deal deal.deal.md -o deal.html
      tregua print-deal deal.deal.md -o deal-ru.docx --language ru
      tregua print-deal deal.deal.md -o deal.html --language all

    Exit code: 0 written, 3 the deal cannot be read.
    """
    from tregua.agreement.readback.words_of import LANGUAGES
    from tregua.cli.print import say
    from tregua.cli.read import read_in
    from tregua.cli.write_whole import write_whole
    from tregua.errors import WrongUse

    if out.suffix not in (".html", ".docx"):
        raise WrongUse(f"--out {out.name}: name a file that ends in .html or .docx")
    if language not in (*LANGUAGES, _ALL):
        raise WrongUse(f"--language {language}: write en, ru, ar or all")
    reads = tuple(read_in(deal, name) for name in (LANGUAGES if language == _ALL else (language,)))
    path = write_whole(_content(reads, out.suffix), out)
    say(
        f"{path}: {path.stat().st_size:,} bytes. "
        "Next: lay it beside the original; `tregua read` shows one clause here"
    )


def _content(reads: tuple[ReadBack, ...], form: str) -> bytes:
    if form == ".docx":
        from tregua.agreement.readback.to_deal_docx import to_deal_docx

        return to_deal_docx(reads)
    from tregua.agreement.readback.to_deal_html import to_deal_html

    return to_deal_html(reads).encode()


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("print-deal")(print_deal)
