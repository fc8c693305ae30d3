"""Public keys as one line of text (vkey), and the short id that names a key in a note.

``name+hex(key id)+base64(type || public key)`` (signed-note, Verifier keys). The type says what a
signature of this key covers; the id is only a label: whoever checks already holds the key itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256

from tregua.errors import NoteRefused
from tregua.ledger.notes.strict import base64_of, from_base64, is_key_name

ID_SIZE = 4
_PARTS = 3
_MOST = 8_192  # characters of a vkey; one of ML-DSA-44 has about 1,800


class KeyType(IntEnum):
    """What a key signs (signed-note, Signature types). No other type is read.

    Attributes:
        NOTE: Ed25519 over the text of a note.
        COSIGNATURE: Ed25519 over a time and the text of a checkpoint.
        ML_DSA: ML-DSA-44 over cosigner, time, origin, size and root of a checkpoint.
    """

    NOTE = 0x01
    COSIGNATURE = 0x04
    ML_DSA = 0x06


PUBLIC_SIZE = {KeyType.NOTE: 32, KeyType.COSIGNATURE: 32, KeyType.ML_DSA: 1_312}  # bytes
LOG_TYPES = (KeyType.NOTE, KeyType.ML_DSA)
COSIGNER_TYPES = (KeyType.COSIGNATURE, KeyType.ML_DSA)


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key with its owner's name.

    Attributes:
        name: who signs with it, usually an address without a scheme.
        type: what a signature of it covers.
        public: the key, raw bytes.
    """

    name: str
    type: KeyType
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes that name this key in a signature line."""
        return key_id(self.name, bytes((self.type,)) + self.public)

    def __str__(self) -> str:
        typed = bytes((self.type,)) + self.public
        return f"{self.name}+{self.id.hex()}+{base64_of(typed)}"


def key_id(name: str, typed_key: bytes) -> bytes:
    """Return ``SHA256(name || newline || type || public key)[:4]`` (signed-note, Signatures)."""
    return sha256(name.encode() + b"\n" + typed_key).digest()[:ID_SIZE]


def read_vkey(text: str, *, types: tuple[KeyType, ...] = tuple(KeyType)) -> VerifierKey:
    """Read a key from its line.

    Args:
        text: the line, without a newline.
        types: those that are fit for what the key is to do.

    Raises:
        NoteRefused: not in the form, an id of another key, a type that is not read here.
    """
    parts = text.split("+", _PARTS - 1)
    if len(parts) != _PARTS or len(text) > _MOST:
        raise NoteRefused("key", "it is not written as name+id+key")
    name, hex_id, encoded = parts
    if not is_key_name(name):
        raise NoteRefused("key", "its name is empty, or has a space, a plus or a control character")
    typed = from_base64(encoded, of=f"key {name}")
    kind = _type_of(name, typed, types)
    if key_id(name, typed).hex() != hex_id:
        raise NoteRefused(f"key {name}", f"its id {hex_id[:8]} is not that of its name and key")
    return VerifierKey(name, kind, typed[1:])


def _type_of(name: str, typed: bytes, fit: tuple[KeyType, ...]) -> KeyType:
    try:
        kind = KeyType(typed[0]) if typed else None
    except ValueError:
        kind = None
    if kind is None or kind not in fit:
        known = ", ".join(f"0x{t:02x}" for t in fit)
        raise NoteRefused(f"key {name}", f"its type is not one of {known}, which are read here")
    if len(typed) != 1 + PUBLIC_SIZE[kind]:
        wanted = PUBLIC_SIZE[kind]
        raise NoteRefused(f"key {name}", f"it has {len(typed) - 1} bytes in place of {wanted}")
    return kind
