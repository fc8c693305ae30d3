"""The body of ``add-checkpoint``: the size cosigned last, a proof, and a checkpoint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused
from tregua.ledger.notes.note import MAX_NOTE, SignedNote, read_note
from tregua.ledger.notes.strict import base64_of, read_hash, read_number, read_text

if TYPE_CHECKING:
    from tregua.ledger.tree import Proof

MAX_HASHES = 63
MAX_REQUEST = MAX_NOTE + 4_096  # bytes; 63 lines of proof have 2,835
_OLD = "old "


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """One request.

    Attributes:
        old: size that was cosigned last; 0 when none was, or when the asker does not know.
        proof: that the log began as it was at that size.
        note: the checkpoint.
    """

    old: int
    proof: Proof
    note: SignedNote

    def to_bytes(self) -> bytes:
        """Write the body."""
        lines = [f"{_OLD}{self.old}", *map(base64_of, self.proof), "", ""]
        return "\n".join(lines).encode() + self.note.to_bytes()


def read_request(body: bytes) -> AddCheckpoint:
    """Read the body of a request.

    Raises:
        NoteRefused: not in the form.
    """
    head, gap, note = read_text(body, of="request", most=MAX_REQUEST).partition("\n\n")
    first, *hashes = head.split("\n")
    if not first.startswith(_OLD) or not gap:
        raise NoteRefused("request", "it does not begin with `old SIZE`, or holds no checkpoint")
    if len(hashes) > MAX_HASHES:
        raise NoteRefused("request", f"it has more than {MAX_HASHES} lines of proof")
    old = read_number(first.removeprefix(_OLD), of="old size of the request")
    proof = tuple(read_hash(line, of="proof of the request") for line in hashes)
    return AddCheckpoint(old, proof, read_note(note.encode()))
