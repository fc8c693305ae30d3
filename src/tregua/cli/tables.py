"""``tregua tables``: what an administrator of PostgreSQL runs once, before there is a ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def tables() -> None:
    """Print the tables, guards and rights of a ledger in PostgreSQL, for its administrator.

    tregua itself never logs in with the rights to make them. Read them, then run them in a new
    database; after that, make the role under which the centre logs in.

    \b
    Examples:
      tregua tables | psql --set ON_ERROR_STOP=1 truce
      psql truce --command 'CREATE ROLE centre LOGIN IN ROLE tregua_app'
    """
    from importlib.resources import files

    from tregua.cli.print import say_data

    page = files("tregua.ledger.stores").joinpath("postgres_tables.sql").read_text("utf-8")
    say_data(page.removesuffix("\n"))


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("tables")(tables)
