"""Signed entries on their way: one line of JSON each, the entry and what it leaves to be disclosed.

The same bundle goes over a wire or on a stick, and ends in the same leaves on every side. It holds
what is confidential in the clear: the file is for its owner alone until it is handed over.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable, StoreUnwritable
from tregua.ledger.signing.claims import MAX_BODY, MAX_ENTRY
from tregua.ledger.signing.disclosures import fields_in
from tregua.ledger.signing.read import read_entry
from tregua.ledger.signing.sign import Signed
from tregua.ledger.signing.strict_json import parse

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MOST = 100_000  # entries in one bundle
_LONGEST = MAX_ENTRY + 2 * MAX_BODY  # bytes of a line


def write_bundle(items: Iterable[Signed], path: Path) -> None:
    """Write a bundle into a new file that its owner alone may read (mode 0600).

    Raises:
        StoreUnwritable: the file is there already, or cannot be written; nothing is left of it.
    """
    text = "".join(
        json.dumps({"disclosures": one.disclosures, "entry": one.entry.decode("ascii")}) + "\n"
        for one in items
    )
    made = False
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        made = True
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        if made:
            path.unlink(missing_ok=True)
        there = isinstance(error, FileExistsError)
        why = "a file of this name is there already" if there else "it cannot be written"
        raise StoreUnwritable(path, why, left="nothing of it was written") from error


def read_bundle(path: Path) -> tuple[Signed, ...]:
    """Read a bundle; each entry is well formed and its disclosures belong to it.

    Raises:
        InputUnreadable: with the line that is wrong.
    """
    found: list[Signed] = []
    try:
        with path.open("rb") as file:
            while line := file.readline(_LONGEST + 1):
                found.append(_one(line, path, len(found) + 1))
    except OSError as error:
        raise InputUnreadable(path, error.strerror or "it cannot be read") from error
    if not found:
        raise InputUnreadable(path, "it holds no signed entry")
    return tuple(found)


def _one(line: bytes, path: Path, number: int) -> Signed:
    try:
        signed = _signed(line, number)
        fields_in(read_entry(signed.entry), signed.disclosures)
    except EntryRefused as refused:
        raise InputUnreadable(path, f"line {number}: {refused.why}") from None
    return signed


def _signed(line: bytes, number: int) -> Signed:
    if len(line) > _LONGEST or number > MOST:
        raise EntryRefused("it is larger than a bundle may be")
    held = parse(line)
    if not isinstance(held, dict) or held.keys() != {"entry", "disclosures"}:
        raise EntryRefused("it does not hold exactly entry and disclosures")
    entry, texts = held["entry"], held["disclosures"]
    if not isinstance(entry, str) or not entry.isascii():
        raise EntryRefused("its entry is no text of signed parts")
    if not isinstance(texts, list) or not all(isinstance(t, str) for t in texts):
        raise EntryRefused("its disclosures are not a list of texts")
    return Signed(entry.encode("ascii"), tuple(texts))
