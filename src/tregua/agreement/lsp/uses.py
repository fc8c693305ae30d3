"""Where every name of a deal is declared and used, each at its exact place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.clauses import KINDS
from tregua.agreement.lsp.known import known_in
from tregua.agreement.lsp.walk import Role, Thing, Walk
from tregua.agreement.reading.header import HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import DealText, Entry
    from tregua.agreement.clause import ClauseKind
    from tregua.terms.notes import Spot

_KINDS = {kind.kind: kind for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Use:
    """A name at one place of the file; ``declares`` says that it is declared there."""

    thing: Thing
    spot: Spot
    declares: bool = False


def uses_in(deal: DealText) -> tuple[Use, ...]:
    """Return all uses of names in a deal, declarations included, in the order of the file."""
    walk = Walk(known_in(deal))
    uses = [Use(Thing(Role.BLOCK, h.id), h.spot) for h in deal.instruments]
    uses += [
        Use(Thing(Role.CLAUSE, c.label, c.instrument), c.spot, declares=True)
        for c in deal.clauses
        if c.label
    ]
    uses += [Use(Thing(Role.BLOCK, b.id), b.spot, declares=True) for b in deal.blocks if b.id]
    for kind, entry, here in _entries(deal):
        uses += [Use(t, entry.place(cut), d) for t, cut, d in walk.entry(kind, entry, here)]
    return tuple(sorted(uses, key=lambda u: (u.spot.line, u.spot.column)))


def _entries(deal: DealText) -> Iterator[tuple[ClauseKind, Entry, str]]:
    """Yield every entry with its kind and the instrument in which it stands."""
    for entry in deal.header:
        yield HEADER, entry, ""
    for block in deal.blocks:
        if kind := _KINDS.get(block.kind):
            for entry in block.entries:
                yield kind, entry, block.instrument
