"""The incident table: one row per incident, in columns of numbers, for the masks and operators.

1. Rows stand by (earliest instant, id of the incident), so their order does not depend on arrival.
2. Times are microseconds UTC: the first and the last instant that the time may mean.
3. What is uncertain is not thinned out to one value. A column of kinds, of actors or of targets
   holds the number of a set of values in a dictionary, as the column of zones holds the number of
   a set of zones. Incidents share a number when their hypotheses name the same, as must or as may.
4. Who said what, shares, amounts and words stay with the incident, which the row number finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from tregua.assessment.columns import flags, ints
from tregua.assessment.evidence import edges
from tregua.attribution.model import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tregua.assessment.columns import Flags, Ints
    from tregua.attribution.model import Attributed, Hypothesis
    from tregua.terms.place import Place

Words: TypeAlias = "tuple[str, ...]"
Hypotheses: TypeAlias = "tuple[Hypothesis, ...]"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, eq=False)
class IncidentTable:
    """Incidents as columns; a row number is a place in what it was made from.

    Attributes:
        t_lo, t_hi: first and last instant at which it may have been.
        must: whether it certainly happened.
        kind, actor, target, place: numbers in the dictionaries.
        kinds: sets of kinds of act; never empty, ``""`` stands for one that nobody stated.
        actors, targets: hypotheses, of the first incident that has them so; their shares are its.
        places: as the reports give them.
    """

    t_lo: Ints
    t_hi: Ints
    must: Flags
    kind: Ints
    actor: Ints
    target: Ints
    place: Ints
    kinds: tuple[Words, ...]
    actors: tuple[Hypotheses, ...]
    targets: tuple[Hypotheses, ...]
    places: tuple[Place, ...]

    def __len__(self) -> int:
        return len(self.t_lo)


def table_of(items: Sequence[Attributed]) -> IncidentTable:
    """Lay incidents out as columns.

    Args:
        items: by (start, id).
    """
    times = [edges(i.incident.when) for i in items]
    kinds: dict[Words, int] = {}
    places: dict[Place, int] = {}
    actor, actors = _coded(i.actors for i in items)
    target, targets = _coded(i.targets for i in items)
    return IncidentTable(
        t_lo=ints([microseconds(first) for first, _ in times]),
        t_hi=ints([microseconds(last) for _, last in times]),
        must=flags([i.happened_must for i in items]),
        kind=ints([kinds.setdefault(i.incident.kinds or ("",), len(kinds)) for i in items]),
        actor=actor,
        target=target,
        place=ints([places.setdefault(i.incident.place, len(places)) for i in items]),
        kinds=tuple(kinds),
        actors=actors,
        targets=targets,
        places=tuple(places),
    )


def microseconds(at: datetime) -> int:
    """Return an instant as whole microseconds UTC."""
    return (at - EPOCH) // MICROSECOND


def possible(hypotheses: Hypotheses) -> Words:
    """Return who it may be; somebody unknown when nobody may."""
    return tuple(h.who for h in hypotheses if h.may) or (UNKNOWN,)


def _coded(column: Iterable[Hypotheses]) -> tuple[Ints, tuple[Hypotheses, ...]]:
    numbers: dict[tuple[tuple[str, bool, bool], ...], int] = {}
    first: list[Hypotheses] = []
    codes = []
    for hypotheses in column:
        alike = tuple((h.who, h.must, h.may) for h in hypotheses)
        if alike not in numbers:
            numbers[alike] = len(first)
            first.append(hypotheses)
        codes.append(numbers[alike])
    return ints(codes), tuple(first)
