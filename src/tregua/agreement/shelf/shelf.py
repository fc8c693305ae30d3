"""The library of past deals: which there are, and what each holds, read and linted.

The texts are restated in our own words; how much of the original was held stands in their marks. A
deal of the library is read by the same reader as everybody's deal and has no privileges.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tregua.agreement.lint_deal import Summary, lint, summary
from tregua.agreement.read import Reading, read_deal
from tregua.agreement.reading.suggest import did_you_mean
from tregua.agreement.shelf.catalogue import Use, clause_types
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from tregua.agreement.block import DealText
    from tregua.terms.notes import Note

_FOLDER = Path(__file__).parents[1] / "library"
_ENDING = ".deal.md"
MARKS = {"V": "read whole", "P": "from a paraphrase", "M": "from memory", "X": "not held"}


@dataclass(frozen=True, slots=True)
class Shelved:
    """A deal of the library.

    Attributes:
        name: of its file, which is its id.
        reading: text, agreement and reading notes.
        notes: what the linter says, sorted by place.
        uses: clause types of the catalogue, by code.
    """

    name: str
    reading: Reading
    notes: tuple[Note, ...]
    uses: tuple[Use, ...]

    @property
    def text(self) -> DealText:
        """Return the text tree."""
        return self.reading.text

    @property
    def counted(self) -> Summary:
        """Return how many notes the linter gives, by severity."""
        return summary(self.notes)

    @property
    def marks(self) -> tuple[tuple[str, int], ...]:
        """Return each text mark with its number of paragraphs."""
        found = [p.mark for p in self.text.paragraphs]
        return tuple((mark, found.count(mark)) for mark in MARKS)

    @property
    def kinds(self) -> tuple[tuple[str, int], ...]:
        """Return each kind of block with its number, by name."""
        found = [b.kind for b in self.text.blocks]
        return tuple((kind, found.count(kind)) for kind in sorted(set(found)))

    def fact(self, key: str) -> str:
        """Return a key of the header as it is written; empty when absent or left open."""
        entry = next((e for e in self.text.header if e.key == key), None)
        shown = "" if entry is None else entry.raw.strip()
        return "" if shown.startswith("undefined") else shown


def names() -> tuple[str, ...]:
    """Return the names of the deals in the library, sorted."""
    return tuple(sorted(p.name.removesuffix(_ENDING) for p in _FOLDER.glob(f"*{_ENDING}")))


def take(name: str) -> Shelved:
    """Read and lint one deal of the library.

    Raises:
        WrongUse: when the library has no deal of that name.
    """
    known = names()
    if name not in known:
        help_ = did_you_mean(name, known, otherwise=f"it has: {', '.join(known)}")
        raise WrongUse(f"the library has no deal {name[:60]}", help=help_)
    reading = read_deal(_FOLDER / f"{name}{_ENDING}")
    return Shelved(name, reading, lint(reading), clause_types(reading.text))


def take_all() -> tuple[Shelved, ...]:
    """Read and lint every deal of the library, by name."""
    return tuple(take(name) for name in names())
