"""``tregua tallies``: two camps' counts side by side, and why they cannot be added."""

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
    from tregua.attribution.tallies import Tallies
    from tregua.centre import Picture


def tallies(
    deal: DealOption = None,
    ledger: LedgerOption = LEDGER,
    at: AtOption = "",
    known_at: KnownAtOption = "",
    audience: AudienceOption = "",
    log: KnownLogOption = None,
    policy: PolicyOption = Path("policy"),
    a: Annotated[
        list[str] | None,
        typer.Option("--a", help="Camp A: an id of the deal or an office; may be repeated."),
    ] = None,
    b: Annotated[list[str] | None, typer.Option("--b", help="Camp B, the same way.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Lay two tallies side by side: only A, only B, both, contradict, not comparable.

    Without --a and --b: every two sides of the deal, and each side beside those who speak for none.

    \b
    Examples:
      tregua tallies --at 2016-09-20
      tregua tallies --at 2016-09-20 --a ru --a government --b SNHR
    """
    from tregua.bulletin.blocks import Bulletin, Section
    from tregua.bulletin.sections.tallies import blocks_of
    from tregua.bulletin.seen_by import seen_by
    from tregua.bulletin.to_json import envelope, plain
    from tregua.bulletin.to_text import to_text
    from tregua.cli.look import look
    from tregua.cli.print import say, say_json
    from tregua.cli.where import visit_of

    published = Published(log, policy)
    picture = look(deal, ledger, at, known_at, visit_of(audience, ledger), published)
    found = _wanted(picture, tuple(a or ()), tuple(b or ()))
    if as_json:
        say_json({**envelope(picture), "tallies": plain(found)})
        return
    head = (
        ("State at", f"{picture.at:%Y-%m-%d %H:%M} UTC"),
        ("As known at", picture.known.as_of),
        ("Seen by", seen_by(picture.known)),
    )
    blocks = tuple(block for t in found for block in blocks_of(t, picture))
    say(
        to_text(Bulletin(picture.agreement.title, head, (Section("tallies", blocks),))).rstrip("\n")
    )
    say("Next: tregua why INCIDENT   all that was said about one of them")


def _wanted(picture: Picture, a: tuple[str, ...], b: tuple[str, ...]) -> tuple[Tallies, ...]:
    from tregua.attribution.tallies import two_tallies
    from tregua.centre import tallies_of, window_of
    from tregua.errors import WrongUse

    if not a and not b:
        return tallies_of(picture)
    if not a or not b:
        raise WrongUse("name both camps, --a and --b, or none")
    start, end = window_of(picture)
    found = two_tallies(
        picture.known.records,
        picture.attributed,
        picture.agreement,
        camp_a=a,
        camp_b=b,
        start=start,
        end=end,
    )
    return (found,)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("tallies")(tallies)
