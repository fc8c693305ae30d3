"""A line of the access log as a row: ids as bytes, those of the entries one behind the other."""

from __future__ import annotations

from tregua.ledger.accesses import Access

_HASH = 32

Row = tuple[bytes, int, str, str, str, bytes]


def packed(one: Access) -> Row:
    """Return a line as a row."""
    entries = bytes.fromhex("".join(one.entries))
    return bytes.fromhex(one.id), one.at, one.reader, one.how, one.owner, entries


def unpacked(key: bytes, at: int, reader: str, how: str, owner: str, entries: bytes) -> Access:
    """Return a row as a line."""
    ids = (entries[n : n + _HASH].hex() for n in range(0, len(entries), _HASH))
    return Access(key.hex(), at, reader, how, owner, tuple(ids))
