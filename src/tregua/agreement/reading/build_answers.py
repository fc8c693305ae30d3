"""Blocks into deciding and answering: powers, consequences, verifications, terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.model import Consequence, Power, Term, Verification

if TYPE_CHECKING:
    from tregua.agreement.reading.slots import Slots

VIOLATOR = ("violator",)


def power_of(slots: Slots) -> Power:
    """Return who may do what to the deal."""
    block = slots.block
    return Power(
        block.id,
        block.clause,
        block.title,
        holder=slots.actors("holder"),
        mode=slots.word("mode"),
        does=block.word("does"),
        sets=block.word("sets"),
        over=slots.plain("over"),
        when=slots.when("when"),
        at=slots.time("at"),
        within=slots.span("within"),
        if_silent=slots.word("if silent"),
    )


def consequence_of(slots: Slots) -> Consequence:
    """Return what the deal says follows."""
    block = slots.block
    over = slots.actors("over")
    return Consequence(
        block.id,
        block.clause,
        block.title,
        when=slots.when("when"),
        needs=slots.word_or("needs", "finding"),
        decided_by=slots.actors("decided by"),
        does=slots.acts("does"),
        over=VIOLATOR if over is None else over,
        within=slots.span("within"),
        undone_when=slots.when("undone when"),
        then=slots.plain("then"),
    )


def verification_of(slots: Slots) -> Verification:
    """Return who checks what, and how sure is sure."""
    block = slots.block
    return Verification(
        block.id,
        block.clause,
        of=slots.ids("of"),
        by=slots.actors("by"),
        coverage=slots.number("coverage"),
        violated_at=slots.number("violated at"),
        kept_at=slots.number("kept at"),
        settles_after=slots.span("settles after"),
    )


def term_of(slots: Slots) -> Term:
    """Return a word of the text and who may say that it applies."""
    block = slots.block
    return Term(
        block.id,
        block.clause,
        block.title,
        decided_by=slots.actors("decided by"),
        measured_as=slots.when("measured as"),
    )
