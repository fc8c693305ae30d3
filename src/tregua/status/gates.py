"""Gates: shut, ready, open, lapsed or unknown, with what is missing in plain words (02, 4.7).

1. A gate is open when its condition holds and those who decide have decided. What the condition was
   when they decided counts as well as what it is now: a gate once opened does not shut again.
2. The condition holds and the decision is not recorded: ready. The condition fails: shut, whatever
   was decided. The condition cannot be said: unknown, with the incidents that would settle it.
3. The latest moment has passed in every reading without a decision, and the deal says "lapses":
   lapsed. What else the deal says for that case is shown, and done by nobody but people.
4. Where the condition cannot be said, the share of possible worlds in which it holds stands beside.
5. No machine opens a gate, except where the deal says that there is none to decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tregua.agreement.model import is_open
from tregua.agreement.value import Nothing
from tregua.assessment.model import Because
from tregua.assessment.powers import speakers, weight_of
from tregua.reports.model import Says
from tregua.status.asked import Asked
from tregua.status.clocks import clock_state
from tregua.status.conditions import clocks_in, holds, norms_in
from tregua.status.facts_in_worlds import facts_in_worlds
from tregua.status.model import GateState
from tregua.status.moment import moments_of
from tregua.status.people import ids_in, jointly
from tregua.status.rules import Rules
from tregua.status.shares import hands_of, share_of
from tregua.status.truth import Truth, all_of
from tregua.status.wording import left_open, listed
from tregua.terms.time import show_time

if TYPE_CHECKING:
    from datetime import datetime

    from tregua.agreement.model import Gate
    from tregua.reports.model import Statement
    from tregua.status.facts import Facts
    from tregua.status.model import ClockState, Share

DECISIONS = (Says.DECIDES, Says.STARTS, Says.CERTIFIES, Says.REJECTS)
UNKNOWN = Truth(None, "undefined")


def gate_states(facts: Facts, clocks: tuple[ClockState, ...]) -> tuple[GateState, ...]:
    """Return where every gate of the deal stands, in the order of the deal."""
    return tuple(_with_share(g, facts, clocks) for g in facts.basis.agreement.gates)


def _with_share(gate: Gate, facts: Facts, clocks: tuple[ClockState, ...]) -> GateState:
    state = _state(gate, facts, clocks, ())
    return replace(state, share=_share(gate, facts, clocks)) if state.state == "unknown" else state


def _share(gate: Gate, facts: Facts, clocks: tuple[ClockState, ...]) -> Share | None:
    """Return in which share of possible worlds the condition holds: all of it in one world."""
    slot = gate.opens_when
    if not isinstance(slot, tuple):
        return None
    compared = [c for c in facts.basis.agreement.clocks if c.id in clocks_in(slot)]
    norms = [n for c in compared for n in Rules(c, facts).looked_at]
    told = facts_in_worlds(facts, (*norms, *norms_in(slot, "violation", "kept")))
    if told is None:
        return None
    hands = {c.id: hands_of(c, told) for c in compared}
    asked = replace(asked_now(told.facts, clocks, (gate.id,)), hands=hands.get)
    return share_of(all_of(_condition(gate, asked)).in_worlds, told)


def asked_now(facts: Facts, clocks: tuple[ClockState, ...], above: tuple[str, ...] = ()) -> Asked:
    """Return the question "as things stand now", with the clocks and gates to look at.

    Args:
        facts: what is known.
        clocks: as they stand at the same moment.
        above: gates that are being asked about already; one that waits for itself is not known.
    """

    def clock(clock_id: str) -> ClockState | None:
        return next((c for c in clocks if c.id == clock_id), None)

    def gate(gate_id: str) -> GateState | None:
        block = next((g for g in facts.basis.agreement.gates if g.id == gate_id), None)
        if block is None or gate_id in above:
            return None
        return _state(block, facts, clocks, above)

    return Asked(facts, None, facts.basis.at, clock=clock, gate=gate)


def _state(
    gate: Gate, facts: Facts, clocks: tuple[ClockState, ...], above: tuple[str, ...]
) -> GateState:
    parts = _condition(gate, asked_now(facts, clocks, (*above, gate.id)))
    condition = all_of(parts)
    decided, records = _decided(gate, facts)
    if decided is not None and condition.holds is not True:
        condition = _when_decided(gate, facts, decided, above) or condition
    state = _word(gate, condition, facts, is_decided=decided is not None)
    missing = () if state == "open" else _missing(gate, parts, facts, state)
    return GateState(
        id=gate.id,
        title=gate.title,
        clause=gate.clause,
        state=state,
        missing=missing,
        deciders=ids_in(gate.decided_by),
        because=(*(_node(p, gate) for p in parts), _decision_node(gate, records, decided, facts)),
    )


def _condition(gate: Gate, asked: Asked) -> tuple[Truth, ...]:
    slot = gate.opens_when
    if isinstance(slot, tuple):
        return tuple(holds(c, asked) for c in slot)
    if isinstance(slot, Nothing):
        return (Truth(True, "trigger", ("the deal sets no condition",)),)
    return (replace(UNKNOWN, says=(f"condition: {left_open(slot)}",)),)


def _decided(gate: Gate, facts: Facts) -> tuple[datetime | None, tuple[str, ...]]:
    """Return since when the deciders have decided, ``None`` = not, and the records of it."""
    basis = facts.basis
    if isinstance(gate.decided_by, Nothing):
        return basis.at, ()
    made: list[Statement] = []
    for statement in basis.said(*DECISIONS, about=gate.id):
        if statement.says is Says.REJECTS:
            refusing = speakers((statement,), basis.agreement)
            made = [s for s in made if not speakers((s,), basis.agreement) & refusing]
            continue
        made.append(statement)
        declared = speakers(tuple(made), basis.agreement)
        if weight_of(gate.decided_by, gate.mode, declared).certain:
            return statement.when.start, tuple(sorted(s.origin.id for s in made))
    return None, tuple(sorted(s.origin.id for s in made))


def _when_decided(
    gate: Gate, facts: Facts, decided: datetime, above: tuple[str, ...]
) -> Truth | None:
    """Ask the condition again at the moment of the decision, from what is known now."""
    then = facts.as_of(decided)
    clocks = tuple(clock_state(c, then) for c in facts.basis.agreement.clocks)
    truth = all_of(_condition(gate, asked_now(then, clocks, (*above, gate.id))))
    return truth if truth.holds is True else None


def _word(gate: Gate, condition: Truth, facts: Facts, *, is_decided: bool) -> str:
    if condition.holds is True and is_decided:
        return "open"
    if not is_decided and gate.if_not_decided == "lapses" and _is_too_late(gate, facts):
        return "lapsed"
    if condition.holds is False:
        return "shut"
    return "unknown" if condition.holds is None else "ready"


def _is_too_late(gate: Gate, facts: Facts) -> bool:
    latest = moments_of(gate.latest, facts.basis)
    return bool(latest) and max(w.end for w in latest) <= facts.basis.at


def _missing(gate: Gate, parts: tuple[Truth, ...], facts: Facts, state: str) -> tuple[str, ...]:
    says = [s for part in parts if part.holds is not True for s in part.says]
    incidents = sorted({i for part in parts if part.holds is None for i in part.incidents})
    if state == "unknown" and incidents:
        says.append(f"it would be settled by knowing more about {listed(incidents)}")
    says += _decision_missing(gate, facts)
    says += _latest(gate, facts)
    return tuple(dict.fromkeys(says))


def _decision_missing(gate: Gate, facts: Facts) -> list[str]:
    decided, _ = _decided(gate, facts)
    if decided is not None:
        return []
    deciders = ids_in(gate.decided_by)
    if not deciders:
        return [f"decision: who decides: {left_open(gate.decided_by)}"]
    made = _deciders_heard(gate, facts)
    given = [d for d in deciders if d in made]
    if given and gate.mode == "joint":
        waiting = listed(d for d in deciders if d not in made)
        return [f"decision of {jointly(deciders, gate.mode)}: that of {waiting} is not recorded"]
    if given:
        return [
            f"decision of {listed(given)} recorded; whether it is enough: {left_open(gate.mode)}"
        ]
    return [f"decision of {jointly(deciders, gate.mode)}: not recorded"]


def _deciders_heard(gate: Gate, facts: Facts) -> frozenset[str]:
    _, records = _decided(gate, facts)
    made = tuple(s for s in facts.basis.statements if s.origin.id in records)
    return speakers(made, facts.basis.agreement)


def _latest(gate: Gate, facts: Facts) -> list[str]:
    if isinstance(gate.latest, Nothing):
        return ["the deal says that there is no latest date"]
    if is_open(gate.latest):
        return ["no latest date: may stay shut for ever"]
    if not _is_too_late(gate, facts):
        return []
    zone = facts.basis.agreement.zone
    latest = show_time(moments_of(gate.latest, facts.basis)[-1].start, zone)
    then = gate.if_not_decided
    what = f'the deal says "{then}"' if isinstance(then, str) else left_open(then)
    return [f"the latest date, {latest}, has passed; for that case {what}"]


def _node(truth: Truth, gate: Gate) -> Because:
    says = "; ".join(truth.says)
    return Because(says, truth.atom, truth.holds, truth.records, clause=gate.clause)


def _decision_node(
    gate: Gate, records: tuple[str, ...], decided: datetime | None, facts: Facts
) -> Because:
    if isinstance(gate.decided_by, Nothing):
        return Because("the deal says that nobody decides", "trigger", True, clause=gate.clause)
    deciders = jointly(ids_in(gate.decided_by), gate.mode) or "nobody who is named"
    if decided is None:
        says = f"to be decided by {deciders}: not decided"
        return Because(says, "trigger", False, records, clause=gate.clause)
    when = show_time(decided, facts.basis.agreement.zone)
    return Because(f"decided by {deciders}: {when}", "trigger", True, records, clause=gate.clause)
