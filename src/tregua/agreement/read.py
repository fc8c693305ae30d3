"""The door of the room: a deal file in, an agreement and its notes out.

1. Markdown into header lines, headings, paragraphs, fences (``text.py``).
2. Lines into keys and the text right of their colon (``parse.py``).
3. Those texts into values (``parse_value.py``).
4. Values against their kind's keys and the names declared (``check.py``).
5. What is left into the typed model (``build.py``).

Every step adds its notes and goes on; none stops the next.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tregua.agreement.block import DealText
from tregua.agreement.clause import COMMON
from tregua.agreement.clauses import KINDS
from tregua.agreement.reading.build import build
from tregua.agreement.reading.check import check_deal
from tregua.agreement.reading.header import HEADER
from tregua.agreement.reading.parse import blocks_in, header_block
from tregua.agreement.reading.shapes import shapes_beside
from tregua.agreement.reading.text import read_outline
from tregua.errors import InputUnreadable
from tregua.terms.notes import by_place

if TYPE_CHECKING:
    from pathlib import Path

    from tregua.agreement.model import Agreement
    from tregua.terms.notes import Note

LARGEST = 5_000_000  # bytes; the longest past agreement is about a tenth of it


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a deal file: the text tree, and the agreement as far as it resolves."""

    text: DealText
    agreement: Agreement
    notes: tuple[Note, ...]


def read_deal(path: Path) -> Reading:
    """Read a ``*.deal.md`` file.

    Raises:
        InputUnreadable: when the file cannot be read at all (missing, no permission, not UTF-8).
    """
    return read_deal_text(text_of(path), file=str(path), beside=path.parent)


def text_of(path: Path) -> str:
    """Return a file's text as it stands, line ends and all.

    Raises:
        InputUnreadable: as `read_deal`.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as reason:
        raise InputUnreadable(path, _why(reason), help="is the name right?") from reason
    if len(content) > LARGEST:
        raise InputUnreadable(path, f"larger than {LARGEST // 1_000_000} MB; a deal is a text")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as reason:
        why = f"not UTF-8 text (byte {reason.start})"
        raise InputUnreadable(path, why, help="save it again with encoding UTF-8") from reason


def read_deal_text(text: str, *, file: str, beside: Path | None = None) -> Reading:
    """Read a deal from text; ``beside`` is the folder in which geometry files are looked for."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return _read(text, file, beside, digest)


def _read(text: str, file: str, beside: Path | None, digest: str) -> Reading:
    outline = read_outline(text, file)
    notes = outline.notes
    header = header_block(outline.header, file, notes, keys=[k.name for k in HEADER.keys])
    keys = {kind.kind: [k.name for k in (*kind.keys, *COMMON)] for kind in KINDS}
    raw_blocks = blocks_in(outline.fences, file, notes, kinds=keys)
    entries, blocks = check_deal(outline, header, raw_blocks, notes)
    deal = DealText(
        file,
        entries,
        tuple(outline.instruments),
        tuple(outline.clauses),
        tuple(outline.paragraphs),
        blocks,
        digest,
        outline.text_digest,
    )
    deal = replace(deal, shapes=shapes_beside(deal, beside, notes))
    return Reading(deal, build(deal), by_place(notes))


def _why(reason: OSError) -> str:
    match reason:
        case FileNotFoundError():
            return "there is no such file"
        case IsADirectoryError():
            return "this is a folder, not a file"
        case PermissionError():
            return "no permission to read it"
    return "it cannot be opened"
