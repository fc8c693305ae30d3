"""Base64url as RFC 7515 has it: no padding, no other spelling of the same bytes."""

from __future__ import annotations

import re
from binascii import a2b_base64, b2a_base64

from tregua.errors import EntryRefused

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")
_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_", b"+/")


def encode(data: bytes) -> str:
    """Write bytes as base64url without padding."""
    return b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Read base64url; exact inverse of `encode`.

    Raises:
        EntryRefused: another alphabet, padding, or bits that `encode` would not have set.
    """
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise EntryRefused("a part of it is not base64url")
    data = a2b_base64(text.encode("ascii").translate(_FROM_URL) + b"=" * (-len(text) % 4))
    last = len(text) % 4  # letters of the last group, which alone may hold bits that say nothing
    if last and encode(data[1 - last :]) != text[-last:]:
        raise EntryRefused("a part of it is not base64url in its one spelling")
    return data
