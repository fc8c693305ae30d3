"""A deal as written into the deal as meant: `DealText` into `Agreement`.

Only blocks that could be read take part. Of several versions of one block the highest is used.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.clause import NORMS
from tregua.agreement.model import Agreement
from tregua.agreement.reading.build_answers import (
    consequence_of,
    power_of,
    term_of,
    verification_of,
)
from tregua.agreement.reading.build_norms import exception_of, norm_of
from tregua.agreement.reading.build_times import clock_of, declaration_of, gate_of, phase_of
from tregua.agreement.reading.build_who import ground_of, who_of
from tregua.agreement.reading.digest import model_digest
from tregua.agreement.reading.expressions import time_of
from tregua.agreement.reading.slots import Slots, number_of
from tregua.agreement.value import Items, Word, ZoneName

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tregua.agreement.block import Block, DealText
    from tregua.agreement.model import Slot, TimeExpr

PARENT_AND_ID = 2


def build(text: DealText) -> Agreement:
    """Build the typed model."""
    blocks = in_force(text.blocks)
    parties = tuple(sorted(b.id for b in blocks if b.kind == "party"))
    zone = stated_zone(text)
    slots = [Slots(block, parties) for block in blocks]
    links = tuple(b for b in blocks if b.kind == "link")
    verifications = tuple(verification_of(s) for s in _kind(slots, "verification"))
    grounds = (ground_of(s, text.shape(s.block)) for s in slots)
    return Agreement(
        id=text.head_word("deal"),
        title=text.head_word("title"),
        zone=zone or "UTC",
        zone_is_stated=bool(zone),
        effective=_effective(text),
        who=tuple(w for s in slots if (w := who_of(s, links)) is not None),
        grounds=tuple(g for g in grounds if g is not None),
        phases=tuple(phase_of(s) for s in _kind(slots, "phase")),
        clocks=tuple(clock_of(s, zone or "UTC") for s in _kind(slots, "clock")),
        gates=tuple(gate_of(s) for s in _kind(slots, "gate")),
        norms=tuple(norm_of(s, verifications) for s in _kind(slots, *NORMS)),
        exceptions=tuple(exception_of(s) for s in _kind(slots, "exception")),
        powers=tuple(power_of(s) for s in _kind(slots, "power")),
        consequences=tuple(consequence_of(s) for s in _kind(slots, "consequence")),
        verifications=verifications,
        declarations=tuple(declaration_of(s) for s in _kind(slots, "declaration")),
        terms=tuple(term_of(s) for s in _kind(slots, "term")),
        act_parents=tuple(added_acts(blocks)),
        model_digest=model_digest(text),
        text=text,
    )


def _kind(slots: list[Slots], *kinds: str) -> list[Slots]:
    return [s for s in slots if s.block.kind in kinds]


def in_force(blocks: Iterable[Block]) -> list[Block]:
    """Keep the highest version of each block, in file order; blocks without an id are left out."""
    highest: dict[str, Block] = {}
    for block in blocks:
        if not block.id:
            continue
        held = highest.get(block.id)
        if held is None or version_of(block) > version_of(held):
            highest[block.id] = block
    return list(highest.values())


def version_of(block: Block) -> Decimal:
    """Return a block's version; 1 when it names none."""
    value = block.get("version")
    number = number_of(value.items[0]) if isinstance(value, Items) else None
    return Decimal(1) if number is None else number


def stated_zone(text: DealText) -> str:
    """Return the header's time zone, empty when it names none."""
    value = text.head("time zone")
    only = value.items[0].only if isinstance(value, Items) else None
    return only.name if isinstance(only, ZoneName) else ""


def _effective(text: DealText) -> Slot[TimeExpr]:
    value = text.head("effective")
    return time_of(value.items[0]) if isinstance(value, Items) else value


def added_acts(blocks: Iterable[Block]) -> list[tuple[str, str]]:
    """Return (kind, parent) of every row of the deal's `acts` blocks, in order."""
    pairs: list[tuple[str, str]] = []
    for block in blocks:
        for entry in block.every("row") if block.kind == "acts" else ():
            items = entry.value.items if isinstance(entry.value, Items) else ()
            names = [i.only.name for i in items if isinstance(i.only, Word)]
            if len(names) == PARENT_AND_ID:
                pairs.append((names[0], names[1]))
    return pairs
