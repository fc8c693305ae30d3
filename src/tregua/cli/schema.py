"""``tregua schema``: the JSON Schema of the exchange form."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def schema() -> None:
    """Print the JSON Schema (draft 2020-12) of a deal in JSON.

    \b
    Examples:
      tregua schema > deal.schema.json
    """
    from tregua.agreement.exchange.json_schema import FILE
    from tregua.cli.print import say_data

    say_data(FILE.read_text("utf-8").removesuffix("\n"))


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("schema")(schema)
