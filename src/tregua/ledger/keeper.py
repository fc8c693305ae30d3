"""The keeper's own age key: to it every body is sealed that lies at rest.

A sealed body is an age file in two parts. The header, up to the line that begins with ``---``,
wraps the key of that one file; the payload is noise without it. They are kept apart, so that what
was destroyed in the small part cannot be opened from any back-up of the large one. Put together
they are an age file again, which the stock ``age`` and ``rage`` open (age-encryption.org/v1).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import pyrage

from tregua.errors import EntryRefused, InputUnreadable, StoreUnwritable
from tregua.ledger.private_file import read_private, write_private

if TYPE_CHECKING:
    from pathlib import Path

FILE = "keeper.key"  # in the folder of the ledger's keys, as `age-keygen` writes it
MAX_HEADER = 4_096  # bytes; one recipient and what a program adds of its own
_SECRET = "AGE-SECRET-KEY-1"  # noqa: S105 - how such a line begins
_LAST = b"\n---"


def keeper_beside(ledger: Path) -> Keeper:
    """Return the keeper of the ledger at a path; no file is looked at yet."""
    return Keeper(ledger.with_suffix(".keys") / FILE)


class Keeper:
    """Seals and opens what one ledger holds. The key is read when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def begin(self) -> None:
        """Make the key where there is none, for a ledger that holds no body yet.

        Raises:
            StoreUnwritable: it cannot be made.
        """
        try:
            if self.path.exists() and self.path.stat().st_size:
                return
            self.path.unlink(missing_ok=True)  # empty: somebody was stopped while making it
            self.path.parent.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            why = error.strerror or "it cannot be made"
            raise StoreUnwritable(self.path.parent, why, left="no key was written") from error
        made = pyrage.x25519.Identity.generate()
        write_private(f"# public key: {made.to_public()}\n{made}\n", self.path)

    @cached_property
    def recipient(self) -> str:
        """Return the public part, ``age1...``.

        Raises:
            InputUnreadable: the key is not there, others may read it, or it is none.
        """
        return str(self._public)

    def seal(self, body: bytes) -> tuple[bytes, bytes]:
        """Encrypt a body; return header and payload.

        Raises:
            InputUnreadable: as of `recipient`.
        """
        return split(pyrage.encrypt(body, [self._public]))

    def open(self, header: bytes, payload: bytes) -> bytes:
        """Decrypt a body.

        Raises:
            EntryRefused: this key does not open it, or it was changed.
            InputUnreadable: as of `recipient`.
        """
        if len(header) > MAX_HEADER:
            raise EntryRefused("its header is too long")
        try:
            body: bytes = pyrage.decrypt(header + payload, [self._identity])
        except pyrage.DecryptError:
            raise EntryRefused("it does not open with the keeper's key: it was changed") from None
        return body

    @cached_property
    def _public(self) -> pyrage.x25519.Recipient:
        return self._identity.to_public()

    @cached_property
    def _identity(self) -> pyrage.x25519.Identity:
        if not self.path.exists():
            raise InputUnreadable(
                self.path,
                "the keeper's key is not there, and nothing that entries tell opens without it",
                help="put it back from where it was copied to; it lies in no back-up of bodies",
            )
        lines = [line for line in read_private(self.path).split("\n") if line.startswith(_SECRET)]
        try:
            (line,) = lines
            return pyrage.x25519.Identity.from_str(line)
        except (ValueError, pyrage.IdentityError):
            why = "this is no age key: one line begins with AGE-SECRET-KEY-1"
            raise InputUnreadable(self.path, why) from None


def split(sealed: bytes) -> tuple[bytes, bytes]:
    """Part an age file behind its header; the two put together are the file again."""
    end = sealed.index(b"\n", sealed.index(_LAST) + 1) + 1
    return sealed[:end], sealed[end:]
