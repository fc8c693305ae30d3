"""Everything that one run of the room looks at, with the indexes that make it quick.

Not a model and not passed through a door: built by ``assess`` from its arguments, thrown away
after it. The caches hold pure results only, so that they never change an answer.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from tregua.agreement.acts import covers, may_be
from tregua.assessment.names import names_of, parts_of
from tregua.assessment.operator import Form
from tregua.terms.time import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from datetime import datetime

    from tregua.agreement.model import Act, Agreement, Ground
    from tregua.assessment.spans import Moments
    from tregua.attribution.model import Attributed
    from tregua.reports.model import Statement, Watch
    from tregua.terms.time import When

SIDES = ("party", "guarantor", "group", "excluded")  # who stands on a side; all others do not
_T = TypeVar("_T")
_INSTANT = timedelta(microseconds=1)


class Evidence:
    """The agreement, what is known, the moment asked about (``at``, UTC), and how it is asked.

    ``form`` is the one in which operators are asked, ``seed`` that of draws.
    """

    def __init__(
        self,
        agreement: Agreement,
        attributed: tuple[Attributed, ...],
        watches: tuple[Watch, ...],
        statements: tuple[Statement, ...],
        moments: Moments,
        *,
        at: datetime,
        seed: bytes = b"",
        form: Form = Form.COLUMNAR,
    ) -> None:
        self.agreement = agreement
        self.seed = seed
        self.form = form
        self.moments = moments
        self.sides = frozenset(w.id for w in agreement.of_kind(*SIDES))
        self.at = at
        order = sorted(attributed, key=lambda a: (a.incident.when.start, a.incident.id))
        self.items = tuple(a for a in order if edges(a.incident.when)[0] <= at)
        self.watches = tuple(sorted(watches, key=lambda w: (w.when.start, w.origin.id)))
        made = (s for s in statements if s.when.start <= at)
        self.statements = tuple(sorted(made, key=lambda s: (s.when.start, s.origin.id)))
        self._by_kinds: dict[tuple[str, ...], list[Attributed]] = {}
        for item in self.items:
            self._by_kinds.setdefault(item.incident.kinds, []).append(item)
        self._kept: dict[Hashable, object] = {}

    def seen_at(self, moment: datetime) -> Evidence:
        """Return what there was at an earlier moment (UTC), as it is known now."""
        return Evidence(
            self.agreement,
            self.items,
            self.watches,
            self.statements,
            self.moments,
            at=moment,
            seed=self.seed,
            form=self.form,
        )

    def cached(self, key: Hashable, find: Callable[[], _T]) -> _T:
        """Return the pure result of ``find``, found once for each key."""
        if key not in self._kept:
            self._kept[key] = find()
        return self._kept[key]  # type: ignore[return-value]

    def covers(self, act: str, kind: str) -> bool:
        """Say whether a norm on ``act`` covers what was reported as ``kind``."""
        extra = self.agreement.act_parents
        return self.cached(("covers", act, kind), lambda: covers(act, kind, extra))

    def may_be(self, act: str, kind: str) -> bool:
        """Say whether what was reported as ``kind`` may turn out to be such an act."""
        extra = self.agreement.act_parents
        return not kind or self.cached(("may", act, kind), lambda: may_be(act, kind, extra))

    def parts_of_all(self, roots: tuple[str, ...]) -> dict[str, bool]:
        """Return all that are, or are part of, one of the roots; certain if for one of them."""
        return self.cached(("roots", roots), lambda: self._parts_of_all(roots))

    def that_may_be(self, acts: tuple[Act, ...]) -> tuple[Attributed, ...]:
        """Return the incidents that may be one of the acts, by time; no other one ever matters."""
        kinds = tuple(a.kind for a in acts)
        return self.cached(("acts", kinds), lambda: self._matching(kinds))

    def row_of(self, item: Attributed) -> int:
        """Return the place of an incident in ``items``."""
        return self.cached(("rows",), self._rows)[item.incident.id]

    def told(self, incident: str) -> Attributed | None:
        """Return the incident of that id, if there is one."""
        row = self.cached(("rows",), self._rows).get(incident)
        return None if row is None else self.items[row]

    def ground_meant(self, name: str) -> Ground | None:
        """Return the ground of that id, title or alias, the first in the order of the deal."""
        return self.cached(("grounds",), self._grounds).get(name) if name else None

    def incidents_of(self, records: frozenset[str]) -> tuple[str, ...]:
        """Return the ids of the incidents of which some report is among the records, sorted."""
        owners = self.cached(("owners",), self._owners)
        return tuple(sorted({owners[r] for r in records if r in owners}))

    def _parts_of_all(self, roots: tuple[str, ...]) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for root in roots:
            for who, sure in parts_of(root, self.agreement).items():
                found[who] = found.get(who, False) or sure
        return found

    def _rows(self) -> dict[str, int]:
        return {item.incident.id: row for row, item in enumerate(self.items)}

    def _grounds(self) -> dict[str, Ground]:
        grounds = reversed(self.agreement.grounds)
        return {name: ground for ground in grounds for name in names_of(ground)}

    def _owners(self) -> dict[str, str]:
        return {o.origin.id: i.incident.id for i in self.items for o in i.incident.observations}

    def _matching(self, acts: tuple[str, ...]) -> tuple[Attributed, ...]:
        found = [
            item
            for kinds, items in self._by_kinds.items()
            if any(self.may_be(a, k) for a in acts for k in (kinds or ("",)))
            for item in items
        ]
        return tuple(sorted(found, key=lambda a: (a.incident.when.start, a.incident.id)))


def edges(when: When) -> tuple[datetime, datetime]:
    """Return the first and the last instant that a time may mean.

    A time given to the minute or the second is compared as that instant, so that "within 60
    minutes" of 10:00 includes 11:00 (deadlines are closed intervals).
    """
    if when.precision in (Precision.SECOND, Precision.MINUTE):
        exact = when.end - when.start <= timedelta(minutes=1)
        return (when.start, when.start) if exact else (when.start, when.end - _INSTANT)
    return when.start, when.end - _INSTANT
