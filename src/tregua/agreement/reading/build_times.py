"""Blocks into what runs in time: phases, clocks, gates, and declarations with their own time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Clock, Declaration, Gate, Phase
from tregua.agreement.value import Amount, Items, ZoneName

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.reading.slots import Slots


def phase_of(slots: Slots) -> Phase:
    """Return the period that a block states."""
    block = slots.block
    return Phase(
        block.id,
        block.clause,
        block.title,
        starts=slots.time("starts"),
        lasts=slots.span("lasts"),
        ends=slots.time("ends"),
        extended_by=slots.plain("extended by"),
        suspended_by=slots.plain("suspended by"),
        on_expiry=slots.word("on expiry"),
        next=block.word("next"),
    )


def clock_of(slots: Slots, zone: str) -> Clock:
    """Return the counter that a block states; ``zone`` is the deal's, unless the block has one."""
    block = slots.block
    target = slots.span("target")
    return Clock(
        block.id,
        block.clause,
        block.title,
        counts=block.word("counts"),
        day=slots.word("day"),
        zone=_zone(block) or zone,
        starts=slots.time("starts"),
        bad_day=slots.when("bad day"),
        resets_on=slots.when("resets on"),
        pauses_on=slots.when("pauses on"),
        certified_by=slots.actors("certified by"),
        target=target if isinstance(target, Amount) else None,
        assumed=block.assumed(),
    )


def _zone(block: Block) -> str:
    value = block.get("time zone")
    only = value.items[0].only if isinstance(value, Items) else None
    return only.name if isinstance(only, ZoneName) else ""


def gate_of(slots: Slots) -> Gate:
    """Return the condition that lets something begin."""
    block = slots.block
    return Gate(
        block.id,
        block.clause,
        block.title,
        opens_when=slots.when("opens when"),
        decided_by=slots.actors("decided by"),
        mode=slots.word("mode"),
        latest=slots.time("latest"),
        if_not_decided=slots.word("if not decided"),
        leads_to=slots.ids("leads to"),
    )


def declaration_of(slots: Slots) -> Declaration:
    """Return a side's own statement beside the deal."""
    block = slots.block
    return Declaration(
        block.id,
        block.clause,
        block.title,
        by=slots.actors("by"),
        starts=slots.time("starts"),
        ends=slots.time("ends"),
        relation=slots.word("relation"),
        over=slots.plain("over"),
    )
