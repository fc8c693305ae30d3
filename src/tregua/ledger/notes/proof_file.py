"""The receipt that anybody can keep: an entry's place, its proof and a checkpoint (tlog-proof).

A line ``extra`` may stand in a proof. Nobody signs it: it is kept for writing back, and believed by
nothing here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused, SignatureRefused
from tregua.ledger.notes.note import MAX_NOTE, SignedNote, read_note
from tregua.ledger.notes.policy import Acknowledged, Policy, acknowledged
from tregua.ledger.notes.strict import base64_of, read_hash, read_number, read_text
from tregua.ledger.tree import check_inclusion, leaf_hash

if TYPE_CHECKING:
    from tregua.ledger.tree import Proof

HEADER = "c2sp.org/tlog-proof@v1"
MAX_PROOF = 2 * MAX_NOTE  # bytes
MAX_HASHES = 63
_EXTRA, _INDEX = "extra ", "index "


@dataclass(frozen=True, slots=True)
class ProofFile:
    """What a proof file holds.

    Attributes:
        index: of the entry, from 0.
        path: sibling hashes, the leaf's own sibling first.
        note: the checkpoint.
        extra: what stands behind the word ``extra``; ``None`` without such a line.
    """

    index: int
    path: Proof
    note: SignedNote
    extra: str | None = None

    def to_bytes(self) -> bytes:
        """Write the file."""
        lines = [HEADER, *([] if self.extra is None else [_EXTRA + self.extra])]
        lines += [f"{_INDEX}{self.index}", *map(base64_of, self.path), "", ""]
        return "\n".join(lines).encode() + self.note.to_bytes()


def read_proof(data: bytes) -> ProofFile:
    """Read a proof file.

    Raises:
        NoteRefused: not in the form.
    """
    head, gap, note = read_text(data, of="proof", most=MAX_PROOF).partition("\n\n")
    header, *lines = head.split("\n")
    if header != HEADER or not gap:
        raise NoteRefused("proof", f"it does not begin with {HEADER}, or it holds no checkpoint")
    extra = None
    if lines and lines[0].startswith(_EXTRA):
        extra = lines.pop(0).removeprefix(_EXTRA)
    if not lines or not lines[0].startswith(_INDEX):
        raise NoteRefused("proof", "it has no line `index N` in its place")
    if len(lines) > 1 + MAX_HASHES:
        raise NoteRefused("proof", f"it has more than {MAX_HASHES} hashes")
    index = read_number(lines[0].removeprefix(_INDEX), of="index of the proof")
    path = tuple(read_hash(line, of="path of the proof") for line in lines[1:])
    return ProofFile(index, path, read_note(note.encode()), extra)


class Outcome(StrEnum):
    """What the check of a proof ended with."""

    OK = "ok"
    CHECKPOINT = "checkpoint refused"
    ENTRY = "entry not included"
    QUORUM = "no quorum"


@dataclass(frozen=True, slots=True)
class ProofCheck:
    """The answer about one proof.

    Attributes:
        outcome: the first step that failed, or `Outcome.OK`.
        said: one sentence for a person.
        held: what the checkpoint is worth; ``None`` when it was refused.
    """

    outcome: Outcome
    said: str
    held: Acknowledged | None = None


def check_proof(
    proof: ProofFile, entry: bytes, policy: Policy, *, now: int | None = None
) -> ProofCheck:
    """Check that an entry stands in a record that those whom the policy names have acknowledged.

    Args:
        proof: read before.
        entry: its bytes.
        policy: the trust rule, from the annex and not from whoever sent the proof.
        now: the reader's clock, POSIX seconds; without it no time is too early.
    """
    # 1. Origin and log signature; 2. every cosignature of a known key.
    try:
        held = acknowledged(proof.note, policy, now=now)
    except (NoteRefused, SignatureRefused) as refused:
        return ProofCheck(Outcome.CHECKPOINT, f"the checkpoint is refused: {refused}")
    # 3. The entry under the root. Before the quorum: what is not in the tree stays out.
    head, leaf = held.head, leaf_hash(entry)
    if not check_inclusion(
        proof.path, leaf=leaf, index=proof.index, size=head.size, root=head.root
    ):
        said = f"this entry does not stand at index {proof.index} of the {head.size} entries"
        return ProofCheck(Outcome.ENTRY, said, held)
    # 4. The quorum.
    if not held.is_met:
        names = ", ".join(c.key.name for c in held.missing)
        said = f"the entry stands at index {proof.index}, not yet acknowledged by {names}"
        return ProofCheck(Outcome.QUORUM, said, held)
    names = ", ".join(c.key.name for c, _ in held.by) or "its log alone"
    said = f"the entry stands at index {proof.index} of {head.size}, acknowledged by {names}"
    return ProofCheck(Outcome.OK, said, held)
