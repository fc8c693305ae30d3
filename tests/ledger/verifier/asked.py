"""Asking the single-file verifier, and breaking what it is asked about."""

import contextlib
import io
from pathlib import Path
from random import Random

from tregua.ledger import tregua_verify

GOOD, WRONG_USE, UNREADABLE, FAILS = 0, 2, 3, 4


def ask(*words: object) -> tuple[int, list[str]]:
    """Run a command of the verifier; return its exit code and its sentences."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        code = tregua_verify.main([str(word) for word in words])
    return code, out.getvalue().splitlines()


def put(folder: Path, **files: bytes) -> list[Path]:
    """Write files and return their paths, in that order."""
    paths = [folder / name for name in files]
    for path, data in zip(paths, files.values(), strict=True):
        path.write_bytes(data)
    return paths


def broken(data: bytes, chance: Random) -> bytes:
    """Flip a bit, drop, double or put in a byte, or cut the end off."""
    if not data:
        return b"x"
    at = chance.randrange(len(data))
    kind = chance.randrange(5)
    if kind == 0:
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]
    if kind == 1:
        return data[:at] + data[at + 1 :]
    if kind == 2:
        return data[:at] + data[at : at + 1] + data[at:]
    if kind == 3:
        return data[:at] + chance.choice([b"\n", b" ", b"0", b"A", b"=", b"~", b"\xff"]) + data[at:]
    return data[:at]
