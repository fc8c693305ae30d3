"""The names that a deal declares, by what they name: what completion offers and uses refer to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.agreement.acts import BUILT_IN as BUILT_IN_ACTS
from tregua.agreement.acts import TREE
from tregua.agreement.reading.build import added_acts
from tregua.agreement.value import Items

if TYPE_CHECKING:
    from tregua.agreement.block import Block, DealText


@dataclass(frozen=True, slots=True)
class Known:
    """What a deal declares.

    Attributes:
        blocks: id -> the first block of that id.
        moments: name -> the power that sets it.
        parents: act kind -> its parent in the tree, additions of the deal included.
        acts: every act kind, built in or added.
        classes: weapon class -> the table that has it.
    """

    blocks: dict[str, Block]
    moments: dict[str, Block]
    parents: dict[str, str]
    acts: frozenset[str]
    classes: dict[str, Block]

    def of_kinds(self, kinds: tuple[str, ...]) -> tuple[Block, ...]:
        """Return the blocks of these kinds, of any kind when none is given, sorted by id."""
        found = (b for b in self.blocks.values() if not kinds or b.kind in kinds)
        return tuple(sorted(found, key=lambda b: b.id))


def known_in(deal: DealText) -> Known:
    """Collect the names that the blocks of a deal declare; of two the first counts."""
    blocks: dict[str, Block] = {}
    moments: dict[str, Block] = {}
    classes: dict[str, Block] = {}
    for block in deal.blocks:
        if block.id:
            blocks.setdefault(block.id, block)
        for name in block.words("sets") if block.kind == "power" else ():
            moments.setdefault(name, block)
        for name in classes_of(block):
            classes.setdefault(name, block)
    added = added_acts(deal.blocks)
    parents = {child: parent for parent, children in TREE.items() for child in children}
    parents.update(dict(added))
    acts = BUILT_IN_ACTS | {act for act, _ in added}
    return Known(blocks, moments, parents, acts, classes)


def classes_of(block: Block) -> tuple[str, ...]:
    """Return the weapon classes of a table: the first word of each of its rows."""
    if block.kind != "weapons":
        return ()
    values = (e.value for e in block.every("row"))
    return tuple(v.items[0].word for v in values if isinstance(v, Items) and v.items[0].word)
