"""Who speaks and who may: names in statements as ids of the deal, and who holds which right.

A name is taken for somebody of the deal only when it is that id, a title or an alias as written;
ids and names are compared whole, so a longer name never stands for a shorter one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.assessment.names import names_of
from tregua.status.wording import listed

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement, Ids, Slot, Who


def ids_of(agreement: Agreement, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids that the names stand for, sorted; a name that the deal does not know stays."""
    return tuple(sorted({_id_of(agreement, name) for name in names}))


def _id_of(agreement: Agreement, name: str) -> str:
    if agreement.anyone(name) is not None:
        return name
    return next((w.id for w in agreement.who if name in names_of(w)), name)


def ids_in(slot: Slot[Ids]) -> tuple[str, ...]:
    """Return the ids of a slot, none when it holds no value."""
    return slot if isinstance(slot, tuple) else ()


def who_may_determine(agreement: Agreement) -> tuple[str, ...]:
    """Return the ids of those to whom the deal gives the right to determine (02, 4.8), sorted.

    Where a body lets each alone determine, its chairs may, or its members where it names no chair.
    """
    bodies = [w for w in agreement.who if "determine" in ids_in(w.may)]
    alone = {i for body in bodies for i in _each_alone(body, agreement)}
    return tuple(sorted({w.id for w in bodies} | alone))


def _each_alone(body: Who, agreement: Agreement) -> Ids:
    block = agreement.text.block(body.id)
    if block is None or block.word("decides by") != "each-alone":
        return ()
    return block.words("chair") or ids_in(body.members)


def guarantors_of(agreement: Agreement, who: tuple[str, ...]) -> tuple[str, ...]:
    """Return the guarantors that the deal names for any of these, sorted by id."""
    found = agreement.of_kind("guarantor")
    return tuple(g.id for g in found if any(w in ids_in(g.of) for w in who))


def jointly(ids: tuple[str, ...], mode: object) -> str:
    """Write the deciders with their mode: ``ru and us, jointly``."""
    if len(ids) > 1 and mode == "joint":
        return f"{listed(ids)}, jointly"
    if len(ids) > 1 and mode in ("either", "alone"):
        return f"{listed(ids, 'or')}, alone"
    return listed(ids)
