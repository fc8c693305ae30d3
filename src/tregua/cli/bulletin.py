"""``tregua bulletin``: the state of the deal as a page, as text or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import KnownLogOption, Published
from tregua.cli.where import (
    LEDGER,
    AtOption,
    AudienceOption,
    DealOption,
    JsonOption,
    KnownAtOption,
    LedgerOption,
)
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from tregua.centre import Picture


def bulletin(
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    known_at: KnownAtOption = "",
    audience: AudienceOption = "",
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    form: Annotated[str, typer.Option("--format", help="html, text or json.")] = "html",
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="File to write; default for html: bulletin-DAY.html."),
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
    from tregua.cli.look import look
    from tregua.cli.print import say, say_json
    from tregua.cli.where import visit_of
    from tregua.cli.write_whole import write_whole
    from tregua.errors import WrongUse

    form = "json" if as_json else form
    if form not in ("html", "text", "json"):
        raise WrongUse(f"--format {form}: write html, text or json")
    if out is not None:
        _spare(out, ledger, deal)
    published = Published(log, policy)
    picture = look(deal, ledger, at, known_at, visit_of(audience, ledger), published)
    if form == "json" and out is None:
        from tregua.bulletin.to_json import picture_json

        say_json(picture_json(picture))
        return
    text = _written(picture, form)
    if form == "text" and out is None:
        say(text.rstrip("\n"))
        return
    path = write_whole(text.encode(), out or Path(f"bulletin-{_day(picture)}.html"))
    say(
        f"{path}: {len(text.encode()):,} bytes. "
        "Next: open it, or `tregua why ID` for any answer in it"
    )
    if show:
        typer.launch(str(path.resolve()))


def _written(picture: Picture, form: str) -> str:
    import json

    from tregua.bulletin.compose import compose
    from tregua.bulletin.to_html import to_html
    from tregua.bulletin.to_json import picture_json
    from tregua.bulletin.to_text import to_text

    if form == "html":
        return to_html(compose(picture), picture)
    if form == "text":
        return to_text(compose(picture))
    return json.dumps(picture_json(picture), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def _spare(out: Path, ledger: str, deal: Path | None) -> None:
    """Refuse to write the page over what it is made from."""
    from tregua.errors import WrongUse
    from tregua.ledger.open import file_of

    for what, source in (("ledger", file_of(ledger)), ("deal", deal)):
        if source is not None and out.exists() and source.exists() and out.samefile(source):
            raise WrongUse(f"--out {out}: that is the {what}; name another file")


def _day(picture: Picture) -> str:
    from datetime import timedelta

    from tregua.terms.time import show_time

    return show_time(picture.at - timedelta(microseconds=1), picture.agreement.zone)[:10]


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("bulletin")(bulletin)
