"""Base64url as RFC 7515 has it: no padding, no other spelling of the same bytes."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

from tregua.errors import EntryRefused

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*")


def encode(data: bytes) -> str:
    """Write bytes as base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Read base64url; exact inverse of `encode`.

    Raises:
        EntryRefused: another alphabet, padding, or bits that `encode` would not have set.
    """
    if not _ALPHABET.fullmatch(text) or len(text) % 4 == 1:
        raise EntryRefused("a part of it is not base64url")
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if encode(data) != text:
        raise EntryRefused("a part of it is not base64url in its one spelling")
    return data
