"""Names in reports, resolved to hypotheses: ids of the deal, or plain ids that namings give.

Rules:

1. An id of the deal, written exactly, is that one. So are ``unknown`` and ``third-party``.
2. A title (any language) or alias of the deal is compared whole, after folding case and space.
3. A `Naming` that is valid at the time gives whom its name stands for. All readings of a name that
   hold at one time count together: several namings widen a name, none narrows it.
4. A group that certainly belongs to one side stands for that side. If its membership is uncertain,
   or it may belong to several, each of them is an alternative, and so is the group by itself.
5. A name for which all this finds nobody becomes ``unknown``, and is kept beside the incident in
   `Attributed.unresolved`, so that a person can see it and record a naming.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tregua.attribution.model import THIRD_PARTY, UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tregua.agreement.model import Agreement, Who
    from tregua.reports.model import Naming
    from tregua.terms.time import When

_SURE = 1


def fold(name: str) -> str:
    """Return a name without differences of case and of white space."""
    return " ".join(name.casefold().split())


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom names may stand for, and the names that stand for nobody known."""

    ids: frozenset[str]
    unresolved: tuple[str, ...]

    @property
    def names_nobody(self) -> bool:
        """Say whether nobody is named: no name at all, or only the word ``unknown`` itself."""
        return not self.unresolved and self.ids <= {UNKNOWN}


class Names:
    """Everything that is known about names: of the deal, and of the namings on record."""

    def __init__(self, namings: Iterable[Naming], agreement: Agreement) -> None:
        self._agreement = agreement
        self._whole = {w.id for w in agreement.who} | {UNKNOWN, THIRD_PARTY}
        self._written: dict[str, set[str]] = defaultdict(set)
        for who in agreement.who:
            for name in (*(title for _, title in who.names), *who.aliases):
                self._written[fold(name)].add(who.id)
        self._namings: dict[str, list[Naming]] = defaultdict(list)
        for naming in namings:
            if naming.stands_for:
                self._namings[fold(naming.name)].append(naming)

    def resolve(self, names: Iterable[str], when: When) -> Resolved:
        """Return whom the names may stand for at that time."""
        ids: set[str] = set()
        unresolved = []
        for name in names:
            found = self.stands_for(name, when)
            ids |= found or {UNKNOWN}
            if not found:
                unresolved.append(name)
        return Resolved(frozenset(ids), tuple(sorted(set(unresolved))))

    def stands_for(self, name: str, when: When) -> frozenset[str]:
        """Return whom one name may stand for; empty when it finds nobody."""
        whole = {name} & self._whole
        told = {
            stands_for
            for naming in self._namings.get(fold(name), ())
            if holds_in(naming, when.start, when.end)
            for stands_for in naming.stands_for
        }
        found = whole | self._written.get(fold(name), set()) | told
        return frozenset(i for one in found for i in self._sides(one, ()))

    def _sides(self, one: str, seen: tuple[str, ...]) -> frozenset[str]:
        who = self._agreement.anyone(one)
        sides = parts_of(who) if who is not None and who.kind == "group" else ()
        if who is None or not sides or one in seen:
            return frozenset({one})
        above = {i for side in sides for i in self._sides(side, (*seen, one))}
        certain = len(sides) == 1 and (who.certainty is None or who.certainty >= _SURE)
        return frozenset(above if certain else above | {one})


def parts_of(who: Who) -> tuple[str, ...]:
    """Return the sides somebody belongs to, or is guarantor of; empty when not said."""
    return who.of if isinstance(who.of, tuple) else ()


def holds_in(naming: Naming, start: datetime, end: datetime) -> bool:
    """Say whether a naming holds in some part of ``[start, end)``."""
    begun = naming.from_ is None or naming.from_ < end
    return begun and (naming.until is None or start < naming.until)
