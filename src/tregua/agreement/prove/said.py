"""Moments and conditions of a deal into formulas over events.

Where the text is silent the widest reading is taken. A condition about people or facts from outside
(a request, a word that is judged to apply, a notice) is an event that may happen at any moment.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from tregua.agreement.model import Compare, Named, Nothing, Shifted, Undefined
from tregua.agreement.prove.system import All, Either, Event, Leaf, Need, Not, later
from tregua.agreement.reading.expressions import DAYS, ELAPSED, condition_of, shown, time_of
from tregua.agreement.value import Amount, Call, Instant, Item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tregua.agreement.model import (
        Agreement,
        Condition,
        Norm,
        Phase,
        Power,
        Slot,
        TimeExpr,
    )
    from tregua.agreement.prove.system import Formula

T = TypeVar("T")

DAY = 1440  # minutes
MONTH = 30 * DAY
YEAR = 365 * DAY
GIVEN = All()  # holds from the first moment


def value_of(slot: Slot[T]) -> T | None:
    """Return a slot's value; ``None`` when it is absent, left open or said to be none."""
    return None if slot is None or isinstance(slot, Undefined | Nothing) else slot


def time_in(slot: Slot[TimeExpr]) -> TimeExpr | None:
    """Return a slot's moment; ``None`` when there is none."""
    return None if slot is None or isinstance(slot, Undefined | Nothing) else slot


def ids_of(slot: Slot[tuple[str, ...]]) -> tuple[str, ...]:
    """Return a slot's ids, empty when there is no value."""
    return value_of(slot) or ()


def minutes(amount: Amount) -> int:
    """Return a span in whole minutes; a month counts 30 days, a year 365.

    A span shorter than a minute counts one: it is not nothing.
    """
    if amount.unit in ELAPSED:
        length = amount.value * ELAPSED[amount.unit] / 60
    elif amount.unit in DAYS:
        length = amount.value * DAYS[amount.unit] * DAY
    else:
        length = amount.value * (YEAR if amount.unit == "years" else MONTH)
    return max(1, int(length)) if amount.value else 0


def can_end(phase: Phase, deal: Agreement) -> bool:
    """Say whether anything in the text ends a phase."""
    return has_own_end(phase) or bool(longer_by(phase, deal)) or bool(ended_by(phase, deal))


def has_own_end(phase: Phase) -> bool:
    """Say whether a phase ends at a moment of its own, and not on when it expires."""
    dated = value_of(phase.ends) is not None or isinstance(value_of(phase.lasts), Amount)
    return dated and value_of(phase.on_expiry) != "continues"


def longer_by(phase: Phase, deal: Agreement) -> tuple[Power, ...]:
    """Return the powers that extend a phase."""
    return tuple(
        p
        for p in deal.powers
        if p.does == "extend" and (phase.id in p.over or p.id in phase.extended_by)
    )


def ended_by(phase: Phase, deal: Agreement) -> tuple[Power, ...]:
    """Return the powers that end a phase."""
    return tuple(p for p in deal.powers if p.does in ("end", "terminate") and phase.id in p.over)


def moments_of(deal: Agreement) -> Iterator[TimeExpr]:
    """Yield every moment that decides when something of the system happens."""
    slots: list[Slot[TimeExpr]] = [t for p in deal.phases for t in (p.starts, p.ends)]
    slots += [g.latest for g in deal.gates] + [n.deadline for n in deal.norms]
    slots += [c.starts for c in deal.clocks] + [p.at for p in deal.powers]
    for slot in slots:
        moment = time_in(slot)
        if moment is not None:
            yield moment


def parts_of(moment: TimeExpr) -> Iterator[TimeExpr]:
    """Yield a moment and the moments within it."""
    yield moment
    if isinstance(moment, Shifted):
        yield from parts_of(moment.base)
    elif isinstance(moment, Call) and moment.name in ("first", "last"):
        for item in moment.plain():
            inner = time_of(item)
            if inner is not None:
                yield from parts_of(inner)


def first_date(deal: Agreement) -> datetime | None:
    """Return the earliest instant (UTC) that the text fixes, the header's ``effective`` too."""
    effective = time_in(deal.effective)
    moments = [*moments_of(deal), *([] if effective is None else [effective])]
    found = [p for m in moments for p in parts_of(m)]
    return min(
        (p.when.start for p in found if isinstance(p, Instant) and p.when is not None),
        default=None,
    )


def words(condition: Condition) -> str:
    """Return a condition as it is written."""
    if isinstance(condition, Compare):
        return f"{condition.clock} {condition.op} {condition.amount}"
    return shown(Item((condition,)))


@dataclass(frozen=True, slots=True)
class Said:
    """Turns what a deal says into formulas; collects the events from outside that it meets."""

    deal: Agreement
    outside: dict[str, Event] = field(default_factory=dict)  # in the order in which they are met

    def free(self, text: str, hands: tuple[str, ...] = ()) -> Leaf:
        """Return something from outside that may happen at any moment."""
        name = f"free:{text}"
        self.outside.setdefault(name, Event(name, hands))
        return Leaf(name)

    def date(self, minute: int) -> Leaf:
        """Return a moment of the calendar."""
        name = f"date:{minute}"
        self.outside.setdefault(name, Event(name, auto=True, at=minute))
        return Leaf(name)

    # --- moments

    def moment(self, moment: TimeExpr) -> Formula:
        """Return the formula that begins to hold at a moment."""
        match moment:
            case Instant(when=when) if when is not None:
                first = first_date(self.deal) or when.start
                return self.date(int((when.start - first).total_seconds() // 60))
            case Instant(text):
                return self.free(text)
            case Named(name):
                return Leaf(f"set:{name}")
            case Shifted(base, sign, amount) if sign > 0:
                return later(self.moment(base), minutes(amount))
            case Shifted(base):
                return self.free("a moment counted back from another")
        return self._called(moment)

    def _called(self, call: Call) -> Formula:
        plain = call.plain()
        if call.name in ("first", "last"):
            inner = (time_of(item) for item in plain)
            parts = tuple(self.moment(m) for m in inner if m is not None)
            return Either(parts) if call.name == "first" else All(parts)
        word = plain[0].word if plain else ""
        phase, norm = self.deal.phase(word), self.deal.norm(word)
        match call.name:
            case "start" if phase is not None:
                return Leaf(f"start:{word}")
            case "end" if phase is not None and can_end(phase, self.deal):
                return Leaf(f"end:{word}")
            case "done" if norm is not None and norm.shape == "achieve":
                return Leaf(f"done:{word}")
            case "opened" if any(g.id == word for g in self.deal.gates):
                return Leaf(f"open:{word}")
        return self.free(shown(Item((call,))))

    # --- conditions

    def needs(self, slot: Slot[tuple[Condition, ...]]) -> tuple[Need, ...]:
        """Return one need for each condition of a list."""
        return tuple(Need(words(c), self.condition(c)) for c in value_of(slot) or ())

    def condition(self, condition: Condition) -> Formula:
        """Return the formula of a condition."""
        if isinstance(condition, Compare):
            return self._compare(condition)
        plain = condition.plain()
        if condition.name in ("not", "any", "all"):
            inner = tuple(self._item(item) for item in plain)
            if condition.name == "not":
                return Not(inner[0]) if inner else GIVEN
            return Either(inner) if condition.name == "any" else All(inner)
        fact = self._fact(condition, plain[0].word if plain else "")
        return self._from_outside(condition) if fact is None else fact

    def _item(self, item: Item) -> Formula:
        inner = condition_of(item)
        return self.free(shown(item)) if inner is None else self.condition(inner)

    def _compare(self, compare: Compare) -> Formula:
        clock = next((c for c in self.deal.clocks if c.id == compare.clock), None)
        if clock is None:
            return self.free(words(compare))
        conditions = (*(value_of(clock.resets_on) or ()), *(value_of(clock.bad_day) or ()))
        spoils = (f"violation:{n.id}" for n in self.deal.norms if _names(conditions, n))
        reached = Leaf(f"clock:{clock.id}", minutes(compare.amount), "", tuple(spoils))
        return Not(reached) if compare.op in ("<", "<=") else reached

    def _fact(self, call: Call, word: str) -> Formula | None:
        norm, phase = self.deal.norm(word), self.deal.phase(word)
        match call.name:
            case "done" if norm is not None and norm.shape == "achieve":
                return Leaf(f"done:{word}")
            case "open" if any(g.id == word for g in self.deal.gates):
                return Leaf(f"open:{word}")
            case "in-force" if phase is not None:
                return self.running(phase)
            case "violation" | "finding" if norm is not None:
                return Leaf(f"{call.name}:{word}")
            case "kept" if norm is not None:
                return self._kept(norm, call.arg("for"))
        return None

    def _from_outside(self, call: Call) -> Formula:
        by = call.arg("by")
        return self.free(words(call), (by.word,) if by is not None and by.word else ())

    def _kept(self, norm: Norm, span: Item | None) -> Formula:
        amount = span.only if span is not None else None
        length = minutes(amount) if isinstance(amount, Amount) else 0
        return self.in_force(norm, length, (f"violation:{norm.id}",))

    def running(self, phase: Phase, length: int = 0, spoils: tuple[str, ...] = ()) -> Leaf:
        """Return that a phase has been running for so many minutes."""
        until = f"end:{phase.id}" if can_end(phase, self.deal) else ""
        return Leaf(f"start:{phase.id}", length, until, spoils)

    def in_force(self, norm: Norm, length: int = 0, spoils: tuple[str, ...] = ()) -> Formula:
        """Return that a norm has been in force for so long; one without phases always is."""
        phases = [p for i in ids_of(norm.during) if (p := self.deal.phase(i)) is not None]
        if phases:
            return Either(tuple(self.running(p, length, spoils) for p in phases))
        if not length and not spoils:
            return GIVEN
        return Leaf(self.date(0).event, length, "", spoils)


def _names(conditions: tuple[Condition, ...], norm: Norm) -> bool:
    """Say whether a violation of the norm is among the conditions."""
    return any(
        isinstance(c, Call)
        and c.name == "violation"
        and any(item.word == norm.id for item in c.plain())
        for c in conditions
    )
