"""Strict readings that every format of the record shares: base64, decimals, hashes, names.

One value has one spelling. A second spelling of the same value is refused, so that reading and then
writing gives the same bytes. Only signature lines may have stray bits, and keep their spelling.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode

from tregua.errors import NoteRefused
from tregua.ledger.tree import HASH_SIZE

MAX_NUMBER = 2**63 - 1  # sizes and times of the C2SP formats
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}")


def base64_of(data: bytes) -> str:
    """Write bytes in standard base64 with padding (RFC 4648, section 4)."""
    return b64encode(data).decode("ascii")


def from_base64(text: str, *, of: str, stray: bool = False) -> bytes:
    """Read standard base64 with padding; no other alphabet, no space.

    Args:
        text: the base64.
        of: what it is, for the sentence of a refusal.
        stray: let bits behind the last byte pass that are not zero (RFC 4648, section 3.5).

    Raises:
        NoteRefused: ``of`` is not written so.
    """
    try:
        data = b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise NoteRefused(of, "it is not base64") from None
    if not stray and base64_of(data) != text:
        raise NoteRefused(of, "its base64 is not in its one spelling")
    return data


def read_hash(text: str, *, of: str) -> bytes:
    """Read a SHA-256 hash in base64.

    Raises:
        NoteRefused: not base64, or not 32 bytes.
    """
    data = from_base64(text, of=of)
    if len(data) != HASH_SIZE:
        raise NoteRefused(of, f"a hash has {HASH_SIZE} bytes, this has {len(data)}")
    return data


def read_number(text: str, *, of: str) -> int:
    """Read a decimal of 0 to 2^63-1 without sign and without leading zeros.

    Raises:
        NoteRefused: ``of`` is not written so.
    """
    if not _DECIMAL.fullmatch(text) or int(text) > MAX_NUMBER:
        raise NoteRefused(of, "it is not a decimal number without leading zeros, below 2^63")
    return int(text)


def read_text(data: bytes, *, of: str, most: int) -> str:
    """Read UTF-8 without control characters but newline (signed-note, Format).

    Raises:
        NoteRefused: more than ``most`` bytes, not UTF-8, or a control character.
    """
    if len(data) > most:
        raise NoteRefused(of, f"it has {len(data):,} bytes, more than {most:,}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise NoteRefused(of, "it is not UTF-8") from None
    if any(sign < " " and sign != "\n" for sign in text):
        raise NoteRefused(of, "it holds a control character")
    return text


def is_key_name(name: str) -> bool:
    """Say whether a key may be called so: not empty, no Unicode space, no plus, no control."""
    return bool(name) and not any(sign.isspace() or sign == "+" or sign < " " for sign in name)
