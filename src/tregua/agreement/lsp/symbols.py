"""The outline of a deal: instruments, in them clauses, in these the blocks that encode them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from tregua.agreement.block import Block, ClauseHead
from tregua.agreement.lsp.position import Place, Stretch, stretch_of

if TYPE_CHECKING:
    from tregua.agreement.block import InstrumentHead
    from tregua.agreement.lsp.document import Document


class Level(StrEnum):
    """What an element of the outline is."""

    INSTRUMENT = "instrument"
    CLAUSE = "clause"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class Symbol:
    """An element of the outline.

    Attributes:
        level: instrument, clause or block.
        name: as it is written: id, label, or kind and id.
        title: may be empty.
        at: its id or label.
        last: the last line that belongs to it, from 0.
        parts: what it holds, in the order of the file.
    """

    level: Level
    name: str
    title: str
    at: Stretch
    last: int
    parts: tuple[Symbol, ...] = ()

    def whole(self, document: Document) -> Stretch:
        """Return the stretch from its first line to the last one of what it holds."""
        end = Place(self.last, max(len(document.row(self.last)), self.at.end.column))
        return Stretch(Place(self.at.start.line, 0), end)


def outline(document: Document) -> tuple[Symbol, ...]:
    """Return the elements that stand in no other, in the order of the file."""
    deal = document.deal
    heads: list[InstrumentHead | ClauseHead | Block]
    heads = [*deal.instruments, *deal.clauses, *deal.blocks]
    tree = _Tree()
    for head in sorted(heads, key=lambda h: (h.spot.line, h.spot.column)):
        tree.take(head)
    return tuple(_made(draft) for draft in tree.top)


@dataclass(slots=True)
class _Draft:
    """An element while its parts are still being hung under it."""

    own: Symbol
    parts: list[_Draft] = field(default_factory=list)


class _Tree:
    """Hangs each element under the last instrument or clause of the name that it says."""

    def __init__(self) -> None:
        self.top: list[_Draft] = []
        self.instruments: dict[str, _Draft] = {}
        self.clauses: dict[tuple[str, str], _Draft] = {}

    def take(self, head: InstrumentHead | ClauseHead | Block) -> None:
        symbol = _Draft(_symbol(head))
        if isinstance(head, Block):
            self._parts_of(head.instrument, head.clause).append(symbol)
        elif isinstance(head, ClauseHead):
            self._parts_of(head.instrument, head.parent).append(symbol)
            self.clauses[head.instrument, head.label] = symbol
        else:
            self.instruments[head.id] = symbol
            self.top.append(symbol)

    def _parts_of(self, instrument: str, clause: str) -> list[_Draft]:
        above = self.clauses.get((instrument, clause)) if clause else None
        above = above or self.instruments.get(instrument)
        return above.parts if above else self.top


def _symbol(head: InstrumentHead | ClauseHead | Block) -> Symbol:
    at = stretch_of(head.spot)
    if isinstance(head, Block):
        lines = [p.line for e in head.entries for p in e.pieces]
        last = max([head.spot.line, *lines]) - 1
        return Symbol(Level.BLOCK, f"{head.kind} {head.id}".rstrip(), head.title, at, last)
    if isinstance(head, ClauseHead):
        return Symbol(Level.CLAUSE, f"§ {head.label}".rstrip(), head.title, at, at.end.line)
    return Symbol(Level.INSTRUMENT, head.id, head.title, at, at.end.line)


def _made(draft: _Draft) -> Symbol:
    """Return an element with its parts, as long as what it holds."""
    parts = tuple(_made(part) for part in draft.parts)
    return replace(draft.own, parts=parts, last=max([draft.own.last, *(p.last for p in parts)]))
