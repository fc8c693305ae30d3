"""``tregua lsp``: the language server that an editor starts."""

from __future__ import annotations

from typing import Annotated

import typer


def lsp(
    expert: Annotated[bool, typer.Option("--expert", help="Show notes of severity info.")] = False,
) -> None:
    """Help an editor with a deal while it is written; the editor starts this command itself.

    It speaks the Language Server Protocol over standard input and output, and needs the extra
    `lsp`.

    \b
    Examples:
      tregua lsp
      tregua lsp --expert

    Exit code: 0 the editor ended the session, 2 the extra is not installed.
    """
    import gc
    import logging
    import sys
    from importlib.util import find_spec

    from tregua.cli.print import tell
    from tregua.errors import WrongUse

    if find_spec("pygls") is None:
        raise WrongUse(
            "the language server is not installed here",
            help="install tregua with the extra `lsp`:  pip install 'tregua[lsp]'",
        )
    from tregua.agreement.lsp.server import serve

    if sys.stdin is not None and sys.stdin.isatty():
        tell("waiting for an editor on standard input; Ctrl-C ends it")
    gc.enable()  # a server lives long, unlike the other commands
    # The library would write whole messages, and with them the deal, into the editor's log.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    serve(expert=expert)


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    app.command("lsp")(lsp)
