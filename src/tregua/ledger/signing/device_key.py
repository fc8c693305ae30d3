"""A signing key in its file: a name, an algorithm, a seed; readable by its owner alone."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused, InputUnreadable, WrongUse
from tregua.ledger.private_file import read_private, write_private
from tregua.ledger.signing.algorithms import ALGORITHMS, ED25519
from tregua.ledger.signing.b64 import decode, encode

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tregua.ledger.signing.algorithms import PrivateKey

FIRST_LINE = "tregua-key@v1"
SEED = 32
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,62}/[a-z0-9][a-z0-9.-]{0,62}")


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """A key that signs. ``kid`` is ``party/device``; the seed is never shown.

    Attributes:
        kid: its name.
        alg: ``EdDSA`` or ``ML-DSA-44``.
        seed: 32 bytes.
    """

    kid: str
    alg: str
    seed: bytes = field(repr=False)
    _opened: PrivateKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Once, because opening an Ed25519 key costs as much as signing with it.
        object.__setattr__(self, "_opened", ALGORITHMS[self.alg].opened(self.seed))

    @property
    def party(self) -> str:
        """Return whose key it is."""
        return self.kid.partition("/")[0]

    @property
    def public(self) -> bytes:
        """Return its public bytes."""
        return self._opened.public_key().public_bytes_raw()

    def sign(self, data: bytes) -> bytes:
        """Return the signature of ``data``."""
        return self._opened.sign(data)


def new_key(
    kid: str, *, alg: str = ED25519, random: Callable[[int], bytes] = os.urandom
) -> DeviceKey:
    """Make a key.

    Raises:
        WrongUse: the name is not ``party/device``, or there is no such algorithm.
    """
    if not NAME.fullmatch(kid):
        raise WrongUse(f"{kid!r} names no key", help="write party/device: small letters, digits, -")
    if alg not in ALGORITHMS:
        raise WrongUse(f"there is no algorithm {alg}", help=f"one of: {', '.join(ALGORITHMS)}")
    return DeviceKey(kid, alg, random(SEED))


def write_key(key: DeviceKey, path: Path) -> None:
    """Write a key into a new file that its owner alone may read (mode 0600).

    Raises:
        StoreUnwritable: the file is there already, or cannot be made.
    """
    text = f"{FIRST_LINE}\n{key.kid}\n{key.alg}\n{encode(key.seed)}\n"
    write_private(text, path)


def read_key(path: Path) -> DeviceKey:
    """Read a key file.

    Raises:
        InputUnreadable: it is missing, others may read it, or it is no key file.
    """
    lines = read_private(path).split("\n")
    whole = len(lines) == 5 and lines[0] == FIRST_LINE and not lines[4]  # noqa: PLR2004
    if not whole or not NAME.fullmatch(lines[1]) or lines[2] not in ALGORITHMS:
        raise InputUnreadable(path, "this is no key file of tregua")
    seed = _seed(lines[3])
    if len(seed) != SEED:
        raise InputUnreadable(path, "this is no key file of tregua")
    return DeviceKey(lines[1], lines[2], seed)


def _seed(text: str) -> bytes:
    try:
        return decode(text)
    except EntryRefused:
        return b""
