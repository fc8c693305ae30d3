"""The documents of a deal: when each begins and ends, which one prevails, which variant is read.

1. An instrument begins at ``in force``, else at its ``date``, when the text fixes one of them.
2. It ends at its ``ends``, or when an instrument that ``supersedes`` it begins, if that is earlier.
3. ``prevails over`` and ``supersedes`` rank two instruments, through others too.
4. Of several variants the base text is read, unless one of them is chosen. A chosen variant adds
   what it has to its base; what it says otherwise, it restates as a higher version of the block.
5. A unilateral declaration stands beside the deal: it ends and replaces nothing.

Moments that only the record knows (``D``, ``accepted(c)``) are handed in by their written names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tregua.agreement.questions import header_zone
from tregua.agreement.reading.build import in_force
from tregua.agreement.reading.calendar import Calendar, Moments
from tregua.agreement.reading.expressions import time_of
from tregua.agreement.reading.fault import ValueFault
from tregua.agreement.value import Items
from tregua.errors import WrongUse

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.block import DealText
    from tregua.agreement.value import Value

LONGEST_CHAIN = 40  # instruments that follow one another; a circle of them ends here


class Instruments:
    """Answers questions about the instruments of one deal.

    Raises:
        WrongUse: when ``variant`` names no instrument that stands beside another as its variant.
    """

    def __init__(self, deal: DealText, *, variant: str = "", known: Moments = ()) -> None:
        self.blocks = {b.id: b for b in in_force(deal.of_kind("instrument"))}
        self.known = dict(known)
        zone = header_zone(deal) or "UTC"
        phases = tuple(in_force(deal.of_kind("phase")))
        self.calendar = Calendar(phases, known=known, zone=zone)
        self.chosen = self._chosen(variant)

    # --- times

    def fixed(self, value: Value | None) -> datetime | None:
        """Return the instant (UTC) of a time value; ``None`` when nothing fixes it."""
        moment = time_of(value.items[0]) if isinstance(value, Items) else None
        if moment is None:
            return None
        try:
            return self.calendar.instant(moment)
        except ValueFault:  # noted where it is written (D014)
            return None

    def starts(self, name: str) -> datetime | None:
        """Return the first instant of an instrument; ``None`` when the text does not fix it."""
        block = self.blocks.get(name)
        if block is None:
            return None
        return self.fixed(block.get("in force")) or self.fixed(block.get("date"))

    def ends(self, name: str) -> datetime | None:
        """Return the first instant at which an instrument holds no more; ``None`` when open."""
        block = self.blocks.get(name)
        own = None if block is None else self.fixed(block.get("ends"))
        later = [self.starts(other) for other in self.superseded_by(name)]
        return min((at for at in (own, *later) if at is not None), default=None)

    def superseded_by(self, name: str) -> tuple[str, ...]:
        """Return the instruments that take the place of one; a declaration takes nobody's."""
        after = (b for b in self.blocks.values() if name in b.words("supersedes"))
        return tuple(b.id for b in after if not self.is_declaration(b.id))

    # --- rank

    def is_declaration(self, name: str) -> bool:
        """Say whether it is a unilateral declaration, which stands beside the deal."""
        block = self.blocks.get(name)
        return block is not None and block.word("is") == "declaration"

    def prevails(self, one: str, two: str) -> bool:
        """Say whether instrument ``one`` prevails over ``two``, directly or through others."""
        below: set[str] = set()
        fresh = {one}
        while fresh:
            words = (w for name in sorted(fresh) if name in self.blocks for w in self._under(name))
            fresh = set(words) - below
            below |= fresh
        return one != two and two in below

    def _under(self, name: str) -> tuple[str, ...]:
        block = self.blocks[name]
        return (*block.words("prevails over"), *block.words("supersedes"))

    # --- variants

    def _chosen(self, variant: str) -> tuple[str, ...]:
        """Return the chosen variant and what it varies, the variant first."""
        chain: list[str] = []
        name = variant
        while name and name not in chain and len(chain) < LONGEST_CHAIN:
            chain.append(name)
            block = self.blocks.get(name)
            name = "" if block is None else block.word("variant of")
        known = self.variants()
        if variant and variant not in known:
            listed = ", ".join(known) or "this deal has none"
            raise WrongUse(f"{variant} is no variant of a text", help=f"the variants: {listed}")
        return tuple(chain)

    def variants(self) -> tuple[str, ...]:
        """Return every instrument that may be chosen: variants and their bases, sorted by id."""
        pairs = [(b.id, b.word("variant of")) for b in self.blocks.values() if b.has("variant of")]
        return tuple(sorted({name for pair in pairs for name in pair}))

    def is_left_out(self, name: str) -> bool:
        """Say whether an instrument is a variant that is not read."""
        block = self.blocks.get(name)
        return block is not None and block.has("variant of") and name not in self.chosen
