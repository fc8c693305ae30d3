"""What the readers of the JSON form share: what was read so far, and asking for one member.

Every mistake becomes one note with the JSON pointer of its member; what is not of its type is left
out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tregua.agreement.block import DealText
from tregua.agreement.codes import error
from tregua.agreement.exchange.extra_fields import is_kept, kept, place_below
from tregua.agreement.exchange.value_from_json import LABEL, text_fault
from tregua.terms.notes import Spot

if TYPE_CHECKING:
    from tregua.agreement.block import Block, ClauseHead, Entry, InstrumentHead, Paragraph
    from tregua.agreement.exchange.json_layout import Step
    from tregua.terms.notes import Note

ID = r"[a-z][a-z0-9-]*"
ID_OR_NONE = f"{ID}|"
MARKS = r"[VPMX]"
DIGEST = r"[0-9a-f]{64}|"
_EXAMPLES = {
    ID: "side-a",
    ID_OR_NONE: "side-a",
    LABEL: "3d",
    MARKS: "P",
    DIGEST: "64 digits, or leave it out",
}


@dataclass(frozen=True, slots=True)
class Read:
    """What a deal in JSON holds: the deal, its digests as told, its layout, and what is unknown."""

    file: str
    has_layout: bool = False
    is_crlf: bool = False
    header: list[Entry] = field(default_factory=list)
    instruments: list[InstrumentHead] = field(default_factory=list)
    clauses: list[ClauseHead] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    digests: dict[str, str] = field(default_factory=dict)
    layout: list[Step] = field(default_factory=list)
    extra: dict[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def deal(self) -> DealText:
        """Return the deal; paragraphs have a line feed wherever a line ends."""
        return DealText(
            self.file,
            tuple(self.header),
            tuple(self.instruments),
            tuple(self.clauses),
            tuple(self.paragraphs),
            tuple(self.blocks),
            "",
            "",
        )

    def spot(self, place: str) -> Spot:
        """Return a JSON pointer as a place: the file and the pointer as its fragment (RFC 6901)."""
        return Spot(f"{self.file}#{place}" if place else self.file)


@dataclass(frozen=True, slots=True)
class Desk:
    """Asks for members; everything that is found goes into ``out``."""

    out: Read
    sections: list[str] = field(default_factory=list)  # ids of the instruments, in order

    def note(self, code: str, place: str, said: str, help: str) -> None:  # noqa: A002
        """Add a note on the member at a JSON pointer."""
        self.out.notes.append(error(code, said, self.out.spot(place), help=help))

    def unknown(
        self, plain: dict[str, object], place: str, named: str, known: tuple[str, ...]
    ) -> None:
        """Keep the members that the form does not know; ``named`` is their place by names."""
        for name, value in plain.items():
            if name in known:
                continue
            if re.search("[\ud800-\udfff]", name):
                self.note("D016", place, "the name of a member holds half a character", '"name"')
            elif not is_kept(value):
                said = f"{name} is not a member of the form, and too deep or odd to be kept"
                self.note("D002", place_below(place, name), said, "take it out")
            else:
                self.out.extra[place_below(named, name)] = kept(value)

    def array(self, plain: dict[str, object], place: str, name: str) -> list[object]:
        """Return an array that must be there; an empty one when it is not."""
        value = plain.get(name)
        if isinstance(value, list):
            return value
        self._missing(plain, place, name, "an array")
        return []

    def members(self, plain: dict[str, object], place: str, name: str) -> dict[str, object]:
        """Return an object that must be there; an empty one when it is not."""
        value = plain.get(name)
        if isinstance(value, dict):
            return value
        self._missing(plain, place, name, "an object")
        return {}

    def text(self, plain: dict[str, object], place: str, name: str) -> str:
        """Return a text that must be there; an empty one when it is not."""
        value = plain.get(name)
        if isinstance(value, str):
            return value
        self._missing(plain, place, name, "a text")
        return ""

    def _missing(self, plain: dict[str, object], place: str, name: str, what: str) -> None:
        if name in plain:
            self.note("D006", f"{place}/{name}", f"{name} is {what}", f'"{name}": ...')
        else:
            self.note("D003", place, f"{name} is missing; it is {what}", f'"{name}": ...')

    def line(self, plain: dict[str, object], place: str, name: str, pattern: str = "") -> str:
        """Return a text that may be absent and stands on one line; of a pattern if it is given."""
        value = plain.get(name, "")
        if not isinstance(value, str):
            self.note("D006", f"{place}/{name}", f"{name} is a text", f'"{name}": "..."')
            return ""
        if fault := text_fault(value):
            self.note(fault.code, f"{place}/{name}", fault.said, fault.help)
            return ""
        if pattern and not re.fullmatch(pattern, value, re.ASCII):
            said = f"{name} is not written as it must be" if value else f"{name} is missing"
            at = f"{place}/{name}" if name in plain else place
            self.note("D003", at, said, f'"{name}": "{_EXAMPLES[pattern]}"')
            return ""
        return value
