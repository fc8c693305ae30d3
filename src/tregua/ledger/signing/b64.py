"""Base64url as RFC 7515 has it: no padding, no other spelling of the same bytes."""

from __future__ import annotations

from binascii import a2b_base64, b2a_base64

from tregua.errors import EntryRefused

_TO_URL = bytes.maketrans(b"+/", b"-_")
_FROM_URL = bytes.maketrans(b"-_+/=", b"+/~~~")  # the plain alphabet's own letters are none here
_PADDING = {0: b"", 2: b"==", 3: b"="}  # by letters of the last group
# In a last group that is not full some bits say nothing; `encode` leaves them unset.
_LAST = {2: "AQgw", 3: "AEIMQUYcgkosw048"}


def encode(data: bytes) -> str:
    """Write bytes as base64url without padding."""
    return b2a_base64(data, newline=False).translate(_TO_URL).rstrip(b"=").decode("ascii")


def decode(text: str) -> bytes:
    """Read base64url; exact inverse of `encode`.

    Raises:
        EntryRefused: another alphabet, padding, or bits that `encode` would not have set.
    """
    rest = len(text) % 4
    try:
        padded = text.encode("ascii").translate(_FROM_URL) + _PADDING[rest]
        data = a2b_base64(padded, strict_mode=True)
    except (KeyError, ValueError):
        raise EntryRefused("a part of it is not base64url") from None
    if rest and text[-1] not in _LAST[rest]:
        raise EntryRefused("a part of it is not base64url in its one spelling")
    return data
