"""Does a signature line hold: what each type of key signs, and the check of it.

1. A line counts only when name and id are those of a key that the reader already trusts.
2. A line of such a key that does not verify rejects the whole note (signed-note, Signatures).
3. A cosignature carries a time: never after 2^63-1, never 0 (a log's own ML-DSA-44 line may have 0,
   for it states no time), and not more than five minutes ahead of the reader's clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

from tregua.errors import NoteRefused, SignatureRefused
from tregua.ledger.notes.checkpoint import LogHead, read_head_text
from tregua.ledger.notes.key import KeyType
from tregua.ledger.notes.strict import MAX_NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.ledger.notes.key import VerifierKey
    from tregua.ledger.notes.note import SignatureLine, SignedNote

TIME_SIZE = 8
AHEAD = 300  # seconds that another clock may be ahead of ours
_LABEL = b"subtree/v1\n\0"
_MOST_NAME = 255  # bytes; opaque<1..2^8-1> of tlog-cosignature


@dataclass(frozen=True, slots=True)
class Signed:
    """One line that holds.

    Attributes:
        key: whose.
        time: POSIX seconds that a cosignature states, 0 where none is stated.
    """

    key: VerifierKey
    time: int


def verified(
    note: SignedNote, keys: Iterable[VerifierKey], *, now: int | None = None, of_log: bool = False
) -> tuple[Signed, ...]:
    """Return the lines of known keys, all of which hold; other lines are passed over.

    Args:
        note: read before.
        keys: those that the reader trusts.
        now: the reader's clock, POSIX seconds; without it no time is too early.
        of_log: the keys are a log's own, which may state no time.

    Raises:
        SignatureRefused: a line of a known key does not hold.
    """
    known = {(key.name, key.id): key for key in keys}
    found = []
    for line in note.lines:
        key = known.get((line.name, line.key_id))
        if key is not None:
            found.append(Signed(key, check_line(note.text, line, key, now=now, of_log=of_log)))
    return tuple(found)


def check_line(
    text: str, line: SignatureLine, key: VerifierKey, *, now: int | None, of_log: bool
) -> int:
    """Check one line of a known key; return the time that it states, 0 where it states none.

    Raises:
        SignatureRefused: it does not hold.
    """
    if key.type is KeyType.NOTE:
        _verify(key, line.signature, text.encode())
        return 0
    time, signature = _timed(line.signature, key)
    _verify(key, signature, _message(text, key, time))
    if time == 0 and not of_log:
        raise SignatureRefused(key.name, "its cosignature states no time")
    if now is not None and time > now + AHEAD:
        raise SignatureRefused(key.name, f"its cosignature is dated {time - now} seconds ahead")
    return time


def cosigned_message(text: str, time: int) -> bytes:
    """Return what an Ed25519 cosigner signs (tlog-cosignature, Ed25519 signed message)."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def tree_message(head: LogHead, cosigner: str, time: int) -> bytes:
    """Return what an ML-DSA-44 cosigner signs (tlog-cosignature, ML-DSA-44 signed message).

    Raises:
        NoteRefused: a name that is longer than 255 bytes.
    """
    return b"".join(
        (
            _LABEL,
            _counted(cosigner),
            time.to_bytes(TIME_SIZE, "big"),
            _counted(head.origin),
            bytes(TIME_SIZE),  # start: a checkpoint covers the whole tree
            head.size.to_bytes(TIME_SIZE, "big"),
            head.root,
        )
    )


def _counted(name: str) -> bytes:
    data = name.encode()
    if not 0 < len(data) <= _MOST_NAME:
        raise NoteRefused("checkpoint", "a name in it has more than 255 bytes")
    return bytes((len(data),)) + data


def _timed(signature: bytes, key: VerifierKey) -> tuple[int, bytes]:
    time = int.from_bytes(signature[:TIME_SIZE], "big")
    if len(signature) <= TIME_SIZE or time > MAX_NUMBER:
        raise SignatureRefused(key.name, "its cosignature states no possible time")
    return time, signature[TIME_SIZE:]


def _message(text: str, key: VerifierKey, time: int) -> bytes:
    try:
        head = read_head_text(text)
        if key.type is KeyType.COSIGNATURE:
            return cosigned_message(text, time)
        return tree_message(head, key.name, time)
    except NoteRefused as refused:
        raise SignatureRefused(key.name, "what it cosigned is no checkpoint") from refused


def _verify(key: VerifierKey, signature: bytes, message: bytes) -> None:
    try:
        if key.type is KeyType.ML_DSA:
            MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, message)
        else:
            Ed25519PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError):
        raise SignatureRefused(key.name, "its signature does not hold for this text") from None
