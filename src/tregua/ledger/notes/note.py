"""A signed note: a text, an empty line, and lines that sign the text (C2SP signed-note).

Reading a note does not say who signed it; that is for ``verify.py``, with keys from elsewhere.
What is read is written back byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass

from tregua.errors import NoteRefused
from tregua.ledger.notes.key import ID_SIZE
from tregua.ledger.notes.strict import base64_of, from_base64, is_key_name, read_text

MAX_NOTE = 131_072  # bytes; sixteen lines of ML-DSA-44 have about 53,000
_DASH = "\u2014 "


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One line under a note.

    Attributes:
        name: of the key that is said to have signed.
        key_id: four bytes that are said to name that key.
        signature: the rest, whose form the type of the key decides.
        spelt: how others wrote the base64, where it is not in its one spelling; other software
            takes such a line, so it is a line whose signature is to be checked.
    """

    name: str
    key_id: bytes
    signature: bytes
    spelt: str = ""

    def __str__(self) -> str:
        encoded = self.spelt or base64_of(self.key_id + self.signature)
        return f"{_DASH}{self.name} {encoded}\n"


@dataclass(frozen=True, slots=True)
class SignedNote:
    """A text and the lines that sign it.

    Attributes:
        text: what is signed, with its last newline.
        lines: at least one, in the order of the note.
    """

    text: str
    lines: tuple[SignatureLine, ...]

    def to_bytes(self) -> bytes:
        """Write the note."""
        return f"{self.text}\n{''.join(map(str, self.lines))}".encode()

    def with_lines(self, *more: SignatureLine) -> SignedNote:
        """Return the note with more lines; of each key the first stays and the newest.

        The two are the bracket of time in which a cosigner saw this text; a note that is cosigned
        at every beat does not grow.
        """
        by_key: dict[tuple[str, bytes], list[SignatureLine]] = {}
        for line in (*self.lines, *more):
            by_key.setdefault((line.name, line.key_id), []).append(line)
        kept = [line for lines in by_key.values() for line in dict.fromkeys((lines[0], lines[-1]))]
        return SignedNote(self.text, tuple(kept))


def read_note(data: bytes) -> SignedNote:
    """Read a note.

    Raises:
        NoteRefused: too large, not UTF-8, a control character, no signature line, one out of form.
    """
    text, gap, under = read_text(data, of="note", most=MAX_NOTE).rpartition("\n\n")
    if not gap or not under:  # the last empty line parts text and signatures
        raise NoteRefused("note", "it has no signature under an empty line")
    return SignedNote(f"{text}\n", read_lines(under))


def read_lines(text: str) -> tuple[SignatureLine, ...]:
    """Read signature lines, as they stand under a note or in a witness's answer.

    Raises:
        NoteRefused: one of them is out of form, or the last has no newline.
    """
    *lines, rest = text.split("\n")
    if rest or not lines:
        raise NoteRefused("note", "its last signature line does not end with a newline")
    return tuple(_read_line(line) for line in lines)


def _read_line(line: str) -> SignatureLine:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space or not is_key_name(name):
        raise NoteRefused("note", "a signature line is not written as dash, name, signature")
    data = from_base64(encoded, of=f"signature of {name}", stray=True)
    if len(data) <= ID_SIZE:
        raise NoteRefused(f"signature of {name}", "it is too short to be one")
    spelt = "" if base64_of(data) == encoded else encoded
    return SignatureLine(name, data[:ID_SIZE], data[ID_SIZE:], spelt)
