"""The catalogue of clause types: what past agreements have, and which of it a deal uses.

What a deal uses is decided from its blocks by the signs of ``catalogue.toml``, never from its name.
A type counts as expressible unless the catalogue says why nothing of it can be written; whether
that is true is shown by a deal of the library that uses it, or by the type's own example.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tregua.agreement.shelf.clause_signs import Sign, shows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tregua.agreement.block import DealText

_FILE = Path(__file__).with_name("catalogue.toml")
GROUPS = {
    "A": "Who",
    "B": "When",
    "C": "Where",
    "D": "What is forbidden",
    "E": "What is owed and allowed",
    "F": "Exceptions",
    "G": "Watching and deciding",
    "H": "Disputes",
    "I": "What follows",
    "J": "The text itself",
}


@dataclass(frozen=True, slots=True)
class ClauseType:
    """One type of clause.

    Attributes:
        code: of the catalogue, two digits.
        title: what such a clause says.
        written: how it is written, in words.
        signs: any of them shows that a deal uses it.
        limit: what of it cannot be written; empty when all of it can.
        cannot: why nothing of it can be written; empty when it can.
        unused: why no deal of the library has it; empty when that needs no reason.
        example: blocks that use it, for a type that no deal of the library has.
    """

    code: str
    title: str
    written: str
    signs: tuple[Sign, ...]
    limit: str = ""
    cannot: str = ""
    unused: str = ""
    example: str = ""

    @property
    def group(self) -> str:
        """Return the title of its group."""
        return GROUPS[self.code[0]]


@dataclass(frozen=True, slots=True)
class Use:
    """A clause type that a deal uses, and the ids of the blocks that show it, in their order."""

    code: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Covered:
    """A clause type and the deals that use it, in the order in which they were given."""

    type: ClauseType
    deals: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the language and a set of deals reach."""

    rows: tuple[Covered, ...]

    @property
    def expressible(self) -> tuple[Covered, ...]:
        """Return the types that can be written, in whole or in part."""
        return tuple(r for r in self.rows if not r.type.cannot)

    @property
    def used(self) -> tuple[Covered, ...]:
        """Return the types that some deal uses."""
        return tuple(r for r in self.rows if r.deals)

    @property
    def unused(self) -> tuple[Covered, ...]:
        """Return the types that no deal uses."""
        return tuple(r for r in self.rows if not r.deals)

    @property
    def limited(self) -> tuple[Covered, ...]:
        """Return the types of which a part cannot be written."""
        return tuple(r for r in self.rows if r.type.limit)

    def __str__(self) -> str:
        return (
            f"{len(self.rows)} clause types: {len(self.expressible)} can be written "
            f"({len(self.limited)} of them in part), {len(self.used)} are used by a deal of the "
            f"library, {len(self.unused)} {'is' if len(self.unused) == 1 else 'are'} not"
        )


def catalogue() -> tuple[ClauseType, ...]:
    """Return all clause types, in the order of their codes."""
    return _read(_FILE)


def clause_types(deal: DealText) -> tuple[Use, ...]:
    """Return the clause types that a deal uses, with the blocks that show each, by code."""
    uses = (
        Use(t.code, tuple(b.id for b in deal.blocks if any(shows(deal, b, s) for s in t.signs)))
        for t in catalogue()
    )
    return tuple(use for use in uses if use.blocks)


def coverage(deals: Iterable[tuple[str, DealText]]) -> Coverage:
    """Return for every clause type which of the deals, given by name and text, use it."""
    found = [(name, {use.code for use in clause_types(text)}) for name, text in deals]
    return Coverage(
        tuple(Covered(t, tuple(n for n, codes in found if t.code in codes)) for t in catalogue())
    )


@cache
def _read(path: Path) -> tuple[ClauseType, ...]:
    rows = tomllib.loads(path.read_text(encoding="utf-8"))["type"]
    return tuple(
        ClauseType(**{**row, "signs": tuple(_sign(sign) for sign in row["signs"])}) for row in rows
    )


def _sign(written: Mapping[str, list[str] | Mapping[str, list[str]]]) -> Sign:
    """Make a sign of what the file says; a condition that is not one of ours is a fault of ours."""
    conditions: dict[str, Any] = {
        name: tuple(value)
        if isinstance(value, list)
        else tuple((key, tuple(words)) for key, words in value.items())
        for name, value in written.items()
    }
    return Sign(**conditions)
