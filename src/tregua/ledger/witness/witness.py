"""The witness call: the one decision whether to cosign, in the order of the specification.

====== =========================================================================================
status when (C2SP tlog-witness, add-checkpoint)
====== =========================================================================================
400    the body is out of form
404    the log is not known here
403    no trusted key of the log signed it, or a line of one does not hold
400    the old size is above the size of the checkpoint
409    the old size is not the one cosigned last; the answer tells which it is
422    the proof does not hold; or another root for the same size; or a size of 0 with a root; or
       a mirror found an entry that may not stand there
200    cosigned, after it was stored
====== =========================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from tregua.errors import NoteRefused, SignatureRefused
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.conflict import conflict_of, what_conflicts
from tregua.ledger.notes.note import SignedNote, read_note
from tregua.ledger.notes.policy import log_signed
from tregua.ledger.notes.verify import verified
from tregua.ledger.tiles.durable import DurableFolder
from tregua.ledger.tree import EMPTY_ROOT, check_consistency
from tregua.ledger.witness.request import AddCheckpoint, read_request
from tregua.ledger.witness.state import CosignerState, Newest, Refused

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.ledger.notes.key import VerifierKey
    from tregua.ledger.notes.note import SignatureLine
    from tregua.ledger.notes.signer import SigningKey

SIZE_TYPE = "text/x.tlog.size"
TEXT_TYPE = "text/plain; charset=utf-8"
STATE, CONFLICTS = "cosigned.sqlite", "conflicts"
OK, BAD, FORBIDDEN, UNKNOWN, CONFLICT, WRONG_PROOF, AWAY = 200, 400, 403, 404, 409, 422, 503


@dataclass(frozen=True, slots=True)
class Answer:
    """What is sent back.

    Attributes:
        status: of HTTP.
        body: signature lines, a size, or one sentence.
        type: of the body.
    """

    status: int
    body: bytes
    type: str = TEXT_TYPE


class Witness:
    """One cosigner: its keys, the logs it knows, and what it remembers in its folder."""

    def __init__(
        self, keys: tuple[SigningKey, ...], logs: tuple[VerifierKey, ...], folder: Path
    ) -> None:
        self._keys = keys
        self._logs: dict[str, list[VerifierKey]] = {}
        for log in logs:
            self._logs.setdefault(log.name, []).append(log)
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = DurableFolder(folder)
        self.state = CosignerState(folder / STATE)

    def add_checkpoint(
        self,
        body: bytes,
        *,
        now: int,
        before: Callable[[SignedNote], str] | None = None,
    ) -> Answer:
        """Answer a request; what the answer says is durable when this returns.

        Args:
            body: as it came.
            now: POSIX seconds.
            before: called once all checks pass and before anything is cosigned: a mirror fetches,
                checks and stores the entries there, and says what it objects to. The request is
                kept then. What it raises goes to the caller; nothing is signed in either case.

        Raises:
            StoreUnwritable: nothing was cosigned.
        """
        try:
            request = read_request(body)
            head = read_head_text(request.note.text)
        except NoteRefused as refused:
            return _said(BAD, str(refused))
        if head.origin not in self._logs:
            return _said(UNKNOWN, "this log is not known here")
        try:
            log_signed(request.note, self._logs[head.origin])
        except SignatureRefused as refused:
            return _said(FORBIDDEN, str(refused))
        if before is not None and _objection(request, head, self._newest(head)) is None:
            objects_to = before(request.note)
            if objects_to:
                kept = Refused(head.origin, now, WRONG_PROOF, body)
                with self.state.turn():
                    self.state.keep(kept, request.note.text)
                return _said(WRONG_PROOF, objects_to)
        return self._decide(request, head, body, now)

    def _decide(self, request: AddCheckpoint, head: LogHead, body: bytes, now: int) -> Answer:
        with self.state.turn():  # comparing and storing are one step
            held = self._newest(head)
            objection = _objection(request, head, held)
            if objection is None:
                lines = [key.cosign(request.note.text, time=now) for key in self._keys]
                signed = SignedNote(request.note.text, self._log_lines(request.note, head))
                self.state.put(head, signed.with_lines(*lines).to_bytes())
                objection = Answer(OK, "".join(map(str, lines)).encode())
            elif not held.note or read_note(held.note).text != request.note.text:
                refused = Refused(head.origin, now, objection.status, body)
                self.state.keep(refused, request.note.text)
        if objection.status == WRONG_PROOF and head.size == held.size:
            self._write_conflict(request.note, held, head)
        return objection

    def newest_note(self, origin_digest: str) -> bytes | None:
        """Return the newest cosigned checkpoint of the log whose origin has this SHA-256 (hex)."""
        for origin in self._logs:
            if sha256(origin.encode()).hexdigest() == origin_digest:
                held = self.state.newest(origin)
                return None if held is None else held.note
        return None

    def newest_size(self, origin: str) -> int:
        """Return the size cosigned last of a log; 0 when none was."""
        held = self.state.newest(origin)
        return 0 if held is None else held.size

    def close(self) -> None:
        """Let go of the files."""
        self.state.close()

    def _newest(self, head: LogHead) -> Newest:
        return self.state.newest(head.origin) or Newest(0, EMPTY_ROOT, b"")

    def _log_lines(self, note: SignedNote, head: LogHead) -> tuple[SignatureLine, ...]:
        known = {
            (s.key.name, s.key.id) for s in verified(note, self._logs[head.origin], of_log=True)
        }
        return tuple(line for line in note.lines if (line.name, line.key_id) in known)

    def _write_conflict(self, note: SignedNote, held: Newest, head: LogHead) -> None:
        """Two roots of one size, both signed by the log: prove it to everybody."""
        if not held.note or held.root == head.root:
            return
        for log in self._logs[head.origin]:
            conflict = conflict_of(read_note(held.note), note, log)
            try:
                what_conflicts(conflict)
            except SignatureRefused:
                continue  # this key of the log did not sign both
            data = conflict.to_bytes()
            self._folder.write(f"{CONFLICTS}/{sha256(data).hexdigest()}.tlog-conflict", data)
            self._folder.settle()


def _objection(request: AddCheckpoint, head: LogHead, held: Newest) -> Answer | None:
    """Return why a validly signed request is not cosigned; ``None`` when it is."""
    if request.old > head.size:
        return _said(BAD, f"the old size {request.old} is above the size {head.size}")
    if request.old != held.size:
        return Answer(CONFLICT, f"{held.size}\n".encode(), SIZE_TYPE)
    if head.size == 0 and head.root != EMPTY_ROOT:
        return _said(WRONG_PROOF, "a log of no entries has the empty root")
    if held.size == 0:
        return _said(WRONG_PROOF, "there is no proof from size 0") if request.proof else None
    holds = check_consistency(
        request.proof,
        old_size=held.size,
        old_root=held.root,
        new_size=head.size,
        new_root=head.root,
    )
    if not holds and head.size == held.size:
        return _said(WRONG_PROOF, f"another root for the {head.size} entries was cosigned before")
    return None if holds else _said(WRONG_PROOF, "the proof does not hold")


def _said(status: int, sentence: str) -> Answer:
    return Answer(status, f"{sentence}\n".encode())
