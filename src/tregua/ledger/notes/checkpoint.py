"""A checkpoint: the note by which a log says how long it is and what its root is (tlog-checkpoint).

Three lines: origin, size, root. Lines that a log adds are read and kept with the text, and mean
nothing here; we never write any, because an ML-DSA-44 cosignature does not cover them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tregua.errors import NoteRefused
from tregua.ledger.notes.strict import base64_of, read_hash, read_number

_LEAST = 3  # lines


@dataclass(frozen=True, slots=True)
class LogHead:
    """What a checkpoint says.

    Attributes:
        origin: the name of the log.
        size: number of its entries.
        root: root hash over them, 32 bytes.
    """

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Write the text of a checkpoint."""
        return f"{self.origin}\n{self.size}\n{base64_of(self.root)}\n"


def read_head_text(text: str) -> LogHead:
    """Read the text of a checkpoint.

    Raises:
        NoteRefused: fewer than three lines, an empty line, a size or root out of form.
    """
    *lines, rest = text.split("\n")
    if rest or len(lines) < _LEAST or not all(lines):
        raise NoteRefused("checkpoint", "it does not begin with the lines origin, size and root")
    origin, size, root = lines[:_LEAST]
    return LogHead(
        origin,
        read_number(size, of="size of the checkpoint"),
        read_hash(root, of="root of the checkpoint"),
    )
