"""``tregua status``: where the deal stands at a time, as known at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

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

SECTIONS = ("summary", "state", "days", "gates", "findings", "norms", "aid", "claims", "watched")


def status(
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    known_at: KnownAtOption = "",
    audience: AudienceOption = "",
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    as_json: JsonOption = False,
) -> None:
    """Say where the deal stands: phases, clocks, gates, what is due, what is undetermined and why.

    \b
    Examples:
      tregua status --at 2016-09-16
      tregua status --at 2016-09-17 --known-at 2016-09-15
      tregua status --at 2016-09-17 --known-at @120 --json

    Exit code: 0 nothing to report, 1 a violation is assessed or a consequence is due.
    """
    from tregua.bulletin.compose import compose
    from tregua.bulletin.to_json import status_json
    from tregua.bulletin.to_text import to_text
    from tregua.cli.look import look
    from tregua.cli.print import say, say_json
    from tregua.cli.where import visit_of

    published = Published(log, policy)
    picture = look(deal, ledger, at, known_at, visit_of(audience, ledger), published)
    if as_json:
        say_json(status_json(picture))
    else:
        say(to_text(compose(picture, only=SECTIONS)).rstrip("\n"), "", _next(picture))
    if reports_something(picture):
        raise typer.Exit(1)


def reports_something(picture: Picture) -> bool:
    """Say whether a violation is assessed or a consequence is due."""
    violated = any(str(a.answer) == "violated" for a in picture.assessments)
    return violated or any(d.state in ("due", "overdue") for d in picture.status.dues)


def _next(picture: Picture) -> str:
    first = next((a.id for a in picture.assessments if a.instance == "whole"), "ID")
    return f"Next: tregua why {first}   how that answer was reached"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status")(status)
