"""Bodies sealed to those who may read them, with age; readable by the stock ``age`` and ``rage``.

A body is a presentation (``ledger/signing/presentation.py``) with exactly the disclosures that one
audience may see. An age header is no evidence: what is inside is checked
against the digests of the entry.
"""

from __future__ import annotations

import binascii
from typing import TYPE_CHECKING

import pyrage

from tregua.errors import EntryRefused, WrongUse

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_HEADER = 32_768  # bytes of an age header
MAX_RECIPIENTS = 256  # the library's time to read a header grows with the square of their number
_OWN = 8  # lines that programs add of their own, which name nobody
_ARMOR = b"-----BEGIN AGE ENCRYPTED FILE-----"


def seal(body: bytes, recipients: Iterable[str]) -> bytes:
    """Encrypt a body to age recipients (``age1...``).

    Raises:
        WrongUse: there is no recipient, or one is none.
    """
    try:
        keys = [pyrage.x25519.Recipient.from_str(r) for r in recipients]
    except pyrage.RecipientError:
        raise WrongUse("an age recipient begins with age1", help="`age-keygen -y FILE`") from None
    if not keys:
        raise WrongUse("nobody could open it: name at least one recipient")
    sealed: bytes = pyrage.encrypt(body, keys)
    return sealed


def unseal(sealed: bytes, identities: Iterable[str]) -> bytes:
    """Decrypt a body with age identities (``AGE-SECRET-KEY-1...``).

    Raises:
        WrongUse: an identity is none.
        EntryRefused: none of the identities opens it, or it was changed.
    """
    try:
        keys = [pyrage.x25519.Identity.from_str(i) for i in identities]
    except pyrage.IdentityError:
        raise WrongUse("an age identity begins with AGE-SECRET-KEY-1") from None
    _check_header(sealed)
    try:
        body: bytes = pyrage.decrypt(sealed, keys)
    except pyrage.DecryptError:
        raise EntryRefused("the sealed body does not open with this key, or was changed") from None
    return body


def _check_header(sealed: bytes) -> None:
    """Refuse a header that would keep the library busy for hours (it ends at the line ``---``)."""
    start = sealed[: 2 * MAX_HEADER]
    if start.lstrip().startswith(_ARMOR):
        lines = start.lstrip().split(b"-----")[2].split()
        try:
            start = binascii.a2b_base64(b"".join(lines)[: MAX_HEADER * 4 // 3 // 4 * 4])
        except binascii.Error:
            raise EntryRefused("the armour of the sealed body is not base64") from None
    header, end, _ = start[:MAX_HEADER].partition(b"\n---")
    is_long = not end and len(start) >= MAX_HEADER
    if is_long or header.count(b"\n->") > MAX_RECIPIENTS + _OWN:
        raise EntryRefused(
            f"the header of the sealed body is longer than {MAX_HEADER:,} bytes, or names more "
            f"than {MAX_RECIPIENTS} recipients"
        )
