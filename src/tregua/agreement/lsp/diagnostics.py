"""The notes of reader and linter as an editor shows them while the deal is being written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.lint_deal import shown
from tregua.agreement.lsp.position import UTF16, stretch_of, to_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.terms.notes import Note, Severity

MOST = 1000  # notes shown at once; who has more repairs the first ones first


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A note with its place in the editor's own units.

    Attributes:
        line: from 0.
        start, end: columns from 0, in units of the encoding that was asked for.
        severity: error, warning or info.
        code: ``tregua explain CODE`` tells the whole story.
        said: what is wrong, in one sentence.
        help: one line that can be pasted, may be empty.
        why: why it matters, and what lowered the confidence.
        confidence: high, medium or low.
    """

    line: int
    start: int
    end: int
    severity: Severity
    code: str
    said: str
    help: str
    why: str
    confidence: str


def diagnostics(
    notes: Iterable[Note], *, encoding: str = UTF16, expert: bool = False
) -> tuple[Diagnostic, ...]:
    """Return the notes that nobody accepted, in their order; infos only for experts.

    The note brings the line that it is about, so columns are true for the text that was read.
    """
    visible = shown(notes, expert=expert)[:MOST]
    return tuple(_diagnostic(note, encoding) for note in visible)


def _diagnostic(note: Note, encoding: str) -> Diagnostic:
    stretch, row = stretch_of(note.spot), note.spot.text
    start = to_units(row, stretch.start.column, encoding)
    end = to_units(row, stretch.end.column, encoding)
    return Diagnostic(
        line=stretch.start.line,
        start=start,
        end=max(start, end),
        severity=note.severity,
        code=note.code,
        said=note.said,
        help=note.help,
        why=note.why,
        confidence=str(note.confidence),
    )
