"""The annex as a file: root keys and texts of the agreement, as they were exchanged on paper.

::

    root <party> <algorithm> <public key, base64url>
    text <SHA-256 of a text of the agreement, hex>

Whoever checks a record takes it from the paper, not from whoever handed the record over.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tregua.errors import InputUnreadable
from tregua.ledger.signing.algorithms import ALGORITHMS
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.keys import Root

MAX_ANNEX = 1_048_576  # bytes
_LINE = re.compile(
    rf"root ([a-z0-9.-]+) ({'|'.join(ALGORITHMS)}) ([A-Za-z0-9_-]+)|text ([0-9a-f]{{64}})"
)


@dataclass(frozen=True, slots=True)
class Annex:
    """Root keys, and SHA-256 (hex) of the texts that entries may name."""

    roots: tuple[Root, ...]
    texts: tuple[str, ...]

    def to_bytes(self) -> bytes:
        """Write the file; parties and texts are in order."""
        roots = sorted(self.roots, key=lambda root: root.party)
        lines = [f"root {r.party} {r.alg} {encode(r.public)}\n" for r in roots]
        return "".join([*lines, *(f"text {text}\n" for text in sorted(self.texts))]).encode()


def read_annex(data: bytes, *, name: str = "annex") -> Annex:
    """Read an annex.

    Raises:
        InputUnreadable: with the number of the first line that is out of form.
        EntryRefused: a key is not base64url.
    """
    roots, texts = [], []
    *lines, rest = data.decode("utf-8", "replace").split("\n")
    for number, line in enumerate([*lines, *([rest] if rest else [])], start=1):
        found = _LINE.fullmatch(line)
        if found is None or (rest and line == rest):
            raise InputUnreadable(name, f"line {number} is neither a root key nor a text")
        party, alg, public, text = found.groups()
        if text:
            texts.append(text)
        else:
            roots.append(_root(name, party, alg, decode(public)))
    return Annex(tuple(roots), tuple(texts))


def _root(name: str, party: str, alg: str, public: bytes) -> Root:
    if len(public) != ALGORITHMS[alg].public_size:
        raise InputUnreadable(name, f"the root key of {party} has not the length of {alg}")
    return Root(party, alg, public)
