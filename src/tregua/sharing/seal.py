"""Bodies sealed to those who may read them, with age; readable by the stock ``age`` and ``rage``.

A body is the SD-JWT presentation ``<entry>~<disclosure>~...~`` (RFC 9901, 4) with exactly the
disclosures that one audience may see. An age header is no evidence: what is inside is checked
against the digests of the entry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyrage

from tregua.errors import EntryRefused, WrongUse
from tregua.ledger.signing.claims import MAX_BODY, MAX_ENTRY

if TYPE_CHECKING:
    from collections.abc import Iterable


def presentation(entry: bytes, disclosures: Iterable[str]) -> bytes:
    """Write a presentation."""
    return b"~".join([entry, *(d.encode("ascii") for d in disclosures), b""])


def read_presentation(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Read a presentation into the entry and its disclosures; nothing is checked but the form.

    Raises:
        EntryRefused: it is none, or too large.
    """
    if len(data) > MAX_ENTRY + MAX_BODY:
        raise EntryRefused("its body is too large")
    entry, *rest = data.split(b"~")
    if not rest or rest[-1] or any(not d.isascii() or not d for d in rest[:-1]):
        raise EntryRefused("its body is not an entry with its disclosures")
    return entry, tuple(d.decode("ascii") for d in rest[:-1])


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
    try:
        body: bytes = pyrage.decrypt(sealed, keys)
    except pyrage.DecryptError:
        raise EntryRefused("the sealed body does not open with this key, or was changed") from None
    return body
