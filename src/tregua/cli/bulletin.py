"""``tregua bulletin``: the state of the deal as a page, as text or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, AtOption, DealOption, JsonOption, KnownAtOption, LedgerOption

if TYPE_CHECKING:
    from tregua.centre import Picture


def bulletin(
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    known_at: KnownAtOption = "",
    form: Annotated[str, typer.Option("--format", help="html, text or json.")] = "html",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; default for html: bulletin-DAY.html.")
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Compose the bulletin: one self-contained page in which every number links to its records.

    \b
    Examples:
      tregua bulletin --at 2016-09-20 --open
      tregua bulletin --at 2016-09-20 --known-at 2016-09-20 -o as-known-then.html
      tregua bulletin --at 2016-09-20 --format text
    """
    from tregua.cli.print import say, say_json
    from tregua.cli.where import look

    picture = look(deal, ledger, at, known_at)
    form = "json" if as_json else form
    if form == "json" and out is None:
        from tregua.bulletin.to_json import picture_json

        say_json(picture_json(picture))
        return
    text = _written(picture, form)
    if form == "text" and out is None:
        say(text.rstrip("\n"))
        return
    path = write_page(text, out or Path(f"bulletin-{_day(picture)}.{'html' if form == 'html' else form}"))
    say(f"{path}: {len(text.encode()):,} bytes. Next: open it, or `tregua why ID` for any answer in it")
    if show:
        typer.launch(str(path.resolve()))


def _written(picture: Picture, form: str) -> str:
    import json

    from tregua.bulletin.compose import compose
    from tregua.bulletin.to_html import to_html
    from tregua.bulletin.to_json import picture_json
    from tregua.bulletin.to_text import to_text
    from tregua.errors import WrongUse

    if form == "html":
        return to_html(compose(picture), picture)
    if form == "text":
        return to_text(compose(picture))
    if form == "json":
        return json.dumps(picture_json(picture), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    raise WrongUse(f"--format {form}: write html, text or json")


def _day(picture: Picture) -> str:
    from datetime import timedelta

    from tregua.terms.time import show_time

    return show_time(picture.at - timedelta(microseconds=1), picture.agreement.zone)[:10]


def write_page(text: str, path: Path) -> Path:
    """Write a file whole or not at all.

    Raises:
        StoreUnwritable: when the folder is read-only or the disk is full.
    """
    import os

    from tregua.errors import StoreUnwritable

    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8")
        os.replace(part, path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise StoreUnwritable(path, error.strerror or "it cannot be written") from error
    return path


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bulletin")(bulletin)
