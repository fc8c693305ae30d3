"""``tregua window``: sealed reporting windows: declare, commit, open together, close, look."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.cosigned import Published, SeenLogOption
from tregua.cli.where import LEDGER, AtOption, JsonOption, LedgerOption
from tregua.cli.witness import PolicyOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.ledger.take_signed import Taken

window = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Sealed reporting windows: both sides commit first, then all is opened together.\n\n"
        "\b\nExamples:\n"
        "  tregua window commit am.bundle\n"
        "  tregua window reveal am.bundle --key post-7.key\n"
        "  tregua window show am"
    ),
)
Name = Annotated[str, typer.Argument(help="Name of the window.")]
Bundle = Annotated[Path, typer.Argument(help="A bundle of `tregua sign --window`.")]


@window.command("open")
def open_(
    name: Name,
    opens: Annotated[str, typer.Option(help="From when its reports are.")],
    closes: Annotated[str, typer.Option(help="By when they are committed.")],
    open_by: Annotated[str, typer.Option("--open-by", help="By when they are opened.")],
    sides: Annotated[str, typer.Option(help="Whose reports are waited for: side-a,side-b.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Declare a window, signed by the desk of this centre. Times without a zone are UTC.

    \b
    Examples:
      tregua window open am --opens 2030-09-13T00:00Z --closes 2030-09-13T12:00Z
        --open-by 2030-09-14T00:00Z --sides side-a,side-b
    """
    from tregua.cli.desk import annex_needed, desk_of
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.windows.at_work import declare
    from tregua.ledger.windows.window import Window
    from tregua.reports.marking import labels

    times = (
        _seconds(opens, "--opens"),
        _seconds(closes, "--closes"),
        _seconds(open_by, "--open-by"),
    )
    wanted = Window(name, *times, labels(sides, where="--sides"))
    desk, annex = desk_of(ledger), annex_needed(ledger)
    with open_for_writing(ledger) as store:
        _told([declare(store, annex, desk.device, wanted)], f"window {name} is declared")


@window.command("commit")
def commit_(bundle: Bundle, ledger: LedgerOption = LEDGER) -> None:
    """Commit the entries of a bundle; what they tell stays with whoever signed them.

    \b
    Examples:
      tregua window commit am.bundle
    """
    from tregua.cli.desk import annex_needed
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.bundle import read_bundle
    from tregua.ledger.windows.at_work import commit

    items, annex = read_bundle(bundle), annex_needed(ledger)
    with open_for_writing(ledger) as store:
        _told(commit(store, annex, items), "committed, unopened")


@window.command("reveal")
def reveal_(
    bundle: Bundle,
    key: Annotated[Path, typer.Option("--key", help="A key file of whoever committed them.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Open what was committed, once the window is over; it is handed on when the window is closed.

    \b
    Examples:
      tregua window reveal am.bundle --key post-7.key
    """
    from tregua.cli.desk import annex_needed
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.signing.bundle import read_bundle
    from tregua.ledger.signing.device_key import read_key
    from tregua.ledger.windows.at_work import reveal

    items, signer, annex = read_bundle(bundle), read_key(key), annex_needed(ledger)
    with open_for_writing(ledger) as store:
        _told(reveal(store, annex, signer, items), f"{len(items)} commitments are opened")


@window.command("close")
def close_(name: Name, ledger: LedgerOption = LEDGER) -> None:
    """Close a window, when every side has opened or the time to open is over.

    \b
    Examples:
      tregua window close am
    """
    from tregua.cli.desk import annex_needed, desk_of
    from tregua.ledger.open import open_for_writing
    from tregua.ledger.windows.at_work import close

    desk, annex = desk_of(ledger), annex_needed(ledger)
    with open_for_writing(ledger) as store:
        _told([close(store, annex, desk.device, name)], f"window {name} is closed")


@window.command("show")
def show(
    name: Name,
    ledger: LedgerOption = LEDGER,
    log: SeenLogOption = None,
    policy: PolicyOption = Path("policy"),
    at: AtOption = "",
    as_json: JsonOption = False,
) -> None:
    """Say how a window stands: who committed, who opened, what is late, what is withheld.

    With --log each entry is judged by the times at which others than its side had cosigned the
    record without it and with it; where a deadline lies between the two, it is undetermined.
    Without --log the times are those of the centre's own clock, and provisional.

    \b
    Examples:
      tregua window show am
      tregua window show am --log public --policy policy

    Exit code: 0 nothing to report, 1 something is late, undetermined or withheld.
    """
    from tregua.cli.print import say, say_json
    from tregua.cli.window_lines import window_json, window_lines
    from tregua.ledger.open import open_for_reading
    from tregua.ledger.windows.look import counts_of, is_closed, window_state

    with open_for_reading(ledger) as store:
        seen = Published(log, policy).seen(store)
        state = window_state(store, name, at=_seconds(at, "--at"), seen=seen)
        closed = is_closed(store, name)
    sides = sorted({*state.window.sides, *(c.side for c in state.commitments)})
    counts = {side: counts_of(state, side) for side in sides}
    if as_json:
        say_json(window_json(state, counts, seen, closed=closed))
    else:
        say(*window_lines(state, counts, seen, closed=closed))
    if not all(one.is_plain for one in counts.values()):
        raise typer.Exit(1)


def _told(taken: Sequence[Taken], what: str) -> None:
    from tregua.cli.print import say

    say(*(f"{t.id} stands as entry {t.index}: {what}" for t in taken))


def _seconds(text: str, option: str) -> int:
    from tregua.cli.where import at_instant

    return int(at_instant(text, "UTC", option=option).timestamp())


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.add_typer(window, name="window")
