"""The command line: the list of commands and the outermost frame.

Exit codes: 0 done and nothing to report; 1 done and there is something to report; 2 wrong use;
3 input cannot be read; 4 the ledger fails its audit, and nothing else; 5 a source or store cannot
be reached or written; 70 a fault of ours.

No room is imported at the top of any file in this folder: ``tregua --help`` must start fast.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from tregua.cli import (
    audit,
    bulletin,
    demo,
    explain,
    get,
    intake,
    lint,
    status,
    tallies,
    template,
    why,
)
from tregua.errors import TreguaError

app = typer.Typer(
    name="tregua",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    help=(
        "See whether a ceasefire holds, from its text and the reports of all sides.\n\n"
        "\b\nExamples:\n"
        "  tregua demo syria-2016-09            replay September 2016 in a new folder\n"
        "  tregua lint deal.deal.md             what the deal leaves out\n"
        "  tregua intake reports/*.csv          take reports into the record\n"
        "  tregua status --at 2016-09-16        where the deal stands\n"
        "  tregua why attacks                   how an answer was reached\n\n"
        "Exit codes: 0 nothing to report, 1 something to report, 2 wrong use, 3 unreadable input, "
        "4 the ledger fails its audit, 5 out of reach, 70 a fault of ours."
    ),
)

COMMANDS = (demo, lint, explain, intake, status, why, tallies, bulletin, audit, template, get)
for module in COMMANDS:
    module.add_to(app)


@app.callback()
def options(
    color: Annotated[str, typer.Option(help="auto, always or never.")] = "auto",
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    """Set what all commands share."""
    from tregua.cli.print import set_color

    if version:
        from tregua import __version__

        typer.echo(__version__)
        raise typer.Exit
    set_color(color)


@app.command("help")
def help_(
    context: typer.Context,
    command: Annotated[str, typer.Argument(help="A command.")] = "",
) -> None:
    """Show the help of a command: `tregua help status` is `tregua status --help`."""
    parent = context.parent
    assert parent is not None
    if not command:
        typer.echo(parent.get_help())
        return
    app([command, "--help"], prog_name="tregua")


def run() -> None:
    """Run the command line; the only place that turns an exception into an exit code."""
    try:
        app(prog_name="tregua")
    except TreguaError as error:
        _say(f"error[{error.code}]: {error}")
        if error.help:
            _say(f"  help: {error.help}")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of our output has gone (`tregua status | head`): not an error of anybody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except KeyboardInterrupt:
        _say("stopped; nothing half written")
        sys.exit(130)
    except Exception as error:  # noqa: BLE001 - the outermost frame
        sys.exit(_our_fault(error))


def _say(line: str) -> None:
    sys.stderr.write(line + "\n")


def _our_fault(error: Exception) -> int:
    """Write where it happened, never a local value or the message, and say so in one sentence."""
    import tempfile
    import traceback
    from pathlib import Path

    frames = traceback.extract_tb(error.__traceback__)
    lines = [type(error).__name__]
    lines += [f"{Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames]
    with tempfile.NamedTemporaryFile(
        "w", prefix="tregua-fault-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write("\n".join(lines) + "\n")
    _say(f"error[X070]: a fault of ours ({type(error).__name__}); where it happened: {file.name}")
    _say("  help: nothing was recorded by this command; please report the file, it holds no data")
    return 70
