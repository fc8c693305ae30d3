"""Blocks into norms and exceptions.

One record, four shapes:

1. a prohibition is ``forbid``;
2. a permission with ``unhindered: yes`` is ``forbid`` too: its bearers are those of ``owed by``
   (whoever controls the place, when it says nothing), its acts the hindering ones;
3. a duty with ``must`` is ``achieve``, with ``must keep`` it is ``maintain``;
4. any other permission is ``allow``.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tregua.agreement.model import Act, ExceptionClause, Norm
from tregua.agreement.reading.slots import tolerance_of

if TYPE_CHECKING:
    from tregua.agreement.block import Block
    from tregua.agreement.model import Ids, Slot, Verification
    from tregua.agreement.reading.slots import Slots

HINDERING = (Act("obstruct-aid"), Act("obstruct-monitor"))
CONTROLLER = ("controller",)


def norm_of(slots: Slots, verifications: tuple[Verification, ...]) -> Norm:
    """Return the norm that a prohibition, duty or permission states."""
    block = slots.block
    standard = _standard(block, verifications)
    tolerance, per = tolerance_of(block)
    holders = slots.actors("on") if block.kind == "permission" else None
    return Norm(
        block.id,
        block.kind,
        _shape(block),
        block.clause,
        block.instrument,
        block.title,
        bearers=_bearers(slots),
        holders=holders if isinstance(holders, tuple) else (),
        acts=_acts(slots),
        against=slots.actors("against"),
        during=slots.ids("during"),
        where=slots.ids("where"),
        exceptions=slots.plain("except"),
        tolerance=tolerance,
        check=slots.word_or("check", "machine"),
        trigger=slots.when("if" if block.kind == "permission" else "when"),
        within=slots.span("within"),
        deadline=slots.time("deadline"),
        after=slots.plain("after"),
        together_with=slots.plain("together with"),
        verified_by=slots.actors("verified by"),
        coverage=standard.coverage if standard else None,
        violated_at=standard.violated_at if standard else None,
        kept_at=standard.kept_at if standard else None,
        consequences=slots.ids("on violation"),
        still_owed=slots.word_or("still owed", "yes") == "yes",
        mirror_of=block.word("mirror of"),
        assumed=block.assumed(),
        undefined_words=slots.texts("words not defined"),
        tolerance_per=per,
    )


def _is_unhindered(block: Block) -> bool:
    return block.kind == "permission" and block.word("unhindered") == "yes"


def _shape(block: Block) -> str:
    if block.kind == "prohibition" or _is_unhindered(block):
        return "forbid"
    if block.kind == "permission":
        return "allow"
    return "achieve" if block.get("must") is not None else "maintain"


def _bearers(slots: Slots) -> Slot[Ids]:
    if slots.block.kind != "permission":
        return slots.actors("on")
    owed_by = slots.actors("owed by")
    return CONTROLLER if owed_by is None and _is_unhindered(slots.block) else owed_by


def _acts(slots: Slots) -> tuple[Act, ...]:
    block = slots.block
    if block.kind == "prohibition":
        return slots.acts("must not")
    if block.kind == "duty":
        return slots.acts("must") or slots.acts("must keep")
    if _is_unhindered(block):
        return slots.acts("hindering is") or HINDERING
    return slots.acts("may")


def _standard(block: Block, verifications: tuple[Verification, ...]) -> Verification | None:
    """Find the verification that a norm is judged by, the most special one first."""
    named = (*block.words("standard"), *block.words("verified by"))
    for name in named:
        if found := next((v for v in verifications if v.id == name), None):
            return found
    for wanted in (block.id, "any"):
        for verification in verifications:
            if isinstance(verification.of, tuple) and wanted in verification.of:
                return verification
    return None


def exception_of(slots: Slots) -> ExceptionClause:
    """Return the exception that a block states."""
    block = slots.block
    priority = slots.number("priority")
    return ExceptionClause(
        block.id,
        block.clause,
        block.title,
        when=slots.when("when"),
        result=slots.word_or("result", "justified"),
        burden=slots.word("burden"),
        decided_by=slots.actors("decided by"),
        only_in=slots.ids("only in"),
        priority=int(priority) if isinstance(priority, Decimal) else 0,
        assumed=block.assumed(),
    )
