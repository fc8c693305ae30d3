"""Entries in a bundle: each behind its length as two bytes, the higher one first (tlog-tiles)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, NoteRefused

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_IN_BUNDLE = 65_535  # bytes of an entry; what the length can say
_LENGTH = 2


def bundle_of(entries: Iterable[bytes]) -> bytes:
    """Write entries as a bundle.

    Raises:
        EntryRefused: one is empty, or longer than its length can say.
    """
    parts = []
    for entry in entries:
        if not 0 < len(entry) <= MAX_IN_BUNDLE:
            raise EntryRefused(f"a bundle holds entries of 1 to {MAX_IN_BUNDLE:,} bytes")
        parts += [len(entry).to_bytes(_LENGTH, "big"), entry]
    return b"".join(parts)


def entries_of(bundle: bytes, width: int) -> list[bytes]:
    """Read the entries of a bundle.

    Raises:
        NoteRefused: it does not hold exactly ``width`` whole entries.
    """
    entries, at, end = [], 0, len(bundle)
    while at < end:
        start = at + _LENGTH
        at = start + int.from_bytes(bundle[at:start], "big")
        entries.append(bundle[start:at])
    if at != end or len(entries) != width:
        raise NoteRefused("entry bundle", f"it does not hold exactly {width} whole entries")
    return entries
