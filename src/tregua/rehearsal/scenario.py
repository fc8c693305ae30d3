"""A `scenario` block of a deal as records: moments that powers set, watches, incidents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tregua.agreement.reading.expressions import time_of
from tregua.agreement.value import Call, Item, Items, Number, Op, Word
from tregua.assessment.moments import moments_in, resolve
from tregua.errors import WrongUse
from tregua.rehearsal.fixing import fixing_of
from tregua.reports.model import Observation, Origin, Says, Statement, Watch
from tregua.terms.place import Place
from tregua.terms.time import LATEST_YEAR, Precision, When

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tregua.agreement.block import Block, Entry
    from tregua.agreement.model import Agreement
    from tregua.reports.model import Record
    from tregua.terms.notes import Spot

SOURCE = "scenario"
AFTER_ALL = datetime(LATEST_YEAR, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Question:
    """One expected line; ``at`` is its own moment, UTC, where it names one."""

    line: str
    spot: Spot
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Scenario:
    """An example with its expected result.

    Attributes:
        records: what is given, as records.
        at: the moment of the question, UTC.
        expected: what is asked, in the order written.
    """

    id: str
    title: str
    spot: Spot
    records: tuple[Record, ...]
    at: datetime
    expected: tuple[Question, ...]


def scenario_of(block: Block, agreement: Agreement) -> Scenario:
    """Read a scenario block.

    Raises:
        WrongUse: when a moment cannot be resolved, or is set by no power of the deal.
    """
    reader = _Reader(block, agreement)
    acts = tuple(reader.given())
    last = max((a.when.end for a in acts), default=None)
    asked = block.get("known at")
    at = reader.moment(asked.items[0]).start if isinstance(asked, Items) else last
    if at is None:
        at = max((s.when.end for s in reader.declared), default=None)
    if at is None and any(e.raw.strip().startswith("NOTE ") for e in block.every("expect")):
        at = AFTER_ALL  # what the linter says does not depend on a moment
    if at is None:
        raise WrongUse(f"scenario {block.id} gives no moment", help="write known at: D + 2 days")
    expected = tuple(reader.question(e) for e in block.every("expect"))
    records = (*reader.declared, *reader.covered(), *acts)
    return Scenario(block.id, block.title, block.spot, records, at, expected)


class _Reader:
    """One scenario block; resolves its moments from those that it sets."""

    def __init__(self, block: Block, agreement: Agreement) -> None:
        self._block = block
        self._agreement = agreement
        self.declared = tuple(self._sets())
        # Every moment of the deal is wanted, so the question is asked from after all of them.
        self._moments = moments_in(agreement, self.declared, at=AFTER_ALL)

    def moment(self, item: Item) -> When:
        expression = time_of(item)
        when = expression and resolve(expression, self._agreement, self._moments)
        if not when:
            raise self._unresolved()
        return when

    def question(self, entry: Entry) -> Question:
        """Read ``PHASE in-force at TIME``: the time belongs to the question, not to the answer."""
        line, _, _ = entry.raw.strip().partition(" at ")
        atoms = entry.value.items[0].atoms if isinstance(entry.value, Items) else ()
        cut = next((i for i, a in enumerate(atoms) if a == Word("at")), None)
        at = None if cut is None else self.moment(Item(atoms[cut + 1 :])).start
        return Question(line, entry.spot, at)

    def _unresolved(self) -> WrongUse:
        return WrongUse(
            f"a moment of scenario {self._block.id} cannot be resolved",
            help="set it first: set: D = 2030-09-12T19:00 UTC",
        )

    def _sets(self) -> Iterator[Statement]:
        made: tuple[Statement, ...] = ()
        for entry in self._block.every("set"):
            items = entry.value.items if isinstance(entry.value, Items) else ()
            for item in items:
                match item.atoms:
                    case (Word() | Call() as name, Op("="), *rest):
                        made = (*made, self._set(name, Item(tuple(rest)), made))
                        yield made[-1]
                    case _:
                        raise self._unresolved()

    def _set(self, name: Word | Call, value: Item, made: tuple[Statement, ...]) -> Statement:
        moments = moments_in(self._agreement, made, at=AFTER_ALL)
        expression = time_of(value)
        when = expression and resolve(expression, self._agreement, moments)
        if not when:
            raise self._unresolved()
        fixing = fixing_of(name, self._agreement, self._block.id)
        origin = _origin(f"{self._block.id}-set-{len(made)}", when)
        return Statement(origin, when, fixing.says, fixing.by, about=fixing.about, at=when)

    def covered(self) -> Iterator[Watch]:
        value = self._block.get("covered")
        items = value.items if isinstance(value, Items) else ()
        places: list[str] = []
        for number, item in enumerate(items):
            cut = next((i for i, a in enumerate(item.atoms) if a == Op("..")), None)
            if cut is None:
                places.append(item.word)
                continue
            start = self.moment(Item(item.atoms[:cut])).start
            end = self.moment(Item(item.atoms[cut + 1 :])).start
            when = When(start, end, Precision.PERIOD, self._agreement.zone)
            for place in places or ["everywhere"]:
                origin = _origin(f"{self._block.id}-watch-{number}-{place}", when)
                yield Watch(origin, when, Place(name=place), "given")
            places = []

    def given(self) -> Iterator[Observation | Statement]:
        for number, entry in enumerate(self._block.every("given")):
            items = entry.value.items if isinstance(entry.value, Items) else ()
            when = self.moment(Item(items[0].atoms[1:]))
            key = f"{self._block.id}-{number}"
            if items[1].word == "declared":
                yield self._declaration(items, when, key)
            else:
                yield _act(items, when, key)

    def _declaration(self, items: tuple[Item, ...], when: When, key: str) -> Statement:
        by = _named(items, "by") or tuple(a.name for a in items[1].atoms[2:] if isinstance(a, Word))
        about = next((i.word for i in items[2:] if len(i.atoms) == 1), "")
        power = next((p for p in self._agreement.powers if p.id == about), None)
        says = _SAYS.get(power.does if power is not None else "", Says.DECLARES)
        return Statement(_origin(key, when), when, says, by, about=about, at=when)


_SAYS = {
    "set": Says.SETS,
    "start": Says.STARTS,
    "extend": Says.EXTENDS,
    "suspend": Says.SUSPENDS,
    "resume": Says.RESUMES,
    "end": Says.ENDS,
    "terminate": Says.ENDS,
    "certify": Says.CERTIFIES,
}


def _act(items: tuple[Item, ...], when: When, key: str) -> Observation:
    sure = next((_probability(i) for i in items if i.word == "p"), 1.0)
    return Observation(
        _origin(key, when),
        when,
        items[1].word,
        Place(name=next(iter(_named(items, "in")), "")),
        by=_named(items, "by"),
        against=_named(items, "against"),
        certain=sure >= 1.0,
    )


def _named(items: tuple[Item, ...], role: str) -> tuple[str, ...]:
    return tuple(
        a.name for i in items if i.word == role for a in i.atoms[1:] if isinstance(a, Word)
    )


def _probability(item: Item) -> float:
    return next((float(a.value) for a in item.atoms if isinstance(a, Number)), 1.0)


def _origin(key: str, when: When) -> Origin:
    return Origin(key, SOURCE, "the scenario", when.start)
