"""A note: what is wrong or doubtful in a user's text or data, where, why, and what to do.

Notes are values. They are collected and shown together, sorted by place; one bad line never hides
the rest. The terminal, JSON, SARIF and page forms are all made from the same value.

Code letters: ``D`` reading a deal, ``L`` lint, ``R`` reports at intake, ``Z`` outlines of zones,
``G`` ledger audit, ``X`` exceptions for callers. Codes are never reused.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_WIDEST = 320  # characters of a quoted line; a whole file without line ends would be one line


class Severity(StrEnum):
    """How grave a note is."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Confidence(StrEnum):
    """How sure the reader or rule is, after what is held of the text was taken into account."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place in a file: 1-based line and column in characters; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0
    length: int = 1
    text: str = ""

    def __str__(self) -> str:
        return self.file if self.line == 0 else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Note:
    """One mistake or doubt.

    Attributes:
        code: stable code, e.g. ``D002``; ``tregua explain CODE`` tells the whole story.
        severity: error, warning or info.
        said: one sentence: what is wrong.
        spot: where; ``spot.text`` is the quoted line.
        why: one line: why it matters, and what lowered the confidence.
        help: one line that can be pasted.
        confidence: high, medium, low.
        clause: label of the clause in the deal, if any.
        on: id of the block or row that the note is about; empty for the deal or file as a whole.
        accepted: reason with which the text accepts the note; empty when it does not.
        marker: words printed under the caret.
    """

    code: str
    severity: Severity
    said: str
    spot: Spot
    why: str = ""
    help: str = ""
    confidence: Confidence = Confidence.HIGH
    clause: str = ""
    on: str = ""
    accepted: str = ""
    marker: str = ""


def by_place(notes: tuple[Note, ...] | list[Note]) -> tuple[Note, ...]:
    """Return the notes in the order in which a reader meets their places."""
    return tuple(sorted(notes, key=lambda n: (n.spot.file, n.spot.line, n.spot.column, n.code)))


def show_note(note: Note) -> str:
    """Write a note for the terminal: file, line, column, caret, why, help, see."""
    lines = [f"{note.severity}[{note.code}]: {note.said}  (confidence: {note.confidence})"]
    clause = f"  § {note.clause}" if note.clause else ""
    lines.append(f"   --> {note.spot}{clause}")
    lines += _quoted(note)
    lines += [f"    = {label}: {text}" for label, text in _tail(note) if text]
    return "\n".join(lines)


def _quoted(note: Note) -> list[str]:
    """Return the line with a caret under the place; of a very long line only what is around it."""
    spot = note.spot
    if not spot.text:
        return []
    text, before, length = spot.text, max(0, spot.column - 1), max(1, spot.length)
    if len(text) > _WIDEST:
        start = max(0, before - _WIDEST // 2)
        end = start + _WIDEST
        text = f"{'...' * (start > 0)}{text[start:end]}{'...' * (end < len(spot.text))}"
        before += 3 * (start > 0) - start
        length = min(length, len(text) - before)
    pad = "".join("\t" if c == "\t" else " " for c in text[:before])
    margin = " " * len(str(spot.line))
    return [
        f"{margin} |",
        f"{spot.line} | {text}",
        f"{margin} | {pad}{'^' * max(1, length)} {note.marker}".rstrip(),
        f"{margin} |",
    ]


def _tail(note: Note) -> tuple[tuple[str, str], ...]:
    return (
        ("why", note.why),
        ("help", note.help),
        ("accepted", note.accepted),
        ("see", f"tregua explain {note.code}"),
    )


def note_as_json(note: Note) -> dict[str, object]:
    """Return the note as plain values for JSON."""
    return {
        "code": note.code,
        "severity": str(note.severity),
        "confidence": str(note.confidence),
        "said": note.said,
        "file": note.spot.file,
        "line": note.spot.line,
        "column": note.spot.column,
        "clause": note.clause,
        "on": note.on,
        "why": note.why,
        "help": note.help,
        "accepted": note.accepted,
    }


@dataclass(frozen=True, slots=True)
class Page:
    """What ``tregua explain CODE`` tells: one page per code, kept beside the thing that gives it.

    Attributes:
        what: when the note is given.
        why: why it matters; for lint rules the past deal that failed on it.
        help: what to do.
        bad, good: short examples in the form in which they would be written; may be empty.
    """

    code: str
    title: str
    what: str
    why: str
    help: str
    bad: str = ""
    good: str = ""
