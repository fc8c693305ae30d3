"""A private key, and the lines it puts under a note.

Written as Go's sumdb note writes its keys, ``PRIVATE+KEY+name+id+base64(type || seed)``, so that a
public witness program can take the same key. The form for a file is in ``key_file.py``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey

from tregua.errors import NoteRefused
from tregua.ledger.notes.checkpoint import read_head_text
from tregua.ledger.notes.key import KeyType, VerifierKey
from tregua.ledger.notes.note import SignatureLine
from tregua.ledger.notes.strict import base64_of, from_base64, is_key_name
from tregua.ledger.notes.verify import TIME_SIZE, cosigned_message, tree_message

SEED_SIZE = 32
HEAD = "PRIVATE+KEY+"


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key with its owner's name; never shown.

    Attributes:
        name: who signs with it.
        type: what a signature of it covers.
        seed: the secret, 32 bytes.
    """

    name: str
    type: KeyType
    seed: bytes = field(repr=False)

    @property
    def public(self) -> VerifierKey:
        """Return the key that checks what this one signs."""
        return VerifierKey(self.name, self.type, self._private().public_key().public_bytes_raw())

    def secret(self) -> str:
        """Write the private key as one line."""
        typed = bytes((self.type,)) + self.seed
        return f"{HEAD}{self.name}+{self.public.id.hex()}+{base64_of(typed)}"

    def sign(self, text: str) -> SignatureLine:
        """Sign the text of a note; a log does so with its checkpoint."""
        return self._line(self._private().sign(self._message(text, 0)), time=None)

    def cosign(self, text: str, *, time: int) -> SignatureLine:
        """Cosign a checkpoint: as of this time, this is the longest one seen.

        Args:
            text: the whole text of the checkpoint.
            time: POSIX seconds, above 0.
        """
        return self._line(self._private().sign(self._message(text, time)), time=time)

    def _line(self, signature: bytes, *, time: int | None) -> SignatureLine:
        if self.type is not KeyType.NOTE:
            signature = (time or 0).to_bytes(TIME_SIZE, "big") + signature
        return SignatureLine(self.name, self.public.id, signature)

    def _message(self, text: str, time: int) -> bytes:
        if self.type is KeyType.NOTE:
            return text.encode()
        if self.type is KeyType.COSIGNATURE:
            return cosigned_message(text, time)
        return tree_message(read_head_text(text), self.name, time)

    def _private(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.type is KeyType.ML_DSA:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def new_key(name: str, kind: KeyType) -> SigningKey:
    """Make a key.

    Raises:
        NoteRefused: a name that no key may have.
    """
    if not is_key_name(name):
        raise NoteRefused("key", "its name is empty, or has a space, a plus or a control character")
    return SigningKey(name, kind, token_bytes(SEED_SIZE))


def read_secret(text: str) -> SigningKey:
    """Read a private key from its line; the sentence of a refusal never holds a part of it.

    Raises:
        NoteRefused: not in the form.
    """
    parts = text.removeprefix(HEAD).split("+", 2)
    if not text.startswith(HEAD) or len(parts) != len(("name", "id", "key")):
        raise NoteRefused("private key", "it does not begin with PRIVATE+KEY+name+id+")
    name, hex_id, encoded = parts
    typed = from_base64(encoded, of="private key")
    if not is_key_name(name) or len(typed) != 1 + SEED_SIZE or typed[0] not in tuple(KeyType):
        raise NoteRefused("private key", "its name, its type or its length is not that of a key")
    key = SigningKey(name, KeyType(typed[0]), typed[1:])
    if key.public.id.hex() != hex_id:
        raise NoteRefused("private key", "its id is not that of its name and key")
    return key
