"""A time slot of the deal as the instants it may mean, as far as they are known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.value import Nothing, Undefined
from tregua.assessment.readings import is_certain, readings

if TYPE_CHECKING:
    from tregua.agreement.model import Slot, TimeExpr
    from tregua.status.basis import Basis
    from tregua.terms.time import When


def moments_of(slot: Slot[TimeExpr], basis: Basis) -> tuple[When, ...]:
    """Return every instant a slot may mean, earliest first; empty when open or not known yet."""
    if slot is None or isinstance(slot, Undefined | Nothing):
        return ()
    return readings(slot, basis.agreement, basis.moments)


def is_settled(slot: Slot[TimeExpr], basis: Basis) -> bool:
    """Say whether the instants of a slot stand in every reading of the statements."""
    if slot is None or isinstance(slot, Undefined | Nothing):
        return False
    return is_certain(slot, basis.moments)
