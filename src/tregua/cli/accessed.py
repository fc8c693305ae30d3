"""``tregua accessed``: who was shown which entries, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tregua.cli.where import LEDGER, JsonOption, LedgerOption

if TYPE_CHECKING:
    from tregua.ledger.accesses import Access
    from tregua.ledger.beat.notice_accesses import Day
    from tregua.ledger.store import Store

_SHOWN = 3  # ids shown of one line; all of them stand in --json
_SHORT = 12  # digits of an id that are shown
_SECOND = 1_000_000  # microseconds


def accessed(
    entry: Annotated[
        str, typer.Argument(help="Entry id, or record id; default: all that was read.")
    ] = "",
    owner: Annotated[str, typer.Option(help="The party that signed the entries.")] = "",
    ledger: LedgerOption = LEDGER,
    as_json: JsonOption = False,
) -> None:
    """Say who was shown which entries that are not for everybody, how, and when.

    Readers are roles: an audience, a party that releases, or whoever keeps the record. Nothing of
    what entries tell stands in this log. The record is told a digest of each day's lines at the
    first beat after it (`tregua publish`), and the lines are held against that here.

    \b
    Examples:
      tregua accessed
      tregua accessed side-a:s1
      tregua accessed --owner side-a --json

    Exit code: 0 the lines are those that the record was told of, 1 they are others, 5 they cannot
    be read.
    """
    from tregua.cli.desk import PARTY
    from tregua.cli.print import say, say_json
    from tregua.ledger.beat.notice_accesses import days_of
    from tregua.ledger.open import open_for_reading

    with open_for_reading(ledger) as store:
        owners, asked = _asked(store, entry, owner)
        lines = [line for one in owners for line in store.accesses.of(one)]
        days = days_of(store, owners, PARTY)
    lines = sorted((x for x in lines if not asked or asked in x.entries), key=lambda x: x.at)
    if as_json:
        say_json({"accesses": list(map(_json, lines)), "days": list(map(_day_json, days))})
    else:
        say(*_table(lines), *map(_sentence, days))
    if any(day.is_changed for day in days):
        raise typer.Exit(1)


def _asked(store: Store, entry: str, owner: str) -> tuple[tuple[str, ...], str]:
    """Return the owners whose lines are asked for, and the one entry if one is.

    Raises:
        WrongUse: there is no such entry, or nobody of that name signed one.
    """
    from tregua.cli.which import entry_of
    from tregua.errors import WrongUse
    from tregua.ledger.signed import SignedEntry

    signed = {e.id: e.issuer for _, e in store.entries() if isinstance(e, SignedEntry)}
    if owner and owner not in signed.values():
        raise WrongUse(f"--owner {owner[:80]}: no entry here is signed in this name")
    asked = entry_of(store, entry) if entry else ""
    owners = {signed[asked]} if asked else set(signed.values())
    return tuple(sorted(owners & {owner} if owner else owners)), asked


def _table(lines: list[Access]) -> list[str]:
    from tregua.cli.print import columns
    from tregua.terms.time import show_seconds

    if not lines:
        return ["Nothing above PUBLIC was read by anybody."]
    rows = [
        (show_seconds(x.at // _SECOND), x.reader, x.how, x.owner, _words(x.entries)) for x in lines
    ]
    return [*columns([("when", "reader", "how", "owner", "entries"), *rows]), ""]


def _words(entries: tuple[str, ...]) -> str:
    shown = " ".join(entry[:_SHORT] for entry in entries[:_SHOWN])
    more = len(entries) - _SHOWN
    return f"{shown} and {more:,} more (--json lists them)" if more > 0 else shown


def _sentence(day: Day) -> str:
    of = f"{day.day}, {day.owner}"
    if day.index is None:
        return f"{of}: the record is not told yet; the first beat after that day tells it."
    if day.is_changed:
        return f"{of}: these are not the lines that the record was told of in entry {day.index}."
    return f"{of}: these are the lines that the record was told of in entry {day.index}."


def _json(line: Access) -> dict[str, object]:
    from tregua.terms.time import show_seconds

    return {
        "id": line.id,
        "at": line.at,
        "when": show_seconds(line.at // _SECOND),
        "reader": line.reader,
        "how": line.how,
        "owner": line.owner,
        "entries": list(line.entries),
    }


def _day_json(day: Day) -> dict[str, object]:
    told = {"entry": day.index, "sha256": day.told}
    return {
        "day": day.day,
        "owner": day.owner,
        "sha256": day.digest,
        "told": None if day.index is None else told,
        "same": None if day.index is None else not day.is_changed,
    }


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("accessed")(accessed)
