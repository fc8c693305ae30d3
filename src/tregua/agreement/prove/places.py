"""Whether a place lies within others, by what the text says of zones; geometry is not looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tregua.agreement.model import Agreement


def inside(deal: Agreement, places: tuple[str, ...], wider: tuple[str, ...]) -> bool:
    """Say whether all of these places lie within the others; of no place it cannot be said."""
    return bool(places) and all(within(deal, p, wider) for p in places)


def within(deal: Agreement, place: str, wider: tuple[str, ...]) -> bool:
    """Say whether a place is one of the wider ones or lies in one, through any number of zones."""
    if place in wider or "everywhere" in wider:
        return True
    waiting, seen = [place], {place}
    while waiting:
        here = waiting.pop()
        ground = next((g for g in deal.grounds if g.id == here and g.kind == "zone"), None)
        outer = set() if ground is None else set(ground.inside)
        if outer & set(wider):
            return True
        waiting += sorted(outer - seen)
        seen |= outer
    return False
