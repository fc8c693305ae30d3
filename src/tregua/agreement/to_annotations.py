"""Notes as workflow commands of GitHub, one line each: they show beside the changed line of a deal.

The commands escape ``%``, line ends and, in properties, ``:`` and ``,``. Accepted notes are left
out: they are for people who read the whole list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.terms.notes import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.terms.notes import Note

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def to_annotations(notes: Iterable[Note]) -> str:
    """Write the notes that nobody accepted, in the order given, each as one workflow command."""
    return "".join(_line(n) + "\n" for n in notes if not n.accepted)


def _line(note: Note) -> str:
    place = [("file", note.spot.file)]
    if note.spot.line:
        place += [("line", str(note.spot.line)), ("col", str(max(1, note.spot.column)))]
    place.append(("title", f"{note.code} ({note.confidence})"))
    written = ",".join(f"{name}={_in_property(value)}" for name, value in place)
    said = f"{note.said}: {note.marker}" if note.marker else note.said
    return f"::{_COMMANDS[note.severity]} {written}::{_in_text(said)}"


def _in_text(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _in_property(text: str) -> str:
    return _in_text(text).replace(":", "%3A").replace(",", "%2C")
