"""Proof that a log told two histories: one file that anybody can check with the log's key alone.

::

    tregua-conflict@v1
    log <key of the log, as a vkey>
    leaves <number>                  0 when both checkpoints have one size
    notes <bytes> <bytes>            lengths of the two checkpoints
    <base64 leaf hash>               one line each, of the longer history, from its first entry
                                     (an empty line)
    <checkpoint><checkpoint>         byte for byte, the shorter history first

Two checkpoints of one size with two roots prove it by themselves. Of two sizes they prove nothing
alone: the leaf hashes of the longer one must give its root, and their beginning another root than
that of the shorter one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused, WrongUse
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.key import LOG_TYPES, VerifierKey, read_vkey
from tregua.ledger.notes.note import SignedNote, read_note
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.notes.strict import base64_of, read_hash, read_number, read_text
from tregua.ledger.tree import root_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = "tregua-conflict@v1"
MAX_CONFLICT = 64 * 1024 * 1024  # bytes; the leaf hashes of about 1.4 million entries
_FIELDS = ("log ", "leaves ", "notes ")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two checkpoints of one log that cannot both be true.

    Attributes:
        log: the key that signed both; whoever checks compares it with the annex.
        first: the one of the shorter history; of one size, the one whose bytes sort first.
        second: the other.
        leaves: leaf hashes of the longer history; empty when both have one size.
    """

    log: VerifierKey
    first: SignedNote
    second: SignedNote
    leaves: tuple[bytes, ...] = ()

    def to_bytes(self) -> bytes:
        """Write the file."""
        first, second = self.first.to_bytes(), self.second.to_bytes()
        lines = [HEADER, f"log {self.log}", f"leaves {len(self.leaves)}"]
        lines += [f"notes {len(first)} {len(second)}", *map(base64_of, self.leaves), "", ""]
        return "\n".join(lines).encode() + first + second


def read_conflict(data: bytes) -> Conflict:
    """Read a conflict file; whether it proves anything is for `what_conflicts`.

    Raises:
        NoteRefused: not in the form.
    """
    if len(data) > MAX_CONFLICT:
        raise NoteRefused("conflict file", f"it has more than {MAX_CONFLICT:,} bytes")
    head, gap, notes = data.partition(b"\n\n")
    header, *lines = read_text(head, of="conflict file", most=MAX_CONFLICT).split("\n")
    if header != HEADER or not gap or len(lines) < len(_FIELDS):
        raise NoteRefused("conflict file", f"it does not begin with {HEADER} and three fields")
    for line, name in zip(lines, _FIELDS, strict=False):
        if not line.startswith(name):
            raise NoteRefused("conflict file", f"the field {name.strip()} is not in its place")
    key, count, lengths = (
        line.removeprefix(name) for line, name in zip(lines, _FIELDS, strict=False)
    )
    leaves = tuple(read_hash(line, of="leaf of the conflict file") for line in lines[3:])
    if read_number(count, of="number of leaves") != len(leaves):
        raise NoteRefused("conflict file", f"it says {count} leaves and holds {len(leaves)}")
    first, second = _two_notes(notes, lengths)
    return Conflict(read_vkey(key, types=LOG_TYPES), first, second, leaves)


def _two_notes(data: bytes, lengths: str) -> tuple[SignedNote, SignedNote]:
    one, space, two = lengths.partition(" ")
    if not space:
        raise NoteRefused("conflict file", "it does not tell the lengths of two checkpoints")
    cut = read_number(one, of="length of a checkpoint")
    if cut + read_number(two, of="length of a checkpoint") != len(data):
        raise NoteRefused("conflict file", "its checkpoints have other lengths than it says")
    return read_note(data[:cut]), read_note(data[cut:])


def conflict_of(
    one: SignedNote, other: SignedNote, log: VerifierKey, leaves: Sequence[bytes] = ()
) -> Conflict:
    """Put two checkpoints into the order of the file, whichever was named first.

    Args:
        one: a checkpoint.
        other: another of the same log.
        log: the key of that log.
        leaves: leaf hashes of the longer history, at least as many as it has entries.

    Raises:
        NoteRefused: one of the texts is no checkpoint.
    """
    first, second = sorted((one, other), key=lambda n: (read_head_text(n.text).size, n.to_bytes()))
    sizes = [read_head_text(note.text).size for note in (first, second)]
    return Conflict(log, first, second, () if sizes[0] == sizes[1] else tuple(leaves[: sizes[1]]))


def what_conflicts(conflict: Conflict) -> str:
    """Return how the two checkpoints contradict each other; empty when both can be true.

    Raises:
        SignatureRefused: the log's key did not sign both.
        WrongUse: the leaf hashes that would decide it are missing, or not those of the longer one.
    """
    first = log_signed(conflict.first, [conflict.log])
    second = log_signed(conflict.second, [conflict.log])
    if first == second:
        return ""
    if first.size == second.size:
        return (
            f"{first.origin} signed two histories of {first.size} entries: "
            f"root {first.root.hex()[:12]} and root {second.root.hex()[:12]}"
        )
    return _prefix(first, second, conflict.leaves)


def _prefix(first: LogHead, second: LogHead, leaves: tuple[bytes, ...]) -> str:
    if len(leaves) != second.size or root_of(leaves) != second.root:
        raise WrongUse(
            f"two checkpoints of {first.size} and {second.size} entries prove nothing alone",
            help="give the tiles of the longer history: `--tiles FOLDER`",
        )
    began = root_of(leaves[: first.size])
    if began == first.root:
        return ""
    return (
        f"{first.origin} signed {first.size} entries with root {first.root.hex()[:12]}, then "
        f"{second.size} entries that begin with root {began.hex()[:12]}"
    )
