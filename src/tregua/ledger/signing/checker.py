"""Signatures checked in processes of their own, since one process checks on one processor.

A child is this file as a program. It reads one line for each signature, ``ALGORITHM KEY ENTRY``
(the key in base64url, the entry as it is), and at an empty line answers with one line of as many
digits: 1 where the key signed the entry, 0 where not. It gets nothing that is confidential, and
what it answers only spares the reader the same check.
"""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import SimpleQueue
from typing import TYPE_CHECKING

from tregua.errors import EntryRefused
from tregua.ledger.signing.b64 import decode, encode
from tregua.ledger.signing.read import is_signed_by

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    Question = tuple[bytes, str, bytes]  # entry, algorithm, public bytes of the key

_YES = ord("1")


class Checker:
    """At most as many children as there are processors; each question starts one more of them.

    Close it, best by `contextlib.closing`: the children end with it.
    """

    def __init__(self) -> None:
        self.many = os.cpu_count() or 1
        self._threads = ThreadPoolExecutor(self.many)  # each waits for one child
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()
        self._children: list[subprocess.Popen[bytes]] = []

    def ask(self, questions: Sequence[Question]) -> Future[list[bool]]:
        """Ask about signatures; the answers come in the same order."""
        if len(self._children) < self.many:
            with suppress(OSError):  # the machine lets no more processes start
                self._children.append(_child())
                self._idle.put(self._children[-1])
        return self._threads.submit(self._answers, questions)

    def _answers(self, questions: Sequence[Question]) -> list[bool]:
        if not self._children:
            return [False] * len(questions)
        child = self._idle.get()
        try:
            answered = _answered(child, questions)
        except OSError:  # it is gone: of these nothing is known
            answered = b""
        finally:
            self._idle.put(child)
        return [digit == _YES for digit in answered.ljust(len(questions), b"0")]

    def close(self) -> None:
        """End the children."""
        self._threads.shutdown(cancel_futures=True)
        for child in self._children:
            child.kill()
            child.communicate()


def _child() -> subprocess.Popen[bytes]:
    # -P: not from the folder where the user stands, whatever lies there under the name of ours.
    command = [sys.executable, "-P", "-m", __name__]
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=nothing)  # noqa: S603 - our own


def _answered(child: subprocess.Popen[bytes], questions: Sequence[Question]) -> bytes:
    assert child.stdin is not None
    assert child.stdout is not None
    for entry, alg, key in questions:
        child.stdin.write(b"%s %s %s\n" % (alg.encode(), encode(key).encode(), entry))
    child.stdin.write(b"\n")
    child.stdin.flush()
    return child.stdout.readline().rstrip(b"\n")


def answers(lines: BinaryIO) -> Iterator[bytes]:
    """Yield what a child answers to the lines that it reads."""
    digits = bytearray()
    for line in lines:
        if line == b"\n":
            yield bytes(digits) + b"\n"
            digits = bytearray()
        else:
            digits += b"1" if _holds(line.rstrip(b"\n")) else b"0"


def _holds(line: bytes) -> bool:
    alg, key, entry = line.split(b" ", 2)
    try:
        return is_signed_by(entry, alg.decode(), decode(key.decode()))
    except EntryRefused:
        return False


if __name__ == "__main__":
    for answer in answers(sys.stdin.buffer):
        sys.stdout.buffer.write(answer)
        sys.stdout.buffer.flush()
