"""An entry with some of its disclosures: ``<entry>~<disclosure>~...~`` (RFC 9901, 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
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
