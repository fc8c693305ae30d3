"""Inputs of a million bytes that a careless reader would chew on for ever; run as a program.

Each is read by every parser that meets bytes from outside. The program prints how many were
refused. Whoever runs it limits its processor time and its memory: what is quadratic in a million
bytes does not come back within any limit.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pyrage

from tregua.errors import EntryRefused
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.claims import Claims
from tregua.ledger.signing.disclosures import digest_of, fields_in
from tregua.ledger.signing.presentation import read_presentation
from tregua.ledger.signing.read import is_signed_by, read_entry
from tregua.ledger.signing.strict_json import parse
from tregua.sharing.seal import unseal

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 1_000_000


def inputs() -> dict[str, bytes]:
    """Return the inputs, by what is hostile in them."""
    entry = f"{encode(b'{}')}.{encode(b'x' * SIZE)}.{encode(bytes(64))}"
    return {
        "nothing but zeros": bytes(SIZE),
        "lists without end": b"[" * SIZE,
        "objects without end": b'{"a":' * (SIZE // 5),
        "one long number": b"9" * SIZE,
        "one long fraction": b"0." + b"9" * SIZE,
        "one long exponent": b"1e" + b"9" * SIZE,
        "one long text": b'"' + b"a" * SIZE,
        "escapes without end": b'"' + b"\\" * SIZE,
        "half characters": b'["' + b"\\ud800" * (SIZE // 6) + b'"]',
        "one key many times": b"{" + b'"a":1,' * (SIZE // 6) + b'"a":1}',
        "many keys": b"{" + b",".join(b'"%d":1' % n for n in range(SIZE // 10)) + b"}",
        "spaces": b" " * SIZE,
        "points": b"." * SIZE,
        "tildes": b"~" * SIZE,
        "many empty disclosures": b"a" + b"~b" * (SIZE // 2),
        "base64": b"A" * SIZE,
        "base64, one sign too many": b"A" * (SIZE + 1),
        "an entry that is too large": entry.encode(),
        "letters that are none": "\u0661".encode() * (SIZE // 2),
        "an age header without end": b"age-encryption.org/v1\n" + b"-> X25519 a\n" * (SIZE // 12),
    }


def readers(identity: str) -> dict[str, Callable[[bytes], object]]:
    """Return every reader of bytes from outside."""

    def text(data: bytes) -> str:
        return data.decode("utf-8", "replace")

    def disclosed(data: bytes) -> object:
        whole = text(data)
        digests = (digest_of(whole),)
        claims = Claims("EdDSA", "a/x", "a", "report", 1, "", 0, "", rel=("A",), digests=digests)
        return fields_in(claims, [whole])

    return {
        "parse": parse,
        "decode": lambda data: decode(text(data)),
        "entry": read_entry,
        "signature": lambda data: is_signed_by(data, "EdDSA", bytes(32)),
        "disclosure": disclosed,
        "presentation": read_presentation,
        "sealed": lambda data: unseal(data, [identity]),
    }


def main() -> None:
    """Read all of it; print how many were refused, how many read."""
    refused = read = 0
    readers_of_all = readers(str(pyrage.x25519.Identity.generate())).values()
    for data in inputs().values():
        for reader in readers_of_all:
            try:
                reader(data)
                read += 1
            except EntryRefused:
                refused += 1
    sys.stdout.write(f"{refused} {read}\n")


if __name__ == "__main__":
    main()
