"""A document as the editor holds it: its lines, its fences and what came of reading it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.lsp.position import lines_of
from tregua.agreement.read import read_deal_text
from tregua.agreement.reading.text import read_outline

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.agreement.block import DealText
    from tregua.agreement.read import Reading
    from tregua.agreement.reading.text import Outline


@dataclass(frozen=True, slots=True)
class Document:
    """One version of a deal in the editor.

    Attributes:
        text: whole.
        lines: without their ends, as the reader splits them.
        outline: where header and fences stand, which the text tree no longer says.
        reading: text tree, agreement and the reader's notes.
    """

    text: str
    lines: tuple[str, ...]
    outline: Outline
    reading: Reading

    @property
    def deal(self) -> DealText:
        """Return the text tree."""
        return self.reading.text

    def row(self, line: int) -> str:
        """Return a line by its number from 0; empty behind the last one."""
        return self.lines[line] if 0 <= line < len(self.lines) else ""


def open_document(text: str, *, file: str, beside: Path | None = None) -> Document:
    """Read what the editor holds; ``beside`` is the folder in which geometry is looked for.

    Half of a surrogate pair, which an editor may send and no file can hold, is read as U+FFFD. Both
    are one unit of UTF-16, so that columns stay true.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    reading = read_deal_text(whole, file=file, beside=beside)
    return Document(whole, lines_of(whole), read_outline(whole, file), reading)
