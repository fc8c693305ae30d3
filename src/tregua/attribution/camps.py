"""For which side a reporter speaks, and which office stands behind it.

Camps are data: `Naming` records that people enter, date and contest (07, 3.7). Rules:

1. Namings of the reporter that hold when the record became known give office and camps. Camps that
   several namings give count together, so a contested label makes nobody more independent.
2. A reporter that the deal itself names (party, guarantor, excluded group) speaks for itself.
3. A guarantor is in the camp of whom it is guarantor; the camp of a side is itself.
4. A reporter of whom nothing is said has no camp, but is not known to be independent either.
5. Several reporters written into one field, with ``;`` between them, are several offices; the same
   office twice is one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tregua.attribution.names import fold, holds_in, parts_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.model import Agreement
    from tregua.reports.model import Naming

# Those whose own word is the word of a camp; a body or an actor of the deal may be neutral.
_SIDES = frozenset({"party", "guarantor", "excluded", "group"})
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """One office and where it stands.

    Attributes:
        office: the publishing office, or the reporter as written when no naming gives one.
        speaks_for: ids as the namings give them, sorted.
        camps: the same with the sides behind guarantors, sorted; empty = no camp.
        known: whether anybody said for whom it speaks (rule 4).
    """

    office: str
    speaks_for: tuple[str, ...]
    camps: tuple[str, ...]
    known: bool


class Camps:
    """Everything that is known about reporters."""

    def __init__(self, namings: Iterable[Naming], agreement: Agreement) -> None:
        self._namings: dict[str, list[Naming]] = defaultdict(list)
        for naming in namings:
            if naming.speaks_for or naming.office or not naming.stands_for:
                self._namings[fold(naming.name)].append(naming)
        self._own: dict[str, set[str]] = defaultdict(set)
        self._behind: dict[str, tuple[str, ...]] = {}
        for who in agreement.who:
            if who.kind in _SIDES:
                for name in (who.id, *(title for _, title in who.names), *who.aliases):
                    self._own[fold(name)].add(who.id)
            if who.kind in {"guarantor", "group"}:
                self._behind[who.id] = parts_of(who)

    def camp_of(self, side: str) -> frozenset[str]:
        """Return the camp of a side: itself, and for a guarantor or group those it belongs to."""
        return frozenset({side, *self._behind.get(side, ())})

    def of(self, reporter: str, at: datetime) -> tuple[Standing, ...]:
        """Return the offices behind a reporter at an instant, sorted by office."""
        whole = self._standing(reporter, at)
        names = [n.strip() for n in reporter.split(";") if n.strip()]
        if whole.known or not names:
            return (whole,)
        offices = {s.office: s for s in (self._standing(n, at) for n in names)}
        return tuple(offices[o] for o in sorted(offices))

    def _standing(self, reporter: str, at: datetime) -> Standing:
        key = fold(reporter)
        namings = [n for n in self._namings.get(key, ()) if holds_in(n, at, at + _INSTANT)]
        own = self._own.get(key, set())
        speaks_for = own | {side for n in namings for side in n.speaks_for}
        # Two offices for one reporter: the first by name, always the same one.
        office = min((n.office for n in namings if n.office), default=reporter)
        return Standing(
            office=office,
            speaks_for=tuple(sorted(speaks_for)),
            camps=tuple(sorted({c for side in speaks_for for c in self.camp_of(side)})),
            known=bool(namings or own),
        )
