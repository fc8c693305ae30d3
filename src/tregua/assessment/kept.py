"""What one picture keeps for the next: every answer, with all the values that it rests on.

Nothing here knows what changed. An answer is taken over when all that it rests on is the same as
it was, and asked again when anything is not; so a late, a revised and a withdrawn report, and a
question about another moment, take this one path, and a picture made after another is the picture
made alone. Throwing everything away costs time and changes no byte.

What is the same keeps its object, so that most comparisons end at once.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from tregua.assessment.moves import unlike
from tregua.attribution.weigh import attribute
from tregua.incidents.matched import Matched
from tregua.reports.model import Naming

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from tregua.agreement.model import Agreement
    from tregua.attribution.model import Attributed
    from tregua.incidents.model import Incident
    from tregua.reports.model import Record

_T = TypeVar("_T")
_Inputs = tuple[Any, ...]


class Themselves:
    """Values that are equal to nothing but themselves: 1 is equal to 1.0 and is another text."""

    __slots__ = ("_values",)

    def __init__(self, values: Iterable[object]) -> None:
        """Hold the values, so that their places in memory are not given to others."""
        self._values = tuple(values)

    def __eq__(self, other: object) -> bool:
        """Say whether both hold the same objects in the same order."""
        if not isinstance(other, Themselves) or len(other._values) != len(self._values):
            return False
        return all(map(is_, self._values, other._values))

    __hash__ = None  # type: ignore[assignment]  # compared, and never the key of anything


class Kept:
    """Answers and values of the last picture, and of the one that is being made.

    ``asked`` lists what was asked again for the last one; everything else was taken over.
    ``matched`` is what matching keeps (``incidents/matched.py``).
    Whoever holds one makes one picture at a time with it.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self._before: dict[Hashable, Any] = {}
        self._now: dict[Hashable, Any] = {}
        self._records: tuple[Record, ...] = ()
        self._incidents: dict[str, Incident] = {}
        self.asked: list[tuple[Any, ...]] = []
        self.matched = Matched()

    def begin(self) -> None:
        """Begin another picture: what the last one did not use is forgotten."""
        self._before, self._now, self.asked = self._now, {}, []

    def same(self, key: Hashable, value: _T) -> _T:
        """Return the object of last time where it is equal, else the value."""
        old = self._before.get(("value", key))
        if old is not None and old is not value and old == value:
            value = old
        self._now["value", key] = value
        return value

    def alike(self, key: Hashable, answer: _T) -> _T:
        """Return the object of last time where it is equal to the last digit, else the answer."""
        old = self._before.get(("alike", key))
        if old is not None and is_alike(old, answer):
            answer = old
        self._now["alike", key] = answer
        return answer

    def recall(
        self, key: tuple[Any, ...], rests_on: Callable[[_T], _Inputs], find: Callable[[], _T]
    ) -> _T:
        """Return the answer of last time if what it rests on is the same now, else find it.

        Args:
            key: what is asked; two questions of one key are never confused, only asked again.
            rests_on: every value on which that answer depends, as it is now.
            find: asks the question.
        """
        old = self._before.get(("answer", key))
        if old is not None and old[0] == rests_on(old[1]):
            self._now["answer", key] = old
            return old[1]  # type: ignore[no-any-return]
        self.asked.append(key)
        found = find()
        if old is not None and is_alike(old[1], found):
            found = old[1]
        self._now["answer", key] = rests_on(found), found
        return found

    def records(self, records: tuple[Record, ...]) -> tuple[Record, ...]:
        """Return the records, each as the object of last time where it says the same."""
        gone, come = unlike(self._records, records)
        before = {
            id(new): old
            for key, new in come.items()
            if (old := gone.get(key)) is not None and is_alike(old, new)
        }
        self._records = tuple(before.get(id(r), r) for r in records) if before else records
        return self._records

    def incidents(self, incidents: Iterable[Incident]) -> tuple[Incident, ...]:
        """Return the incidents, each as the object of last time where it has the same records."""
        last = self._incidents
        self._incidents = {
            i.id: old if (old := last.get(i.id)) is not None and _of_the_same(old, i) else i
            for i in incidents
        }
        return tuple(self._incidents.values())

    def weighed(
        self, incidents: tuple[Incident, ...], records: tuple[Record, ...], agreement: Agreement
    ) -> tuple[Attributed, ...]:
        """Return who did it; only incidents that changed are weighed again, by the same names.

        Args:
            incidents: as ``incidents`` returned them.
            records: as ``records`` returned them.
            agreement: whose people are meant.
        """
        key = ("weighed", agreement.who)
        rests_on = (Themselves(r for r in records if isinstance(r, Naming)), agreement)
        old = self._before.get(key)
        held: dict[str, Attributed] = old[1] if old is not None and old[0] == rests_on else {}
        new = tuple(i for i in incidents if (h := held.get(i.id)) is None or h.incident is not i)
        found = {**held, **{a.incident.id: a for a in attribute(new, records, agreement)}}
        self.asked += [("weighed", i.id) for i in new]
        weighed = tuple(found[i.id] for i in incidents)
        self._now[key] = rests_on, {a.incident.id: a for a in weighed}
        return weighed


def is_alike(one: object, other: object) -> bool:
    """Say whether two values are equal and are written alike."""
    return one is other or (one == other and repr(one) == repr(other))


def _of_the_same(one: Incident, other: Incident) -> bool:
    """Say whether all that the incidents say follows from the same records and links."""
    return one is other or (
        Themselves(one.observations) == Themselves(other.observations)
        and Themselves(one.replies) == Themselves(other.replies)
        and one.links == other.links
    )
