"""What the terminal shows: colour only where it is wanted, hidden signs made visible, JSON as data.

Results go to stdout, messages to stderr. A reader of our output that has gone (`tregua status |
head`) ends the command quietly; a stdout that takes no more is told in one sentence.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.terms.notes import Note

_COLOR = {"kept": 36, "violated": 35, "undetermined": 34, "error": 31, "warning": 33, "info": 36}
_WORD = re.compile(r"^(error|warning|info)(?=\[)|\b(kept|violated|undetermined)\b")
_MODE = ["auto"]  # the one choice of the process, set once by the root command


def set_color(mode: str) -> None:
    """Choose colour: auto, always or never.

    Raises:
        WrongUse: when it is none of the three.
    """
    from tregua.errors import WrongUse

    if mode not in ("auto", "always", "never"):
        raise WrongUse(f"--color {mode}: write auto, always or never")
    _MODE[0] = mode


def paint(line: str) -> str:
    """Return a line with its answers and severities in colour; the words carry the meaning."""
    if not wants_color():
        return line
    return _WORD.sub(lambda m: f"\033[{_COLOR[m[0]]}m{m[0]}\033[0m", line)


def wants_color() -> bool:
    """Say whether stdout is shown in colour: ``--color``, NO_COLOR, FORCE_COLOR, the terminal."""
    if _MODE[0] != "auto":
        return _MODE[0] == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout is not None and sys.stdout.isatty()  # None: started without one (`>&-`)


def say(*lines: str) -> None:
    """Write result lines to stdout."""
    from tregua.terms.visible import visible

    for line in lines:
        _out(paint(visible(line)))


def say_data(text: str) -> None:
    """Write a text that another program reads: no colour, nothing changed."""
    _out(text)


def say_json(value: object) -> None:
    """Write one JSON value to stdout: sorted keys, UTF-8, nothing else."""
    utf8 = (getattr(sys.stdout, "encoding", None) or "").lower().replace("-", "") == "utf8"
    _out(json.dumps(value, ensure_ascii=not utf8, sort_keys=True, indent=1))


def say_notes(notes: Iterable[Note]) -> None:
    """Write notes to stdout, one after another with an empty line between."""
    from tregua.terms.notes import show_note

    for note in notes:
        say(show_note(note), "")


def tell(*lines: str) -> None:
    """Write messages to stderr; where nobody takes them, nothing can be told."""
    from tregua.terms.visible import visible

    for line in lines:
        with suppress(OSError):
            typer.echo(visible(line), err=True)


def never_fail_on_letters() -> None:
    """Let a terminal that lacks a letter show its number instead of ending the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def mute(stream: object) -> None:
    """Send the rest of a stream that takes no more to nowhere, so that closing it is no error."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # type: ignore[attr-defined]


def _out(text: str) -> None:
    from tregua.errors import SourceUnreachable

    try:
        typer.echo(text, color=wants_color() or None)
    except BrokenPipeError:
        mute(sys.stdout)
        raise typer.Exit(0) from None  # not an error of anybody
    except OSError as error:
        mute(sys.stdout)
        why = error.strerror or "it takes no more"
        raise SourceUnreachable(
            "standard output", why, help="give it room: another disk, or a pipe"
        ) from error


def columns(rows: Sequence[tuple[str, ...]], *, gap: int = 2) -> list[str]:
    """Return rows as text in columns of equal width; the last column is not padded."""
    if not rows:
        return []
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = [c.ljust(w) for c, w in zip(row[:-1], widths[:-1], strict=True)]
        out.append((" " * gap).join([*cells, row[-1]]).rstrip())
    return out
