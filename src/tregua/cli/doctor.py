"""``tregua doctor``: is this machine fit to keep the ledger?"""

from __future__ import annotations

import typer

from tregua.cli.where import LEDGER, JsonOption, LedgerOption

_PACKAGES = {"centre": "psycopg", "fast": "numba", "prove": "clingo", "lsp": "pygls"}


def doctor(ledger: LedgerOption = LEDGER, as_json: JsonOption = False) -> None:
    """Look whether this machine keeps the ledger as it must, and which parts are installed.

    Nothing is changed. A ledger on a network disk, settings under which an acknowledged entry may
    be lost, or a key file that others may read are named, each with what to do.

    \b
    Examples:
      tregua doctor
      tregua doctor --ledger postgresql://centre@db.example/truce

    Exit code: 0 all is well, 1 something should be changed, 5 there is no ledger here or it cannot
    be opened.
    """
    from tregua.cli.print import columns, say, say_json
    from tregua.ledger.machine import look_at

    looked = look_at(ledger)
    wrong = [one for one in looked if one.help]
    installed = {extra: _version(package) for extra, package in _PACKAGES.items()}
    if as_json:
        found = [{"what": o.what, "found": o.found, "help": o.help} for o in looked]
        say_json({"looked_at": found, "extras": installed, "well": not wrong})
    else:
        rows = [(o.what, o.found, o.help) for o in looked]
        rows += [(f"extra {e}", v or "not installed", "") for e, v in installed.items()]
        say(*columns(rows))
        say("", _verdict(len(wrong)))
    if wrong:
        raise typer.Exit(1)


def _version(package: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _verdict(wrong: int) -> str:
    if wrong:
        return f"{wrong} of these should be changed before anybody relies on this ledger."
    return "This machine keeps the ledger as it must. Next: tregua audit"


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("doctor")(doctor)
