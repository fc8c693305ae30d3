"""Blocks into who the deal names, and where: from parties to rings."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.clause import PLACES, WHO
from tregua.agreement.model import Ground, Who

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.model import Ids, Slot
    from tregua.agreement.reading.slots import Slots

_OF = {"guarantor": "of", "group": "part of"}
_PLACED_IN = {"road": "through", "ring": "from"}


_CARRYING = ("controls", "answers-for")  # links through which responsibility flows (02, 3.2)


def who_of(slots: Slots, links: tuple[Block, ...]) -> Who | None:
    """Return the one whom a block names; ``None`` for blocks of other kinds.

    ``links`` are the links of the deal: whoever controls another answers for it.
    """
    block = slots.block
    if block.kind not in WHO:
        return None
    certainty = slots.number("certainty")
    if block.kind == "group" and certainty is None:
        certainty = Decimal(1)  # 02, 3.2: the default of `certainty`
    return Who(
        block.id,
        block.kind,
        block.clause,
        names_of(block),
        aliases=slots.texts("aliases"),
        of=_of(slots),
        answers_for=tuple(
            sorted({*_known(slots.actors("answers for")), *_linked(block.id, links)})
        ),
        may=slots.ids("may"),
        certainty=certainty if isinstance(certainty, Decimal) else None,
        members=slots.actors("members"),
    )


def ground_of(slots: Slots, shape: str) -> Ground | None:
    """Return the place that a block names, with its geometry; ``None`` for other kinds."""
    block = slots.block
    if block.kind not in PLACES:
        return None
    return Ground(
        block.id,
        block.kind,
        block.clause,
        names_of(block),
        aliases=slots.texts("aliases"),
        geometry=slots.text("geometry"),
        inside=slots.plain(_PLACED_IN.get(block.kind, "inside")),
        shape=shape,
    )


def names_of(block: Block) -> tuple[tuple[str, str], ...]:
    """Return a block's titles by language, English first."""
    pairs = [("en", block.title)]
    pairs += [(key, text) for key in ("ru", "ar") for text in block.texts(key)[:1]]
    return tuple((language, text) for language, text in pairs if text)


def _linked(who: str, links: tuple[Block, ...]) -> tuple[str, ...]:
    carrying = (b for b in links if b.word("is") in _CARRYING and b.word("from") == who)
    return tuple(b.word("to") for b in carrying)


def _of(slots: Slots) -> Slot[Ids]:
    key = _OF.get(slots.block.kind)
    return slots.actors(key) if key else None


def _known(slot: Slot[Ids]) -> Ids:
    return slot if isinstance(slot, tuple) else ()
