"""The door of the room: a deal file in, an agreement and its notes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.agreement.block import DealText
    from tregua.agreement.model import Agreement
    from tregua.terms.notes import Note


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a deal file: the text tree always, the agreement as far as it resolves."""

    text: DealText
    agreement: Agreement
    notes: tuple[Note, ...]


def read_deal(path: Path) -> Reading:
    """Read a ``*.deal.md`` file.

    Raises:
        InputUnreadable: when the file cannot be read at all (missing, no permission, not UTF-8).
    """
    raise NotImplementedError


def read_deal_text(text: str, *, file: str, beside: Path | None = None) -> Reading:
    """Read a deal from text; ``beside`` is the folder in which geometry files are looked for."""
    raise NotImplementedError
