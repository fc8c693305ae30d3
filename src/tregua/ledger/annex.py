"""The annex beside a ledger: whose keys count, which texts hold from the start, who may release.

A text file in the order that people sign it: one rule per line, fields parted by one space, ``#``
begins a line that is not read. What it does not say does not hold.

::

    root side-a EdDSA 3q2-7w...      a party's root key, base64url
    agreement 5f3a90...              SHA-256 (hex) of a text in force from the first entry
    releaser mon                     may release what others signed
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable
from tregua.ledger.open import beside
from tregua.ledger.signing.algorithms import ALGORITHMS
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.book import Book
from tregua.ledger.signing.device_key import NAME
from tregua.ledger.signing.keys import ROOT, Root

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HEX = re.compile(r"[0-9a-f]{64}")
LARGEST = 65_536  # bytes


@dataclass(frozen=True, slots=True)
class Annex:
    """What both sides signed on paper.

    Attributes:
        roots: root keys, each party once.
        agreements: SHA-256 (hex) of texts in force from the start.
        releasers: who may release what others signed.
    """

    roots: tuple[Root, ...] = ()
    agreements: tuple[str, ...] = ()
    releasers: tuple[str, ...] = ()

    def book(self) -> Book:
        """Return the book with which the first entry is checked."""
        return Book(self.roots, self.agreements)


def annex_of(ledger: str | Path) -> Path:
    """Return where the annex of a ledger lies."""
    return beside(ledger).with_suffix(".annex")


def annex_beside(ledger: str | Path) -> Annex | None:
    """Read the annex beside a ledger; ``None`` when there is none.

    Raises:
        InputUnreadable: it is there and cannot be read.
    """
    path = annex_of(ledger)
    return read_annex(path) if path.exists() else None


def read_annex(path: Path) -> Annex:
    """Read an annex strictly.

    Raises:
        InputUnreadable: with the line that is wrong.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputUnreadable(path, "the annex cannot be read") from error
    return annex_in(data, str(path))


def annex_in(data: bytes, path: str) -> Annex:
    """Read an annex from its bytes; ``path`` names it in what is refused.

    Raises:
        InputUnreadable: with the line that is wrong.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputUnreadable(path, "the annex cannot be read") from error
    if len(data) > LARGEST:
        raise InputUnreadable(path, f"an annex has at most {LARGEST:,} bytes")
    found: dict[str, list[object]] = {rule: [] for rule in _RULES}
    for number, line in enumerate(text.split("\n"), 1):
        if not line or line.startswith("#"):
            continue
        rule, *words = line.split(" ")
        value = _RULES[rule](words) if rule in _RULES else None
        if value is None:
            raise InputUnreadable(path, f"line {number} is no rule of an annex", help=_HELP)
        if _key(value) in map(_key, found[rule]):
            raise InputUnreadable(path, f"line {number} says again what stands above it")
        found[rule].append(value)
    roots = tuple(r for r in found["root"] if isinstance(r, Root))
    if len({r.public for r in roots}) != len(roots):
        raise InputUnreadable(path, "two parties have one root key")
    texts = {rule: tuple(map(str, found[rule])) for rule in ("agreement", "releaser")}
    return Annex(roots, texts["agreement"], texts["releaser"])


def annex_text(annex: Annex) -> str:
    """Write an annex; `read_annex` reads it back."""
    lines = [root_line(root) for root in annex.roots]
    lines += [f"agreement {digest}" for digest in annex.agreements]
    lines += [f"releaser {name}" for name in annex.releasers]
    return "\n".join([*lines, ""])


def root_line(root: Root) -> str:
    """Write the line of a root key."""
    return f"root {root.party} {root.alg} {encode(root.public)}"


def _key(value: object) -> object:
    return value.party if isinstance(value, Root) else value


def _root(words: list[str]) -> Root | None:
    if len(words) != 3 or words[1] not in ALGORITHMS:  # noqa: PLR2004
        return None
    party, alg, text = words
    try:
        public = decode(text)
    except EntryRefused:
        return None
    right = NAME.fullmatch(f"{party}/{ROOT}") and len(public) == ALGORITHMS[alg].public_size
    return Root(party, alg, public) if right else None


def _agreement(words: list[str]) -> str | None:
    return words[0] if len(words) == 1 and _HEX.fullmatch(words[0]) else None


def _releaser(words: list[str]) -> str | None:
    return words[0] if len(words) == 1 and NAME.fullmatch(f"{words[0]}/{ROOT}") else None


_RULES: dict[str, Callable[[list[str]], object]] = {
    "agreement": _agreement,
    "releaser": _releaser,
    "root": _root,
}
_HELP = "root PARTY ALGORITHM KEY; agreement SHA256; releaser NAME; one space between the words"
