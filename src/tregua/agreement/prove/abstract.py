"""An agreement into its transition system: phases, gates, clocks, duties and powers as events.

Where the text is silent the widest reading is taken, so that "can never be reached" and "cannot
both be met" hold in every reading: a clock without a start runs from the first phase, a phase
without an end ends when people say so, a gate without a decider may be opened by anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tregua.agreement.model import Named, Nothing
from tregua.agreement.prove.said import (
    GIVEN,
    Said,
    can_end,
    ended_by,
    first_date,
    has_own_end,
    ids_of,
    longer_by,
    minutes,
    moments_of,
    parts_of,
    time_in,
    value_of,
)
from tregua.agreement.prove.system import All, Either, Event, Leaf, Limit, Need, System, Unless
from tregua.agreement.value import Amount

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tregua.agreement.model import Agreement, Clock, Gate, Norm, Phase, Power
    from tregua.agreement.prove.system import Formula


def abstract(deal: Agreement) -> System:
    """Return the transition system of an agreement."""
    return draw(deal, Said(deal))


def draw(deal: Agreement, said: Said) -> System:
    """Return the system, with what ``said`` has met outside it already."""
    events = _Drawing(deal, said).events()
    first = first_date(deal)
    begins = None if first is None else first.astimezone(ZoneInfo(deal.zone))
    return System((*events, *said.outside.values()), begins, deal.zone)


@dataclass(frozen=True, slots=True)
class _Drawing:
    deal: Agreement
    said: Said

    def events(self) -> list[Event]:
        deal = self.deal
        own = [e for p in deal.phases for e in self._phase(p)]
        own += [self._clock(c) for c in deal.clocks]
        own += [self._gate(g) for g in deal.gates]
        own += [self._duty(n) for n in deal.norms if n.shape == "achieve"]
        own += [e for n in deal.norms if n.shape != "allow" for e in self._violation(n)]
        own += [self._power(p) for p in deal.powers if p.does != "set"]
        return own + self._moments()

    # --- phases, clocks, gates

    def _phase(self, phase: Phase) -> list[Event]:
        ways = self._ways_in(phase)
        needs = (Need(f"the moment at which {phase.id} starts", _one_of(ways)),) if ways else ()
        start = Event(f"start:{phase.id}", needs=needs, auto=bool(ways))
        if not can_end(phase, self.deal):
            return [start]
        need = Need(f"the moment at which {phase.id} ends", _one_of(self._ways_out(phase)))
        return [start, Event(f"end:{phase.id}", needs=(need,), auto=True)]

    def _ways_in(self, phase: Phase) -> list[Formula]:
        """Return what starts a phase; empty when the text leaves it to nobody and nothing."""
        moment = time_in(phase.starts)
        ways: list[Formula] = [] if moment is None else [self.said.moment(moment)]
        ways += [
            Leaf(f"power:{p.id}")
            for p in self.deal.powers
            if p.does == "start" and phase.id in p.over
        ]
        if moment is None:
            gates = (g for g in self.deal.gates if phase.id in ids_of(g.leads_to))
            ways += [Leaf(f"open:{g.id}") for g in gates]
            before = (p for p in self.deal.phases if p.next == phase.id)
            ways += [Leaf(f"end:{p.id}") for p in before if can_end(p, self.deal)]
        return ways

    def _ways_out(self, phase: Phase) -> list[Formula]:
        powers = tuple(f"power:{p.id}" for p in longer_by(phase, self.deal))
        ways: list[Formula] = []
        if has_own_end(phase):
            own = self._own_end(phase)
            ways.append(All((own, Unless(powers))) if powers else own)
        if powers:
            runs_out = self.said.free(f"the extension of {phase.id} runs out")
            longer = Either(tuple(Leaf(p) for p in powers))
            ways.append(All((longer, runs_out)))
        return ways + [Leaf(f"power:{p.id}") for p in ended_by(phase, self.deal)]

    def _own_end(self, phase: Phase) -> Formula:
        moment, lasts = time_in(phase.ends), value_of(phase.lasts)
        if moment is not None:
            return self.said.moment(moment)
        return Leaf(f"start:{phase.id}", minutes(lasts) if isinstance(lasts, Amount) else 0)

    def _clock(self, clock: Clock) -> Event:
        moment = time_in(clock.starts)
        begins = None if moment is None else self.said.moment(moment)
        if begins is None and self.deal.phases:
            begins = Leaf(f"start:{self.deal.phases[0].id}")
        needs = () if begins is None else (Need(f"the start of clock {clock.id}", begins),)
        return Event(f"clock:{clock.id}", needs=needs, auto=True)

    def _gate(self, gate: Gate) -> Event:
        needs, limit = self.said.needs(gate.opens_when), None
        latest = time_in(gate.latest)
        if latest is not None:
            last = self.said.moment(latest)
            limit = Limit(f"latest of {gate.id}", last)
            if value_of(gate.if_not_decided) == "opens":
                every = All(tuple(n.formula for n in needs))
                needs = (Need(" and ".join(n.said for n in needs), Either((every, last))),)
        by_itself = isinstance(gate.decided_by, Nothing)
        hands = ids_of(gate.decided_by)
        return Event(f"open:{gate.id}", hands, needs, auto=by_itself, limit=limit)

    # --- norms

    def _duty(self, duty: Norm) -> Event:
        during = self.said.in_force(duty)
        needs = list(self.said.needs(duty.trigger))
        trigger = All(tuple(n.formula for n in needs)) if needs else during
        if during != GIVEN:
            needs.append(Need(f"in-force({', '.join(ids_of(duty.during))})", during))
        needs += self._done(duty.after)
        return Event(
            f"done:{duty.id}",
            ids_of(duty.bearers),
            tuple(needs),
            tuple(self._done(self._partners(duty))),
            limit=self._limit(duty, trigger),
        )

    def _done(self, duties: Sequence[str]) -> list[Need]:
        found = (self.deal.norm(i) for i in duties)
        known = [n.id for n in found if n is not None and n.shape == "achieve"]
        return [Need(f"done({i})", Leaf(f"done:{i}")) for i in known]

    def _partners(self, duty: Norm) -> list[str]:
        """Return the duties to be done together with it, named on either side, of other hands."""
        others = [self.deal.norm(i) for i in duty.together_with]
        others += [n for n in self.deal.norms if duty.id in n.together_with]
        found = (o for o in others if o is not None and o.id != duty.id)
        return list(dict.fromkeys(o.id for o in found if not _same_hand(duty, o)))

    def _limit(self, duty: Norm, trigger: Formula) -> Limit | None:
        deadline, within = time_in(duty.deadline), value_of(duty.within)
        if deadline is not None:
            return Limit(f"deadline of {duty.id}", self.said.moment(deadline))
        if isinstance(within, Amount):
            return Limit(f"{within} for {duty.id}", trigger, minutes(within))
        return None

    def _violation(self, norm: Norm) -> list[Event]:
        during = self.said.in_force(norm)
        needs = () if during == GIVEN else (Need(f"{norm.id} in force", during),)
        happened = Need(f"violation({norm.id})", Leaf(f"violation:{norm.id}"))
        return [
            Event(f"violation:{norm.id}", ids_of(norm.bearers), needs),
            Event(f"finding:{norm.id}", needs=(happened,)),
        ]

    # --- powers and moments

    def _power(self, power: Power) -> Event:
        needs, moment = self.said.needs(power.when), time_in(power.at)
        if moment is not None:
            needs = (*needs, Need(f"the moment of {power.id}", self.said.moment(moment)))
        return Event(f"power:{power.id}", ids_of(power.holder), needs)

    def _moments(self) -> list[Event]:
        """Return the moments that powers set, and those that nobody is named to set."""
        powers = [p for p in self.deal.powers if p.does == "set" and p.sets]
        parts = (part for m in moments_of(self.deal) for part in parts_of(m))
        names = {part.name for part in parts if isinstance(part, Named)} | {p.sets for p in powers}
        return [self._set(name, [p for p in powers if p.sets == name]) for name in sorted(names)]

    def _set(self, name: str, powers: list[Power]) -> Event:
        """Return a moment; what a single power waits for, the moment waits for."""
        hands = tuple(sorted({h for p in powers for h in ids_of(p.holder)}))
        if len(powers) != 1:
            return Event(f"set:{name}", hands)
        return Event(f"set:{name}", hands, self._power(powers[0]).needs)


def _one_of(ways: list[Formula]) -> Formula:
    return ways[0] if len(ways) == 1 else Either(tuple(ways))


def _same_hand(one: Norm, two: Norm) -> bool:
    """Say whether both duties are owed by one and the same hand, which waits for nobody."""
    bound = ids_of(one.bearers)
    return len(bound) == 1 and bound == ids_of(two.bearers)
