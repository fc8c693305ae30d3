"""The command line: the list of commands and the outermost frame.

Exit codes: 0 done and nothing to report; 1 done and there is something to report; 2 wrong use;
3 input cannot be read; 4 the ledger fails its audit, and nothing else; 5 a source or store cannot
be reached or written; 70 a fault of ours; 130 stopped by the user.

No room is imported at the top of any file in this folder: ``tregua --help`` must start fast.
"""

from __future__ import annotations

import errno
import gc
import sys
from typing import Annotated

import typer

from tregua.cli import (
    accessed,
    audit,
    bulletin,
    check,
    convert,
    demo,
    diff,
    doctor,
    erase,
    explain,
    export,
    format,  # noqa: A004 - the name of the command
    get,
    go_on,
    intake,
    keys,
    library,
    lint,
    lsp,
    mirror,
    move,
    new,
    nil,
    open,  # noqa: A004 - the name of the command
    print_deal,
    prove,
    publish,
    read,
    receipt,
    recompute,
    release,
    schema,
    seal,
    sign,
    status,
    symmetry,
    tables,
    tallies,
    template,
    verify,
    what_changed,
    why,
    window,
    witness,
)
from tregua.cli.extra_words import Command
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

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
STOPPED = 130  # as a shell counts a process that was interrupted

COMMANDS = (
    demo,
    new,
    lint,
    prove,
    check,
    diff,
    symmetry,
    read,
    print_deal,
    format,
    convert,
    schema,
    library,
    lsp,
    explain,
    intake,
    status,
    why,
    what_changed,
    tallies,
    bulletin,
    audit,
    doctor,
    move,
    tables,
    publish,
    receipt,
    witness,
    mirror,
    export,
    verify,
    go_on,
    recompute,
    keys,
    sign,
    nil,
    window,
    seal,
    open,
    release,
    erase,
    accessed,
    template,
    get,
)
for module in COMMANDS:
    module.add_to(app)
for within in (app, *(group.typer_instance for group in app.registered_groups)):
    for command in within.registered_commands if within else ():
        command.cls = Command


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


@app.command("help", cls=Command)
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
    # A command is a short process that keeps what it makes: looking for cycles costs a third of
    # its time and finds nothing (measured in `bench`).
    gc.disable()
    from tregua.cli.print import never_fail_on_letters, tell

    never_fail_on_letters()
    try:
        app(prog_name="tregua")
    except SystemExit as stop:
        if stop.code == STOPPED:
            tell("stopped; nothing is half recorded")
        raise
    except KeyboardInterrupt:
        tell("stopped; nothing is half recorded")
        sys.exit(STOPPED)
    except TreguaError as error:
        tell(f"error[{error.code}]: {error}", *([f"  help: {error.help}"] if error.help else []))
        sys.exit(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the outermost frame
        sys.exit(_out_of_room(error) or _our_fault(error))


def _out_of_room(error: Exception) -> int:
    """Say that a disk is full where only help or a passing file was written; 0 when none is."""
    from tregua.cli.print import mute, tell

    if not isinstance(error, OSError) or error.errno not in FULL:
        return 0
    mute(sys.stdout)
    tell(
        f"error[X003]: standard output or the temporary folder: {error.strerror}",
        "  help: free space there, then run the same command again",
    )
    return 5


def _our_fault(error: Exception) -> int:
    """Write where it happened, never a local value or the message, and say so in one sentence."""
    import traceback
    from pathlib import Path

    from tregua.cli.print import tell

    frames = traceback.extract_tb(error.__traceback__)
    lines = [type(error).__name__]
    lines += [f"{Path(f.filename).name}:{f.lineno} in {f.name}" for f in frames]
    tell(
        f"error[X070]: a fault of ours ({type(error).__name__}); "
        f"where it happened: {_kept(lines) or '; '.join(lines[1:])}",
        "  help: the ledger holds whole batches only (`tregua audit`); please report this, "
        "it holds no data",
    )
    return 70


def _kept(lines: list[str]) -> str:
    """Write the lines into a file of their own; an empty name when there is no place for one."""
    import tempfile

    try:
        with tempfile.NamedTemporaryFile(
            "w", prefix="tregua-fault-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write("\n".join(lines) + "\n")
    except OSError:
        return ""
    return file.name
