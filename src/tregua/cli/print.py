"""What the terminal shows: colour only where it is wanted, times with their zone, JSON as data."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.terms.notes import Note

_COLOR = {"kept": 36, "violated": 35, "undetermined": 34, "error": 31, "warning": 33, "head": 1}
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


def paint(text: str, style: str) -> str:
    """Return the text in the colour of a state; colour never carries meaning alone."""
    code = _COLOR.get(style)
    return f"\033[{code}m{text}\033[0m" if code and _wants_color() else text


def _wants_color() -> bool:
    if _MODE[0] != "auto":
        return _MODE[0] == "always"
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or sys.stdout.isatty()


def say(*lines: str) -> None:
    """Write result lines to stdout."""
    for line in lines:
        typer.echo(line)


def tell(*lines: str) -> None:
    """Write messages to stderr."""
    for line in lines:
        typer.echo(line, err=True)


def say_json(value: object) -> None:
    """Write one JSON value to stdout: sorted keys, UTF-8, nothing else."""
    typer.echo(json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1))


def say_notes(notes: Iterable[Note]) -> None:
    """Write notes to stdout, one after another with an empty line between."""
    from tregua.terms.notes import show_note

    for note in notes:
        typer.echo(show_note(note))
        typer.echo("")


def columns(rows: list[tuple[str, ...]], *, gap: int = 2) -> list[str]:
    """Return rows as text in columns of equal width; the last column is not padded."""
    if not rows:
        return []
    widths = [max(len(r[i]) for r in rows) for i in range(len(rows[0]))]
    out = []
    for row in rows:
        cells = [c.ljust(w) for c, w in zip(row[:-1], widths[:-1], strict=True)]
        out.append((" " * gap).join([*cells, row[-1]]).rstrip())
    return out
